// Words about text that every folder speaks. All text is UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook {

std::string_view trim(std::string_view text);  // ASCII white space off both ends
std::vector<std::string_view> split(std::string_view text, char separator);
std::string ascii_lower(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// Bytes that are not UTF-8 (overlong forms, surrogates, stray bytes) become U+FFFD, one for each.
bool is_utf8(std::string_view text);
std::string repaired_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t code_point);
// The code point at `at`, which moves behind it. Text must be UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at);

// As much of the start as fits into so many bytes, no character cut in two.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);
// The same with an ellipsis where something is cut off.
std::string abridged(std::string_view text, std::size_t bytes);
// Without control characters and without blanks at both ends; one blank for several.
std::string one_line(std::string_view text);

// A name for an address: ASCII letters and digits in lower case, the rest as single hyphens, 80 bytes at most. Latin
// letters with accents lose them. Where nothing is left of a text in another script: "topic-" and a number made from
// it; of no text: "topic".
std::string slug(std::string_view text);
bool is_slug(std::string_view text);  // letters and digits parted by single hyphens, as slug() makes them

// The candidate nearest to a misspelt word (Damerau-Levenshtein, at most a third of its letters wrong), or empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace daybook
