#include "llm/pace.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/text.h"

namespace daybook {

namespace {

constexpr double minute = 60;
constexpr double longest_reset = 90;  // a limit by the day is told by a 429, not waited for here

double number_of(std::string_view text) {
  double number = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() && number >= 0 ? number : -1;
}

double unit_seconds(std::string_view unit) {
  if (unit == "ms") return 0.001;
  if (unit == "s" || unit.empty()) return 1;
  if (unit == "m") return minute;
  if (unit == "h") return 60 * minute;
  return -1;
}

}  // namespace

double duration_seconds(std::string_view text) {
  double sum = 0;
  std::string_view rest = trim(text);
  if (rest.empty()) return -1;
  while (!rest.empty()) {
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789."), rest.size());
    const std::size_t end = std::min(rest.find_first_of("0123456789.", digits), rest.size());
    const double number = number_of(rest.substr(0, digits));
    const double unit = unit_seconds(rest.substr(digits, end - digits));
    if (number < 0 || unit < 0) return -1;
    sum += number * unit;
    rest.remove_prefix(end);
  }
  return sum;
}

Pace::Left Pace::left_of(const Headers& headers, const char* what, double now) {
  const double amount = number_of(trim(header(headers, std::string("x-ratelimit-remaining-") + what)));
  const double reset = duration_seconds(header(headers, std::string("x-ratelimit-reset-") + what));
  if (amount < 0 || reset < 0 || reset > longest_reset) return {};
  return {amount, now + reset};
}

double Pace::ready_at(double tokens, double now) const {
  double at = paused_until_;
  if (now < requests_left_.until && requests_left_.amount < 1) at = std::max(at, requests_left_.until);
  if (now < tokens_left_.until && tokens_left_.amount < tokens) at = std::max(at, tokens_left_.until);
  // The window of a minute: as many of the oldest must have left it as make room.
  double sum = tokens;
  int count = 1;
  for (auto start = last_minute_.rbegin(); start != last_minute_.rend() && start->time + minute > now; ++start) {
    sum += start->tokens;
    ++count;
    if ((requests_ > 0 && count > requests_) || (tokens_ > 0 && sum > tokens_))
      return std::max(at, start->time + minute);
  }
  return at;
}

void Pace::started(double tokens, double now) {
  while (!last_minute_.empty() && last_minute_.front().time + minute <= now) last_minute_.pop_front();
  last_minute_.push_back({now, tokens});
  requests_left_.amount -= 1;
  tokens_left_.amount -= tokens;
}

void Pace::heard(const Headers& headers, double now) {
  if (const Left left = left_of(headers, "requests", now); left.until > 0) requests_left_ = left;
  if (const Left left = left_of(headers, "tokens", now); left.until > 0) tokens_left_ = left;
}

}  // namespace daybook
