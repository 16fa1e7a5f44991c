#include "tex/walk.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/escape.h"
#include "core/text.h"
#include "tex/accents.h"
#include "tex/alphabets.h"
#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/spans.h"
#include "tex/unicode_math.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr char special_bytes[] = "\\$~{-`";

// In bytes.
constexpr std::size_t address_max = 2000;      // of an address in braces
constexpr std::size_t address_back_max = 300;  // how far to look for the start of an address
constexpr std::size_t optional_max = 300;      // of an optional argument
constexpr std::size_t label_max = 1000;        // of a link whose text can be its own address
constexpr std::size_t quoted_max = 1500;       // of a quotation

bool any_of(char c, std::string_view of) { return c != '\0' && of.find(c) != npos; }

std::size_t run_length(std::string_view tex, std::size_t at) {
  std::size_t end = at;
  while (end < tex.size() && tex[end] == tex[at]) ++end;
  return end - at;
}

// Backticks at `at`: how many, and where what they open is closed. `close` is 0 where they are no quotation mark.
struct Quote {
  std::size_t length = 0;
  std::size_t close = 0;
  std::size_t close_length = 0;
};

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
    if (tex[i] == '\'' && i > at + 1 && !is_word(byte_at(tex, i + 1)) && !is_space(tex[i - 1]) && tex[i - 1] != '\\') {
      // Two of them close a double quotation, unless there are three.
      const std::size_t count = run_length(tex, i);
      return count == 2 ? Quote{1, 0, 0} : Quote{1, i, 1};
    }
  }
  return {1, 0, 0};
}

// True where the text around `at` is an address (https://..), in which every character stands for itself.
bool in_address(std::string_view tex, std::size_t at) {
  std::size_t start = at;
  while (start > 0 && at - start < address_back_max && !is_space(tex[start - 1]) && !any_of(tex[start - 1], "{}<>\""))
    --start;
  const std::string_view word = tex.substr(start, at - start);
  return word.find("://") != npos || word.find("www.") != npos;
}

// The '~' at `at` is a blank at which no line breaks: "Figure~1", "et al.~\cite", but not "~10%" or "5~10".
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

// Hyphens at `at`: how many, and the dash they stand for; empty where they stand for themselves ("--flag", "<!--").
struct Dash {
  std::size_t length = 0;
  std::string_view text;
};
Dash dash_at(std::string_view tex, std::size_t at) {
  const std::size_t length = run_length(tex, at);
  if (length < 2 || length > 3) return {length, {}};
  const char before = byte_before(tex, at);
  const char behind = byte_at(tex, at + length);
  if (before == '\0' || behind == '\0' || any_of(before, "!|<+:") || any_of(behind, ">|;+:")) return {length, {}};
  if (length == 3) {
    const bool rule = (before == '\n' && is_space(behind)) || in_address(tex, at);
    return {length, rule ? "" : "—"};
  }
  const bool closing_mark = any_of(before, "'\"") && at > 1 && !is_space(tex[at - 2]) && !any_of(tex[at - 2], "([{=");
  const bool option = !closing_mark && (is_space(before) || any_of(before, "`'\"([{=/")) && is_letter(behind);
  return {length, option || in_address(tex, at) ? "" : "–"};
}

Quote quote_at(std::string_view tex, std::size_t at) {
  const std::size_t length = run_length(tex, at);
  const char behind = byte_at(tex, at + length);
  if (behind == '\0' || is_space(behind)) return {length, 0, 0};
  if (length == 2) return double_quote(tex, at);
  if (length == 1) return single_quote(tex, at);
  if (length == 3 && byte_before(tex, at) != '\\') {
    // ```x' ..'': a quotation that starts with another one.
    const Quote outer = double_quote(tex, at);
    return {2, outer.close_length == 2 ? outer.close : 0, 2};
  }
  return {length, 0, 0};
}

// What a command for a symbol of text or of math stands for; empty where it is none.
std::string_view symbol_of(std::string_view name) {
  const std::string_view text = text_symbol(name);
  const MathCommand* math = text.empty() ? math_command(name) : nullptr;
  return math != nullptr && math->is_symbol() ? math->text : text;
}

// "1,2" -> "¹,²"; empty where a character has no such form.
std::string script(std::string_view text, bool raised) {
  std::string out;
  for (const std::string_view part : split(text, ',')) {
    const std::string small = raised ? superscript(trim(part)) : subscript(trim(part));
    if (small.empty()) return {};
    if (!out.empty()) out += ',';
    out += small;
  }
  return out;
}

// Something further on that will be replaced: the brace that closes an argument, a closing quotation mark.
struct Closer {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string text;
};

class Walker {
 public:
  Walker(std::string_view tex, Listener& listener)
      : tex_(tex),
        listener_(listener),
        braces_(tex),
        math_spans_(tex, braces_),
        environments_(tex),
        special_(tex, special_bytes) {}

  void walk() {
    while (true) {
      while (!closers_.empty() && closers_.back().at < at_) closers_.pop_back();  // math reached over it
      const std::size_t limit = closers_.empty() ? tex_.size() : closers_.back().at;
      at_ = std::max(at_, std::min(limit, special_.from(at_)));
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

 private:
  // What was read and stands for itself goes out in one piece: [start_, at_).
  void flush() {
    if (at_ > start_) listener_.text(tex_.substr(start_, at_ - start_));
    start_ = at_;
  }
  void keep(std::size_t bytes) { at_ = std::min(at_ + bytes, tex_.size()); }
  void replace(std::size_t end, std::string_view text) {
    flush();
    if (!text.empty()) listener_.text(text);
    at_ = start_ = end;
  }
  void tie(std::size_t end) {
    flush();
    listener_.tie();
    at_ = start_ = end;
  }
  void close_later(std::size_t at, std::size_t length, std::string text) {
    // The nearest is last; nested groups close in this order anyway, so that this is no search.
    auto place = closers_.end();
    while (place != closers_.begin() && (place - 1)->at < at) --place;
    closers_.insert(place, Closer{at, length, std::move(text)});
  }

  // An argument in braces, behind blanks: the braces' places; npos where there is none.
  struct Argument {
    std::size_t open = npos, close = npos;
    explicit operator bool() const { return close != npos; }
  };
  Argument argument(std::size_t from) {
    const std::size_t open = skip_blanks(tex_, from);
    if (byte_at(tex_, open) != '{') return {};
    return {open, braces_.close_of(open)};
  }
  std::string_view inside(const Argument& argument) const {
    return tex_.substr(argument.open + 1, argument.close - argument.open - 1);
  }
  // Behind the optional arguments: [..][..]; longer ones than a citation's note are none.
  std::size_t skip_optional(std::size_t from) const {
    while (byte_at(tex_, from) == '[') {
      const std::size_t close = tex_.substr(0, from + optional_max).find_first_of("]\n", from);
      if (close == npos || tex_[close] != ']') break;
      from = close + 1;
    }
    return from;
  }

  void read_special() {
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

  void read_math(std::size_t delimiter) {
    const MathSpan math = math_spans_.at(at_);
    if (math.end == 0) return keep(delimiter);
    if (read_text_as_math(math)) return;
    flush();
    listener_.math(math.content, math.display ? MathSigns::display : MathSigns::one_line);
    at_ = start_ = math.end;
  }

  // True of "\textbf{Results}" and "\textbf{2.5$\times$ lower}", but not of "\text{a}_b".
  bool is_text_as_math(std::string_view name, std::string_view content) const {
    if (text_command(name) != TextCommand::style || name.substr(0, 4) != "text") return false;
    bool in_math = false;
    for (std::size_t i = 0; i < content.size(); ++i) {
      const char c = content[i];
      if (c == '\\') ++i;
      if (c == '$') in_math = !in_math;
      if (!in_math && (c == '^' || c == '_')) return false;
    }
    return true;
  }

  // $\textbf{Results}$, $\href{..}{..}$: text that only its author's macros made math. As math it would be a line
  // without breaks.
  bool read_text_as_math(const MathSpan& math) {
    const std::string_view tex = math.content;
    const std::string_view name = tex.front() == '\\' ? letters_at(tex, 1) : std::string_view();
    const TextCommand command = name.empty() ? TextCommand::unknown : text_command(name);
    const bool words = !name.empty() && is_text_as_math(name, tex);
    const bool one = command == TextCommand::address;
    const bool two = command == TextCommand::link || command == TextCommand::quantity;
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

  void read_dash() {
    const Dash dash = dash_at(tex_, at_);
    dash.text.empty() ? keep(dash.length) : replace(at_ + dash.length, dash.text);
  }

  void read_quote() {
    const Quote quote = quote_at(tex_, at_);
    const bool is_double = quote.length == 2;
    std::size_t& until = is_double ? double_until_ : single_until_;
    const std::size_t other = is_double ? single_until_ : double_until_;
    if (quote.close == 0 || until > at_ || quote.close == other) return keep(quote.length);
    until = quote.close;
    replace(at_ + quote.length, is_double ? "“" : "‘");
    close_later(quote.close, quote.close_length, is_double ? "”" : "’");
  }

  void read_group() {
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
  bool is_markup(std::string_view content) const {
    for (int depth = 0; depth < 8 && !content.empty() && content.front() == '{'; ++depth) content.remove_prefix(1);
    if (content.size() < 2 || content.front() != '\\') return false;
    const std::string_view name = letters_at(content, 1);
    const std::string_view rest = trim(content.substr(1 + name.size()));
    const bool whole = rest.empty() || rest.find_first_not_of("{}") == npos;
    if (name.empty()) return content.size() == 2 || accented_at(content, 0).end != 0;
    if (text_command(name) != TextCommand::unknown || accented_at(content, 0).end != 0) return true;
    return whole && !symbol_of(name).empty();
  }

  // Braces that keep a style from changing capitals ({BERT}, {L}asso, G{é}n{é}ral), or TeX from adding a blank
  // (25{,}605). Sets, templates and code ({0,1}, {name}, T^{2}) are plain text.
  bool is_protective(std::size_t open, std::string_view content) const {
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

  void read_backslash() {
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
  void read_line_break() {
    const char behind = byte_at(tex_, at_ + 2);
    if (at_ < verbatim_until_) return keep(2);
    if (behind == '\0') return replace(at_ + 2, "");
    if (std::string_view("%&_#$").find(behind) != npos) return replace(at_ + 3, tex_.substr(at_ + 2, 1));
    if (is_space(behind)) return replace(at_ + 2, "");
    keep(2);
  }

  // \"word\" in text that was escaped for a program.
  bool is_escaped_quotation_mark() const {
    if (is_word(byte_before(tex_, at_))) return false;
    const std::size_t next = tex_.find("\\\"", at_ + 2);
    if (next == npos) return false;
    const char behind = byte_at(tex_, next + 2);
    return !is_letter(behind) && behind != '{' && behind != '\\';
  }

  // today\'s rain, the adults\' rain
  bool is_escaped_apostrophe() const {
    if (is_letter(byte_before(tex_, at_)) && is_space(byte_at(tex_, at_ + 2))) return true;
    const std::string_view ending = letters_at(tex_, at_ + 2);
    if (ending != "s" && ending != "t" && ending != "re" && ending != "ve" && ending != "ll" && ending != "d")
      return false;
    const std::size_t end = at_ + 2 + ending.size();
    return is_letter(byte_before(tex_, at_)) && byte_at(tex_, end) == ' ' && is_lower(byte_at(tex_, end + 1));
  }

  bool read_accent_sign() {
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

  void read_command() {
    const std::string_view name = letters_at(tex_, at_ + 1);
    const std::size_t end = at_ + 1 + name.size();
    if (name == "begin") return read_environment(end);
    const TextCommand command = text_command(name);
    if (command != TextCommand::unknown && read_known(command, name, end)) return;
    if (name.size() == 1 && read_broken_name(name, end)) return;
    const Accented accented = accented_at(tex_, at_);
    if (accented.end != 0) return replace(accented.end, accented.text);
    if (read_symbol(name, end)) return;
    unknown_end_ = end;
    keep(end - at_);
  }

  // An environment of math is a formula as it stands. Others stay as they are written, with their line breaks: what
  // they do to their lines, nobody here knows.
  void read_environment(std::size_t end) {
    const Argument name = argument(end);
    const std::size_t behind = name ? environments_.end_of(at_) : npos;
    if (behind != npos && inside(name) == "subequations") return read_subequations(name.close + 1, behind);
    const bool is_math = behind != npos && behind - at_ <= math_bytes_max && math_environment(inside(name)) != nullptr;
    if (!is_math) {
      verbatim_until_ = std::max(verbatim_until_, behind == npos ? tex_.size() : behind);
      unknown_end_ = end;
      return keep(end - at_);
    }
    flush();
    listener_.math(tex_.substr(at_, behind - at_), MathSigns::environment);
    at_ = start_ = behind;
  }

  // They number the formulas in them, and that is all.
  void read_subequations(std::size_t from, std::size_t behind) {
    constexpr std::string_view label = "\\label", ending = "\\end{subequations}";
    from = skip_blanks(tex_, from);
    const Argument key = tex_.substr(from, label.size()) == label ? argument(from + label.size()) : Argument{};
    if (key) from = skip_blanks(tex_, key.close + 1);
    replace(from, "");
    std::size_t close = behind - ending.size();
    while (close > from && is_space(tex_[close - 1])) --close;
    close_later(close, behind - close, "");
  }

  bool read_symbol(std::string_view name, std::size_t end) {
    const std::string_view text = symbol_of(name);
    if (text.empty()) return false;
    if (tex_.substr(end, 2) == "{}") {
      end += 2;
    } else if (is_letter_command(name) && is_space(byte_at(tex_, end)) &&
               is_lower(byte_at(tex_, skip_blanks(tex_, end)))) {
      end = skip_blanks(tex_, end);
    }
    if (text.size() > 1 && text.back() == '.' && byte_at(tex_, end) == '.') ++end;
    replace(end, text);
    return true;
  }

  bool read_known(TextCommand command, std::string_view name, std::size_t end) {
    switch (command) {
      case TextCommand::unknown:
        return false;
      case TextCommand::style:
        return read_argument(end, "", "");
      case TextCommand::declaration:
        if (byte_at(tex_, end) == '{') return read_argument(end, "", "");
        return replace(skip_blanks(tex_, end), ""), true;
      case TextCommand::nothing:
        return replace(tex_.substr(end, 2) == "{}" ? end + 2 : end, ""), true;
      case TextCommand::blank:
        return replace(end, " "), true;
      case TextCommand::color:
        return read_color(end, false);
      case TextCommand::colored:
        return read_color(end, true);
      case TextCommand::link:
        return read_link(end);
      case TextCommand::footnote:
        return read_argument(end, is_space(byte_before(tex_, at_)) ? "(" : " (", ")");
      case TextCommand::citation:
        return read_verbatim(end, "[", "]");
      case TextCommand::address:
      case TextCommand::reference:
        return read_verbatim(end, "", "");
      case TextCommand::quotation:
        return read_argument(end, "“", "”");
      case TextCommand::superscript:
        return read_script(end, true);
      case TextCommand::subscript:
        return read_script(end, false);
      case TextCommand::quantity:
        return read_quantity(end);
      case TextCommand::alphabet:
        return read_alphabet(name, end);
      case TextCommand::formula:
        return read_formula(name, end);
      case TextCommand::dingbat:
        return read_dingbat(end);
    }
    return false;
  }

  bool read_argument(std::size_t from, std::string_view before, std::string after) {
    const Argument found = argument(byte_at(tex_, from) == '*' ? from + 1 : from);
    if (!found) return false;
    replace(found.open + 1, before);
    close_later(found.close, 1, std::move(after));
    return true;
  }

  // Keys and addresses: nothing in them is TeX but escaped characters.
  bool read_verbatim(std::size_t from, std::string_view before, std::string_view after) {
    if (byte_at(tex_, from) == '*') ++from;
    const std::size_t behind_optional = skip_optional(from);
    const Argument found = argument(behind_optional);
    if (!found) return false;
    // \citep[see][p. 3]{key} -> [see; p. 3; key]
    std::string text(before);
    std::string option;
    for (const char c : tex_.substr(from, behind_optional - from)) {
      if (c != '[' && c != ']') option += c;
      if (c == ']' && !option.empty()) {
        text += option + "; ";
        option.clear();
      }
    }
    text += address(inside(found));
    replace(found.close + 1, text.append(after));
    return true;
  }

  bool read_color(std::size_t end, bool has_text) {
    const Argument color = argument(skip_optional(end));
    if (!color) return false;
    if (has_text) return read_argument(color.close + 1, "", "");
    replace(skip_blanks(tex_, color.close + 1), "");
    return true;
  }

  // "text (address)"; only the address where the text says the same.
  bool read_link(std::size_t end) {
    const Argument target = argument(skip_optional(end));
    if (!target) return false;
    const std::string to = address(inside(target));
    const Argument label = argument(target.close + 1);
    if (!label) return replace(target.close + 1, to), true;
    if (inside(label).size() > label_max) return read_argument(target.close + 1, "", " (" + to + ")");
    std::string text = address(trim(inside(label)));
    if (text.size() > 2 && to.find(text) != npos && text.find('.') != npos) return replace(label.close + 1, to), true;
    if (text.find(to) != npos) return read_argument(target.close + 1, "", "");
    return read_argument(target.close + 1, "", " (" + to + ")");
  }

  bool read_script(std::size_t end, bool raised) {
    const Argument found = argument(end);
    if (!found) return false;
    const std::string small = script(inside(found), raised);
    if (small.empty()) {
      // A digit behind a digit would be another number.
      const bool glued = is_digit(byte_before(tex_, at_)) && is_digit(byte_at(tex_, found.open + 1));
      return read_argument(end, !glued ? "" : raised ? "^(" : "_(", glued ? ")" : "");
    }
    replace(found.close + 1, small);
    return true;
  }

  bool read_quantity(std::size_t end) {
    const Argument number = argument(skip_optional(end));
    const Argument unit = number ? argument(number.close + 1) : Argument{};
    if (!unit) return false;
    const std::string unit_text = units(inside(unit));
    if (unit_text.empty()) return false;
    replace(number.close + 1, inside(number));
    if (unit_text != "%" && unit_text != "×" && unit_text != "°") tie(at_);
    replace(unit.close + 1, unit_text);
    return true;
  }

  // Math without its signs, where Unicode can say it: "O(\sqrt{n})".
  bool read_formula(std::string_view name, std::size_t end) {
    const Argument first = argument(end);
    if (!first) return false;
    const bool has_two = is_one_of(name, "frac tfrac nicefrac");
    const Argument last = has_two ? argument(first.close + 1) : first;
    if (!last) return false;
    const auto unicode =
        unicode_math(tex_.substr(at_, last.close + 1 - at_), {byte_before(tex_, at_), byte_at(tex_, last.close + 1)});
    if (!unicode) return false;
    replace(last.close + 1, *unicode);
    return true;
  }

  bool read_dingbat(std::size_t end) {
    const Argument number = argument(end);
    const char32_t character = number ? dingbat(inside(number)) : 0;
    if (character == 0) return false;
    std::string text;
    append_utf8(text, character);
    replace(number.close + 1, text);
    return true;
  }

  // arXiv's own processing sees accents in commands that it does not know: \beta arrives as \b{eta}.
  bool read_broken_name(std::string_view name, std::size_t end) {
    const Argument found = argument(end);
    if (!found || found.open != end || inside(found).size() < 2) return false;
    if (letters_at(inside(found), 0).size() != inside(found).size()) return false;
    const std::string whole = std::string(name) + std::string(inside(found));
    const std::string_view text = symbol_of(whole);
    if (text.empty()) return false;
    replace(found.close + 1, text);
    return true;
  }

  bool read_alphabet(std::string_view name, std::size_t end) {
    const Argument found = argument(end);
    if (!found || inside(found).empty() || inside(found).size() > 3) return false;
    std::string text;
    for (const char c : inside(found)) {
      if (!is_alnum(c)) return false;
      append_utf8(text, in_font(static_cast<char32_t>(c), math_command(name)->font));
    }
    replace(found.close + 1, text);
    return true;
  }

  std::string_view tex_;
  Listener& listener_;
  Braces braces_;
  MathSpans math_spans_;
  Environments environments_;
  NextOf<6> special_;
  std::vector<Closer> closers_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::size_t double_until_ = 0, single_until_ = 0;  // where the quotations that are open close
  std::size_t verbatim_until_ = 0;                   // the end of an environment that is no math: line breaks stay
  std::size_t unknown_end_ = npos;                   // behind an unknown command: its arguments stay as they are
};

}  // namespace

bool is_short_text(std::string_view tex) {
  constexpr ByteSet special(special_bytes);
  const auto is_text = [&](char c) { return is_ascii(c) && !special.has(c); };
  return tex.size() <= 64 && all(tex, is_text);
}

void walk(std::string_view tex, Listener& listener) {
  if (is_short_text(tex)) {
    if (!tex.empty()) listener.text(tex);
  } else if (is_utf8(tex) && !has_bidi_controls(tex)) {
    Walker(tex, listener).walk();
  } else {
    const std::string clean = printable(tex);
    Walker(clean, listener).walk();
  }
}

}  // namespace daybook
