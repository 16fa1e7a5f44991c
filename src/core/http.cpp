#include "core/http.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::string_view statuses =
    "|200 OK|301 Moved Permanently|302 Found|304 Not Modified|400 Bad Request|401 Unauthorized|402 Payment Required|"
    "403 Forbidden|404 Not Found|405 Method Not Allowed|406 Not Acceptable|408 Request Timeout|410 Gone|"
    "411 Length Required|413 Content Too Large|414 URI Too Long|415 Unsupported Media Type|"
    "422 Unprocessable Content|429 Too Many Requests|"
    "500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout|";

// Of seconds, or of a date.
double seconds_to_wait(std::string_view value, Instant now) {
  value = trim(value);
  if (value.empty()) return 0;
  if (value.find_first_not_of("0123456789.") == std::string_view::npos) {  // some send fractions
    double seconds = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (fault == std::errc::result_out_of_range) return std::numeric_limits<double>::infinity();
    return fault == std::errc() && end == value.data() + value.size() ? seconds : 0;
  }
  const auto date = Instant::parse_rfc822(value);  // an IMF-fixdate is one
  return date ? std::max(0.0, static_cast<double>(date->seconds - now.seconds)) : 0;
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) {
  for (auto it = headers.rbegin(); it != headers.rend(); ++it)
    if (equal_ignoring_case(it->first, name)) return it->second;
  return {};
}

std::string status_text(int status) {
  const std::string number = std::to_string(status);
  const auto at = statuses.find('|' + number + ' ');
  return at == statuses.npos ? number : std::string(statuses.substr(at + 1, statuses.find('|', at + 1) - at - 1));
}

double retry_after_seconds(const Headers& headers, Instant now) {
  return seconds_to_wait(header(headers, "Retry-After"), now);
}

double backoff_seconds(const Headers& headers, Instant now) { return seconds_to_wait(header(headers, "Backoff"), now); }

std::string wait_words(double seconds) {
  if (!(seconds <= sensible_wait_max)) return "for more than a year";
  return std::to_string(static_cast<long long>(std::ceil(seconds > 0 ? seconds : 0))) + " s";
}

std::string_view host_of(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string_view after = url.substr(colon + 3);
  const std::string_view authority = after.substr(0, after.find_first_of("/?#\\"));
  const auto at = authority.rfind('@');
  return at == std::string_view::npos ? authority : authority.substr(at + 1);
}

}  // namespace daybook
