#include "tex/markdown_runs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/text.h"
#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/mathml.h"
#include "tex/spans.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

// What is written for commands that GitHub refuses or MathJax does not know: `before` in place of the name, `behind`
// after the argument.
struct Rewrite {
  std::string_view names;
  std::string_view before;
  std::string_view behind = {};
};
constexpr std::array<Rewrite, 19> rewrites = {{
    {"operatorname operatornamewithlimits", "\\mathop{\\mathrm", "}"},
    {"argmax", "\\mathop{\\mathrm{arg\\,max}}"},
    {"argmin", "\\mathop{\\mathrm{arg\\,min}}"},
    {"abs", "\\lvert ", "\\rvert "},
    {"norm", "\\lVert ", "\\rVert "},
    {"bm mathbfit symbf", "\\boldsymbol"},
    {"mathds mathbbm", "\\mathbb"},
    {"mathup", "\\mathrm"},
    {"sc", "\\rm"},
    {"nicefrac sfrac", "\\tfrac"},
    {"uline underbar", "\\underline"},
    {"widecheck", "\\check"},
    {"Hat", "\\hat"},
    {"Tilde", "\\tilde"},
    {"Bar", "\\bar"},
    {"Vec", "\\vec"},
    {"mbox fbox hbox textsc textup textmd textlf textnormal textquote intertext shortintertext url", "\\text"},
    {"emph textsl", "\\textit"},
    {"ensuremath xspace protect relax allowbreak footnotesize boldmath", ""},
}};

// Symbols of ours that MathJax has no command for; it shows their characters.
constexpr std::string_view characters =
    "AA Alpha Beta Chi Epsilon Eta Iota Kappa Mu Nu O P Omicron Rho S Tau Zeta copyright dag degree i j lBrack "
    "llbracket lparen o omicron pounds rBrack rparen rrbracket slash ss";

class Rewriter {
 public:
  explicit Rewriter(std::string_view tex) : tex_(tex), braces_(tex) {}

  std::string write() {
    while (at_ < tex_.size()) {
      const char c = tex_[at_];
      if (c == '\\') {
        command();
        continue;
      }
      if (c == '%' || c == '#') out_ += '\\';
      if (c != '$') {
        out_ += c;
      } else if (!out_.empty() && is_letter(out_.back()) && is_letter(byte_at(tex_, at_ + 1))) {
        out_ += ' ';  // what is before may be a command's name
      }
      while (!closers_.empty() && closers_.back().first == at_) {
        out_ += closers_.back().second;
        closers_.pop_back();
      }
      ++at_;
    }
    return std::move(out_);
  }

 private:
  void command() {
    const std::string_view name = letters_at(tex_, at_ + 1);
    if (name.empty()) return sign();
    const std::size_t start = at_;
    at_ += 1 + name.size();
    const MathCommand* command = math_command(name);
    if (command != nullptr && command->kind == MathCommand::Kind::words && words(name, start)) return;
    if (words_elsewhere(name, start)) return;
    if (name == "begin" || name == "end") return environment(name);
    if (name == "label" || name == "vspace") return skip_argument();
    if (is_one_of(name, "SI qty num si unit")) return quantity(name);
    for (const Rewrite& rewrite : rewrites) {
      if (is_one_of(name, rewrite.names)) return replace(rewrite);
    }
    if (command != nullptr && is_one_of(name, characters)) {
      out_ += command->text;
    } else if (const std::string_view text = text_symbol(name); command == nullptr && !text.empty()) {
      out_.append("\\text{").append(text).append("}");
    } else {
      out_.append(tex_, start, at_ - start);
    }
  }

  void sign() {
    const char c = byte_at(tex_, at_ + 1);
    if (c == '*') out_ += c;
    if (c != '*' && c != '-' && c != '/') out_.append(tex_, at_, 2);
    at_ = std::min(at_ + 2, tex_.size());
  }

  void replace(const Rewrite& rewrite) {
    if (byte_at(tex_, at_) == '*') ++at_;
    out_ += rewrite.before;
    const bool is_command = !rewrite.before.empty() && is_letter(rewrite.before.back());
    if (rewrite.behind.empty()) {
      if (!is_command && is_letter(byte_at(tex_, at_))) out_ += ' ';
      return;
    }
    at_ = skip_blanks(tex_, at_);
    const std::size_t close = byte_at(tex_, at_) == '{' ? braces_.close_of(at_) : npos;
    if (close != npos) {
      closers_.emplace_back(close, rewrite.behind);
      return;
    }
    const std::size_t end = token_end();
    out_.append("{").append(tex_, at_, end - at_).append("}").append(rewrite.behind);
    at_ = end;
  }

  std::size_t token_end() const {
    if (byte_at(tex_, at_) == '\\') return at_ + 1 + std::max<std::size_t>(1, letters_at(tex_, at_ + 1).size());
    std::size_t end = at_;
    if (end < tex_.size()) next_code_point(tex_, end);
    return end;
  }

  // What is between the braces that come next, which are passed over.
  std::string_view argument() {
    const std::size_t open = skip_blanks(tex_, at_);
    const std::size_t close = byte_at(tex_, open) == '{' ? braces_.close_of(open) : npos;
    if (close == npos) return {};
    at_ = close + 1;
    return tex_.substr(open + 1, close - open - 1);
  }

  void skip_argument() {
    if (byte_at(tex_, at_) == '*') ++at_;
    skip_optional();
    argument();
  }

  void skip_optional() {
    if (byte_at(tex_, at_) == '[') at_ = std::min(tex_.find(']', at_), tex_.size() - 1) + 1;
  }

  // Text with math in it: x_{\text{if $k>1$}} -> x_{\text{if }k>1}. False where there is none.
  bool words(std::string_view name, std::size_t start) {
    const std::string_view content = argument();
    const std::vector<Run> parts = runs(content);
    const auto is_math = [](const Run& run) { return run.kind == Run::Kind::math; };
    if (std::none_of(parts.begin(), parts.end(), is_math)) return at_ = start + 1 + name.size(), false;
    const bool grouped =
        byte_before(tex_, start) == '{' && byte_at(tex_, at_) == '}' && (start < 2 || tex_[start - 2] != '\\');
    if (!grouped) out_ += '{';
    for (const Run& part : parts) {
      const std::string source = is_math(part) ? part.text : text_source(name, part.text);
      if (!out_.empty() && is_letter(out_.back()) && is_letter(source.front())) out_ += ' ';
      out_ += Rewriter(source).write();
    }
    if (!grouped) out_ += '}';
    return true;
  }

  static std::string text_source(std::string_view name, std::string_view text) {
    std::string source = "\\" + std::string(name) + "{";
    for (const char c : text) source.append(c == '$' ? "\\$" : std::string(1, c));
    return source + "}";
  }

  // Commands whose last argument is text, and that have no form but \text{..}.
  bool words_elsewhere(std::string_view name, std::size_t start) {
    const bool boxed = name == "colorbox" || name == "fcolorbox";
    const bool raised = name == "textsuperscript";
    if (!boxed && !raised && name != "textsubscript" && name != "tag") return false;
    if (boxed) skip_argument();
    if (name == "fcolorbox") skip_argument();
    if (name == "tag" && byte_at(tex_, at_) == '*') ++at_;
    if (!boxed) out_ += name == "tag" ? "\\qquad" : raised ? "{}^" : "{}_";
    const std::size_t text = at_;
    if (!words("text", start)) out_ += "\\text", at_ = text;
    return true;
  }

  void environment(std::string_view command) {
    const std::string_view name = argument();
    const MathEnvironment* known = math_environment(name);
    out_.append("\\").append(command).append("{").append(known != nullptr ? known->text : name).append("}");
  }

  void quantity(std::string_view name) {
    const bool has_number = is_one_of(name, "SI qty num");
    skip_optional();
    if (has_number) out_.append("{").append(argument());
    if (name != "num") {
      const std::string unit = units(argument());
      out_.append(has_number && unit != "%" ? "\\," : "").append("\\text{");
      out_.append(unit == "%" ? "\\%" : unit).append("}");
    }
    if (has_number) out_ += '}';
  }

  std::string_view tex_;
  Braces braces_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::pair<std::size_t, std::string_view>> closers_;
};

// The TeX to write between $` and `$; nothing where GitHub would show an error in place of it.
//
// GitHub runs MathJax 3 without the macros that could define or hide something: \operatorname, \DeclareMathOperator,
// \mbox, \phantom, \colorbox and \newcommand among them are refused (github/markup#1688), and a '$' inside of \text{..}
// ends the formula. MathJax knows no \bm, \textsc or \SI, and aligns inside of a formula with "aligned", not "align".
// Macros that nobody knows but their author make nothing of the whole.
std::optional<std::string> github_math(std::string_view tex) {
  std::string markup;
  // Nothing escapes a backtick there.
  if (tex.find('`') != npos || !append_mathml(markup, tex, false)) return std::nullopt;
  return Rewriter(tex).write();
}

// Most texts have no white space but single blanks: they are copied as a whole.
void append_folded(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_space(text[i])) continue;
    const char before = i > 0 ? text[i - 1] : out.empty() ? '\0' : out.back();
    if (text[i] == ' ' && !is_space(before)) continue;
    out.append(text, copied, i - copied);
    if (!is_space(before)) out += ' ';
    copied = i + 1;
  }
  out.append(text, copied);
}

struct Piece {
  bool math = false;
  std::string text;    // as it is written
  std::string source;  // of math
};

// Text and math with white space folded; ties are blanks in a source that people read.
class Folder : public Listener {
 public:
  void text(std::string_view unicode) override {
    if (pieces.empty() || pieces.back().math) pieces.emplace_back();
    append_folded(pieces.back().text, unicode);
  }
  void tie() override { text(" "); }
  void math(std::string_view tex, MathSigns signs) override {
    std::string folded;
    append_folded(folded, tex);
    if (auto written = github_math(folded)) {
      pieces.push_back({true, std::move(*written), std::move(folded)});
      return;
    }
    const std::string sign = signs == MathSigns::environment ? "" : "$";
    const auto unicode = unicode_math(folded);
    text(unicode && !unicode->empty() ? *unicode : sign + folded + sign);
  }

  std::vector<Piece> pieces;
};

// Letters and digits of all scripts and '_'; close enough, as all else is punctuation, a sign or a blank.
bool is_joining(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (c < 0x80) return c == U'_' || is_alnum(static_cast<char>(c));
  if (in(0x80, 0xBF)) return c == 0xAA || in(0xB2, 0xB3) || c == 0xB5 || in(0xB9, 0xBA) || in(0xBC, 0xBE);
  const bool other = c == 0xD7 || c == 0xF7 || in(0x2000, 0x206F) || in(0x20A0, 0x20CF) || in(0x2190, 0x2BFF) ||
                     in(0x3000, 0x3020) || in(0xFF01, 0xFF0F) || in(0xFF1A, 0xFF20);
  return !other;
}

char32_t first_of(const Piece& piece) {
  std::size_t at = 0;
  return piece.math || piece.text.empty() ? U' ' : next_code_point(piece.text, at);
}

char32_t last_of(const Piece& piece) {
  if (piece.math || piece.text.empty()) return U' ';
  std::size_t at = piece.text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(piece.text[at]) & 0xC0) == 0x80) --at;
  return next_code_point(piece.text, at);
}

char as_neighbour(char32_t c) { return c < 0x80 && is_alnum(static_cast<char>(c)) ? static_cast<char>(c) : '\0'; }

using Pieces = std::vector<Piece>;

char32_t before(const Pieces& pieces, std::size_t i) { return i == 0 ? U' ' : last_of(pieces[i - 1]); }
char32_t behind(const Pieces& pieces, std::size_t i) { return i + 1 == pieces.size() ? U' ' : first_of(pieces[i + 1]); }

// The formula as text, where that can say it.
void settle(Pieces& pieces, std::size_t i) {
  const char32_t left = before(pieces, i);
  const char32_t right = behind(pieces, i);
  const std::string& source = pieces[i].source;
  const MathNeighbours beside = {as_neighbour(left), as_neighbour(right)};
  auto unicode = unicode_math(source, beside);
  // A script of what is before: L$^{p,q}$.
  const bool script = source.front() == '^' || source.front() == '_';
  if (!unicode && script && is_joining(left) && !is_joining(right)) unicode = linear_math(source, beside);
  if (unicode && !unicode->empty()) pieces[i] = {false, std::move(*unicode), {}};
}

// Backwards for what is behind, then forwards for what is before: a formula that becomes text can be what its neighbour
// may not touch.
void settle_all(Pieces& pieces, MarkdownPlace place) {
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (pieces[i].math && is_joining(behind(pieces, i))) settle(pieces, i);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].math && (place == MarkdownPlace::link_text || is_joining(before(pieces, i)))) settle(pieces, i);
  }
}

}  // namespace

std::vector<Run> markdown_runs(std::string_view tex, MarkdownPlace place) {
  Folder folder;
  walk(tex, folder);
  const Pieces& pieces = folder.pieces;
  settle_all(folder.pieces, place);
  std::vector<Run> runs;
  const auto add_text = [&](std::string_view text) {
    if (runs.empty() || runs.back().kind != Run::Kind::text) runs.push_back({Run::Kind::text, ""});
    runs.back().text += text;
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].math) {
      add_text(pieces[i].text);
      continue;
    }
    if (is_joining(before(pieces, i))) add_text(math_separator);
    runs.push_back({Run::Kind::math, pieces[i].text});
    if (is_joining(behind(pieces, i))) add_text(math_separator);
  }
  return runs;
}

}  // namespace daybook
