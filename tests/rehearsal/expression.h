// GitHub's expressions, and texts with ${{ }} in them. What it does not know is thrown, with its text: a rehearsal must
// not take for empty what GitHub would fill in.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rehearsal/value.h"

namespace daybook::rehearsal {

// What success(), failure() and cancelled() say.
struct Standing {
  bool success = true;
  bool failure = false;
  bool cancelled = false;
};

// What an expression can speak of, at its place in the file.
struct Scope {
  std::vector<Member> contexts;           // github, env, steps ...
  std::optional<Standing> standing = {};  // nothing: none of its functions is allowed here
};

Value evaluate(const std::string& expression, const Scope& scope);

// An `if`, with or without ${{ }}: success() && it, where it names none of success(), failure(), cancelled(), always().
// An empty one is success().
bool holds(const std::string& condition, const Scope& scope);

// The text with each ${{ }} replaced.
std::string expand(const std::string& text, const Scope& scope);
// The value of a text that is one ${{ }}; others are expanded.
Value expand_value(const std::string& text, const Scope& scope);

}  // namespace daybook::rehearsal
