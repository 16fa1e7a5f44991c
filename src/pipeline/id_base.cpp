#include "pipeline/id_base.h"

#include "core/json.h"
#include "pipeline/site_address.h"
#include "platform/disk.h"
#include "settings/rules.h"
#include "site/links.h"

namespace daybook {

namespace {

std::string path_of(const CommandContext& context) { return context.options.archive + "/site.json"; }

Error damaged(const CommandContext& context, std::string what) {
  return {
      Kind::failed,
      {path_of(context), 0, 0},
      std::move(what) + "; feed ids are made from [site] url instead",
      "restore it from the archive's history, or write {\"id_base\": \"https://...\"} with the site's first address"};
}

// A scheme or a port makes no other ids.
bool make_same_ids(const std::string& one, const std::string& other) {
  SiteSettings a;
  SiteSettings b;
  a.url = one;
  b.url = other;
  return tag_uri(a, "") == tag_uri(b, "");
}

}  // namespace

Result<std::string> kept_id_base(const CommandContext& context) {
  if (!exists(path_of(context))) return std::string();
  auto text = read_file_below(context.options.archive, path_of(context));
  if (!text) return text.error();
  JsonDocument document;
  document.text = std::move(*text);
  if (const auto error = parse_json(document, path_of(context))) {
    Error fault = damaged(context, error->what);
    fault.place = error->place;
    return fault;
  }
  std::string id_base(string_of(member(document.root, "id_base")));
  if (id_base.empty()) return damaged(context, "\"id_base\" is missing");
  if (const auto fault = web_folder(id_base)) return damaged(context, "\"id_base\": " + fault->what);
  return id_base;
}

Result<Done> keep_id_base(const CommandContext& context, const SiteSettings& site) {
  if (exists(path_of(context)) || fault_of_address(site.url)) return Done{};
  // Settings let no quotation mark and no backslash into an address.
  const std::string& id_base = site.id_base.empty() ? site.url : site.id_base;
  const auto wrote = write_atomically(path_of(context), "{\"id_base\": \"" + id_base + "\"}\n");
  if (!wrote) return wrote.error();
  return Done{};
}

void take_kept_id_base(const CommandContext& context, SiteSettings& site) {
  if (!site.id_base.empty()) return;
  if (auto kept = kept_id_base(context)) {
    site.id_base = std::move(*kept);
  } else {
    context.console.warning(kept.error());
  }
}

void say_id_base(const CommandContext& context, const SiteSettings& site, const std::string& kept) {
  const std::string& id_base = site.id_base.empty() ? kept : site.id_base;
  if (!kept.empty() && !make_same_ids(id_base, kept))
    context.console.warning({Kind::misuse,
                             {context.options.config, 0, 0},
                             "[site] id_base is " + id_base + ", but the archive's feed ids are made from " + kept,
                             "take id_base out of [site]: with new ids, feed readers show every entry again"});
  if (!id_base.empty() && !make_same_ids(id_base, site.url))
    context.console.print("feed ids are made from " + id_base + " and stay as they are; links go to " + site.url);
}

}  // namespace daybook
