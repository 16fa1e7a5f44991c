#include "tex/mathml.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "tex/accents.h"
#include "tex/alphabets.h"
#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/tex.h"
#include "tex/unicode_math.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int nesting_max = 24;
constexpr std::string_view thin_space = "0.1667em", word_space = "0.3333em";
constexpr std::string_view no_space = " lspace=\"0\" rspace=\"0\"";

// Signs outside of ASCII that are written as themselves: arrows, operators, relations, brackets.
bool is_operator(char32_t c) {
  if (std::u32string_view(U"∞∂∇∅∀∃").find(c) != npos) return false;
  return std::u32string_view(U"±×÷·¬").find(c) != npos || (c >= 0x2190 && c < 0x2300) || (c >= 0x27C0 && c < 0x2800) ||
         (c >= 0x2900 && c < 0x2980) || (c >= 0x2A00 && c < 0x2B00);
}

// What TeX calls binary: without an operand on either side it is an ordinary sign, with no space around it.
bool is_binary(std::string_view sign) {
  return is_one_of(sign, "+ − ± ∓ × ÷ · ⋅ ∗ ⋆ ∘ ∙ ∪ ∩ ⊕ ⊖ ⊗ ⊙ ∧ ∨ ∖ ⋄ ⨿ ⊎ ⊓ ⊔ ⋊ ⋉ ⊠ ⊞");
}

// Letters that a browser slants where they are alone in <mi>; TeX slants no capital Greek one.
bool is_greek_capital(char32_t c) { return (c >= U'Α' && c <= U'Ω') || c == U'∇'; }
bool is_slanted(char32_t c) {
  return (c < 0x80 && is_letter(static_cast<char>(c))) || is_greek_capital(c) || (c >= U'α' && c <= U'ω');
}

bool is_space_character(char32_t c) { return c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000; }

// Blanks at the ends of <mtext> would be lost.
std::string with_firm_ends(std::string_view text) {
  std::string out(trim(text));
  if (out.empty()) return text.empty() ? "" : "\u00A0";
  if (is_space(text.front())) out.insert(0, "\u00A0");
  if (is_space(text.back())) out += "\u00A0";
  return out;
}

// A formula being written.
class Formula {
 public:
  Formula(std::string_view tex, bool display, int depth) : tex_(tex), display_(display), depth_(depth) {}

  // The whole formula as the children of <math>; `failed` where it is not understood.
  const std::string& write() {
    const int count = row();
    if (count == 1 && starts_mo(0)) out_.insert(3, no_space);  // "2$\times$"
    // Lines without an environment around them; "\\\\omega" is what a program escaped twice.
    if (!failed_ && count > 0 && starts("\\\\") && is_space(byte_at(tex_, at_ + 2))) {
      out_.clear();
      at_ = 0;
      table("", "");
    }
    if (!at_end()) fail();
    return out_;
  }
  bool failed() const { return failed_; }

 private:
  // What an element is to its neighbours: decides on blanks and on where its scripts go.
  enum class Atom { nothing, ordinary, sign, binary, open, close, function, limits, space };

  Atom fail() {
    failed_ = true;
    at_ = tex_.size();
    return Atom::nothing;
  }
  bool at_end() const { return at_ >= tex_.size(); }
  char here() const { return byte_at(tex_, at_); }
  bool starts(std::string_view what) const { return !at_end() && tex_.substr(at_, what.size()) == what; }
  std::string_view command_name() const { return here() == '\\' ? letters_at(tex_, at_ + 1) : std::string_view(); }

  // Passes over blanks, and over a '$' in braces: as in x^{$y$}, it opens and closes what is math already.
  void skip() {
    while (!at_end() && (is_space(tex_[at_]) || tex_[at_] == '$')) ++at_;
  }
  bool skip(char c) {
    if (here() != c) return false;
    ++at_;
    return true;
  }
  // [..] that changes how something looks.
  void skip_optional() {
    const std::size_t close = here() == '[' ? tex_.find(']', at_) : npos;
    if (close != npos) at_ = close + 1;
  }

  bool at_stop(char stop) const {
    if (at_end()) return true;
    const char c = tex_[at_];
    if (c == '}' || c == '&' || (stop != '\0' && c == stop) || starts("\\\\")) return true;
    const std::string_view name = command_name();
    return name == "right" || name == "end";
  }

  // Elements up to a stop ('}', \right, &, \\, \end, or `stop`), which is left; how many there are.
  int row(char stop = '\0') {
    if (++depth_ > nesting_max) fail();
    const Font outer = font_;
    int count = 0;
    const std::size_t row_start = out_.size();
    Atom before = Atom::nothing;
    std::size_t unsure = npos;  // where a binary sign begins of which we do not know yet whether it has operands
    bool leads = false;         // nothing is before it
    for (skip(); !at_stop(stop); skip()) {
      const std::size_t start = out_.size();
      Atom now = Atom::ordinary;
      if (here() == '^' || here() == '_' || here() == '\'') {
        out_ += "<mrow></mrow>";  // scripts of nothing: $^{*}$
      } else if (is_one_of(command_name(), "over choose atop")) {
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
      const std::size_t length = out_.size();
      if (unsure != npos && (leads || now == Atom::sign || now == Atom::close)) out_.insert(unsure + 3, no_space);
      leads = lacks_operand(before);
      const std::size_t moved = start + out_.size() - length;
      unsure = now == Atom::binary && starts_mo(moved) ? moved : npos;
      before = now;
      ++count;
    }
    if (unsure != npos && count > 1) out_.insert(unsure + 3, no_space);
    font_ = outer;
    --depth_;
    return count;
  }

  // True of what a binary sign behind it does not join to anything: it is a sign of what follows, as in "= -1".
  static bool lacks_operand(Atom before) {
    return before == Atom::nothing || before == Atom::sign || before == Atom::binary || before == Atom::open;
  }
  bool starts_mo(std::size_t at) const { return out_.compare(at, 4, "<mo>") == 0; }

  void wrap_row(std::size_t start, int count) {
    if (count == 1) return;
    out_.insert(start, "<mrow>");
    out_ += "</mrow>";
  }

  // {a \over b}, {n \choose k}: what is before is on top of what is behind.
  void row_fraction(std::size_t start, int count, char stop) {
    const std::string_view name = command_name();
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
  void separate(std::size_t start, Atom before, Atom atom) {
    const bool after_name = before == Atom::function && (atom == Atom::ordinary || atom == Atom::function);
    const bool before_name = atom == Atom::function && (before == Atom::ordinary || before == Atom::close);
    if (after_name || before_name) out_.insert(start, "<mspace width=\"0.1667em\"/>");
  }

  void scripts(std::size_t start, Atom base) {
    std::string below;
    std::string above;
    while (!failed_) {
      skip();
      const char c = here();
      const std::string_view name = command_name();
      if (c == '\'' && above.empty()) {
        for (; here() == '\''; ++at_) above += "′";
        above = "<mo>" + above + "</mo>";
      } else if (c == '_' || c == '^') {
        ++at_;
        std::string script = cut_argument();
        std::string& place = c == '_' ? below : above;
        const bool after_primes = c == '^' && place.rfind("<mo>′", 0) == 0;
        if (!place.empty() && !after_primes) return void(fail());  // x_a_b
        place = after_primes ? "<mrow>" + place + script + "</mrow>" : std::move(script);
      } else if (const MathCommand* command = math_command(name);
                 command != nullptr && command->kind == MathCommand::Kind::layout && name.size() > 5) {
        at_ += 1 + name.size();  // \limits, \nolimits
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

  // Each of these appends one element, or none and says so.
  Atom atom(Atom before) {
    if (here() != '{') return here() == '\\' ? command(before) : character(before);
    group();
    return Atom::ordinary;
  }

  Atom character(Atom before) {
    const char c = tex_[at_];
    if (is_letter(c)) return letters(), Atom::ordinary;
    if (is_digit(c)) return number(), Atom::ordinary;
    const std::size_t start = at_;
    const char32_t code = next_code_point(tex_, at_);
    const std::string_view sign = tex_.substr(start, at_ - start);
    if (is_space_character(code) || c == '~') return blank(word_space);
    if (is_operator(code)) return operator_sign(sign, before);
    if (!is_ascii(c)) return identifier(code, is_greek_capital(code));
    switch (c) {
      case '(':
      case '[':
        return fence(sign), Atom::open;
      case ')':
      case ']':
        return fence(sign), Atom::close;
      case '-':
        return operator_sign("−", before);
      case '*':
        return operator_sign("∗", before);
      case '%':
      case '#':
      case '@':
      case '"':
      case '`':
        return element("mi", sign), Atom::ordinary;
      case '!':
      case '.':
        return element("mo", sign), Atom::close;
      default:  // & ^ _ } in a wrong place, control characters
        return std::string_view("+=<>/:|,;?").find(c) == npos ? fail() : operator_sign(sign, before);
    }
  }

  Atom command(Atom before) {
    const std::string_view name = command_name();
    if (name.empty()) return sign_command(before);
    at_ += 1 + name.size();
    const MathCommand* command = math_command(name);
    if (command != nullptr) return known_command(*command, before);
    const std::string_view text = text_symbol(name);
    return text.empty() ? fail() : (element("mtext", text), Atom::ordinary);
  }

  Atom sign_command(Atom before) {
    const std::string_view sign = tex_.substr(at_ + 1, 1);
    at_ = std::min(at_ + 2, tex_.size());
    switch (sign.empty() ? '\0' : sign.front()) {
      case ',':
        return blank(thin_space);
      case ':':
      case '>':
        return blank("0.2222em");
      case ';':
        return blank("0.2778em");
      case ' ':
      case '\n':
        return blank(word_space);
      case '!':
      case '/':
      case '-':
        return Atom::nothing;
      case '{':
        return fence(sign), Atom::open;
      case '}':
        return fence(sign), Atom::close;
      case '|':
        return operator_sign("‖", before);
      case '%':
      case '$':
      case '#':
      case '&':
      case '_':
        return element("mi", sign), Atom::ordinary;
      case '*':
        return operator_sign("∗", before);
      default:
        return fail();
    }
  }

  Atom known_command(const MathCommand& command, Atom before) {
    const std::string_view text = command.text;
    std::size_t end = 0;
    switch (command.kind) {
      case MathCommand::Kind::letter:
        return identifier(next_code_point(text, end), command.font == Font::upright);
      case MathCommand::Kind::sign:
        if (text == ":") return element("mo", text), Atom::sign;  // \colon is punctuation
        return operator_sign(text, before);
      case MathCommand::Kind::open:
        return fence(text), Atom::open;
      case MathCommand::Kind::close:
        return fence(text), Atom::close;
      case MathCommand::Kind::sum:
        return element("mo", text), Atom::limits;
      case MathCommand::Kind::integral:
        return element("mo", text), Atom::sign;
      case MathCommand::Kind::function:
        return element("mi", text), Atom::function;
      case MathCommand::Kind::limit_name:  // limits are below in a line of their own only
        return element("mi", text), display_ ? Atom::limits : Atom::function;
      case MathCommand::Kind::space:
        return blank(text);
      case MathCommand::Kind::size:
        return sized(text);
      case MathCommand::Kind::layout:
        return Atom::nothing;
      case MathCommand::Kind::font:
        return argument_in(command.font), Atom::ordinary;
      case MathCommand::Kind::declared_font:
        font_ = command.font;  // to the end of the group, where row() takes it back
        return Atom::nothing;
      case MathCommand::Kind::accent:
        // An arrow of full size would be wider than its letter.
        return accent(text == "→" ? "<mover>" : "<mover accent=\"true\">", text, "</mover>", false);
      case MathCommand::Kind::wide_accent:
        return accent("<mover accent=\"true\">", text, "</mover>", true);
      case MathCommand::Kind::under_accent:
        return accent("<munder>", text, "</munder>", true);
      case MathCommand::Kind::overbrace:
        return accent("<mover>", text, "</mover>", true), Atom::limits;
      case MathCommand::Kind::underbrace:
        return accent("<munder>", text, "</munder>", true), Atom::limits;
      case MathCommand::Kind::raised_words:
        return words_as_script("msup");
      case MathCommand::Kind::lowered_words:
        return words_as_script("msub");
      case MathCommand::Kind::boxed_words:
        skip_optional();
        raw_group();
        if (text == "fcolorbox") raw_group();
        return words();
      case MathCommand::Kind::words:
        return words();
      case MathCommand::Kind::colored:
        skip_optional();
        raw_group();
        return argument(), Atom::ordinary;
      case MathCommand::Kind::wrapper:
        return argument(), text == "mathop" && display_ ? Atom::limits : Atom::ordinary;
      case MathCommand::Kind::hidden:
        skip('*');
        skip_optional();  // [rgb]
        return raw_group(), Atom::nothing;
      case MathCommand::Kind::fraction:
        return two_arguments("<mfrac>", "", "</mfrac>");
      case MathCommand::Kind::slashed_fraction:
        return two_arguments("<mrow>", "<mo>/</mo>", "</mrow>");
      case MathCommand::Kind::binomial:
        return two_arguments("<mrow><mo>(</mo><mfrac linethickness=\"0\">", "", "</mfrac><mo>)</mo></mrow>");
      case MathCommand::Kind::right:  // in a wrong place
        return fail();
      case MathCommand::Kind::root:
        return root();
      case MathCommand::Kind::operator_name: {
        const bool has_limits = skip('*') || text == "operatornamewithlimits";
        argument_in(Font::upright);
        return has_limits && display_ ? Atom::limits : Atom::function;
      }
      case MathCommand::Kind::left:
        return left_right();
      case MathCommand::Kind::middle:
        return stretched(delimiter()), Atom::sign;
      case MathCommand::Kind::brackets:
        return bracketed(text);
      case MathCommand::Kind::stacked:
        return stacked(text == "underset" ? "munder" : "mover");
      case MathCommand::Kind::long_arrow:
        return long_arrow(text);
      case MathCommand::Kind::negation:
        return negated();
      case MathCommand::Kind::modulo:
        out_ += "<mrow><mspace width=\"1em\"/>";
        fence("(");
        out_ += "<mi>mod</mi><mspace width=\"0.3333em\"/>";
        argument();
        fence(")");
        out_ += "</mrow>";
        return Atom::ordinary;
      case MathCommand::Kind::character_code:
        return character_code();
      case MathCommand::Kind::environment:
        return environment();
      case MathCommand::Kind::lines:
        skip();
        if (!skip('{')) return fail();
        return table("}", ""), Atom::ordinary;
      case MathCommand::Kind::tag:
        return tag();
      case MathCommand::Kind::quantity:
        return quantity(true, true);
      case MathCommand::Kind::number:
        return quantity(true, false);
      case MathCommand::Kind::unit:
        return quantity(false, true);
      case MathCommand::Kind::length:
        return skip_length(), Atom::nothing;
    }
    return fail();
  }

  // Exactly one element.
  void argument() {
    skip();
    if (at_end() || ++depth_ > nesting_max) return void(fail());
    const char c = here();
    if (c == '{') {
      group();
    } else if (is_digit(c) || is_letter(c)) {
      // TeX takes one character: x^10 is x¹0.
      const auto code = static_cast<char32_t>(tex_[at_++]);
      if (is_digit(c)) {
        element("mn", in_current_font(code));
      } else {
        identifier(code, false);
      }
    } else if (at_stop('\0') || atom(Atom::open) == Atom::nothing) {
      fail();
    }
    --depth_;
  }

  void argument_in(Font font) {
    const Font outer = std::exchange(font_, font);
    argument();
    font_ = outer;
  }

  // What was appended from `start` on, taken out again.
  std::string cut(std::size_t start) {
    std::string markup = out_.substr(start);
    out_.resize(start);
    return markup;
  }
  std::string cut_argument() {
    const std::size_t start = out_.size();
    argument();
    return cut(start);
  }
  // [..], one element; empty where there is none.
  std::string cut_optional() {
    skip();
    if (!skip('[')) return {};
    const std::size_t start = out_.size();
    wrap_row(start, row(']'));
    if (!skip(']')) fail();
    return cut(start);
  }

  // {..}, one element.
  void group() {
    const std::size_t start = out_.size();
    ++at_;
    const int count = row();
    if (!skip('}')) return void(fail());
    wrap_row(start, count);
  }

  // The source in braces.
  std::string_view raw_group() {
    skip();
    if (here() != '{') return fail(), std::string_view();
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

  void element(std::string_view name, std::string_view text) {
    out_.append("<").append(name).append(">");
    append_escaped(out_, text);
    out_.append("</").append(name).append(">");
  }

  Atom blank(std::string_view width) {
    out_.append("<mspace width=\"").append(width).append("\"/>");
    return Atom::space;
  }

  void fence(std::string_view text) { out_.append("<mo stretchy=\"false\">").append(text).append("</mo>"); }

  Atom operator_sign(std::string_view text, Atom before) {
    if (text == "|" || text == "‖") {
      out_.append("<mo stretchy=\"false\"").append(no_space).append(">").append(text).append("</mo>");
      return Atom::ordinary;
    }
    if (text == ":" && skip('=')) text = ":=";
    std::string_view attributes;
    if (text == "/") attributes = no_space;
    if (text == ":") attributes = " lspace=\"0.2222em\" rspace=\"0.2222em\"";
    // Of a number; MathML sees by itself that it is one only at a row's start.
    const bool prefix = lacks_operand(before) && is_one_of(text, "+ − ± ∓");
    if (prefix && before != Atom::nothing) attributes = " form=\"prefix\"";
    out_.append("<mo").append(attributes).append(">");
    append_escaped(out_, text);
    out_ += "</mo>";
    return is_binary(text) && !prefix ? Atom::binary : Atom::sign;
  }

  // A letter, or what else stands for a variable.
  Atom identifier(char32_t letter, bool upright) {
    const char32_t shown = in_font(letter, font_);
    const bool normal = is_slanted(shown) && (font_ == Font::upright || upright);
    out_ += normal ? "<mi mathvariant=\"normal\">" : "<mi>";
    append_utf8(out_, shown);
    out_ += "</mi>";
    return Atom::ordinary;
  }

  std::string in_current_font(char32_t letter) const {
    std::string text;
    append_utf8(text, in_font(letter, font_));
    return text;
  }

  // One variable; in another font a whole name.
  void letters() {
    const std::string_view name = letters_at(tex_, at_);
    if (font_ == Font::italic || name.size() == 1) return void(identifier(static_cast<char32_t>(tex_[at_++]), false));
    std::string text;
    for (const char c : name) text += in_current_font(static_cast<char32_t>(c));
    at_ += name.size();
    element("mi", text);
  }

  void number() {
    std::string text;
    const auto digit_at = [&](std::size_t at) { return is_digit(byte_at(tex_, at)); };
    while (!at_end()) {
      const char c = tex_[at_];
      const bool point = c == '.' && digit_at(at_ + 1);
      const bool thousands =
          c == ',' && digit_at(at_ + 1) && digit_at(at_ + 2) && digit_at(at_ + 3) && !digit_at(at_ + 4);
      const bool braced = starts("{,}") && digit_at(at_ + 3);
      if (!is_digit(c) && !point && !thousands && !braced) break;
      text += in_current_font(braced ? U',' : static_cast<char32_t>(c));
      at_ += braced ? 3 : 1;
    }
    element("mn", text);
  }

  Atom accent(std::string_view start, std::string_view mark, std::string_view end, bool stretchy) {
    out_ += start;
    argument();
    out_ += stretchy ? "<mo stretchy=\"true\">" : "<mo stretchy=\"false\">";
    out_.append(mark).append("</mo>").append(end);
    return Atom::ordinary;
  }

  Atom two_arguments(std::string_view start, std::string_view between, std::string_view end) {
    out_ += start;
    argument();
    out_ += between;
    argument();
    out_ += end;
    return Atom::ordinary;
  }

  Atom root() {
    const std::string index = cut_optional();
    out_ += index.empty() ? "<msqrt>" : "<mroot>";
    argument();
    out_.append(index).append(index.empty() ? "</msqrt>" : "</mroot>");
    return Atom::ordinary;
  }

  Atom stacked(std::string_view element_name) {
    const std::string small = cut_argument();
    out_.append("<").append(element_name).append(">");
    argument();
    out_.append(small).append("</").append(element_name).append(">");
    return Atom::ordinary;
  }

  Atom long_arrow(std::string_view arrow) {
    const std::string below = cut_optional();
    const std::string above = cut_argument();
    const std::string_view element_name = below.empty() ? "mover" : "munderover";
    out_.append("<").append(element_name).append("><mo stretchy=\"true\">").append(arrow).append("</mo>");
    out_.append(below).append(above).append("</").append(element_name).append(">");
    return Atom::sign;
  }

  Atom words() {
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
      if (inner.failed()) return fail();
      out_.append("<mrow>").append(markup).append("</mrow>");
    }
    wrap_row(start, count);
    return Atom::ordinary;
  }

  Atom words_as_script(std::string_view element_name) {
    out_.append("<").append(element_name).append("><mrow></mrow>");
    words();
    out_.append("</").append(element_name).append(">");
    return Atom::ordinary;
  }

  // \not and a relation: the relation with a stroke (U+0338).
  Atom negated() {
    skip();
    std::string_view relation = tex_.substr(at_, 1);
    if (const std::string_view name = command_name(); !name.empty()) {
      const MathCommand* found = math_command(name);
      if (found == nullptr || found->kind != MathCommand::Kind::sign) return fail();
      relation = found->text;
      at_ += 1 + name.size();
    } else if (relation.find_first_of("=<>|") == 0) {
      ++at_;
    } else {
      return fail();
    }
    std::size_t end = 0;
    element("mo", with_accent(next_code_point(relation, end), 0x338));
    return Atom::sign;
  }

  // The number of an equation: \tag{1}, \tag*{A}.
  Atom tag() {
    const bool bare = skip('*');
    blank("2em");
    out_ += "<mrow>";
    if (!bare) element("mtext", "(");
    words();
    out_ += bare ? "</mrow>" : "<mtext>)</mtext></mrow>";
    return Atom::ordinary;
  }

  // siunitx's \SI{5}{\second}, \num{5}, \unit{\second}.
  Atom quantity(bool has_number, bool has_unit) {
    skip_optional();
    out_ += "<mrow>";
    if (has_number) element("mn", trim(raw_group()));
    if (has_unit) {
      const std::string unit = units(raw_group());
      if (unit.empty()) return fail();
      if (has_number && unit != "%") blank(thin_space);
      element("mtext", unit);
    }
    out_ += "</mrow>";
    return Atom::ordinary;
  }

  // TeX's length behind \mkern and the like: "-2mu", "1.5 pt".
  void skip_length() {
    skip();
    while (!at_end() && (is_digit(tex_[at_]) || tex_[at_] == '-' || tex_[at_] == '.' || tex_[at_] == ' ')) ++at_;
    at_ = std::min(at_ + 2, tex_.size());
  }

  // MathJax's \unicode{x2713}
  Atom character_code() {
    const char32_t code = coded_character(trim(raw_group()));
    if (code == 0) return fail();
    std::string text;
    append_utf8(text, code);
    element("mtext", text);
    return Atom::ordinary;
  }

  // A delimiter's character; empty for '.', which stands for none.
  std::string_view delimiter() {
    skip();
    if (const std::string_view name = command_name(); !name.empty()) {
      at_ += 1 + name.size();
      const MathCommand* found = math_command(name);
      const bool fits = found != nullptr && found->is_symbol() && found->kind != MathCommand::Kind::letter;
      return fits ? found->text : (fail(), "");
    }
    const bool escaped = skip('\\');
    const std::string_view sign = tex_.substr(std::min(at_, tex_.size()), 1);
    ++at_;
    if (sign.empty() || std::string_view(escaped ? "{}|" : "()[]|/<>.").find(sign) == npos) return fail(), "";
    if (escaped) return sign == "|" ? "‖" : sign;
    return sign == "." ? "" : sign == "<" ? "⟨" : sign == ">" ? "⟩" : sign;
  }

  void stretched(std::string_view delimiter) {
    if (delimiter.empty()) return;
    out_ += "<mo stretchy=\"true\">";
    append_escaped(out_, delimiter);
    out_ += "</mo>";
  }

  Atom left_right() {
    out_ += "<mrow>";
    stretched(delimiter());
    row();
    if (command_name() != "right") return fail();
    at_ += 6;
    stretched(delimiter());
    out_ += "</mrow>";
    return Atom::ordinary;
  }

  Atom sized(std::string_view size) {
    const std::string_view text = delimiter();
    if (text.empty()) return Atom::nothing;
    out_.append("<mo stretchy=\"true\" minsize=\"").append(size).append("\" maxsize=\"").append(size).append("\">");
    append_escaped(out_, text);
    out_ += "</mo>";
    return is_one_of(text, "( [ { ⟨ ⌊ ⌈") ? Atom::open : Atom::close;
  }

  Atom bracketed(std::string_view pair) {
    out_ += "<mrow>";
    stretched(pair.substr(0, pair.find(',')));
    argument();
    stretched(pair.substr(pair.find(',') + 1));
    out_ += "</mrow>";
    return Atom::ordinary;
  }

  Atom environment() {
    const std::string_view name = raw_group();
    const MathEnvironment* found = math_environment(name);
    if (found == nullptr || failed_) return fail();
    skip_optional();  // [t]
    if (found->argument) raw_group();
    std::string attributes;
    if (!found->columns.empty()) attributes.append(" columnalign=\"").append(found->columns).append("\"");
    if (found->lines) attributes += " displaystyle=\"true\"";
    const bool outer = std::exchange(display_, display_ || found->lines);
    out_ += "<mrow>";
    stretched(found->open);
    table("\\end{" + std::string(name) + "}", attributes);
    stretched(found->close);
    out_ += "</mrow>";
    display_ = outer;
    return Atom::ordinary;
  }

  // Rows up to `end`, which is passed over; without one, up to the end of the formula.
  void table(std::string_view end, std::string_view attributes) {
    out_.append("<mtable").append(attributes).append("><mtr><mtd>");
    const auto ends = [&] { return end.empty() ? at_end() : starts(end); };
    while (!failed_) {
      row();
      if (ends()) {
        at_ += end.size();
        break;
      }
      if (skip('&')) {
        out_ += "</mtd><mtd>";
      } else if (starts("\\\\")) {
        at_ += 2;
        skip('*');
        skip_optional();  // \\[2pt]
        skip();
        if (ends()) continue;  // no row behind the last one
        out_ += "</mtd></mtr><mtr><mtd>";
      } else {
        fail();
      }
    }
    out_ += "</mtd></mtr></mtable>";
  }

  std::string_view tex_;
  std::size_t at_ = 0;
  std::string out_;
  Font font_ = Font::italic;
  bool display_;
  int depth_;
  bool failed_ = false;
};

}  // namespace

bool append_mathml(std::string& out, std::string_view tex, bool display) {
  Formula formula(tex, display, 0);
  const std::string& markup = formula.write();
  if (formula.failed() || markup.empty()) return false;
  out += display ? "<math display=\"block\">" : "<math>";
  out.append(markup).append("</math>");
  return true;
}

}  // namespace daybook
