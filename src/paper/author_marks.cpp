#include "paper/author_marks.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t mark_max = 200;  // in bytes; what is longer is no mark

char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

// Commands that are marks, and those whose argument is one.
constexpr std::array<std::string_view, 16> symbols = {"dagger",
                                                      "ddagger",
                                                      "dag",
                                                      "ddag",
                                                      "ast",
                                                      "star",
                                                      "S",
                                                      "P",
                                                      "sharp",
                                                      "textdagger",
                                                      "textdaggerdbl",
                                                      "flat",
                                                      "diamond",
                                                      "textasteriskcentered",
                                                      "footnotemark",
                                                      "parallel"};
constexpr std::array<std::string_view, 7> wrappers = {"textsuperscript", "thanks",   "footnote", "footnotemark", "inst",
                                                      "orcidlink",       "affilmark"};

template <typename List>
bool is_in(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_letter(text[at])) ++at;
  return at;
}

// Behind a [..] at `at`.
std::size_t option_end(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != '[') return at;
  const std::size_t close = text.substr(0, at + mark_max).find(']', at);
  return close == npos ? at : close + 1;
}

// Behind the brace that closes the one at `open`; 0 where none near does.
std::size_t group_end(std::string_view text, std::size_t open) {
  int depth = 0;
  const std::size_t last = std::min(text.size(), open + mark_max);
  for (std::size_t i = open; i < last; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

// The numeral of a superscript digit, NUL of another mark, and 'x' of what is none.
char numeral(char32_t c) {
  static constexpr std::u32string_view digits = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
  static constexpr std::u32string_view others = U"*#†‡§¶∗⁎‖✉✝⋆★♯⁺⁻⁼⁽⁾ʰʲʷˢˣ";
  const auto digit = digits.find(c);
  if (digit != std::u32string_view::npos) return static_cast<char>('0' + digit);
  const bool letter = (c >= 0x1D2C && c <= 0x1D6A) || (c >= 0x1D9B && c <= 0x1DBF) || c == 0x2071 || c == 0x207F;
  return letter || others.find(c) != std::u32string_view::npos ? '\0' : 'x';
}

// The commas outside of braces; -1 where braces do not pair.
int open_commas(std::string_view text) {
  int depth = 0;
  int commas = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (c == '}' && --depth < 0) return -1;
    if (c == ',' && depth == 0) ++commas;
  }
  return depth == 0 ? commas : -1;
}

// Behind the script whose '^' is at `at`: ^{..}, ^\dagger, ^1; 0 where none is.
std::size_t script_end(std::string_view text, std::size_t at) {
  const char next = byte_at(text, at + 1);
  if (next == '{') return group_end(text, at + 1);
  if (next == '\\') return letters_end(text, at + 2);
  if (next == '\0' || next == ' ') return 0;
  std::size_t end = at + 1;
  next_code_point(text, end);
  return end;
}

// True of what stands in math, braces or brackets as a mark: "^{1,2}", "{}^\dagger", "*", "1,2", "^ab", but not
// "\alpha", "_2" or "^1, Ada".
bool is_mark_content(std::string_view text) {
  text = trim(text);
  while (text.substr(0, 2) == "{}") text.remove_prefix(2);
  if (text.empty() || open_commas(text) < 0) return false;
  const bool raised = text.front() == '^';
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '^') {
      const std::size_t end = script_end(text, i);
      if (end == 0) return false;
      i = end;
    } else if (text[i] == '\\') {
      const std::size_t end = letters_end(text, i + 1);
      if (!is_in(symbols, text.substr(i + 1, end - i - 1)) && byte_at(text, i + 1) != '*') return false;
      i = std::max(end, i + 2);
    } else if (is_digit(text[i]) || (raised && is_lower(text[i])) || std::string_view(" ,;{}").find(text[i]) != npos) {
      ++i;
    } else if (numeral(next_code_point(text, i)) == 'x') {
      return false;
    }
  }
  return true;
}

// Behind the command with its argument at `at`; 0 where it is none of those that are marks.
std::size_t command_mark_end(std::string_view text, std::size_t at) {
  const std::size_t end = letters_end(text, at + 1);
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.empty()) return byte_at(text, at + 1) == '*' ? at + 2 : 0;
  if (is_in(wrappers, name)) {
    const std::size_t argument = option_end(text, end);
    if (byte_at(text, argument) == '{') return group_end(text, argument);
    if (argument > end) return argument;
  }
  return is_in(symbols, name) ? end : 0;
}

// True of "^{1" at the end of a name: a mark that was cut off.
bool is_cut_off(std::string_view rest) {
  return rest.size() < mark_max && rest.find(' ') == npos && (rest.front() == '^' || rest.substr(0, 2) == "$^");
}

}  // namespace

std::size_t mark_end(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  const char next = byte_at(text, at + 1);
  if (c == '$' || (c == '\\' && next == '(')) {
    const std::size_t end = joined_end(text, at);
    const std::size_t sign = c == '$' ? 1 : 2;
    return end > 0 && is_mark_content(text.substr(at + sign, end - at - 2 * sign)) ? end : 0;
  }
  if (c == '^') return script_end(text, at);
  if (c == '{' || c == '[') {
    const std::size_t end = c == '{' ? group_end(text, at) : option_end(text, at);
    return end > at + 2 && is_mark_content(text.substr(at + 1, end - at - 2)) ? end : 0;
  }
  if (c == '\\') return command_mark_end(text, at);
  std::size_t end = at;
  return c != '\0' && numeral(next_code_point(text, end)) != 'x' ? end : 0;
}

namespace {

void add_numbers(std::string& numbers, std::string_view mark) {
  bool in_number = false;
  for (std::size_t i = 0; i < mark.size();) {
    const char ascii = mark[i];
    const char digit = is_digit(ascii) ? ascii : numeral(next_code_point(mark, i));
    if (is_digit(ascii)) ++i;
    const bool is_number = is_digit(digit);
    if (is_number && !in_number && !numbers.empty()) numbers += ',';
    if (is_number) numbers += digit;
    in_number = is_number;
  }
}

bool is_blank(char c) { return c == ' ' || c == '~' || c == ','; }

}  // namespace

std::size_t joined_end(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = byte_at(text, at + 1);
  if (c == '$' || (c == '\\' && next == '(')) {
    const std::string_view sign = c == '$' ? "$" : "\\)";
    const std::size_t from = at + (c == '$' ? 1 : 2);
    const std::size_t close = text.substr(0, from + mark_max).find(sign, from);
    // "Ke$ha, A$AP" is no math.
    const std::string_view content = text.substr(from, close == npos ? 0 : close - from);
    // Nor is what reaches over a comma to the next author's mark: "Ada$^{1, Bo$^2$".
    const bool is_script = content.find_first_of("^_\\") != npos && open_commas(content) == 0;
    const bool is_math = close != npos && (is_script || is_mark_content(content));
    return is_math ? close + sign.size() : 0;
  }
  if (c == '^' && next == '{') return group_end(text, at + 1);
  if (c == '{' || c == '[') return mark_end(text, at);
  if (c != '\\') return 0;
  const std::size_t end = letters_end(text, at + 1);
  if (end == at + 1) return std::min(at + 2, text.size());
  const std::size_t argument = option_end(text, end);
  return byte_at(text, argument) == '{' ? group_end(text, argument) : 0;
}

std::string take_marks(std::string& name) {
  std::string numbers;
  std::size_t start = 0;  // of the name
  for (std::size_t end = 0; start < name.size(); start = end) {
    end = is_blank(name[start]) ? start + 1 : mark_end(name, start);
    if (end == 0) break;
    add_numbers(numbers, std::string_view(name).substr(start, end - start));
  }
  std::size_t stop = start;  // behind the last that is no mark
  for (std::size_t at = start; at < name.size();) {
    const std::size_t mark = mark_end(name, at);
    if (mark > 0) {
      at = mark;
    } else if (is_cut_off(std::string_view(name).substr(at))) {
      at = name.size();
    } else if (is_blank(name[at])) {
      ++at;
    } else {
      const std::size_t joined = joined_end(name, at);
      if (joined > 0) at = joined;
      if (joined == 0) next_code_point(name, at);
      stop = at;
    }
  }
  add_numbers(numbers, std::string_view(name).substr(stop));
  name = name.substr(start, stop - start);
  return numbers;
}

}  // namespace daybook
