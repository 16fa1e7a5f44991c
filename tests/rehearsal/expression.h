// GitHub's expressions, as far as our workflows have them, and texts with ${{ }} in them. What is not known is thrown,
// with its text: a rehearsal must not take for empty what GitHub would fill in.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rehearsal/value.h"

namespace daybook::rehearsal {

// A text, true, false or null, whose text is empty.
struct Value {
  std::string text;
  bool truth = false;
  Value() = default;
  Value(bool value) : text(value ? "true" : "false"), truth(value) {}
  Value(std::string value) : text(std::move(value)), truth(!text.empty()) {}
  Value(const char* value) : Value(std::string(value)) {}
};

// What success(), failure() and cancelled() say.
struct Standing {
  bool success = true;
  bool failure = false;
  bool cancelled = false;
};

// What an expression can speak of, at its place in the file.
struct Scope {
  std::map<std::string, Value> values;    // by their whole names: "steps.site.outputs.deploy"
  std::vector<std::string> open = {};     // all else that begins so is null: "vars.", "steps.site."
  std::optional<Standing> standing = {};  // nothing: none of its functions is allowed here

  void add(const std::string& context, const Texts& texts);
};

// What an expression says: its text.
std::string evaluate(const std::string& expression, const Scope& scope);

// An `if`, with or without ${{ }}: success() && it, where it names none of success(), failure(), cancelled(), always().
// An empty one is success().
bool holds(const std::string& condition, const Scope& scope);

// The text with each ${{ }} replaced.
std::string expand(const std::string& text, const Scope& scope);

}  // namespace daybook::rehearsal
