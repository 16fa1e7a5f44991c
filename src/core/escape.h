// Text as HTML that is well-formed XML as well, and as what a terminal may show.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Escapes & < > "; characters that XML 1.0 (2.2) or HTML's parser refuse become U+FFFD. `text` must be UTF-8.
//
// Bidirectional embeddings, overrides and isolates (U+202A-202E, U+2066-2069) are left out: they turn around what
// stands behind them, which is ours (https://www.unicode.org/reports/tr36/, 3.1). Hebrew and Arabic need none of them.
void append_escaped(std::string& out, std::string_view text);

// The same characters replaced and nothing escaped: for writers that escape by themselves.
std::string xml_allowed(std::string_view text);

// Other people's text for a terminal or a log: UTF-8, without control characters (C0 but for newlines and tabs, DEL,
// C1) and without those bidirectional ones.
std::string printable(std::string_view text);
bool has_bidi_controls(std::string_view text);

}  // namespace daybook
