// Seconds in words.
#pragma once

#include <string>

namespace daybook {

// Seconds: whoever asks to wait longer means nothing sensible.
inline constexpr double sensible_wait_max = 366.0 * 86400;

// What a server asks to wait, for a message: "30 s", "for more than a year". Any number: servers ask for any.
std::string wait_words(double seconds);

}  // namespace daybook
