#include "tex/mathml.h"

#include <array>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "tex/formula.h"
#include "tex/letters.h"
#include "tex/math_tables.h"

namespace daybook {
namespace {

constexpr int nesting_max = 24;

bool is_tall(std::string_view tex) {
  static constexpr std::array<std::string_view, 10> tall = {"frac", "sum", "prod",  "int",   "left",
                                                            "big",  "Big", "begin", "under", "over"};
  for (std::size_t i = tex.find('\\'); i != std::string_view::npos; i = tex.find('\\', i + 1)) {
    const std::string_view command = letters_at(tex, i + 1);
    if (command.empty()) continue;
    for (const std::string_view name : tall) {
      const bool prefixed = command.substr(1, name.size()) == name;  // \dfrac, \oint
      if (prefixed || command.substr(0, name.size()) == name) return true;
    }
  }
  return false;
}

// Signs outside of ASCII that are written as themselves: arrows, operators, relations, brackets.
bool is_operator(char32_t c) {
  if (c == U'∞' || c == U'∂' || c == U'∇' || c == U'∅' || c == U'∀' || c == U'∃') return false;
  return c == U'±' || c == U'×' || c == U'÷' || c == U'·' || c == U'¬' || (c >= 0x2190 && c < 0x2300) ||
         (c >= 0x27C0 && c < 0x2800) || (c >= 0x2A00 && c < 0x2B00) || (c >= 0x2900 && c < 0x2980);
}

bool is_space(char32_t c) { return c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000; }

}  // namespace

Formula::Formula(std::string_view tex, bool display, int depth)
    : tex_(tex), display_(display), tall_(display || is_tall(tex)), depth_(depth) {}

const std::string& Formula::write() {
  const int count = row();
  // Lines without an environment around them; "\\\\omega" is what a program escaped twice.
  if (!failed_ && count > 0 && starts("\\\\") && is_blank(byte_at(tex_, at_ + 2))) {
    out_.clear();
    at_ = 0;
    table("", "");
  }
  if (!at_end()) fail();
  return out_;
}

// A '$' in braces, as in x^{$y$}, opens and closes what is math already.
void Formula::skip() {
  while (!at_end() && (is_blank(tex_[at_]) || tex_[at_] == '$')) ++at_;
}

bool Formula::at_stop(char stop) const {
  if (at_end()) return true;
  const char c = tex_[at_];
  if (c == '}' || c == '&' || (stop != '\0' && c == stop)) return true;
  if (c != '\\') return false;
  const std::string_view name = letters_at(tex_, at_ + 1);
  return starts("\\\\") || name == "right" || name == "end";
}

int Formula::row(char stop) {
  if (++depth_ > nesting_max) fail();
  const Font outer = font_;
  int count = 0;
  const std::size_t row_start = out_.size();
  Atom before = Atom::nothing;
  for (skip(); !at_stop(stop); skip()) {
    const std::size_t start = out_.size();
    Atom now = Atom::ordinary;
    if (tex_[at_] == '^' || tex_[at_] == '_' || tex_[at_] == '\'') {
      out_ += "<mrow></mrow>";  // scripts of nothing: $^{*}$
    } else if (is_row_fraction()) {
      row_fraction(row_start, count, stop);
      count = 1;
      break;
    } else {
      now = atom(before);
    }
    if (failed_) break;
    if (now == Atom::nothing) continue;
    scripts(start, now);
    separate(start, before, now);
    before = now;
    ++count;
  }
  font_ = outer;
  --depth_;
  return count;
}

// {a \over b}, {n \choose k}: what is before is on top of what is behind.
bool Formula::is_row_fraction() const {
  const std::string_view name = tex_[at_] == '\\' ? letters_at(tex_, at_ + 1) : std::string_view();
  return name == "over" || name == "choose" || name == "atop";
}

void Formula::row_fraction(std::size_t start, int count, char stop) {
  const std::string_view name = letters_at(tex_, at_ + 1);
  at_ += 1 + name.size();
  wrap_row(start, count);
  const bool brackets = name == "choose";
  out_.insert(start, std::string(brackets ? "<mrow><mo>(</mo>" : "") +
                         (name == "over" ? "<mfrac>" : "<mfrac linethickness=\"0\">"));
  const std::size_t below = out_.size();
  wrap_row(below, row(stop));
  out_ += brackets ? "</mfrac><mo>)</mo></mrow>" : "</mfrac>";
}

// TeX has thin spaces between a function's name and its neighbours; MathML has none between identifiers.
void Formula::separate(std::size_t start, Atom before, Atom atom) {
  const bool after_name = before == Atom::function && (atom == Atom::ordinary || atom == Atom::function);
  const bool before_name = atom == Atom::function && (before == Atom::ordinary || before == Atom::close);
  if (after_name || before_name) out_.insert(start, "<mspace width=\"0.1667em\"/>");
}

Formula::Atom Formula::atom(Atom before) {
  const char c = tex_[at_];
  if (c == '{') {
    group();
    return Atom::ordinary;
  }
  return c == '\\' ? command(before) : character(before);
}

Formula::Atom Formula::character(Atom before) {
  const char c = tex_[at_];
  if (is_letter(c)) return letters(), Atom::ordinary;
  if (is_digit(c)) return number(), Atom::ordinary;
  if (!is_ascii(c)) {
    const std::size_t start = at_;
    const char32_t code = next_code_point(tex_, at_);
    if (is_space(code)) return blank("0.3333em"), Atom::space;
    std::string text;
    append_utf8(text, in_font(code, font_));
    element(is_operator(code) ? "mo" : "mi", is_operator(code) ? tex_.substr(start, at_ - start) : text);
    return is_operator(code) ? Atom::sign : Atom::ordinary;
  }
  ++at_;
  switch (c) {
    case '~':
      return blank("0.3333em"), Atom::space;
    case '(':
    case '[':
      return fence(c == '(' ? "(" : "["), Atom::open;
    case ')':
    case ']':
      return fence(c == ')' ? ")" : "]"), Atom::close;
    case '|':
      out_ += "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo>";
      return Atom::ordinary;
    case '-':
    case '+': {
      // A sign before a number; MathML sees by itself that it is one only at a row's start.
      const bool prefix = before == Atom::sign || before == Atom::open;
      out_ += prefix ? "<mo form=\"prefix\">" : "<mo>";
      out_ += c == '-' ? "−</mo>" : "+</mo>";
      return Atom::sign;
    }
    case '*':
      return element("mo", "∗"), Atom::sign;
    case '%':
    case '#':
    case '@':
    case '"':
    case '`':
      return element("mi", tex_.substr(at_ - 1, 1)), Atom::ordinary;
    case '=':
    case '<':
    case '>':
    case '/':
    case ':':
    case ',':
    case ';':
    case '.':
    case '!':
    case '?':
      return element("mo", tex_.substr(at_ - 1, 1)), c == '!' || c == '.' ? Atom::close : Atom::sign;
    default:  // & ^ _ } in a wrong place, control characters
      return fail(), Atom::nothing;
  }
}

void Formula::element(std::string_view name, std::string_view text) {
  out_.append("<").append(name).append(">");
  append_escaped(out_, text);
  out_.append("</").append(name).append(">");
}

void Formula::fence(std::string_view text) {
  out_ += tall_ ? "<mo stretchy=\"false\">" : "<mo>";
  out_.append(text).append("</mo>");
}

void Formula::blank(std::string_view width) { out_.append("<mspace width=\"").append(width).append("\"/>"); }

// One variable; in another font a whole name.
void Formula::letters() {
  if (font_ == Font::italic) {
    element("mi", tex_.substr(at_, 1));
    ++at_;
    return;
  }
  std::string text;
  int count = 0;
  for (; !at_end() && is_letter(tex_[at_]); ++at_, ++count) {
    append_utf8(text, in_font(static_cast<char32_t>(tex_[at_]), font_));
  }
  out_ += font_ == Font::upright && count == 1 ? "<mi mathvariant=\"normal\">" : "<mi>";
  out_.append(text).append("</mi>");
}

void Formula::number() {
  std::string text;
  const auto digit_at = [&](std::size_t at) { return is_digit(byte_at(tex_, at)); };
  while (!at_end()) {
    const char c = tex_[at_];
    const bool point = c == '.' && digit_at(at_ + 1);
    const bool thousands =
        c == ',' && digit_at(at_ + 1) && digit_at(at_ + 2) && digit_at(at_ + 3) && !digit_at(at_ + 4);
    if (!is_digit(c) && !point && !thousands) break;
    append_utf8(text, in_font(static_cast<char32_t>(c), font_));
    ++at_;
  }
  element("mn", text);
}

void Formula::wrap_row(std::size_t start, int count) {
  if (count == 1) return;
  out_.insert(start, "<mrow>");
  out_ += "</mrow>";
}

void Formula::group() {
  const std::size_t start = out_.size();
  ++at_;
  const int count = row();
  if (byte_at(tex_, at_) != '}') return fail();
  ++at_;
  wrap_row(start, count);
}

void Formula::argument() {
  skip();
  if (at_end() || ++depth_ > nesting_max) return fail();
  const char c = tex_[at_];
  if (c == '{') {
    group();
  } else if (is_digit(c) || is_letter(c)) {
    // TeX takes one character: x^10 is x¹0.
    std::string text;
    append_utf8(text, in_font(static_cast<char32_t>(c), font_));
    element(is_digit(c) ? "mn" : "mi", text);
    ++at_;
  } else if (at_stop('\0') || atom(Atom::open) == Atom::nothing) {
    fail();
  }
  --depth_;
}

std::string Formula::cut_argument() {
  const std::size_t start = out_.size();
  argument();
  std::string cut = out_.substr(start);
  out_.resize(start);
  return cut;
}

std::string Formula::primes() {
  std::string text;
  for (; byte_at(tex_, at_) == '\''; ++at_) text += "′";
  return text.empty() ? text : "<mo>" + text + "</mo>";
}

void Formula::scripts(std::size_t start, Atom base) {
  std::string below;
  std::string above;
  while (!failed_) {
    skip();
    const char c = byte_at(tex_, at_);
    if (c == '\'' && above.empty()) {
      above = primes();
    } else if (c == '_' || c == '^') {
      ++at_;
      std::string script = cut_argument();
      std::string& place = c == '_' ? below : above;
      const bool after_primes = c == '^' && place.rfind("<mo>′", 0) == 0;
      if (!place.empty() && !after_primes) return fail();  // x_a_b
      place = after_primes ? "<mrow>" + place + script + "</mrow>" : std::move(script);
    } else if (c == '\\' && is_layout(letters_at(tex_, at_ + 1)) && letters_at(tex_, at_ + 1).size() > 5) {
      at_ += 1 + letters_at(tex_, at_ + 1).size();  // \limits, \nolimits
    } else {
      break;
    }
  }
  if (below.empty() && above.empty()) return;
  const bool limits = base == Atom::limits;
  const std::string_view name = above.empty()   ? (limits ? "munder" : "msub")
                                : below.empty() ? (limits ? "mover" : "msup")
                                                : (limits ? "munderover" : "msubsup");
  out_.insert(start, "<" + std::string(name) + ">");
  out_.append(below).append(above).append("</").append(name).append(">");
}

bool append_mathml(std::string& out, std::string_view tex, bool display) {
  Formula formula(tex, display, 0);
  const std::string& markup = formula.write();
  if (formula.failed() || markup.empty()) return false;
  out += display ? "<math display=\"block\">" : "<math>";
  out.append(markup).append("</math>");
  return true;
}

}  // namespace daybook
