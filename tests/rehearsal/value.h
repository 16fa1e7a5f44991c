// A value of GitHub's expressions: null, a boolean, a number, a text, a list, or an object.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace daybook::rehearsal {

// Names and texts in the order of the file.
using Texts = std::vector<std::pair<std::string, std::string>>;
// The text of that name, empty where there is none.
std::string text_of(const Texts& texts, std::string_view name);
// Sets it, in its old place where it has one.
void set_text(Texts& texts, const std::string& name, std::string text);

struct Member;
struct Value;

using List = std::vector<Value>;

// What it is made of is defined where a member is whole: clang asks for that.
struct Object {
  Object();
  Object(std::vector<Member> with_members, bool is_complete);
  Object(const Object&);
  Object(Object&&) noexcept;
  Object& operator=(const Object&);
  Object& operator=(Object&&) noexcept;
  ~Object();

  std::vector<Member> members;
  // To ask for a member that is not there is a mistake of the workflow, where GitHub would give null.
  bool complete = false;
};

struct Value {
  std::variant<std::nullptr_t, bool, double, std::string, List, Object> is = nullptr;

  Value() = default;
  Value(bool value) : is(value) {}
  Value(double value) : is(value) {}
  Value(const char* value) : is(std::string(value)) {}
  Value(std::string value) : is(std::move(value)) {}
  Value(List value) : is(std::move(value)) {}
  Value(Object value) : is(std::move(value)) {}

  bool truth() const;
  double number() const;     // as GitHub compares values of two kinds; NaN where it is none
  std::string text() const;  // fails for lists and objects, which GitHub does not turn into text
  // In any case of letters; null where there is none. Fails where the object is complete and has none.
  Value at(std::string_view name) const;
};

struct Member {
  std::string name;
  Value value;
};

Object object_of(const Texts& texts, bool complete = false);

bool equal(const Value& a, const Value& b);  // GitHub's ==, which ignores the case of letters
Value from_json(const std::string& text);    // fails where it is none
std::string to_json(const Value& value);     // on several lines, as toJSON() writes it

}  // namespace daybook::rehearsal
