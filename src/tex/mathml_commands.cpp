// The commands of math as MathML.
#include <algorithm>

#include "core/escape.h"
#include "core/text.h"
#include "tex/accents.h"
#include "tex/commands.h"
#include "tex/formula.h"
#include "tex/letters.h"
#include "tex/math_tables.h"
#include "tex/tex.h"

namespace daybook {
namespace {

bool is_one_of(std::string_view name, std::string_view a, std::string_view b, std::string_view c = "",
               std::string_view d = "") {
  return name == a || name == b || (!c.empty() && name == c) || (!d.empty() && name == d);
}

// Blanks at the ends of <mtext> would be lost.
std::string with_firm_ends(std::string_view text) {
  std::string out(trim(text));
  if (out.empty()) return text.empty() ? "" : "\u00A0";
  if (is_blank(text.front())) out.insert(0, "\u00A0");
  if (is_blank(text.back())) out += "\u00A0";
  return out;
}

}  // namespace

Formula::Atom Formula::command(Atom before) {
  const std::string_view name = letters_at(tex_, at_ + 1);
  if (name.empty()) {
    const char c = byte_at(tex_, at_ + 1);
    if (c == '\0' || !is_ascii(c)) return fail(), Atom::nothing;
    at_ += 2;
    return sign_command(c);
  }
  at_ += 1 + name.size();
  if (const Symbol* found = math_symbol(name)) return symbol(*found, before);
  if (is_layout(name)) return Atom::nothing;
  if (const std::string_view width = space_width(name); !width.empty()) return blank(width), Atom::space;
  if (math_font(name).known) return font(name);
  if (!math_accent(name).text.empty()) return accent(name);
  if (daybook::is_words(name)) return words();
  if (const std::string_view size = delimiter_size(name); !size.empty()) return sized(size);
  if (const std::string_view text = text_symbol(name); !text.empty()) {
    element("mtext", text);
    return Atom::ordinary;
  }
  return structure(name);
}

Formula::Atom Formula::sign_command(char c) {
  const std::string_view sign(&c, 1);
  if (const std::string_view width = space_width(sign); !width.empty()) return blank(width), Atom::space;
  switch (c) {
    case '!':
    case '/':
    case '-':
      return Atom::nothing;
    case '{':
      return fence("{"), Atom::open;
    case '}':
      return fence("}"), Atom::close;
    case '|':
      out_ += "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">‖</mo>";
      return Atom::ordinary;
    case '%':
    case '$':
    case '#':
    case '&':
    case '_':
      return element("mi", sign), Atom::ordinary;
    case '*':
      return element("mo", "∗"), Atom::sign;
    default:
      return fail(), Atom::nothing;
  }
}

Formula::Atom Formula::symbol(const Symbol& symbol, Atom before) {
  switch (symbol.kind) {
    case Symbol::Kind::letter: {
      std::size_t end = 0;
      const char32_t letter = next_code_point(symbol.text, end);
      std::string text;
      append_utf8(text, in_font(letter, font_));
      element("mi", text);
      return Atom::ordinary;
    }
    case Symbol::Kind::open:
      return fence(symbol.text), Atom::open;
    case Symbol::Kind::close:
      return fence(symbol.text), Atom::close;
    case Symbol::Kind::sum:
      return element("mo", symbol.text), Atom::limits;
    case Symbol::Kind::integral:
      return element("mo", symbol.text), Atom::sign;
    case Symbol::Kind::function:
    case Symbol::Kind::limit_name:
      element("mi", symbol.text);
      // Limits are below in a line of their own only.
      return symbol.kind == Symbol::Kind::limit_name && display_ ? Atom::limits : Atom::function;
    case Symbol::Kind::sign:
      break;
  }
  const bool bar = symbol.text == "|" || symbol.text == "‖";
  const bool prefix = (symbol.text == "±" || symbol.text == "∓") && (before == Atom::sign || before == Atom::open);
  out_ += bar ? "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">" : prefix ? "<mo form=\"prefix\">" : "<mo>";
  append_escaped(out_, symbol.text);
  out_ += "</mo>";
  return bar ? Atom::ordinary : Atom::sign;
}

Formula::Atom Formula::font(std::string_view name) {
  const FontCommand found = math_font(name);
  const Font outer = font_;
  font_ = found.font;
  if (declared_font(name).known) return Atom::nothing;  // to the end of the group, where row() takes it back
  argument();
  font_ = outer;
  return Atom::ordinary;
}

Formula::Atom Formula::accent(std::string_view name) {
  const MathAccent mark = math_accent(name);
  const bool brace = name == "overbrace" || name == "underbrace";
  out_ += mark.under ? "<munder>" : brace ? "<mover>" : "<mover accent=\"true\">";
  argument();
  out_ += mark.stretchy ? "<mo stretchy=\"true\">" : "<mo stretchy=\"false\">";
  out_.append(mark.text).append("</mo>").append(mark.under ? "</munder>" : "</mover>");
  return brace ? Atom::limits : Atom::ordinary;
}

Formula::Atom Formula::structure(std::string_view name) {
  if (is_one_of(name, "frac", "dfrac", "tfrac", "cfrac") || is_one_of(name, "nicefrac", "sfrac") ||
      is_one_of(name, "binom", "tbinom", "dbinom")) {
    return fraction(name);
  }
  if (name == "sqrt") return root();
  if (is_one_of(name, "operatorname", "operatornamewithlimits", "DeclareMathOperator")) return operator_name(name);
  if (name == "left") return left_right();
  if (name == "middle") {
    stretched(delimiter());
    return Atom::sign;
  }
  if (is_one_of(name, "overset", "underset", "stackrel")) return stacked(name);
  if (is_one_of(name, "xrightarrow", "xleftarrow")) return long_arrow(name);
  if (name == "not") return negated();
  if (name == "ket") return bracketed("|", "⟩");
  if (name == "bra") return bracketed("⟨", "|");
  if (name == "abs") return bracketed("|", "|");
  if (name == "norm") return bracketed("‖", "‖");
  if (name == "pmod") return modulo();
  if (name == "unicode") return character_code();
  if (name == "begin") return environment();
  if (name == "substack") {
    skip();
    if (byte_at(tex_, at_) != '{') return fail(), Atom::nothing;
    ++at_;
    table("}", "");
    return Atom::ordinary;
  }
  if (name == "tag") return tag();
  if (is_one_of(name, "SI", "qty", "num") || is_one_of(name, "si", "unit")) return quantity(name);
  if (is_one_of(name, "mkern", "kern", "mskip", "hskip")) return skip_length(), Atom::nothing;
  if (is_one_of(name, "textsuperscript", "textsubscript")) return words_as_script(name);
  if (is_one_of(name, "label", "hspace", "vspace", "color")) {
    if (byte_at(tex_, at_) == '*') ++at_;
    skip_optional();  // [rgb]
    return raw_group(), Atom::nothing;
  }
  if (is_one_of(name, "textcolor", "colorbox", "fcolorbox")) {
    skip_optional();
    raw_group();
    if (name == "fcolorbox") raw_group();
    if (name != "textcolor") return words();
  }
  if (is_wrapper(name) || name == "textcolor") {
    argument();
    return name == "mathop" && display_ ? Atom::limits : Atom::ordinary;
  }
  return fail(), Atom::nothing;
}

Formula::Atom Formula::fraction(std::string_view name) {
  const bool binomial = name.find("binom") != std::string_view::npos;
  const bool slashed = is_one_of(name, "nicefrac", "sfrac");
  if (slashed) {
    out_ += "<mrow>";
    argument();
    out_ += "<mo>/</mo>";
    argument();
    out_ += "</mrow>";
    return Atom::ordinary;
  }
  out_ += binomial ? "<mrow><mo>(</mo><mfrac linethickness=\"0\">" : "<mfrac>";
  argument();
  argument();
  out_ += binomial ? "</mfrac><mo>)</mo></mrow>" : "</mfrac>";
  return Atom::ordinary;
}

Formula::Atom Formula::root() {
  skip();
  std::string index;
  if (byte_at(tex_, at_) == '[') {
    ++at_;
    const std::size_t start = out_.size();
    wrap_row(start, row(']'));
    if (byte_at(tex_, at_) != ']') return fail(), Atom::nothing;
    ++at_;
    index = out_.substr(start);
    out_.resize(start);
  }
  out_ += index.empty() ? "<msqrt>" : "<mroot>";
  argument();
  out_.append(index).append(index.empty() ? "</msqrt>" : "</mroot>");
  return Atom::ordinary;
}

Formula::Atom Formula::stacked(std::string_view name) {
  const std::string small = cut_argument();
  const std::string_view element_name = name == "underset" ? "munder" : "mover";
  out_.append("<").append(element_name).append(">");
  argument();
  out_.append(small).append("</").append(element_name).append(">");
  return Atom::ordinary;
}

Formula::Atom Formula::long_arrow(std::string_view name) {
  skip();
  std::string below;
  if (byte_at(tex_, at_) == '[') {
    ++at_;
    const std::size_t start = out_.size();
    wrap_row(start, row(']'));
    if (byte_at(tex_, at_) != ']') return fail(), Atom::nothing;
    ++at_;
    below = out_.substr(start);
    out_.resize(start);
  }
  const std::string above = cut_argument();
  const std::string_view element_name = below.empty() ? "mover" : "munderover";
  out_.append("<").append(element_name).append("><mo stretchy=\"true\">");
  out_.append(name == "xrightarrow" ? "→" : "←").append("</mo>").append(below).append(above);
  out_.append("</").append(element_name).append(">");
  return Atom::sign;
}

Formula::Atom Formula::operator_name(std::string_view name) {
  const bool star = byte_at(tex_, at_) == '*';
  const bool has_limits = star || name == "operatornamewithlimits";
  if (star) ++at_;
  const Font outer = font_;
  font_ = Font::upright;
  argument();
  font_ = outer;
  return has_limits && display_ ? Atom::limits : Atom::function;
}

std::string_view Formula::raw_group() {
  skip();
  if (byte_at(tex_, at_) != '{') return fail(), std::string_view();
  const std::size_t start = at_ + 1;
  int depth = 0;
  for (; !at_end(); ++at_) {
    if (tex_[at_] == '\\') {
      ++at_;
    } else if (tex_[at_] == '{') {
      ++depth;
    } else if (tex_[at_] == '}' && --depth == 0) {
      return tex_.substr(start, at_++ - start);
    }
  }
  return fail(), std::string_view();
}

Formula::Atom Formula::words() {
  const std::string_view raw = raw_group();
  const std::size_t start = out_.size();
  int count = 0;
  if (failed_) return Atom::nothing;
  for (const Run& run : runs(raw)) {
    ++count;
    if (run.kind == Run::Kind::text) {
      element("mtext", with_firm_ends(run.text));
      continue;
    }
    Formula inner(run.text, false, depth_);  // its row counts the depth of \text{$\text{$..$}$}
    const std::string& markup = inner.write();
    if (inner.failed()) return fail(), Atom::nothing;
    out_.append("<mrow>").append(markup).append("</mrow>");
  }
  wrap_row(start, count);
  return Atom::ordinary;
}

Formula::Atom Formula::words_as_script(std::string_view name) {
  const std::string_view element_name = name == "textsuperscript" ? "msup" : "msub";
  out_.append("<").append(element_name).append("><mrow></mrow>");
  words();
  out_.append("</").append(element_name).append(">");
  return Atom::ordinary;
}

// \not and a relation: the relation with a stroke (U+0338).
Formula::Atom Formula::negated() {
  skip();
  std::string relation;
  if (byte_at(tex_, at_) == '\\') {
    const std::string_view name = letters_at(tex_, at_ + 1);
    const Symbol* found = math_symbol(name);
    if (found == nullptr || found->kind != Symbol::Kind::sign) return fail(), Atom::nothing;
    relation = found->text;
    at_ += 1 + name.size();
  } else if (std::string_view("=<>|").find(byte_at(tex_, at_)) != std::string_view::npos) {
    relation = tex_.substr(at_++, 1);
  } else {
    return fail(), Atom::nothing;
  }
  std::size_t end = 0;
  const char32_t sign = next_code_point(relation, end);
  const char32_t whole = composed(sign, 0x338);
  std::string text;
  append_utf8(text, whole != 0 ? whole : sign);
  if (whole == 0) append_utf8(text, 0x338);
  element("mo", text);
  return Atom::sign;
}

Formula::Atom Formula::modulo() {
  out_ += "<mrow><mspace width=\"1em\"/><mo>(</mo><mi>mod</mi><mspace width=\"0.3333em\"/>";
  argument();
  out_ += "<mo>)</mo></mrow>";
  return Atom::ordinary;
}

// The number of an equation: \tag{1}, \tag*{A}.
Formula::Atom Formula::tag() {
  const bool bare = byte_at(tex_, at_) == '*';
  if (bare) ++at_;
  blank("2em");
  out_ += "<mrow>";
  if (!bare) element("mtext", "(");
  words();
  out_ += bare ? "</mrow>" : "<mtext>)</mtext></mrow>";
  return Atom::ordinary;
}

// siunitx's \SI{5}{\second}, \num{5}, \unit{\second}.
Formula::Atom Formula::quantity(std::string_view name) {
  skip_optional();
  const bool has_number = name == "SI" || name == "qty" || name == "num";
  const bool has_unit = name != "num";
  out_ += "<mrow>";
  if (has_number) element("mn", trim(raw_group()));
  if (has_unit) {
    const std::string unit = units(raw_group());
    if (unit.empty()) return fail(), Atom::nothing;
    if (has_number && unit != "%") blank("0.1667em");
    element("mtext", unit);
  }
  out_ += "</mrow>";
  return Atom::ordinary;
}

// TeX's length behind \mkern and the like: "-2mu", "1.5 pt".
void Formula::skip_length() {
  skip();
  while (!at_end() && (is_digit(tex_[at_]) || tex_[at_] == '-' || tex_[at_] == '.' || tex_[at_] == ' ')) ++at_;
  at_ = std::min(at_ + 2, tex_.size());
}

// MathJax's \unicode{x2713}
Formula::Atom Formula::character_code() {
  const std::string_view raw = trim(raw_group());
  char32_t code = 0;
  const bool hexadecimal = byte_at(raw, 0) == 'x';
  for (const char c : raw.substr(hexadecimal ? 1 : 0)) {
    const std::string_view digits = hexadecimal ? "0123456789abcdef" : "0123456789";
    const std::size_t digit = digits.find(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
    if (digit == std::string_view::npos || code > 0x10FFFF) return fail(), Atom::nothing;
    code = code * static_cast<char32_t>(digits.size()) + static_cast<char32_t>(digit);
  }
  if (code < 0x20 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return fail(), Atom::nothing;
  std::string text;
  append_utf8(text, code);
  element("mtext", text);
  return Atom::ordinary;
}

}  // namespace daybook
