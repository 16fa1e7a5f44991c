// Maps structs to JSON by a table with a line for each member. Reading, writing and fill_unknown() all use that table,
// so that a member cannot be written and then forgotten on reading.
//
//     constexpr auto json_fields(Type<Topic>) {
//       return std::tuple(required("slug", &Topic::slug), field("keywords", &Topic::keywords));
//     }
//
// Reading: an error names the offending member's line and column ("relevance" is "nine", not ...). RapidJSON's values
// carry no positions, so members pass down the path from the root (JsonStep), and only when there is a fault is the
// place searched for in the text: the good case pays nothing. The first fault wins. Members that the table does not
// name are ignored; absent ones keep the struct's default.
//
// Writing: one line, with a blank after each comma and colon, for people and diffs. A member that is empty, 0, false or
// NaN is left out unless the table says always() or required(): a record says nothing about what is not known.
//
// A member type needs read_value() and write_value(); a struct with json_fields() has them. Tables are constexpr
// tuples, so that all of it is resolved at compile time, without virtual calls or macros.
#pragma once

#include <climits>
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "core/json.h"
#include "core/result.h"

namespace daybook {

// A place in a document, from the root down: a member's name, or an element's index.
struct JsonStep {
  const JsonStep* parent = nullptr;
  std::string_view name;
  long index = -1;  // from 0 on: an element
};

struct LocatedJson {
  std::string source;
  std::string text;    // as it was read; the place of a fault is found here
  std::string parsed;  // parsed in place
  bool surrogates;     // it has escaped surrogates, so that its strings may not be UTF-8
  rapidjson::Document root;
  std::optional<Error> fault;  // the first that was found

  LocatedJson(std::string json, std::string from);
  LocatedJson(const LocatedJson&) = delete;
  LocatedJson& operator=(const LocatedJson&) = delete;

  // Reports a fault at the value of `where` (null: the root). Only the first is kept.
  void add_fault(const JsonStep* where, std::string what, std::string_view hint = {});
};

// A value as a message shows it: "nine" in quotes (long texts cut), 7, null, an object, a list.
std::string shown(const Json& value);

// An object whose members are looked up by name, with the path that faults in them are reported at.
class Members {
 public:
  // Reports a fault if the value is not an object.
  Members(LocatedJson& document, const Json& object, const JsonStep* where);

  LocatedJson& document() const { return document_; }
  const JsonStep* where() const { return where_; }
  const Json* find(std::string_view name) const;
  const Json* required(std::string_view name);  // the same, but reports a fault if it is missing

  // "NAME" is VALUE, not EXPECTED.
  void add_fault(std::string_view name, const Json& value, std::string_view expected);

 private:
  LocatedJson& document_;
  const Json* object_;
  const JsonStep* where_;
};

// The range allowed for an integer.
struct WholeRange {
  long long least = 0;
  long long most = LLONG_MAX;
};

struct FoundMember;

enum class Presence {
  if_known,  // written unless it is empty, 0, or a number that JSON cannot express
  always,    // written whatever it is
  required,  // always written, and a fault if it is missing
};

template <typename S, typename T>
struct JsonField {
  std::string_view name;
  T S::*member;
  WholeRange range = {};
  void (*check)(const FoundMember&, T&) = nullptr;  // called after reading
  Presence presence = Presence::if_known;
};

template <typename S, typename T>
constexpr JsonField<S, T> field(std::string_view name, T S::*member, WholeRange range = {}) {
  return {name, member, range};
}
template <typename S, typename T>
constexpr JsonField<S, T> field(std::string_view name, T S::*member, void (*check)(const FoundMember&, T&)) {
  return {name, member, {}, check};
}
template <typename S, typename T, typename... More>
constexpr JsonField<S, T> required(std::string_view name, T S::*member, More... more) {
  JsonField<S, T> made = field(name, member, more...);
  made.presence = Presence::required;
  return made;
}
template <typename S, typename T>
constexpr JsonField<S, T> always(std::string_view name, T S::*member) {
  return {name, member, {}, nullptr, Presence::always};
}

// A member whose own members are written among those of the enclosing object.
template <typename S, typename T, typename Table>
struct InlinedFields {
  T S::*member;
  Table table;
};
template <typename S, typename T, typename Table>
constexpr InlinedFields<S, T, Table> inlined(T S::*member, Table table) {
  return {member, table};
}

template <typename S>
struct Type {};
template <typename S>
concept HasJsonFields = requires {
  json_fields(Type<S>());
};

// A member that is present and about to be read.
struct FoundMember {
  Members& in;
  std::string_view name;
  const Json& value;
  WholeRange range = {};

  JsonStep step() const { return {in.where(), name}; }
  void add_fault(std::string_view expected) const { in.add_fault(name, value, expected); }
};

// Assigns what was read, or reports a fault if that is nothing.
template <typename T>
void read_as(const FoundMember& from, const std::optional<T>& read, std::string_view expected, T& to) {
  if (!read) return from.add_fault(expected);
  to = *read;
}

void read_value(const FoundMember& from, std::string& to);
void read_value(const FoundMember& from, std::vector<std::string>& to);
void read_value(const FoundMember& from, bool& to);
void read_value(const FoundMember& from, double& to);
void read_value(const FoundMember& from, Date& to);
void read_value(const FoundMember& from, Instant& to);
void read_value(const FoundMember& from, long long& to);
void read_value(const FoundMember& from, int& to);
template <typename T>
void read_value(const FoundMember& from, std::optional<T>& to) {
  read_value(from, to.emplace());
}
template <HasJsonFields S>
void read_value(const FoundMember& from, S& to) {
  const JsonStep step = from.step();
  Members members(from.in.document(), from.value, &step);
  read_fields(members, to, json_fields(Type<S>()));
}
template <HasJsonFields S>
void read_value(const FoundMember& from, std::vector<S>& to) {
  if (!from.value.IsArray()) return from.add_fault("a list");
  const JsonStep list = from.step();
  to.resize(from.value.Size());
  for (rapidjson::SizeType i = 0; i < to.size() && !from.in.document().fault; ++i) {
    const JsonStep step{&list, {}, static_cast<long>(i)};
    Members members(from.in.document(), from.value[i], &step);
    read_fields(members, to[i], json_fields(Type<S>()));
  }
}

// Leaves `to` as it is if the member is absent.
template <typename T>
void read_member(Members& in, std::string_view name, T& to) {
  if (const Json* value = in.find(name)) read_value(FoundMember{in, name, *value}, to);
}

template <typename S, typename T>
void read_field(Members& members, S& object, const JsonField<S, T>& field) {
  const Json* value = field.presence == Presence::required ? members.required(field.name) : members.find(field.name);
  if (value == nullptr) return;
  const FoundMember found{members, field.name, *value, field.range};
  read_value(found, object.*field.member);
  if (field.check != nullptr) field.check(found, object.*field.member);
}
template <typename S, typename T, typename Table>
void read_field(Members& members, S& object, const InlinedFields<S, T, Table>& inlined) {
  read_fields(members, object.*inlined.member, inlined.table);
}
template <typename S, typename... Field>
void read_fields(Members& members, S& object, const std::tuple<Field...>& table) {
  std::apply([&](const Field&... field) { (read_field(members, object, field), ...); }, table);
}

template <HasJsonFields S>
Result<S> read_json(std::string text, const std::string& source) {
  LocatedJson document(std::move(text), source);
  S object{};
  if (!document.fault) {
    Members members(document, document.root, nullptr);
    read_fields(members, object, json_fields(Type<S>()));
  }
  if (document.fault) return *std::move(document.fault);
  return object;
}

/// JsonText is JSON being written.
struct JsonText {
  std::string text;

  // Separates a member or an element from the one before it.
  void next() {
    if (!text.empty() && text.back() != '{' && text.back() != '[') text += ", ";
  }
  void key(std::string_view name);
};

void write_value(JsonText& out, std::string_view text);
void write_value(JsonText& out, double number);  // the shortest form that reads back equal
inline void write_value(JsonText& out, const std::string& text) { write_value(out, std::string_view(text)); }
inline void write_value(JsonText& out, std::same_as<bool> auto flag) { out.text += flag ? "true" : "false"; }
inline void write_value(JsonText& out, std::signed_integral auto number) { out.text += std::to_string(number); }
inline void write_value(JsonText& out, Date date) { write_value(out, date.iso()); }
inline void write_value(JsonText& out, Instant instant) { write_value(out, instant.rfc3339()); }
template <typename T>
void write_value(JsonText& out, const std::optional<T>& known) {
  write_value(out, *known);
}
template <HasJsonFields S>
void write_value(JsonText& out, const S& object) {
  out.text += '{';
  write_fields(out, object, json_fields(Type<S>()));
  out.text += '}';
}
template <typename T>
void write_value(JsonText& out, const std::vector<T>& all) {
  out.text += '[';
  for (const T& one : all) {
    out.next();
    write_value(out, one);
  }
  out.text += ']';
}

template <typename T>
bool is_known(const T& value) {
  if constexpr (std::is_same_v<T, double>) {
    return std::isfinite(value);
  } else if constexpr (std::is_same_v<T, std::optional<double>>) {
    return value && std::isfinite(*value);
  } else if constexpr (std::is_integral_v<T>) {
    return value != 0;
  } else if constexpr (requires { value.has_value(); }) {
    return value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return !value.empty();
  }
  return true;
}

template <typename S, typename T>
void write_field(JsonText& out, const S& object, const JsonField<S, T>& field) {
  if (field.presence == Presence::if_known && !is_known(object.*field.member)) return;
  out.key(field.name);
  write_value(out, object.*field.member);
}
template <typename S, typename T, typename Table>
void write_field(JsonText& out, const S& object, const InlinedFields<S, T, Table>& inlined) {
  write_fields(out, object.*inlined.member, inlined.table);
}
template <typename S, typename... Field>
void write_fields(JsonText& out, const S& object, const std::tuple<Field...>& table) {
  std::apply([&](const Field&... field) { (write_field(out, object, field), ...); }, table);
}

template <HasJsonFields S>
std::string write_json(const S& object) {
  JsonText out;
  write_value(out, object);
  return std::move(out.text);
}

// Fills members that are unknown in `known` from `other`.
template <HasJsonFields S>
void fill_unknown(S& known, const S& other) {
  const auto fill = [&](auto member) {
    if (!is_known(known.*member)) known.*member = other.*member;
  };
  std::apply([&](const auto&... field) { (fill(field.member), ...); }, json_fields(Type<S>()));
}

}  // namespace daybook
