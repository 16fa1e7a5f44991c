#include "tex/unicode_math.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/text.h"
#include "tex/accents.h"
#include "tex/alphabets.h"
#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int nesting_max = 16;

// The combining character of an accent over or under a letter; 0 where there is none.
char32_t combining_mark(std::string_view accent) {
  constexpr std::u32string_view accents = U"^~‾→˙¨ˇ˘´`˚_ˆ˜¯";
  constexpr std::u32string_view marks =
      U"\u0302\u0303\u0304\u20D7\u0307\u0308\u030C\u0306\u0301\u0300\u030A\u0332\u0302\u0303\u0304";
  std::size_t end = 0;
  const auto at = accents.find(next_code_point(accent, end));
  return at == npos ? 0 : marks[at];
}

// A single number, variable or word: needs no brackets beside a '/' or under a root.
bool is_simple(std::string_view text) {
  for (const char c : text) {
    if (!is_word(c) && c != '.') return false;
  }
  return !text.empty();
}

// A number, letter or word that no sign parts: needs no brackets as a script.
bool is_one_word(std::string_view text) {
  std::size_t behind_first = 0;
  if (!text.empty()) next_code_point(text, behind_first);
  return all(text, is_alnum) || behind_first == text.size();
}

// A line of an environment without what only places or names it.
std::string without_alignment(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string_view name = line[i] == '\\' ? letters_at(line, i + 1) : std::string_view();
    if (name == "nonumber" || name == "notag") {
      i += name.size();
    } else if (name == "label") {
      i = std::min(line.find('}', i), line.size());
    } else if (line[i] != '&' || byte_before(line, i) == '\\') {
      out += line[i];
    }
  }
  return out;
}

// True of "= b", which goes on with the line before.
bool is_continuation(std::string_view line) {
  static constexpr std::string_view signs[] = {"=", "<", ">", "≤", "≥", "≈", "+", "-", "∼", "≡"};
  return std::any_of(std::begin(signs), std::end(signs),
                     [&](std::string_view sign) { return line.substr(0, sign.size()) == sign; });
}

bool is_mark(char c) { return c >= ScriptMarks::superscript && c <= ScriptMarks::end_subscript; }

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == npos; }

// What a row touches at its ends: a group what is around it, the argument of a command nothing.
struct Edges {
  char before = '\0';
  bool open_end = false;
};

// How scripts are written that Unicode has no characters for; with `marks`, all of them. The last two take what is not
// understood as well as they can.
enum class Scripts { characters, braces, parentheses, marks };

class Approximation {
 public:
  Approximation(std::string_view tex, MathNeighbours beside, Scripts scripts)
      : tex_(tex), beside_(beside), scripts_(scripts), edges_{beside.before, true} {}

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
  bool lenient() const { return scripts_ >= Scripts::parentheses; }

  std::string row(char end) {
    if (++depth_ > nesting_max) return fail();
    std::string out;
    while (at_ < tex_.size() && tex_[at_] != end) atom(out);
    if (end != '\0' && at_ >= tex_.size()) failed_ = true;
    --depth_;
    return out;
  }

  // {..} or a single token.
  std::string argument(Edges edges = {}) {
    at_ = skip_blanks(tex_, at_);
    if (byte_at(tex_, at_) == '\0' || depth_ + 1 > nesting_max) return fail();
    const Edges outer = std::exchange(edges_, edges);
    std::string out;
    if (tex_[at_] == '{') {
      ++at_;
      out = row('}');
      ++at_;
    } else {
      ++depth_;
      atom(out);
      --depth_;
    }
    edges_ = outer;
    return out;
  }

  void atom(std::string& out) {
    const char c = tex_[at_];
    if (c == '\\') return command(out);
    if (c == '^' || c == '_') return script(out);
    if (c == '{') {
      const Font outer = font_;
      out += argument({before(out), edges_.open_end});
      font_ = outer;
      return;
    }
    if (c == '$' && depth_ > 1) return void(++at_);  // {\bf C$\to$Y}: the group is math already
    if (c == '}' || c == '&' || c == '$') return lenient() ? stray(out) : void(fail());
    if (is_space(c) || c == '~') {
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

  // A cell's end parts what it is between.
  void stray(std::string& out) {
    if (tex_[at_++] == '&' && !out.empty() && out.back() != ' ') out += ' ';
  }

  // Bold, sans-serif and upright letters are read as the letters they are.
  char32_t in_plain_font(char32_t letter) const {
    const bool other = font_ == Font::script || font_ == Font::fraktur || font_ == Font::double_struck;
    return other ? in_font(letter, font_) : letter;
  }

  void script(std::string& out) {
    const bool raised = tex_[at_] == '^';
    ++at_;
    append_script(out, argument(), raised);
  }

  void append_script(std::string& out, const std::string& plain, bool raised) {
    if (scripts_ == Scripts::marks) return append_marked(out, plain, raised);
    const std::string small = raised ? superscript(plain) : subscript(plain);
    if (!small.empty()) return void(out += small);
    // C*; but a*b would be a product.
    const std::size_t next = skip_blanks(tex_, at_);
    const char after = next > at_ && next < tex_.size() ? tex_[next] : behind();
    const bool star = raised && (plain == "*" || plain == "∗");
    if (star && !is_word(after) && std::string_view("\\({").find(after) == npos) {
      return void(out += '*');
    }
    if (lenient() && plain.empty()) return;
    if (scripts_ == Scripts::characters || plain.empty()) return void(fail());
    const bool bare = lenient() && is_one_word(plain) && !is_word(behind());
    const std::string_view brackets = bare ? "" : lenient() ? "()" : "{}";
    out.append(raised ? "^" : "_").append(brackets.substr(0, bare ? 0 : 1)).append(plain);
    if (!bare) out += brackets[1];
  }

  static void append_marked(std::string& out, const std::string& plain, bool raised) {
    if (plain.empty()) return;
    out += raised ? ScriptMarks::superscript : ScriptMarks::subscript;
    out += plain;
    out += raised ? ScriptMarks::end_superscript : ScriptMarks::end_subscript;
  }

  // \underset{x}{\max}: max_{x}
  void stacked(std::string& out, bool raised) {
    const std::string script = argument();
    out += argument({before(out)});
    append_script(out, script, raised);
  }

  void command(std::string& out) {
    const std::string_view name = letters_at(tex_, at_ + 1);
    if (name.empty()) return sign(out);
    at_ += 1 + name.size();
    const MathCommand* command = math_command(name);
    if (command == nullptr) return unknown(out, name);
    if (command->is_symbol()) return symbol(out, *command);
    switch (command->kind) {
      case MathCommand::Kind::accent:
      case MathCommand::Kind::wide_accent:
      case MathCommand::Kind::under_accent:
        return accent(out, combining_mark(command->text));
      case MathCommand::Kind::fraction:
      case MathCommand::Kind::slashed_fraction:
        return fraction(out);
      case MathCommand::Kind::environment:
        return environment(out);
      case MathCommand::Kind::root:
        return root(out);
      case MathCommand::Kind::left:
      case MathCommand::Kind::right:
      case MathCommand::Kind::size:
        return delimiter();
      case MathCommand::Kind::stacked:
        return stacked(out, name != "underset");
      case MathCommand::Kind::hidden:
      case MathCommand::Kind::colored:
      case MathCommand::Kind::boxed_words:
        return color(out, name);
      case MathCommand::Kind::tag:
        return tag(out);
      case MathCommand::Kind::raised_words:
      case MathCommand::Kind::lowered_words:
        return words_as_script(out, command->kind == MathCommand::Kind::raised_words);
      case MathCommand::Kind::words:
      case MathCommand::Kind::operator_name:
        return words(out);
      case MathCommand::Kind::wrapper:
        return void(out += argument({before(out), edges_.open_end}));
      case MathCommand::Kind::layout:
        return;
      case MathCommand::Kind::space:
        return void(out += ' ');
      case MathCommand::Kind::declared_font:
        font_ = command->font;
        at_ = skip_blanks(tex_, at_);
        return;
      case MathCommand::Kind::font: {
        const Font outer = std::exchange(font_, command->font);
        out += argument({before(out), edges_.open_end});
        font_ = outer;
        return;
      }
      case MathCommand::Kind::character_code:
        return character_code(out);
      case MathCommand::Kind::brackets:
        return brackets(out, command->text);
      case MathCommand::Kind::binomial:
        return binomial(out);
      case MathCommand::Kind::long_arrow:
        out += command->text;
        [[fallthrough]];
      default:
        if (!lenient()) fail();  // else what it does is left out, and what it does it to is not
    }
  }

  void unknown(std::string& out, std::string_view name) {
    if (!lenient()) return void(fail());
    if (name == "end") return void(at_ = std::min(tex_.find('}', at_), tex_.size() - 1) + 1);
    out += name == "over" ? "/" : name;
    if (name == "over") at_ = skip_blanks(tex_, at_);
  }

  void brackets(std::string& out, std::string_view pair) {
    const auto comma = pair.find(',');
    out.append(pair.substr(0, comma)).append(argument()).append(pair.substr(comma + 1));
  }

  void binomial(std::string& out) {
    if (!lenient()) return void(fail());
    const std::string over = argument();
    out.append("(").append(over).append(" choose ").append(argument()).append(")");
  }

  // \unicode{x2013}
  void character_code(std::string& out) {
    const std::size_t close = tex_.find('}', at_);
    const std::string_view code = close == npos ? "" : trim(tex_.substr(at_, close - at_));
    const char32_t character = code.empty() ? 0 : coded_character(code.substr(1));
    if (character == 0) return void(fail());
    append_utf8(out, character);
    at_ = close + 1;
  }

  void sign(std::string& out) {
    const char c = byte_at(tex_, at_ + 1);
    at_ += 2;
    if (c == '\0') return void(fail());
    if (std::string_view("%$#&_{}").find(c) != npos) return void(out += c);
    if (std::string_view(",;: ").find(c) != npos) return void(out += ' ');
    if (c == '|') return void(out += "‖");
    if (lenient()) return void(out += c == '\\' ? "; " : "");
    if (c != '!' && c != '/') fail();
  }

  void symbol(std::string& out, const MathCommand& symbol) {
    const bool named = symbol.kind == MathCommand::Kind::function || symbol.kind == MathCommand::Kind::limit_name;
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
    if (mark == 0 || letter == 0 || end != base.size()) return lenient() ? void(out += base) : void(fail());
    if (!lenient() && out.empty() && is_digit(edges_.before) && is_digit(base.front()))
      return void(fail());  // 5 and 3̄ are not 53̄
    out += with_accent(letter, mark);
  }

  char before(const std::string& out) const { return out.empty() ? edges_.before : out.back(); }
  char behind() const {
    std::size_t next = at_;
    while (edges_.open_end && byte_at(tex_, next) == '}') ++next;
    return next < tex_.size() ? tex_[next] : edges_.open_end ? beside_.behind : '\0';
  }

  void fraction(std::string& out) {
    const std::string over = argument();
    const std::string under = argument();
    const auto bracketed = [](const std::string& text) { return is_simple(text) ? text : "(" + text + ")"; };
    const std::string whole = bracketed(over) + "/" + bracketed(under);
    const std::string character = vulgar_fraction(over, under);
    const bool number_behind = is_digit(behind()) || behind() == '^';
    const bool word_before = is_word(before(out)) || is_mark(before(out));
    const bool beside_word = word_before || is_word(behind());
    if (!character.empty() && beside_word && !number_behind) return void(out += character);
    // 3 3/16 is a number and a part of one.
    if (is_digit(before(out)) && is_number(over) && is_number(under)) {
      const bool joined = is_word(behind()) || number_behind;
      if (joined && !lenient()) fail();
      return void(out += joined ? " (" + whole + ")" : " " + whole);
    }
    const bool glued =
        is_word(behind()) || (behind() != '\0' && std::string_view("\\(^{").find(behind()) < 4) || word_before;
    out += glued ? "(" + whole + ")" : whole;
  }

  void root(std::string& out) {
    if (byte_at(tex_, at_) == '[') {
      const std::size_t close = tex_.find(']', at_);
      if (!lenient() || close == npos) return void(fail());
      append_script(out, std::string(tex_.substr(at_ + 1, close - at_ - 1)), true);
      at_ = close + 1;
    }
    const std::string inside = argument();
    const bool in_doubt = is_simple(inside) && is_word(behind());  // √nd: of n or of nd?
    if (in_doubt && !lenient()) fail();
    out += is_simple(inside) && !in_doubt ? "√" + inside : "√(" + inside + ")";
  }

  // Formulas in lines: "a = b; c = d". Tables of other kinds have no such form.
  void environment(std::string& out) {
    const std::size_t close = tex_.find('}', at_);
    if (byte_at(tex_, at_) != '{' || close == npos) return void(fail());
    const std::string_view name = tex_.substr(at_ + 1, close - at_ - 1);
    const MathEnvironment* table = math_environment(name);
    const std::string ending = "\\end{" + std::string(name) + "}";
    const std::size_t end = tex_.find(ending, close);
    const bool in_lines = table != nullptr && table->open.empty() && (table->lines || name == "math");
    std::string_view body = tex_.substr(close + 1, end == npos ? end : end - close - 1);
    if (!in_lines || end == npos || body.find("\\begin") != npos)
      return lenient() ? void(at_ = close + 1) : void(fail());
    if (table->argument) body.remove_prefix(std::min(body.find('}'), body.size() - 1) + 1);
    at_ = end + ending.size();
    lines(out, body);
  }

  void lines(std::string& out, std::string_view body) {
    bool first = true;
    while (!body.empty()) {
      const std::size_t end = body.find("\\\\");
      const std::string source = without_alignment(trim(body.substr(0, end)));
      body.remove_prefix(end == npos ? body.size() : end + 2);
      if (byte_at(body, 0) == '[') body.remove_prefix(std::min(body.find(']'), body.size() - 1) + 1);  // \\[2pt]
      const auto line = Approximation(trim(source), {}, scripts_).whole();
      if (!line) return void(fail());
      if (line->empty()) continue;
      const bool joined = is_continuation(*line) || std::string_view(",;.:").find(out.empty() ? 'x' : out.back()) < 4;
      if (!first) out += joined ? " " : "; ";
      out += *line;
      first = false;
    }
  }

  // The color goes, what has it stays.
  void color(std::string& out, std::string_view name) {
    if (byte_at(tex_, at_) == '[') at_ = std::min(tex_.find(']', at_), tex_.size());
    const std::size_t close = tex_.find('}', at_);
    if (close == npos) return void(fail());
    at_ = close + 1;
    if (name == "fcolorbox") return color(out, "colorbox");
    if (name == "colorbox") words(out);
    if (name == "textcolor") out += argument({before(out), edges_.open_end});
  }

  // The number of an equation.
  void tag(std::string& out) {
    out += before(out) == ' ' ? "(" : " (";
    words(out);
    out += ')';
  }

  void words_as_script(std::string& out, bool raised) {
    std::string script;
    words(script);
    append_script(out, script, raised);
  }

  void delimiter() {
    at_ = skip_blanks(tex_, at_);
    if (byte_at(tex_, at_) == '.') ++at_;
  }

  // Text, with math in it: \text{if $k>1$}.
  void words(std::string& out) {
    if (byte_at(tex_, at_) == '*') ++at_;
    if (byte_at(tex_, at_) != '{') return lenient() ? void(out += argument()) : void(fail());
    if (lenient() && tex_.substr(at_ + 1, tex_.find('}', at_) - at_ - 1).find_first_of("{\\") != npos)
      return void(out += argument({before(out)}));  // commands in it are read as those of math are
    for (++at_; byte_at(tex_, at_) != '}';) {
      const char c = byte_at(tex_, at_);
      if (c == '\0' || c == '{' || (c == '\\' && is_letter(byte_at(tex_, at_ + 1)))) return void(fail());
      if (c == '\\') {
        sign(out);
      } else if (c == '$') {
        ++at_;
        out += row('$');
        ++at_;
      } else {
        out += c;
        ++at_;
      }
    }
    ++at_;
  }

  std::string_view tex_;
  MathNeighbours beside_;
  Scripts scripts_;
  Edges edges_;
  std::size_t at_ = 0;
  Font font_ = Font::italic;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

char32_t coded_character(std::string_view code) {
  char32_t character = 0;
  const bool hexadecimal = byte_at(code, 0) == 'x';
  for (const char c : code.substr(hexadecimal ? 1 : 0)) {
    const std::size_t digit = std::string_view(hexadecimal ? "0123456789abcdef" : "0123456789").find(lower(c));
    if (digit == npos || character > 0x10FFFF) return 0;
    character = character * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
  }
  return character < 0x20 || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000) ? 0 : character;
}

std::optional<std::string> readable_math(std::string_view tex, MathNeighbours beside) {
  return Approximation(tex, beside, Scripts::parentheses).whole();
}

std::optional<std::string> marked_math(std::string_view tex, MathNeighbours beside) {
  return Approximation(tex, beside, Scripts::marks).whole();
}

std::optional<std::string> unicode_math(std::string_view tex, MathNeighbours beside) {
  return Approximation(tex, beside, Scripts::characters).whole();
}

std::optional<std::string> linear_math(std::string_view tex, MathNeighbours beside) {
  return Approximation(tex, beside, Scripts::braces).whole();
}

}  // namespace daybook
