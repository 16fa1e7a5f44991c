// Words about text that every folder speaks. All text is UTF-8.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// Questions about single bytes, whatever the locale; <cctype> asks it, and takes no negative char.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }  // what trim() takes off
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// `all(text, is_digit)`; true of an empty text.
template <typename Is>
constexpr bool all(std::string_view text, Is is) {
  return std::all_of(text.begin(), text.end(), is);
}

// A set of bytes with a quick search: std::string_view::find_first_of searches the whole set anew for every byte.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

  // The first byte at `from` or behind it that is in the set; npos where there is none.
  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    for (std::size_t i = from; i < text.size(); ++i)
      if (has(text.data()[i])) return i;
    return std::string_view::npos;
  }

 private:
  std::array<bool, 256> has_{};
};

std::string_view trim(std::string_view text);  // ASCII white space off both ends
std::vector<std::string_view> split(std::string_view text, char separator);
std::string ascii_lower(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// Bytes that are not UTF-8 (overlong forms, surrogates, stray bytes) become U+FFFD, one for each.
std::size_t utf8_length(std::string_view text);  // how many bytes at the start are UTF-8
inline bool is_utf8(std::string_view text) { return utf8_length(text) == text.size(); }
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
// True of printable ASCII that one_line() leaves as it is. Looks at many bytes at once, as compilers see no branch.
bool is_plain_line(std::string_view text);

// A name for an address: ASCII letters and digits in lower case, the rest as single hyphens, 80 bytes at most. Latin
// letters with accents lose them. Where nothing is left of a text in another script: "topic-" and a number made from
// it; of no text: "topic".
std::string slug(std::string_view text);
bool is_slug(std::string_view text);  // letters and digits parted by single hyphens, as slug() makes them

// Without case and accents, so that words and names compare: the code point in lower case without its accent: 'É' ->
// 'e', U+1EC5 (ễ) -> 'e'; 0 for a combining accent. Latin letters that slug() writes in ASCII, Vietnamese ones, and
// Greek capitals; everything else stays as it is.
char32_t fold(char32_t code_point);

// All of a text.
std::string folded(std::string_view text);

// For an address (RFC 3986, 2.3): all but letters, digits, "-", ".", "_", "~" and `kept`.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

// 16 hexadecimal digits, by which texts are told apart that nobody forges: FNV-1a, 64 bits,
// http://www.isthe.com/chongo/tech/comp/fnv/
std::string short_hash(std::string_view bytes);

// The candidate nearest to a misspelt word (Damerau-Levenshtein, at most a third of its letters wrong), or empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

// A file as a value: what a folder wants written, before platform/ writes it.
struct File {
  std::string path;  // relative, with '/'
  std::string bytes;
  bool operator==(const File&) const = default;
};

}  // namespace daybook
