#include "tex/spans.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "tex/letters.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t nested_bytes_max = 1000;  // the longest formula with a '$' in its braces
constexpr std::size_t groups_max = 24;          // of braces, one in the other, in such a formula
constexpr std::size_t unclosed_max = 16;        // environments that an \end may skip, because nothing ends them

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

std::size_t partner(const Pairs& pairs, std::size_t opening) {
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), std::pair<std::size_t, std::size_t>(opening, 0));
  return at != pairs.end() && at->first == opening ? at->second : npos;
}

// "{name}" at `at`: the name; empty where there is none.
std::string_view name_at(std::string_view tex, std::size_t at) {
  if (byte_at(tex, at) != '{') return {};
  const std::string_view name = letters_at(tex, at + 1);
  std::size_t end = at + 1 + name.size();
  if (byte_at(tex, end) == '*') ++end;
  return byte_at(tex, end) == '}' ? tex.substr(at + 1, end - at - 1) : std::string_view();
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
  looks.spaced_start = is_space(content.front());
  looks.spaced_end = is_space(content.back());
  int depth = 0;
  int words = 0;
  bool nested = false;  // between two '$' in braces: says nothing of the formula around them
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == '$') nested = !nested;
    if (c == '\\' && is_letter(byte_at(content, i + 1))) looks.tex = looks.tex || !nested;
    if (!nested && (c == '^' || c == '_' || c == '=' || c == '<' || c == '>')) looks.tex = true;
    if (c == '\\') {
      i += letters_at(content, i + 1).size();
      words = 0;
      continue;
    }
    if (is_space(c)) continue;
    const std::string_view word = letters_at(content, i);
    const char behind = byte_at(content, i + word.size());
    const bool alone = (i == 0 || is_space(content[i - 1])) &&
                       (behind == '\0' || is_space(behind) || behind == ',' || behind == '.' || behind == ';');
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
  if (looks.spaced_start && looks.spaced_end) return looks.words_in_a_row == 0 && !trim(content).empty();
  // "$n$ and $m$" read from its second sign on would be "$ and $"; "5 $, then $x$" would be "$, then $".
  const bool variable = looks.spaced_end && trim(content).size() == 1 && is_letter(content.front());
  if (looks.spaced_start || looks.spaced_end) return variable || (looks.tex && looks.words_in_a_row == 0);
  return true;
}

// True where each '$' in `content` is math in braces, as in "\text{if $k>1$}", "x^{$y$}" or "{\bf C$\to$Y}".
bool holds_math_in_braces(std::string_view content) {
  if (content.size() > nested_bytes_max) return false;
  std::vector<std::size_t> groups;  // for each that is open, behind the '$' that is; 0: none is
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (c == '\\') {
      ++i;
    } else if (c == '{') {
      if (groups.size() == groups_max) return false;
      groups.push_back(0);
    } else if (c == '}' && !groups.empty()) {
      if (groups.back() != 0) return false;
      groups.pop_back();
    } else if (c == '$') {
      if (groups.empty()) return false;
      const std::size_t start = std::exchange(groups.back(), groups.back() == 0 ? i + 1 : 0);
      if (start != 0 && start < i && !is_math(content.substr(start, i - start), byte_at(content, i + 1))) return false;
    }
  }
  return true;
}

bool is_blank_line(std::string_view tex, std::size_t line_end) {
  const std::size_t next = skip_blanks(tex, line_end);
  return next < tex.size() && tex.substr(line_end + 1, next - line_end - 1).find('\n') != npos;
}

}  // namespace

std::size_t Braces::close_of(std::size_t open) { return partner(all(), open); }

const std::vector<Braces::Pair>& Braces::all() {
  if (!matched_) match();
  return braces_;
}

void Braces::match() {
  matched_ = true;
  std::vector<std::size_t> open;  // places in `braces_`
  NextOf<3> marks(tex_, "\\{}");
  for (std::size_t i = marks.from(0); i < tex_.size(); i = marks.from(i + 1)) {
    if (tex_[i] == '\\') {
      ++i;
    } else if (tex_[i] == '{') {
      open.push_back(braces_.size());
      braces_.emplace_back(i, npos);
    } else if (!open.empty()) {
      Pair& opening = braces_[open.back()];
      opening.second = i;
      braces_.emplace_back(i, opening.first);
      open.pop_back();
    }
  }
  if (!open.empty()) std::erase_if(braces_, [](const Pair& brace) { return brace.second == npos; });
}

std::size_t Environments::end_of(std::size_t begin) {
  if (!matched_) match();
  return partner(pairs_, begin);
}

void Environments::match() {
  matched_ = true;
  std::vector<std::pair<std::string_view, std::size_t>> open;
  for (std::size_t i = tex_.find('\\'); i < tex_.size(); i = tex_.find('\\', i)) {
    const std::string_view command = letters_at(tex_, i + 1);
    const std::size_t begin = i;
    i += command.empty() ? 2 : 1 + command.size();
    const bool begins = command == "begin";
    if (!begins && command != "end") continue;
    const std::string_view name = name_at(tex_, i);
    if (name.empty()) continue;
    if (begins) {
      open.emplace_back(name, begin);
      continue;
    }
    const std::size_t lowest = open.size() > unclosed_max ? open.size() - unclosed_max : 0;
    std::size_t level = open.size();
    while (level > lowest && open[level - 1].first != name) --level;
    if (level == lowest) continue;
    pairs_.emplace_back(open[level - 1].second, i + name.size() + 2);
    open.resize(level - 1);
  }
  std::sort(pairs_.begin(), pairs_.end());
}

// '$', and the opening and closing \( \) \[ \]; npos marks those that can't be closed.
void MathSpans::find_signs() {
  std::size_t paragraph = 0;
  NextOf<3> marks(tex_, "$\\\n");
  for (std::size_t i = marks.from(0); i < tex_.size(); i = marks.from(i + 1)) {
    const char c = tex_[i];
    if (c == '$') signs_.push_back({i, npos, paragraph});
    if (c == '\\') {
      const char next = byte_at(tex_, i + 1);
      if (next == '(' || next == ')' || next == '[' || next == ']') signs_.push_back({i, npos, paragraph});
      ++i;
    } else if (c == '\n') {
      if (is_blank_line(tex_, i)) ++paragraph;
      i = skip_blanks(tex_, i) - 1;
    }
  }
}

// Backwards, so that the nearest closing sign of each kind is at hand for every group of braces that is open.
void MathSpans::find_closes() {
  struct Nearest {
    const Sign *dollar = nullptr, *round = nullptr, *square = nullptr;
  };
  const std::vector<Braces::Pair>& braces = braces_.all();
  std::vector<Nearest> groups(1);
  auto brace = braces.rbegin();
  for (auto sign = signs_.rbegin(); sign != signs_.rend(); ++sign) {
    for (; brace != braces.rend() && brace->first > sign->at; ++brace) {
      if (tex_[brace->first] == '}') {
        groups.emplace_back();
      } else {
        groups.pop_back();
      }
    }
    Nearest& nearest = groups.back();
    const char kind = tex_[sign->at] == '$' ? '$' : tex_[sign->at + 1];
    const Sign* close = kind == '$' ? nearest.dollar : kind == '(' ? nearest.round : nearest.square;
    const bool opens = kind == '$' || kind == '(' || kind == '[';
    if (opens && close != nullptr && close->paragraph == sign->paragraph) sign->close = close->at;
    if (kind == '$') nearest.dollar = &*sign;
    if (kind == ')') nearest.round = &*sign;
    if (kind == ']') nearest.square = &*sign;
  }
}

const MathSpans::Sign* MathSpans::sign_at(std::size_t at) const {
  const auto sign = std::lower_bound(signs_.begin(), signs_.end(), at,
                                     [](const Sign& one, std::size_t wanted) { return one.at < wanted; });
  return sign != signs_.end() && sign->at == at ? &*sign : nullptr;
}

MathSpan MathSpans::between(std::size_t from, std::size_t to, std::size_t sign_length) const {
  if (to == npos || to < from || to - from > math_bytes_max) return {};
  const std::string_view content = trim(tex_.substr(from, to - from));
  if (content.empty() || (content.find('$') != npos && !holds_math_in_braces(content))) return {};
  return {content, false, to + sign_length};
}

MathSpan MathSpans::at(std::size_t at) {
  if (!found_) {
    find_signs();
    find_closes();
    found_ = true;
  }
  const Sign* sign = sign_at(at);
  if (sign == nullptr) return {};
  if (tex_[at] == '\\') {
    MathSpan span = between(at + 2, sign->close, 2);
    span.display = tex_[at + 1] == '[';
    return span;
  }
  if (byte_at(tex_, at + 1) == '$') {
    const Sign* second = sign_at(at + 1);
    if (second == nullptr || second->close == npos || byte_at(tex_, second->close + 1) != '$') return {};
    MathSpan span = between(at + 2, second->close, 2);
    span.display = true;
    return span;
  }
  if (sign->close == npos || sign->close - at > math_bytes_max) return {};
  const std::string_view content = tex_.substr(at + 1, sign->close - at - 1);
  return is_math(content, byte_at(tex_, sign->close + 1)) ? between(at + 1, sign->close, 1) : MathSpan{};
}

}  // namespace daybook
