// config/feedback.txt: the owner's opinions of papers. One a line: an arXiv id, or a paper's address there; "+" before
// it or nothing means liked, "-" disliked; what follows a '#' is for the owner.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace daybook {

struct Opinion {
  std::string id;  // ArxivId::text
  bool liked = true;
  int line = 0;  // the first that says so
  bool operator==(const Opinion&) const = default;
};

// In the file's order, each id once. Faults go to `errors`: a line with no id or with more than one, bytes that are not
// UTF-8, a paper both liked and disliked (neither counts).
std::vector<Opinion> read_opinions(std::string_view bytes, const std::string& source, Errors& errors);

}  // namespace daybook
