#include <array>
#include <string>
#include <utility>

#include "core/byte_set.h"
#include "tex/addresses.h"
#include "tex/letters.h"
#include "tex/markdown_runs.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr ByteSet openers("\\$<&");  // of what stands for something else

constexpr std::array<std::pair<std::string_view, char>, 4> entities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::string read() {
    out_.reserve(text_.size());
    std::size_t copied = 0;
    for (std::size_t i = openers.find_in(text_); i != npos; i = openers.find_in(text_, i)) {
      const Meaning meaning = meaning_at(i);
      if (meaning.end == 0) {
        ++i;
        continue;
      }
      out_.append(text_, copied, i - copied);
      if (meaning.is_math && ends_with(out_, math_separator)) out_.resize(out_.size() - math_separator.size());
      out_ += meaning.text;
      copied = i = meaning.end;
      if (meaning.is_math && text_.substr(i, math_separator.size()) == math_separator)
        copied = i += math_separator.size();
    }
    return std::move(out_.append(text_, copied));
  }

 private:
  // What stands for something else: its end, and what it means. End 0: it stands for itself.
  struct Meaning {
    std::size_t end = 0;
    std::string text;
    bool is_math = false;
  };

  Meaning meaning_at(std::size_t at) {
    switch (text_[at]) {
      case '\\':
        if (is_ascii_punctuation(byte_at(text_, at + 1))) return {at + 2, std::string(1, text_[at + 1])};
        return {};
      case '$':
        return math_at(at);
      case '<':
        return address_at(at);
      default:
        for (const auto& [entity, character] : entities) {
          if (text_.substr(at, entity.size()) == entity) return {at + entity.size(), std::string(1, character)};
        }
        return {};
    }
  }

  Meaning math_at(std::size_t at) {
    if (byte_at(text_, at + 1) != '`' || math_ends_ == npos) return {};
    math_ends_ = text_.find("`$", at + 2);
    if (math_ends_ == npos) return {};
    return {math_ends_ + 2, "$" + std::string(text_.substr(at + 2, math_ends_ - at - 2)) + "$", true};
  }

  Meaning address_at(std::size_t at) const {
    if (!starts_address(text_, at + 1)) return {};
    // It may end in what would be punctuation without the brackets.
    const std::size_t close = text_.find_first_of("> <", at + 1);
    if (close == npos || text_[close] != '>') return {};
    return {close + 1, std::string(text_.substr(at + 1, close - at - 1))};
  }

  static bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
  }

  std::string_view text_;
  std::string out_;
  std::size_t math_ends_ = 0;  // npos: none ends any more
};

}  // namespace

std::string from_markdown(std::string_view markdown) { return Reader(markdown).read(); }

}  // namespace daybook
