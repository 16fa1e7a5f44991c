// Papers with what an LLM decided on them: the history that `daybook replay` plays. JSON lines, a paper each:
//
//   {"date": "2099-01-05", "id": "9901.00001", "title": "...", "authors": ["..."], "abstract": "...",
//    "categories": ["cs.LG"], "selected": true, "model": "gpt-5", "relevance": 8, "novelty": 6}
//
// relevance and novelty (1-10) are known of selected papers only; authors, categories and model may be missing; other
// members are passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "paper/paper.h"

namespace daybook {

struct LabelledPaper {
  Paper paper;
  bool selected = false;
  std::optional<int> relevance;
  std::optional<int> novelty;
  std::string model;  // the LLM's; empty: not said
  bool operator==(const LabelledPaper&) const = default;
};

struct LabelledDay {
  Date date;
  std::vector<LabelledPaper> papers;
  bool operator==(const LabelledDay&) const = default;
};

// Days ascending, whatever the text's order; papers within a day in the text's order. Faults go to `errors`, each with
// its line, the first 20 and how many there are besides; what was read is no use then.
std::vector<LabelledDay> read_labelled(std::string_view text, const std::string& source, Errors& errors);

}  // namespace daybook
