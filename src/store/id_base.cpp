#include "store/id_base.h"

#include "core/json.h"
#include "platform/disk.h"
#include "settings/rules.h"
#include "settings/site_address.h"

namespace daybook {

namespace {

std::string path_in(const std::string& archive) { return archive + "/site.json"; }

Error damaged(const std::string& archive, std::string what) {
  return {
      Kind::failed,
      {path_in(archive), 0, 0},
      std::move(what) + "; feed ids are made from [site] url instead",
      "restore it from the archive's history, or write {\"id_base\": \"https://...\"} with the site's first address"};
}

}  // namespace

Result<std::string> kept_id_base(const std::string& archive) {
  if (!exists(path_in(archive))) return std::string();
  auto text = read_file_below(archive, path_in(archive));
  if (!text) return text.error();
  JsonDocument document;
  document.text = std::move(*text);
  if (const auto error = parse_json(document, path_in(archive))) {
    Error fault = damaged(archive, error->what);
    fault.place = error->place;
    return fault;
  }
  std::string id_base(string_of(member(document.root, "id_base")));
  if (id_base.empty()) return damaged(archive, "\"id_base\" is missing");
  if (const auto fault = web_folder(id_base)) return damaged(archive, "\"id_base\": " + fault->what);
  return id_base;
}

Result<Done> keep_id_base(const std::string& archive, const SiteSettings& site) {
  if (exists(path_in(archive)) || fault_of_address(site.url)) return Done{};
  // Settings let no quotation mark and no backslash into an address.
  const std::string& id_base = site.id_base.empty() ? site.url : site.id_base;
  const auto wrote = write_atomically(path_in(archive), "{\"id_base\": \"" + id_base + "\"}\n");
  if (!wrote) return wrote.error();
  return Done{};
}

}  // namespace daybook
