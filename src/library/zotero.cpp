#include "library/zotero.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/json.h"
#include "core/text.h"
#include "tex/letters.h"

namespace daybook {

namespace {

constexpr std::size_t reply_bytes_max = 16U << 20U;
constexpr int seconds_max = 20;  // of a request: a day waits for it
constexpr std::size_t text_bytes_max = 8U << 10U;
constexpr std::size_t key_bytes_max = 16;
constexpr std::size_t depth_max = 32;  // of collections: a circle of parents must end

// It becomes part of an address.
bool is_key(std::string_view text) { return !text.empty() && text.size() <= key_bytes_max && all(text, is_alnum); }

std::string key_of(const Json& entry) {
  const std::string_view key = string_of(member(entry, "key"));
  return is_key(key) ? std::string(key) : std::string();
}

std::string text_of(const Json& data, std::string_view name) {
  return one_line(utf8_prefix(string_of(member(data, name)), text_bytes_max));
}

// `extra` has lines "arXiv: 9901.00001 [cs.LG]" for fields that an item's type lacks, and whatever people note there.
std::string id_in_extra(std::string_view extra) {
  for (const std::string_view line : split(extra, '\n')) {
    const std::string field = ascii_lower(trim(line.substr(0, line.find(':'))));
    if (!is_one_of(field, "arxiv archiveid doi url")) continue;
    if (std::string id = arxiv_id_in(line); !id.empty()) return id;
  }
  return {};
}

std::string id_of(const Json& data) {
  for (const std::string_view name : {"archiveID", "DOI", "url"})
    if (std::string id = arxiv_id_in(string_of(member(data, name))); !id.empty()) return id;
  return id_in_extra(string_of(member(data, "extra")));
}

// Entries of a page, with what each says of its object; null where it says nothing.
template <typename Take>
std::optional<Error> for_each_entry(std::string body, const std::string& source, std::size_t& entries, Take take) {
  JsonDocument document;
  document.text = std::move(body);
  auto fault = parse_json(document, source);
  if (!fault && !document.root.IsArray())
    fault = Error{Kind::later, {source, 0, 0}, "the reply is not a list as Zotero sends it", ""};
  if (fault) {
    fault->kind = Kind::later;
    fault->hint = "run it again later; if this persists, check url in [zotero]";
    return fault;
  }
  entries = document.root.Size();
  for (const Json& entry : items_of(&document.root))
    if (const Json* data = member(entry, "data"); data != nullptr && data->IsObject()) take(entry, *data);
  return std::nullopt;
}

}  // namespace

std::string zotero_library(const ZoteroSettings& zotero) {
  return zotero.user != 0 ? "users/" + std::to_string(zotero.user) : "groups/" + std::to_string(zotero.group);
}

Request zotero_request(const ZoteroSettings& zotero, const std::string& key, const std::string& list,
                       std::size_t start) {
  Request request;
  request.url = zotero.url + zotero_library(zotero) + '/' + list +
                "?format=json&limit=" + std::to_string(zotero_page_max) + "&start=" + std::to_string(start);
  if (list != "collections")  // NOT (attachment OR note OR annotation)
    request.url += "&sort=dateAdded&direction=desc&itemType=-attachment%20%7C%7C%20note%20%7C%7C%20annotation";
  request.headers = {{"Zotero-API-Version", "3"}, {"Accept", "application/json"}};
  if (!key.empty()) request.headers.emplace_back("Zotero-API-Key", key);
  request.max_bytes = reply_bytes_max;
  request.timeout_seconds = seconds_max;
  return request;
}

Result<ZoteroItems> read_zotero_items(std::string body, const std::string& source) {
  ZoteroItems page;
  const auto fault = for_each_entry(std::move(body), source, page.entries, [&](const Json& entry, const Json& data) {
    const std::string_view type = string_of(member(data, "itemType"));
    ZoteroItem item{key_of(entry), {id_of(data), text_of(data, "title"), text_of(data, "abstractNote"), {}, 0}};
    if (item.key.empty() || type.empty() || is_one_of(type, "attachment note annotation")) return;
    if (item.reference.id.empty() && item.reference.title.empty()) {
      ++page.unusable;
    } else {
      page.items.push_back(std::move(item));
    }
  });
  if (fault) return *fault;
  return page;
}

Result<std::vector<ZoteroCollection>> read_zotero_collections(std::string body, const std::string& source,
                                                              std::size_t& entries) {
  std::vector<ZoteroCollection> collections;
  const auto fault = for_each_entry(std::move(body), source, entries, [&](const Json& entry, const Json& data) {
    ZoteroCollection one{key_of(entry), text_of(data, "name"),
                         std::string(string_of(member(data, "parentCollection")))};  // false where there is none
    if (!one.key.empty() && !one.name.empty() && !is_true(member(data, "deleted")))
      collections.push_back(std::move(one));
  });
  if (fault) return *fault;
  return collections;
}

std::vector<std::string> collection_paths(const std::vector<ZoteroCollection>& all) {
  std::map<std::string_view, const ZoteroCollection*> by_key;
  for (const ZoteroCollection& one : all) by_key.emplace(one.key, &one);
  std::vector<std::string> paths;
  for (const ZoteroCollection& one : all) {
    std::string path = one.name;
    auto parent = by_key.find(one.parent);
    for (std::size_t depth = 0; parent != by_key.end() && depth < depth_max; ++depth) {
      path.insert(0, parent->second->name + '/');
      parent = by_key.find(parent->second->parent);
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

bool names_path(std::string_view glob, std::string_view path) {
  std::vector<bool> ends(path.size() + 1);  // how much of the path the glob so far can be
  ends[0] = true;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '*') {
      const bool any = glob.substr(i, 2) == "**";
      if (any) ++i;
      for (std::size_t j = 0; j < path.size(); ++j)
        if (ends[j] && (any || path[j] != '/')) ends[j + 1] = true;
    } else {
      for (std::size_t j = path.size(); j > 0; --j) ends[j] = ends[j - 1] && path[j - 1] == glob[i];
      ends[0] = false;
    }
  }
  return ends[path.size()];
}

}  // namespace daybook
