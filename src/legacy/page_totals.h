// The head of a predecessors' page: what the LLM took, and how many papers there were. For day/ only.
#pragma once

#include <optional>
#include <string_view>

#include "day/day.h"

namespace daybook {

struct PageTotals {
  Counts counts;
  std::optional<Usage> usage;
  bool any() const { return usage.has_value() || counts != Counts{}; }
};

// `head` is what stands before the table of contents. The usage is a line ("Total cost: $0.98"), a Markdown table or an
// HTML table, which has the counts as well.
PageTotals read_totals(std::string_view head);

}  // namespace daybook
