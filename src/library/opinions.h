// The owner's opinions of papers, from config/feedback.txt or an issue. One a line: an arXiv id, or a paper's address
// there; "+" before it or nothing means liked, "-" disliked; what follows a '#' is for the owner. In an issue "forget"
// takes back what an earlier issue said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace daybook {

enum class Stance { like, dislike, forget };
std::string_view stance_name(Stance stance);  // "like"
std::optional<Stance> stance_of(std::string_view name);

struct Opinion {
  std::string id;  // ArxivId::text
  Stance stance = Stance::like;
  int line = 0;  // the first that says so
  bool operator==(const Opinion&) const = default;
};

// Those of a feedback.txt in the file's order, each id once. Faults go to `errors`: a line with no id or with more than
// one, bytes that are not UTF-8, a paper both liked and disliked (neither counts), "forget".
std::vector<Opinion> read_opinions(std::string_view bytes, const std::string& source, Errors& errors);

// The same of an issue's text, where "forget" is an opinion too.
std::vector<Opinion> read_opinions_of_issue(std::string_view text, const std::string& source, Errors& errors);

}  // namespace daybook
