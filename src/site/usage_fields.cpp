#include "site/usage_fields.h"

#include <cmath>

#include "site/links.h"

namespace daybook {

namespace {

constexpr std::string_view unknown_cost = "cost unknown";
constexpr double least_shown = 0.00005;  // US dollars: what is less would be "$0.0000"

// A lower bound is not rounded up.
std::string percent(double share) {
  const auto thousandths = static_cast<int>(std::floor(share * 1000 + 1e-6));
  return std::to_string(thousandths / 10) + '.' + std::to_string(thousandths % 10) + " %";
}

std::string shown(const std::optional<long long>& number) { return number ? grouped(*number) : ""; }

}  // namespace

std::string grouped(long long number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0 && digits[static_cast<std::size_t>(at) - 1] != '-';
       at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string of_scanned(std::size_t shown, std::optional<int> scanned) {
  if (scanned.value_or(0) == 0) return shown == 1 ? "paper" : "papers";
  return "of " + grouped(*scanned) + (*scanned == 1 ? " new paper" : " new papers");
}

std::string cost_text(const Usage& usage) {
  if (usage.cost) return money(*usage.cost);
  return has_unknown_cost(usage) ? std::string(unknown_cost) : std::string();
}

void set_usage(Fields& fields, const std::optional<Usage>& known) {
  const Usage usage = known.value_or(Usage{});
  fields.flag("has_usage", usage != Usage{});
  fields.set("model", usage.model);
  fields.set("requests", shown(usage.requests));
  fields.set("prompt_tokens", shown(usage.prompt_tokens));
  fields.set("cached_tokens", shown(usage.cached_tokens));
  fields.set("completion_tokens", shown(usage.completion_tokens));
  fields.set("reasoning_tokens", shown(usage.reasoning_tokens));
  fields.set("cost", usage.cost ? money(*usage.cost) : "");
  fields.flag("cost_unknown", has_unknown_cost(usage));
}

std::string saved_text(const Cascade& cascade) {
  return cascade.saved.value_or(0) >= least_shown ? "about " + money(*cascade.saved) : std::string();
}

void set_cascade(Fields& fields, const std::optional<Cascade>& cascade) {
  const auto number = [&](int Cascade::*count) { return cascade ? grouped((*cascade).*count) : std::string(); };
  fields.flag("has_cascade", cascade.has_value());
  fields.set("sent", number(&Cascade::sent));
  fields.set("explored", number(&Cascade::explored));
  fields.set("discarded", number(&Cascade::discarded));
  fields.set("saved", cascade ? saved_text(*cascade) : "");
}

std::string certificate_text(const Cascade& cascade, Date date) {
  const std::string before = "in the " + std::to_string(days_certified) + " days before " + date.iso();
  if (!cascade.certificate)
    return "How many papers the cascade misses is not known yet: fewer than " + std::to_string(explored_needed) +
           " were read at random from below the threshold " + before + '.';
  const Certificate& certificate = *cascade.certificate;
  return "Of the papers that the LLM would select, at least " + percent(certificate.least) + " were sent to it " +
         before + " (95 % confidence; the estimate is " + percent(certificate.recall) + "). " +
         grouped(certificate.explored) + " papers from below the threshold were read at random to check; these alone " +
         "show at least " + percent(certificate.least_by_sample) + '.';
}

void Spending::add(const std::optional<double>& cost, bool unknown) {
  sum_ += cost.value_or(0);
  known_ = known_ || cost.has_value();
  unknown_ = unknown_ || unknown;
}

std::string Spending::text() const {
  if (!unknown_) return known_ ? money(sum_) : "";
  return sum_ > 0 ? "at least " + money(sum_) : std::string(unknown_cost);
}

}  // namespace daybook
