#include "tex/unicode_math.h"

#include <array>
#include <utility>

#include "core/text.h"
#include "tex/accents.h"
#include "tex/alphabets.h"
#include "tex/letters.h"
#include "tex/symbols.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr int nesting_max = 16;

char32_t accent_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, char32_t>, 15> accents = {{{"hat", 0x302},
                                                                                     {"widehat", 0x302},
                                                                                     {"tilde", 0x303},
                                                                                     {"widetilde", 0x303},
                                                                                     {"bar", 0x304},
                                                                                     {"overline", 0x304},
                                                                                     {"dot", 0x307},
                                                                                     {"ddot", 0x308},
                                                                                     {"vec", 0x20D7},
                                                                                     {"check", 0x30C},
                                                                                     {"breve", 0x306},
                                                                                     {"acute", 0x301},
                                                                                     {"grave", 0x300},
                                                                                     {"mathring", 0x30A},
                                                                                     {"underline", 0x332}}};
  for (const auto& [accent, mark] : accents) {
    if (accent == name) return mark;
  }
  return 0;
}

bool is_one_of(std::string_view name, std::string_view list) {
  // The list has a blank before and behind each name.
  const std::string key = " " + std::string(name) + " ";
  return list.find(key) != std::string_view::npos;
}

// A single number, variable or word: needs no brackets beside a '/' or under a root.
bool is_simple(std::string_view text) {
  for (const char c : text) {
    if (!is_word(c) && c != '.') return false;
  }
  return !text.empty();
}

class Approximation {
 public:
  explicit Approximation(std::string_view tex) : tex_(tex) {}

  std::optional<std::string> whole() {
    std::string out = row('\0');
    if (failed_ || at_ < tex_.size()) return std::nullopt;
    return out;
  }

 private:
  std::string fail() {
    failed_ = true;
    at_ = tex_.size();
    return {};
  }

  std::string row(char end) {
    if (++depth_ > nesting_max) return fail();
    std::string out;
    while (at_ < tex_.size() && tex_[at_] != end) atom(out);
    if (end != '\0' && at_ >= tex_.size()) failed_ = true;
    --depth_;
    return out;
  }

  // {..} or a single token.
  std::string argument() {
    at_ = skip_blanks(tex_, at_);
    if (byte_at(tex_, at_) == '\0') return fail();
    if (tex_[at_] == '{') {
      ++at_;
      std::string inside = row('}');
      ++at_;
      return inside;
    }
    std::string out;
    if (++depth_ > nesting_max) return fail();
    atom(out);
    --depth_;
    return out;
  }

  void atom(std::string& out) {
    const char c = tex_[at_];
    if (c == '\\') return command(out);
    if (c == '^' || c == '_') return script(out);
    if (c == '{') {
      const Font outer = font_;
      out += argument();
      font_ = outer;
      return;
    }
    if (c == '}' || c == '&' || c == '$') return void(fail());
    if (is_blank(c) || c == '~') {
      at_ = c == '~' ? at_ + 1 : skip_blanks(tex_, at_);
      if (!out.empty() && out.back() != ' ') out += ' ';
      return;
    }
    if (c == '\'') {
      out += "′";
      ++at_;
      return;
    }
    append_utf8(out, in_plain_font(next_code_point(tex_, at_)));
  }

  // Bold, sans-serif and upright letters are read as the letters they are.
  char32_t in_plain_font(char32_t letter) const {
    const bool other = font_ == Font::script || font_ == Font::fraktur || font_ == Font::double_struck;
    return other ? in_font(letter, font_) : letter;
  }

  void script(std::string& out) {
    const bool raised = tex_[at_] == '^';
    ++at_;
    const std::string plain = argument();
    const std::string small = raised ? superscript(plain) : subscript(plain);
    if (small.empty()) return void(fail());
    out += small;
  }

  void command(std::string& out) {
    const std::string_view name = letters_at(tex_, at_ + 1);
    if (name.empty()) return sign(out);
    at_ += 1 + name.size();
    if (const Symbol* symbol = math_symbol(name)) return symbol_command(out, *symbol);
    if (const char32_t mark = accent_of(name)) return accent(out, mark);
    if (name == "frac" || name == "tfrac" || name == "dfrac" || name == "nicefrac") return fraction(out);
    if (name == "sqrt") return root(out);
    if (is_one_of(name, " left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr bigm ")) return delimiter();
    if (is_one_of(name, " text textrm textnormal textit textbf textsc texttt mbox operatorname ")) return words(out);
    if (is_one_of(name, " displaystyle textstyle scriptstyle limits nolimits ")) return;
    if (is_one_of(name, " quad qquad ")) return void(out += ' ');
    const FontCommand font = math_font(name);
    if (!font.known) return void(fail());
    if (declared_font(name).known) {
      font_ = font.font;
      at_ = skip_blanks(tex_, at_);
      return;
    }
    const Font outer = std::exchange(font_, font.font);
    out += argument();
    font_ = outer;
  }

  void sign(std::string& out) {
    const char c = byte_at(tex_, at_ + 1);
    at_ += 2;
    if (c == '\0') return void(fail());
    if (std::string_view("%$#&_{}").find(c) != std::string_view::npos) return void(out += c);
    if (std::string_view(",;: ").find(c) != std::string_view::npos) return void(out += ' ');
    if (c == '|') return void(out += "‖");
    if (c != '!' && c != '/') fail();
  }

  void symbol_command(std::string& out, const Symbol& symbol) {
    const bool named = symbol.kind == Symbol::Kind::function || symbol.kind == Symbol::Kind::limit_name;
    if (named && !out.empty() && is_word(out.back())) out += ' ';
    out += symbol.text;
    const std::size_t next = skip_blanks(tex_, at_);
    if (!named && next < tex_.size() && out.size() > symbol.text.size() &&
        out[out.size() - symbol.text.size() - 1] != ' ') {
      at_ = next;  // the blank only ended the name
    }
    if (named && next == at_ && byte_at(tex_, at_) == '\\' && is_letter(byte_at(tex_, at_ + 1))) out += ' ';
  }

  void accent(std::string& out, char32_t mark) {
    const std::string base = argument();
    std::size_t end = 0;
    const char32_t letter = base.empty() ? 0 : next_code_point(base, end);
    if (letter == 0 || end != base.size()) return void(fail());
    const char32_t whole = composed(letter, mark);
    append_utf8(out, whole != 0 ? whole : letter);
    if (whole == 0) append_utf8(out, mark);
  }

  void fraction(std::string& out) {
    const std::string over = argument();
    const std::string under = argument();
    const auto bracketed = [](const std::string& text) { return is_simple(text) ? text : "(" + text + ")"; };
    const std::string whole = bracketed(over) + "/" + bracketed(under);
    const bool glued = is_word(byte_at(tex_, at_)) || byte_at(tex_, at_) == '\\' || byte_at(tex_, at_) == '(' ||
                       byte_at(tex_, at_) == '^' || byte_at(tex_, at_) == '{' || (!out.empty() && is_word(out.back()));
    out += glued ? "(" + whole + ")" : whole;
  }

  void root(std::string& out) {
    if (byte_at(tex_, at_) == '[') return void(fail());
    const std::string inside = argument();
    out += is_simple(inside) ? "√" + inside : "√(" + inside + ")";
    if (is_simple(inside) && is_word(byte_at(tex_, at_))) fail();  // √nd: of n or of nd?
  }

  void delimiter() {
    at_ = skip_blanks(tex_, at_);
    if (byte_at(tex_, at_) == '.') ++at_;
  }

  void words(std::string& out) {
    if (byte_at(tex_, at_) == '*') ++at_;
    const std::size_t close = tex_.find('}', at_);
    if (byte_at(tex_, at_) != '{' || close == std::string_view::npos) return void(fail());
    const std::string_view inside = tex_.substr(at_ + 1, close - at_ - 1);
    if (inside.find_first_of("{$\\") != std::string_view::npos) return void(fail());
    out += inside;
    at_ = close + 1;
  }

  std::string_view tex_;
  std::size_t at_ = 0;
  Font font_ = Font::italic;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> unicode_math(std::string_view tex) { return Approximation(tex).whole(); }

}  // namespace daybook
