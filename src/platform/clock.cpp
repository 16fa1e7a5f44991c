#include "platform/clock.h"

#include <chrono>
#include <thread>

#include "platform/environment.h"

namespace daybook {

Result<Instant> now() {
  const auto set = variable("DAYBOOK_NOW");
  if (!set) return system_now();
  if (const auto instant = Instant::parse_rfc3339(*set)) return *instant;
  return Error{Kind::misuse, Place{"DAYBOOK_NOW"}, "\"" + *set + "\" is not a time",
               "write it as 2025-08-05T01:30:00Z, or unset it"};
}

Instant system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::floor<std::chrono::seconds>(since).count()};
}

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void sleep_seconds(double seconds) {
  if (seconds > 0) std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

}  // namespace daybook
