// The walk's state and its steps; walk.cpp has those for signs and groups, walk_commands.cpp those for commands.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/spans.h"
#include "tex/walk.h"

namespace daybook {

// Something further on that will be replaced: the brace that closes an argument, a closing quotation mark.
struct Closer {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string text;
};

class Walker {
 public:
  Walker(std::string_view tex, Listener& listener)
      : tex_(tex), listener_(listener), braces_(tex), math_spans_(tex, braces_), environments_(tex) {}

  void walk();

 private:
  // What was read and stands for itself goes out in one piece: [start_, at_).
  void flush() {
    if (at_ > start_) listener_.text(tex_.substr(start_, at_ - start_));
    start_ = at_;
  }
  void keep(std::size_t bytes) { at_ = std::min(at_ + bytes, tex_.size()); }
  void replace(std::size_t end, std::string_view text) {
    flush();
    if (!text.empty()) listener_.text(text);
    at_ = start_ = end;
  }
  void tie(std::size_t end) {
    flush();
    listener_.tie();
    at_ = start_ = end;
  }
  void close_later(std::size_t at, std::size_t length, std::string text) {
    // The nearest is last; nested groups close in this order anyway, so that this is no search.
    auto place = closers_.end();
    while (place != closers_.begin() && (place - 1)->at < at) --place;
    closers_.insert(place, Closer{at, length, std::move(text)});
  }

  void read_special();
  void read_math(std::size_t delimiter);
  void read_dash();
  void read_quote();
  void read_group();
  bool is_markup(std::string_view content) const;
  bool is_protective(std::size_t open, std::string_view content) const;

  void read_backslash();
  bool read_accent_sign();
  void read_line_break();
  bool is_escaped_quotation_mark() const;
  bool is_escaped_apostrophe() const;

  void read_command();
  bool read_symbol(std::string_view name, std::size_t end);
  bool read_argument(std::size_t from, std::string_view before, std::string after);
  bool read_verbatim(std::size_t from, std::string_view before, std::string_view after);
  bool read_color(std::size_t end, bool has_text);
  bool read_link(std::size_t end);
  bool read_script(std::size_t end, bool raised);
  bool read_quantity(std::size_t end);
  bool read_formula(std::string_view name, std::size_t end);
  bool read_dingbat(std::size_t end);
  bool read_broken_name(std::string_view name, std::size_t end);
  bool read_text_as_math(const MathSpan& math);
  bool is_text_as_math(std::string_view name, std::string_view content) const;
  void read_environment(std::size_t end);
  void read_subequations(std::size_t from, std::size_t behind);
  bool read_alphabet(std::string_view name, std::size_t end);
  bool read_known(Command command, std::string_view name, std::size_t end);

  // An argument in braces, behind blanks: the braces' places; std::string_view::npos where there is none.
  struct Argument {
    std::size_t open = std::string_view::npos, close = std::string_view::npos;
    explicit operator bool() const { return close != std::string_view::npos; }
  };
  Argument argument(std::size_t from) {
    const std::size_t open = skip_blanks(tex_, from);
    if (byte_at(tex_, open) != '{') return {};
    return {open, braces_.close_of(open)};
  }
  std::string_view inside(const Argument& argument) const {
    return tex_.substr(argument.open + 1, argument.close - argument.open - 1);
  }
  // Behind the optional arguments: [..][..]; longer ones than a citation's note are none.
  std::size_t skip_optional(std::size_t from) const {
    while (byte_at(tex_, from) == '[') {
      const std::size_t close = tex_.substr(0, from + optional_max).find_first_of("]\n", from);
      if (close == std::string_view::npos || tex_[close] != ']') break;
      from = close + 1;
    }
    return from;
  }

  static constexpr std::size_t optional_max = 300;  // bytes

  std::string_view tex_;
  Listener& listener_;
  Braces braces_;
  MathSpans math_spans_;
  Environments environments_;
  std::vector<Closer> closers_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::size_t double_until_ = 0, single_until_ = 0;   // where the quotations that are open close
  std::size_t verbatim_until_ = 0;                    // the end of an environment that is no math: line breaks stay
  std::size_t unknown_end_ = std::string_view::npos;  // behind an unknown command: its arguments stay as they are
};

}  // namespace daybook
