#include "tex/walk.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "core/escape.h"
#include "core/text.h"
#include "tex/accents.h"
#include "tex/punctuation.h"
#include "tex/symbols.h"
#include "tex/walker.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t address_max = 2000;  // in bytes

constexpr std::array<bool, 256> special_bytes() {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\\$~{-`")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr std::array<bool, 256> special = special_bytes();

// Most text is ASCII, in which nothing can be broken.
bool is_all_ascii(std::string_view text) {
  std::uint64_t high = 0;
  while (text.size() >= sizeof high) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    high |= word;
    text.remove_prefix(sizeof word);
  }
  for (const char c : text) high |= static_cast<unsigned char>(c);
  return (high & 0x8080808080808080U) == 0;
}

}  // namespace

void Walker::walk() {
  while (true) {
    while (!closers_.empty() && closers_.back().at < at_) closers_.pop_back();  // math reached over it
    const std::size_t limit = closers_.empty() ? tex_.size() : closers_.back().at;
    while (at_ < limit && !special[static_cast<unsigned char>(tex_[at_])]) ++at_;
    if (at_ < limit) {
      read_special();
    } else if (closers_.empty()) {
      break;
    } else {
      const Closer closer = std::move(closers_.back());
      closers_.pop_back();
      replace(closer.at + closer.length, closer.text);
    }
  }
  flush();
}

void Walker::read_special() {
  switch (tex_[at_]) {
    case '\\':
      return read_backslash();
    case '$':
      return read_math(byte_at(tex_, at_ + 1) == '$' ? 2 : 1);
    case '{':
      return read_group();
    case '~':
      return is_tie(tex_, at_) ? tie(at_ + 1) : keep(1);
    case '-':
      return read_dash();
    default:
      return read_quote();
  }
}

void Walker::read_math(std::size_t delimiter) {
  const MathSpan math = math_spans_.at(at_);
  if (math.end == 0) return keep(delimiter);
  if (read_text_as_math(math)) return;
  flush();
  listener_.math(math.content, math.display ? MathSigns::display : MathSigns::one_line);
  at_ = start_ = math.end;
}

// True of "\textbf{Results}" and "\textbf{2.5$\times$ lower}", but not of "\text{a}_b".
bool Walker::is_text_as_math(std::string_view name, std::string_view content) const {
  if (text_command(name) != Command::style || name.substr(0, 4) != "text") return false;
  bool in_math = false;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (c == '\\') ++i;
    if (c == '$') in_math = !in_math;
    if (!in_math && (c == '^' || c == '_')) return false;
  }
  return true;
}

// $\textbf{Results}$, $\href{..}{..}$: text that only its author's macros made math. As math it would be a line without
// breaks.
bool Walker::read_text_as_math(const MathSpan& math) {
  const std::string_view tex = math.content;
  const std::string_view name = tex.front() == '\\' ? letters_at(tex, 1) : std::string_view();
  const Command command = name.empty() ? Command::unknown : text_command(name);
  const bool words = !name.empty() && is_text_as_math(name, tex);
  const bool one = command == Command::address;
  const bool two = command == Command::link || command == Command::quantity;
  if (!words && !one && !two) return false;
  const auto content = static_cast<std::size_t>(tex.data() - tex_.data());
  const std::size_t close = content + tex.size();
  Argument last = argument(content + 1 + name.size());
  if (two && last) last = argument(last.close + 1);
  if (!last || last.close + 1 != close) return false;
  replace(content, "");
  close_later(close, math.end - close, "");
  return true;
}

void Walker::read_dash() {
  const Dash dash = dash_at(tex_, at_);
  dash.text.empty() ? keep(dash.length) : replace(at_ + dash.length, dash.text);
}

void Walker::read_quote() {
  const Quote quote = quote_at(tex_, at_);
  const bool is_double = quote.length == 2;
  std::size_t& until = is_double ? double_until_ : single_until_;
  const std::size_t other = is_double ? single_until_ : double_until_;
  if (quote.close == 0 || until > at_ || quote.close == other) return keep(quote.length);
  until = quote.close;
  replace(at_ + quote.length, is_double ? "“" : "‘");
  close_later(quote.close, quote.close_length, is_double ? "”" : "’");
}

void Walker::read_group() {
  const std::size_t close = braces_.close_of(at_);
  if (close == npos) return keep(1);
  const std::string_view content = tex_.substr(at_ + 1, close - at_ - 1);
  if (at_ == unknown_end_) {
    unknown_end_ = close + 1;
    return keep(1);
  }
  if (!is_markup(content) && !is_protective(at_, content)) return keep(1);
  replace(at_ + 1, "");
  close_later(close, 1, "");
}

// True of what only TeX's readers have braces around: {\em ..}, {\"o}, {\L}, {\alpha}, {\%}, {{\em ..}}.
bool Walker::is_markup(std::string_view content) const {
  for (int depth = 0; depth < 8 && !content.empty() && content.front() == '{'; ++depth) content.remove_prefix(1);
  if (content.size() < 2 || content.front() != '\\') return false;
  const std::string_view name = letters_at(content, 1);
  const std::string_view rest = trim(content.substr(1 + name.size()));
  const bool whole = rest.empty() || rest.find_first_not_of("{}") == npos;
  if (name.empty()) return content.size() == 2 || accented_at(content, 0).end != 0;
  if (text_command(name) != Command::unknown || accented_at(content, 0).end != 0) return true;
  return whole && (!text_symbol(name).empty() || math_symbol(name) != nullptr);
}

// Braces that keep a style from changing capitals ({BERT}, {L}asso, G{é}n{é}ral), or TeX from adding a blank
// (25{,}605). Sets, templates and code ({0,1}, {name}, T^{2}) are plain text.
bool Walker::is_protective(std::size_t open, std::string_view content) const {
  const char before = byte_before(tex_, open);
  const char behind = byte_at(tex_, open + content.size() + 2);
  if (content == "\"") return true;
  if (content == "," || content == "." || content == "-") return is_word(before) && is_word(behind);
  const bool is_address = content.substr(0, 8) == "https://" || content.substr(0, 7) == "http://";
  if (is_address && !is_word(before)) {
    return content.size() < address_max && content.find_first_of(" \n{") == npos;
  }
  if (before != '\0' && std::string_view("^_}])$\\{").find(before) != npos) return false;
  bool capital = false;
  for (const char c : content) {
    if (!is_word(c) && c != '-' && c != '.' && c != '+') return false;
    capital = capital || is_upper(c) || !is_ascii(c);
  }
  const bool glued = is_word(before) || is_word(behind) || before == '&' || before == '-' || behind == '-';
  return capital && (content.size() > 1 || glued);
}

void Walker::read_backslash() {
  const char next = byte_at(tex_, at_ + 1);
  if (is_letter(next)) return read_command();
  switch (next) {
    case '(':
    case '[':
      return read_math(2);
    case '%':
    case '&':
    case '_':
    case '#':
    case '{':
    case '}':
    case '$':
    case '*':
      return replace(at_ + 2, tex_.substr(at_ + 1, 1));
    case ' ':
    case '\n':
    case ';':
    case ':':
      return replace(at_ + 2, " ");
    case ',':
      return tie(at_ + 2);
    case '-':  // a place to hyphenate; those who write it in abstracts mean a hyphen
      return replace(at_ + 2, "-");
    case '/':
    case '!':
      return replace(at_ + 2, "");
    case '@':
      return replace(at_ + 2, is_word(byte_at(tex_, at_ + 2)) ? "@" : "");
    case '\\':
      return read_line_break();
    default:
      if (!read_accent_sign()) keep(is_ascii_punctuation(next) ? 2 : 1);
  }
}

// Two backslashes: the end of a line, or a character that was escaped twice.
void Walker::read_line_break() {
  const char behind = byte_at(tex_, at_ + 2);
  if (at_ < verbatim_until_) return keep(2);
  if (behind == '\0') return replace(at_ + 2, "");
  if (std::string_view("%&_#$").find(behind) != npos) return replace(at_ + 3, tex_.substr(at_ + 2, 1));
  if (is_blank(behind)) return replace(at_ + 2, "");
  keep(2);
}

// \"word\" in text that was escaped for a program.
bool Walker::is_escaped_quotation_mark() const {
  if (is_word(byte_before(tex_, at_))) return false;
  const std::size_t next = tex_.find("\\\"", at_ + 2);
  if (next == npos) return false;
  const char behind = byte_at(tex_, next + 2);
  return !is_letter(behind) && behind != '{' && behind != '\\';
}

// today\'s rain, the adults\' rain
bool Walker::is_escaped_apostrophe() const {
  if (is_letter(byte_before(tex_, at_)) && is_blank(byte_at(tex_, at_ + 2))) return true;
  const std::string_view ending = letters_at(tex_, at_ + 2);
  if (ending != "s" && ending != "t" && ending != "re" && ending != "ve" && ending != "ll" && ending != "d")
    return false;
  const std::size_t end = at_ + 2 + ending.size();
  return is_letter(byte_before(tex_, at_)) && byte_at(tex_, end) == ' ' && is_lower(byte_at(tex_, end + 1));
}

bool Walker::read_accent_sign() {
  const std::string_view sign = tex_.substr(at_ + 1, 1);
  if (sign.empty() || combining_accent(sign) == 0) return false;
  const bool empty = tex_.substr(at_ + 2, 2) == "{}";
  if (sign == "~" && (in_address(tex_, at_) || is_digit(byte_at(tex_, at_ + 2)))) {
    return replace(at_ + (empty ? 4 : 2), "~"), true;
  }
  if (sign == "\"" && is_escaped_quotation_mark()) return false;
  if (sign == "'" && is_escaped_apostrophe()) return replace(at_ + 2, "'"), true;
  const Accented accented = accented_at(tex_, at_);
  if (accented.end != 0) return replace(accented.end, accented.text), true;
  if (empty) return replace(at_ + 4, sign), true;
  return false;
}

void walk(std::string_view tex, Listener& listener) {
  if (is_all_ascii(tex) || (is_utf8(tex) && !has_bidi_controls(tex))) {
    Walker(tex, listener).walk();
  } else {
    const std::string clean = printable(tex);
    Walker(clean, listener).walk();
  }
}

}  // namespace daybook
