#include "tex/punctuation.h"

#include <algorithm>

#include "tex/letters.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t address_max = 300;  // how far to look for the start of an address, in bytes
constexpr std::size_t quoted_max = 1500;  // the longest quotation

bool any_of(char c, std::string_view of) { return c != '\0' && of.find(c) != npos; }

std::size_t run_length(std::string_view tex, std::size_t at) {
  std::size_t end = at;
  while (end < tex.size() && tex[end] == tex[at]) ++end;
  return end - at;
}

// ``..'' and ``.." - the nearest '' before the next ``, else the nearest ".
Quote double_quote(std::string_view tex, std::size_t at) {
  const std::size_t end = std::min(tex.size(), at + quoted_max);
  std::size_t straight = 0;
  for (std::size_t i = at + 2; i < end; ++i) {
    if (tex[i] == '`' && byte_at(tex, i + 1) == '`') break;
    if (tex[i] == '\'' && byte_at(tex, i + 1) == '\'' && tex[i - 1] != '\\') {
      // Three: a single quotation inside ends at the same place.
      return {2, byte_at(tex, i + 2) == '\'' ? i + 1 : i, 2};
    }
    if (tex[i] == '"' && straight == 0 && tex[i - 1] != '\\') straight = i;
  }
  return straight == 0 ? Quote{2, 0, 0} : Quote{2, straight, 1};
}

// `..' - a closing one has no letter behind it, so that apostrophes pass.
Quote single_quote(std::string_view tex, std::size_t at) {
  const char before = byte_before(tex, at);
  if (is_word(before) || before == '\\' || before == ')') return {1, 0, 0};
  const std::size_t end = std::min(tex.size(), at + quoted_max);
  for (std::size_t i = at + 1; i < end && tex[i] != '`'; ++i) {
    if (tex[i] == '\'' && i > at + 1 && !is_word(byte_at(tex, i + 1)) && !is_blank(tex[i - 1]) && tex[i - 1] != '\\') {
      // Two of them close a double quotation, unless there are three.
      const std::size_t count = run_length(tex, i);
      return count == 2 ? Quote{1, 0, 0} : Quote{1, i, 1};
    }
  }
  return {1, 0, 0};
}

}  // namespace

bool in_address(std::string_view tex, std::size_t at) {
  std::size_t start = at;
  while (start > 0 && at - start < address_max && !is_blank(tex[start - 1]) && !any_of(tex[start - 1], "{}<>\""))
    --start;
  const std::string_view word = tex.substr(start, at - start);
  return word.find("://") != npos || word.find("www.") != npos;
}

bool is_tie(std::string_view tex, std::size_t at) {
  const char before = byte_before(tex, at);
  const char behind = byte_at(tex, at + 1);
  if (tex.substr(at + 1, 2) == "--" || (at > 1 && tex.substr(at - 2, 2) == "--")) return true;
  if (!is_word(before) && !any_of(before, ".,;:)]}$%'\"")) return false;
  if (!is_word(behind) && !any_of(behind, "([\\${`\"")) return false;
  if (before == '\0' || behind == '\0') return false;
  // "5~10", "32%~44%", "accuracy:~5"
  if (is_digit(behind) && (is_digit(before) || any_of(before, "%,;:"))) return false;
  // "x~N(0,1)": distributed as
  const bool lone = is_letter(before) && !is_word(at > 1 ? tex[at - 2] : '\0');
  if (lone && is_upper(behind) && byte_at(tex, at + 2) == '(') return false;
  return !in_address(tex, at);
}

Dash dash_at(std::string_view tex, std::size_t at) {
  const std::size_t length = run_length(tex, at);
  if (length < 2 || length > 3) return {length, {}};
  const char before = byte_before(tex, at);
  const char behind = byte_at(tex, at + length);
  if (before == '\0' || behind == '\0' || any_of(before, "!|<+:") || any_of(behind, ">|;+:")) return {length, {}};
  if (length == 3) {
    const bool rule = (before == '\n' && is_blank(behind)) || in_address(tex, at);
    return {length, rule ? "" : "—"};
  }
  const bool closing_mark = any_of(before, "'\"") && at > 1 && !is_blank(tex[at - 2]) && !any_of(tex[at - 2], "([{=");
  const bool option = !closing_mark && (is_blank(before) || any_of(before, "`'\"([{=/")) && is_letter(behind);
  return {length, option || in_address(tex, at) ? "" : "–"};
}

Quote quote_at(std::string_view tex, std::size_t at) {
  const std::size_t length = run_length(tex, at);
  const char behind = byte_at(tex, at + length);
  if (behind == '\0' || is_blank(behind)) return {length, 0, 0};
  if (length == 2) return double_quote(tex, at);
  if (length == 1) return single_quote(tex, at);
  if (length == 3 && byte_before(tex, at) != '\\') {
    // ```x' ..'': a quotation that starts with another one.
    const Quote outer = double_quote(tex, at);
    return {2, outer.close_length == 2 ? outer.close : 0, 2};
  }
  return {length, 0, 0};
}

}  // namespace daybook
