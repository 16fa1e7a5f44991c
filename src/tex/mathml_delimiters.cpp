// Delimiters, and the environments that stand between them, as MathML.
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "tex/formula.h"
#include "tex/letters.h"
#include "tex/math_tables.h"

namespace daybook {

// A delimiter's character; empty for '.', which stands for none.
std::string Formula::delimiter() {
  skip();
  if (at_end()) return fail(), std::string();
  const char c = tex_[at_];
  if (c != '\\') {
    ++at_;
    if (c == '.') return {};
    if (c == '<') return "⟨";
    if (c == '>') return "⟩";
    if (std::string_view("()[]|/").find(c) == std::string_view::npos) return fail(), std::string();
    return std::string(1, c);
  }
  const char sign = byte_at(tex_, at_ + 1);
  if (!is_letter(sign)) {
    at_ += 2;
    if (sign == '|') return "‖";
    if (sign != '{' && sign != '}') return fail(), std::string();
    return std::string(1, sign);
  }
  const std::string_view name = letters_at(tex_, at_ + 1);
  at_ += 1 + name.size();
  const Symbol* found = math_symbol(name);
  if (found == nullptr || found->kind == Symbol::Kind::letter) return fail(), std::string();
  return std::string(found->text);
}

void Formula::stretched(std::string_view delimiter) {
  if (delimiter.empty()) return;
  out_ += "<mo stretchy=\"true\">";
  append_escaped(out_, delimiter);
  out_ += "</mo>";
}

Formula::Atom Formula::left_right() {
  out_ += "<mrow>";
  stretched(delimiter());
  row();
  if (!starts("\\right") || is_letter(byte_at(tex_, at_ + 6))) return fail(), Atom::nothing;
  at_ += 6;
  stretched(delimiter());
  out_ += "</mrow>";
  return Atom::ordinary;
}

Formula::Atom Formula::sized(std::string_view size) {
  const std::string text = delimiter();
  if (text.empty()) return Atom::nothing;
  out_.append("<mo stretchy=\"true\" minsize=\"").append(size).append("\" maxsize=\"").append(size).append("\">");
  append_escaped(out_, text);
  out_ += "</mo>";
  const bool open = text == "(" || text == "[" || text == "{" || text == "⟨" || text == "⌊" || text == "⌈";
  return open ? Atom::open : Atom::close;
}

Formula::Atom Formula::bracketed(std::string_view open, std::string_view close) {
  out_ += "<mrow>";
  stretched(open);
  argument();
  stretched(close);
  out_ += "</mrow>";
  return Atom::ordinary;
}

Formula::Atom Formula::environment() {
  const std::string_view name = raw_group();
  const MathTable found = math_table(name);
  if (!found.known || failed_) return fail(), Atom::nothing;
  skip_optional();  // [t]
  if (found.argument) raw_group();
  std::string attributes;
  if (!found.columns.empty()) attributes.append(" columnalign=\"").append(found.columns).append("\"");
  if (found.lines) attributes += " displaystyle=\"true\"";
  const bool outer = std::exchange(display_, display_ || found.lines);
  out_ += "<mrow>";
  stretched(found.open);
  table("\\end{" + std::string(name) + "}", attributes);
  stretched(found.close);
  out_ += "</mrow>";
  display_ = outer;
  return Atom::ordinary;
}

// [..] that changes how something looks.
void Formula::skip_optional() {
  if (byte_at(tex_, at_) != '[') return;
  const std::size_t close = tex_.find(']', at_);
  if (close != std::string_view::npos) at_ = close + 1;
}

// Rows up to `end`, which is passed over; without one, up to the end of the formula.
void Formula::table(std::string_view end, std::string_view attributes) {
  out_.append("<mtable").append(attributes).append("><mtr><mtd>");
  const auto ends = [&] { return end.empty() ? at_end() : starts(end); };
  while (!failed_) {
    row();
    if (ends()) {
      at_ += end.size();
      break;
    }
    if (byte_at(tex_, at_) == '&') {
      ++at_;
      out_ += "</mtd><mtd>";
    } else if (starts("\\\\")) {
      at_ += 2;
      if (byte_at(tex_, at_) == '*') ++at_;
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

}  // namespace daybook
