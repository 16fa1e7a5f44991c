// What the LLM took on a day, and what the local scorer kept from it, for readers. What is not known is left out, but
// for a cost that no price is known for: that is said to be unknown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "day/day.h"
#include "settings/template_fields.h"

namespace daybook {

// has_usage, model, requests ("41"), prompt_tokens ("57,367"), cached_tokens, completion_tokens,
// reasoning_tokens, cost ("$0.22"), cost_unknown.
void set_usage(Fields& fields, const std::optional<Usage>& usage);

// "$0.22", "cost unknown" or nothing.
std::string cost_text(const Usage& usage);

// has_cascade, sent ("184"), explored ("18"), discarded ("470"), saved ("about $0.13"; empty where no price is known).
void set_cascade(Fields& fields, const std::optional<Cascade>& cascade);

// "about $0.13"; empty where no price is known, or nothing to speak of was saved.
std::string saved_text(const Cascade& cascade);

// "Of the papers that the LLM would select, at least 95.2 % were sent to it in the 30 days before 2099-01-05 ...", or
// that too few are known. Plain text.
std::string certificate_text(const Cascade& cascade, Date date);

std::string grouped(long long number);  // "57,367"

// What follows the number of papers that are shown: "of 654 new papers", or "papers" where nobody knows how many were
// read.
std::string of_scanned(std::size_t shown, std::optional<int> scanned);

// Money over several days. Where a day's cost is unknown, it is a lower bound.
class Spending {
 public:
  void add(const std::optional<double>& cost, bool unknown);
  std::string text() const;  // "$4.20", "at least $4.20", "cost unknown"; empty: no LLM was asked

 private:
  double sum_ = 0;
  bool known_ = false;
  bool unknown_ = false;
};

}  // namespace daybook
