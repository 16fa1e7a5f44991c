// Which file of a folder an address means, and what a browser is told that it is.
#pragma once

#include <string>
#include <string_view>

#include "platform/posix.h"

namespace daybook {

// By the name: "text/html; charset=utf-8", "application/atom+xml; charset=utf-8" for atom.xml, "application/feed+json"
// for feed.json; "application/octet-stream" where the ending says nothing.
std::string_view content_type(std::string_view name);

struct FoundFile {
  enum class What { file, redirect, missing, malformed } what = What::missing;
  std::string name;      // file: its last part
  Descriptor file;       // file: open
  std::string location;  // redirect: the same address with "/" at its end
};

// `target` is what stands in the request line: an absolute path, percent-encoded, maybe with a query. A folder means
// its index.html. The folder is looked up anew each time, because a build swaps it. Never leads out of it: ".." is
// malformed or missing, encoded or not; a link out of it is missing, and so is a name with a dot in front (but for
// .well-known).
FoundFile find_file(const std::string& folder, std::string_view target);

}  // namespace daybook
