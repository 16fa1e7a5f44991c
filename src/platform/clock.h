// The time of day, and the time that passes.
#pragma once

#include "core/date.h"
#include "core/result.h"

namespace daybook {

// The present. DAYBOOK_NOW in the environment takes its place, in RFC 3339 ("2025-08-05T01:30:00Z"), for tests and for
// rehearsals of another day; a value that cannot be read is an Error of Kind::misuse, never ignored.
Result<Instant> now();

// The system's time, whatever DAYBOOK_NOW says: for what others' clocks are compared with.
Instant system_now();

// Seconds of a clock that is never set; only differences mean something. DAYBOOK_NOW does not stop it.
double steady_seconds();
void sleep_seconds(double seconds);

}  // namespace daybook
