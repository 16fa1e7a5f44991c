// A formula being written as MathML; mathml.cpp has rows, signs and scripts, mathml_commands.cpp the commands.
#pragma once

#include <string>
#include <string_view>

#include "tex/alphabets.h"
#include "tex/symbols.h"

namespace daybook {

class Formula {
 public:
  Formula(std::string_view tex, bool display, int depth);

  // The whole formula as the children of <math>; `failed` where it is not understood.
  const std::string& write();
  bool failed() const { return failed_; }

 private:
  // What an element is to its neighbours: decides on blanks and on where its scripts go.
  enum class Atom { nothing, ordinary, sign, open, close, function, limits, space };

  void fail() {
    failed_ = true;
    at_ = tex_.size();
  }
  bool at_end() const { return at_ >= tex_.size(); }
  bool starts(std::string_view what) const { return !at_end() && tex_.substr(at_, what.size()) == what; }
  void skip();  // blanks, and a '$' in braces

  // Elements up to a stop ('}', \right, &, \\, \end, or `stop`), which is left; how many there are.
  int row(char stop = '\0');
  bool at_stop(char stop) const;
  void separate(std::size_t start, Atom before, Atom atom);

  // Each appends one element, or none and says so.
  Atom atom(Atom before);
  Atom character(Atom before);
  Atom command(Atom before);
  Atom sign_command(char c);

  void argument();               // exactly one element
  std::string cut_argument();    // the same, taken out again
  void group();                  // {..}, one element
  std::string_view raw_group();  // the source in braces
  void wrap_row(std::size_t start, int count);
  void scripts(std::size_t start, Atom base);
  std::string primes();

  void element(std::string_view name, std::string_view text);
  void fence(std::string_view text);
  void letters();
  void number();
  void blank(std::string_view width);

  Atom symbol(const Symbol& symbol, Atom before);
  Atom font(std::string_view name);
  Atom accent(std::string_view name);
  Atom structure(std::string_view name);
  Atom stacked(std::string_view name);
  Atom fraction(std::string_view name);
  Atom root();
  Atom long_arrow(std::string_view name);
  Atom operator_name(std::string_view name);
  Atom words();
  Atom words_as_script(std::string_view name);
  Atom left_right();
  Atom sized(std::string_view size);
  Atom bracketed(std::string_view open, std::string_view close);
  Atom negated();
  Atom modulo();
  Atom character_code();
  Atom environment();
  Atom tag();
  Atom quantity(std::string_view name);
  void skip_length();
  bool is_row_fraction() const;
  void row_fraction(std::size_t start, int count, char stop);
  void table(std::string_view end, std::string_view attributes);
  void skip_optional();
  std::string delimiter();
  void stretched(std::string_view delimiter);

  std::string_view tex_;
  std::size_t at_ = 0;
  std::string out_;
  Font font_ = Font::italic;
  bool display_;
  bool tall_;  // something in it is higher than a line: brackets must be told not to grow with it
  int depth_;
  bool failed_ = false;
};

}  // namespace daybook
