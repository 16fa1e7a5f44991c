// What asking would take, summed up over passes and days.
#pragma once

#include <string>

#include "llm/asking.h"

namespace daybook {

class Estimate {
 public:
  void add(const Asking::Estimate& estimate);
  void add(const Estimate& estimate) { add(estimate.sum_); }

  std::size_t papers() const { return sum_.papers; }
  std::size_t requests() const { return sum_.requests; }
  double dollars(const Price& price) const;
  // "3 requests, about 9000 tokens to send and 2800 to get; about $0.02 with gpt-4.1-mini"
  std::string words(const LlmSettings& llm, const Prices& prices) const;

 private:
  Asking::Estimate sum_;
};

}  // namespace daybook
