// A library at Zotero through its Web API: what is asked, and what of a reply is read.
// https://www.zotero.org/support/dev/web_api/v3/basics (version 3)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http.h"
#include "core/result.h"
#include "library/reference.h"
#include "settings/settings.h"

namespace daybook {

inline constexpr std::size_t zotero_page_max = 100;  // entries of a reply; the API's limit

// "users/123456" or "groups/654321".
std::string zotero_library(const ZoteroSettings& zotero);

// A page of a list of the library: "collections", "items/top", "collections/KEY/items/top". Items come without notes
// and files, the latest added first. The key, where there is one, goes into a header: addresses end up in logs.
Request zotero_request(const ZoteroSettings& zotero, const std::string& key, const std::string& list,
                       std::size_t start);

struct ZoteroItem {
  std::string key;      // Zotero's, unique in the library
  Reference reference;  // id, title and abstract, of 8 KiB at most; no line
};

struct ZoteroItems {
  std::size_t entries = 0;        // of the page, whatever they are
  std::size_t unusable = 0;       // papers with neither title nor arXiv id
  std::vector<ZoteroItem> items;  // the others
};

// Of each paper title, abstractNote and the arXiv id are read, which archiveID, DOI, url or a line of `extra` gives:
// nothing else of `extra`, where people keep notes. Notes, files and entries of other shapes are passed over. An Error
// where the body is no list.
Result<ZoteroItems> read_zotero_items(std::string body, const std::string& source);

struct ZoteroCollection {
  std::string key;
  std::string name;
  std::string parent;  // its key; empty: none
  bool operator==(const ZoteroCollection&) const = default;
};

// Those in the trash and entries of other shapes are passed over; `entries` counts them too.
Result<std::vector<ZoteroCollection>> read_zotero_collections(std::string body, const std::string& source,
                                                              std::size_t& entries);

// "Parent/Child" of each, parallel to `all`.
std::vector<std::string> collection_paths(const std::vector<ZoteroCollection>& all);

// Whether the glob names the path: `*` is any text within a name, `**` any text.
bool names_path(std::string_view glob, std::string_view path);

}  // namespace daybook
