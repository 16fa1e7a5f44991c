// Which '$' are math and which are money.
#include <algorithm>

#include "core/text.h"
#include "tex/letters.h"
#include "tex/spans.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t math_bytes_max = 4096;  // the longest formula in 50,000 abstracts has 900

// The next `close` that is not escaped, before the paragraph ends; npos where there is none.
std::size_t closing(std::string_view tex, std::size_t from, std::string_view close) {
  const std::size_t end = std::min(tex.size(), from + math_bytes_max);
  for (std::size_t i = from; i < end; ++i) {
    if (tex[i] == close[0] && tex.substr(i, close.size()) == close) return i;
    if (tex[i] == '\\') {
      ++i;
    } else if (tex[i] == '\n' && byte_at(tex, skip_blanks(tex, i)) != '\0') {
      const std::string_view gap = tex.substr(i, skip_blanks(tex, i) - i);
      if (gap.find('\n', 1) != npos) return npos;
    }
  }
  return npos;
}

// What a stretch between two '$' looks like.
struct Looks {
  bool tex = false;           // has commands, scripts or relations
  int words = 0;              // in lower case, that stand alone, outside of braces
  int words_in_a_row = 0;     // their longest run
  bool spaced_start = false;  // white space at the start, the end
  bool spaced_end = false;
};

Looks looks_of(std::string_view content) {
  Looks looks;
  looks.spaced_start = is_blank(content.front());
  looks.spaced_end = is_blank(content.back());
  int depth = 0;
  int words = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == '\\' && is_letter(byte_at(content, i + 1))) looks.tex = true;
    if (c == '^' || c == '_' || c == '=' || c == '<' || c == '>') looks.tex = true;
    if (c == '\\') {
      i += letters_at(content, i + 1).size();
      words = 0;
      continue;
    }
    if (is_blank(c)) continue;
    const std::string_view word = letters_at(content, i);
    const char behind = byte_at(content, i + word.size());
    const bool alone = (i == 0 || is_blank(content[i - 1])) &&
                       (behind == '\0' || is_blank(behind) || behind == ',' || behind == '.' || behind == ';');
    if (depth == 0 && alone && word.size() > 1 && is_lower(word.back())) {
      ++words;
      ++looks.words;
      i += word.size() - 1;
    } else {
      words = 0;
      if (!word.empty()) i += word.size() - 1;
    }
    if (words > looks.words_in_a_row) looks.words_in_a_row = words;
  }
  return looks;
}

// Pandoc's rule (no white space inside, no digit behind), and what it gets wrong in arXiv's texts: "$\sim$70%" and
// "$-$0041" are math, so are "$ k $" and "$\mathcal{O} $"; "$5 per hour and US$" is not.
bool is_math(std::string_view content, char behind) {
  if (content.empty()) return false;
  const Looks looks = looks_of(content);
  const bool sum = is_digit(content.front()) || (content.front() == '.' && is_digit(byte_at(content, 1)));
  if (looks.words_in_a_row > 2 || looks.words > 4) return false;
  if (sum && !looks.tex && (is_digit(behind) || looks.words > 0)) return false;
  if (is_digit(behind) && !looks.tex && looks.words_in_a_row > 0) return false;
  if (looks.spaced_start && looks.spaced_end) return looks.words_in_a_row == 0 && trim(content).size() > 0;
  // "$n$ and $m$" read from its second sign on would be "$ and $"; "5 $, then $x$" would be "$, then $".
  const bool variable = looks.spaced_end && trim(content).size() == 1 && is_letter(content.front());
  if (looks.spaced_start || looks.spaced_end) return variable || (looks.tex && looks.words_in_a_row == 0);
  return true;
}

MathSpan span(std::string_view tex, std::size_t from, std::string_view close, bool display) {
  const std::size_t to = closing(tex, from, close);
  if (to == npos) return {};
  const std::string_view content = trim(tex.substr(from, to - from));
  if (content.empty()) return {};
  return {content, display, to + close.size()};
}

}  // namespace

MathSpan math_at(std::string_view tex, std::size_t at) {
  if (tex[at] == '\\') {
    if (byte_at(tex, at + 1) == '(') return span(tex, at + 2, "\\)", false);
    if (byte_at(tex, at + 1) == '[') return span(tex, at + 2, "\\]", true);
    return {};
  }
  if (byte_at(tex, at + 1) == '$') {
    const MathSpan display = span(tex, at + 2, "$$", true);
    return display.content.find('$') == npos ? display : MathSpan{};
  }
  const std::size_t to = closing(tex, at + 1, "$");
  if (to == npos) return {};
  const std::string_view content = tex.substr(at + 1, to - at - 1);
  if (!is_math(content, byte_at(tex, to + 1))) return {};
  return {trim(content), false, to + 1};
}

}  // namespace daybook
