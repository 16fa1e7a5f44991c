// What of a paper is shown to an LLM.
#pragma once

#include <string>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// Both fields are valid UTF-8 on one line, without characters that nobody sees, with "[a paper]" in place of arXiv
// ids, and without sentences that are certain to be an injection. Either may be empty.
struct PromptText {
  std::string title;
  std::string abstract;
  // The rule that the text breaks first, "asks for a score": it may speak to the scorer, so that the paper is to be
  // asked about alone, and its verdict marked. Empty: none, and nothing is removed.
  std::string suspicion;
  // What was taken out, as excerpts for the log: one line each, at most 160 bytes, title first.
  std::vector<std::string> removed;
  bool operator==(const PromptText&) const = default;
};

PromptText sanitize_for_prompt(const Paper& paper);

}  // namespace daybook
