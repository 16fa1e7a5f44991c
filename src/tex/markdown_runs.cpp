#include "tex/markdown_runs.h"

#include <optional>
#include <utility>

#include "core/text.h"
#include "tex/github_math.h"
#include "tex/letters.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

// Most texts have no white space but single blanks: they are copied as a whole.
void append_folded(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_blank(text[i])) continue;
    const char before = i > 0 ? text[i - 1] : out.empty() ? '\0' : out.back();
    if (text[i] == ' ' && !is_blank(before)) continue;
    out.append(text, copied, i - copied);
    if (!is_blank(before)) out += ' ';
    copied = i + 1;
  }
  out.append(text, copied);
}

struct Piece {
  bool math = false;
  std::string text;    // as it is written
  std::string source;  // of math
  bool apart_before = false, apart_behind = false;
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

char32_t first_of(const Piece* piece) {
  std::size_t at = 0;
  return piece == nullptr || piece->math || piece->text.empty() ? U' ' : next_code_point(piece->text, at);
}

char32_t last_of(const Piece* piece) {
  if (piece == nullptr || piece->math || piece->text.empty()) return U' ';
  std::size_t at = piece->text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(piece->text[at]) & 0xC0) == 0x80) --at;
  return next_code_point(piece->text, at);
}

char as_neighbour(char32_t c) { return c < 0x80 && is_alnum(static_cast<char>(c)) ? static_cast<char>(c) : '\0'; }

class Settler {
 public:
  Settler(std::vector<Piece>& pieces, MarkdownPlace place) : pieces_(pieces), place_(place) {}

  // Backwards for what is behind, then forwards for what is before: a formula that becomes text can be what its
  // neighbour may not touch.
  void settle() {
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      if (pieces_[i].math && is_joining(first_of(piece(i + 1)))) settle(i);
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].math && (place_ == MarkdownPlace::link_text || is_joining(last_of(piece(i - 1))))) settle(i);
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      pieces_[i].apart_before = pieces_[i].math && is_joining(last_of(piece(i - 1)));
      pieces_[i].apart_behind = pieces_[i].math && is_joining(first_of(piece(i + 1)));
    }
  }

 private:
  const Piece* piece(std::size_t i) const { return i < pieces_.size() ? &pieces_[i] : nullptr; }

  void settle(std::size_t i) {
    Piece& math = pieces_[i];
    const char32_t before = last_of(piece(i - 1));
    const char32_t behind = first_of(piece(i + 1));
    const MathNeighbours beside = {as_neighbour(before), as_neighbour(behind)};
    auto unicode = unicode_math(math.source, beside);
    // A script of what is before: L$^{p,q}$.
    const bool script = math.source.front() == '^' || math.source.front() == '_';
    if (!unicode && script && is_joining(before) && !is_joining(behind)) unicode = linear_math(math.source, beside);
    if (unicode && !unicode->empty()) {
      math = {false, std::move(*unicode), {}};
    }
  }

  std::vector<Piece>& pieces_;
  MarkdownPlace place_;
};

}  // namespace

std::vector<Run> markdown_runs(std::string_view tex, MarkdownPlace place) {
  Folder folder;
  walk(tex, folder);
  Settler(folder.pieces, place).settle();
  std::vector<Run> runs;
  const auto add_text = [&](std::string_view text) {
    if (runs.empty() || runs.back().kind != Run::Kind::text) runs.push_back({Run::Kind::text, ""});
    runs.back().text += text;
  };
  for (Piece& piece : folder.pieces) {
    if (!piece.math) {
      add_text(piece.text);
      continue;
    }
    if (piece.apart_before) add_text(math_separator);
    runs.push_back({Run::Kind::math, std::move(piece.text)});
    if (piece.apart_behind) add_text(math_separator);
  }
  return runs;
}

}  // namespace daybook
