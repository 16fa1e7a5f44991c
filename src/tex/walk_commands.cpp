// What the commands of running text become.
#include "core/text.h"
#include "tex/accents.h"
#include "tex/alphabets.h"
#include "tex/math_tables.h"
#include "tex/symbols.h"
#include "tex/unicode_math.h"
#include "tex/walker.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t label_max = 1000;  // of a link whose text can be its own address, in bytes

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

}  // namespace

void Walker::read_command() {
  const std::string_view name = letters_at(tex_, at_ + 1);
  const std::size_t end = at_ + 1 + name.size();
  if (name == "begin") return read_environment(end);
  const Command command = text_command(name);
  if (command != Command::unknown && read_known(command, name, end)) return;
  if (name.size() == 1 && read_broken_name(name, end)) return;
  const Accented accented = accented_at(tex_, at_);
  if (accented.end != 0) return replace(accented.end, accented.text);
  if (read_symbol(name, end)) return;
  unknown_end_ = end;
  keep(end - at_);
}

// An environment of math is a formula as it stands. Others stay as they are written, with their line breaks: what they
// do to their lines, nobody here knows.
void Walker::read_environment(std::size_t end) {
  const Argument name = argument(end);
  const std::size_t behind = name ? environments_.end_of(at_) : npos;
  if (behind != npos && inside(name) == "subequations") return read_subequations(name.close + 1, behind);
  const bool is_math = behind != npos && behind - at_ <= math_bytes_max && math_table(inside(name)).known;
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
void Walker::read_subequations(std::size_t from, std::size_t behind) {
  constexpr std::string_view label = "\\label", ending = "\\end{subequations}";
  from = skip_blanks(tex_, from);
  const Argument key = tex_.substr(from, label.size()) == label ? argument(from + label.size()) : Argument{};
  if (key) from = skip_blanks(tex_, key.close + 1);
  replace(from, "");
  std::size_t close = behind - ending.size();
  while (close > from && is_blank(tex_[close - 1])) --close;
  close_later(close, behind - close, "");
}

bool Walker::read_symbol(std::string_view name, std::size_t end) {
  std::string_view text = text_symbol(name);
  if (text.empty()) {
    const Symbol* symbol = math_symbol(name);
    if (symbol == nullptr) return false;
    text = symbol->text;
  }
  if (tex_.substr(end, 2) == "{}") {
    end += 2;
  } else if (is_letter_command(name) && is_blank(byte_at(tex_, end)) &&
             is_lower(byte_at(tex_, skip_blanks(tex_, end)))) {
    end = skip_blanks(tex_, end);
  }
  if (text.size() > 1 && text.back() == '.' && byte_at(tex_, end) == '.') ++end;
  replace(end, text);
  return true;
}

bool Walker::read_known(Command command, std::string_view name, std::size_t end) {
  switch (command) {
    case Command::unknown:
      return false;
    case Command::style:
      return read_argument(end, "", "");
    case Command::declaration:
      if (byte_at(tex_, end) == '{') return read_argument(end, "", "");
      return replace(skip_blanks(tex_, end), ""), true;
    case Command::nothing:
      return replace(tex_.substr(end, 2) == "{}" ? end + 2 : end, ""), true;
    case Command::blank:
      return replace(end, " "), true;
    case Command::color:
      return read_color(end, false);
    case Command::colored:
      return read_color(end, true);
    case Command::address:
      return read_verbatim(end, "", "");
    case Command::link:
      return read_link(end);
    case Command::footnote:
      return read_argument(end, is_blank(byte_before(tex_, at_)) ? "(" : " (", ")");
    case Command::citation:
      return read_verbatim(end, "[", "]");
    case Command::reference:
      return read_verbatim(end, "", "");
    case Command::quotation:
      return read_argument(end, "“", "”");
    case Command::superscript:
      return read_script(end, true);
    case Command::subscript:
      return read_script(end, false);
    case Command::quantity:
      return read_quantity(end);
    case Command::alphabet:
      return read_alphabet(name, end);
    case Command::formula:
      return read_formula(name, end);
    case Command::dingbat:
      return read_dingbat(end);
  }
  return false;
}

bool Walker::read_argument(std::size_t from, std::string_view before, std::string after) {
  const Argument found = argument(byte_at(tex_, from) == '*' ? from + 1 : from);
  if (!found) return false;
  replace(found.open + 1, before);
  close_later(found.close, 1, std::move(after));
  return true;
}

// Keys and addresses: nothing in them is TeX but escaped characters.
bool Walker::read_verbatim(std::size_t from, std::string_view before, std::string_view after) {
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

bool Walker::read_color(std::size_t end, bool has_text) {
  const Argument color = argument(skip_optional(end));
  if (!color) return false;
  if (has_text) return read_argument(color.close + 1, "", "");
  replace(skip_blanks(tex_, color.close + 1), "");
  return true;
}

// "text (address)"; only the address where the text says the same.
bool Walker::read_link(std::size_t end) {
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

bool Walker::read_script(std::size_t end, bool raised) {
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

bool Walker::read_quantity(std::size_t end) {
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
bool Walker::read_formula(std::string_view name, std::size_t end) {
  const Argument first = argument(end);
  if (!first) return false;
  const bool has_two = name == "frac" || name == "tfrac" || name == "nicefrac";
  const Argument last = has_two ? argument(first.close + 1) : first;
  if (!last) return false;
  const auto unicode =
      unicode_math(tex_.substr(at_, last.close + 1 - at_), {byte_before(tex_, at_), byte_at(tex_, last.close + 1)});
  if (!unicode) return false;
  replace(last.close + 1, *unicode);
  return true;
}

bool Walker::read_dingbat(std::size_t end) {
  const Argument number = argument(end);
  const char32_t character = number ? dingbat(inside(number)) : 0;
  if (character == 0) return false;
  std::string text;
  append_utf8(text, character);
  replace(number.close + 1, text);
  return true;
}

// arXiv's own processing sees accents in commands that it does not know: \beta arrives as \b{eta}.
bool Walker::read_broken_name(std::string_view name, std::size_t end) {
  const Argument found = argument(end);
  if (!found || found.open != end || inside(found).size() < 2) return false;
  if (letters_at(inside(found), 0).size() != inside(found).size()) return false;
  const std::string whole = std::string(name) + std::string(inside(found));
  const Symbol* symbol = math_symbol(whole);
  const std::string_view text = symbol != nullptr ? symbol->text : text_symbol(whole);
  if (text.empty()) return false;
  replace(found.close + 1, text);
  return true;
}

bool Walker::read_alphabet(std::string_view name, std::size_t end) {
  const Argument found = argument(end);
  if (!found || inside(found).empty() || inside(found).size() > 3) return false;
  std::string text;
  for (const char c : inside(found)) {
    if (!is_alnum(c)) return false;
    append_utf8(text, in_font(static_cast<char32_t>(c), math_font(name).font));
  }
  replace(found.close + 1, text);
  return true;
}

}  // namespace daybook
