// Maps a section of the settings to a struct by a table with a line for each setting: its name, the member that it
// sets, and its limits (a TextRule or a Range). The same table reads values and knows the names for "did you mean
// ...?".
//
// Settings are written by hand, so reading does not stop at a fault. Each one is reported with line, column and a hint,
// the default stays in its place, and the rest is read: an owner sees all mistakes at once. Faults found in passes are
// sorted into the file's order at the end.
//
// day/json_fields.h does the same for records. Programs write those, so there the first fault ends the reading.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "settings/document.h"
#include "settings/rules.h"

namespace daybook {

// Reading is the context of a value: the setting's full name for messages ("[select] relevance"), and where faults go.
struct Reading {
  std::string subject;
  const std::string& source;
  Errors& errors;

  void fault(int line, int column, std::string what, std::string hint) const {
    errors.push_back({Kind::misuse, {source, line, column}, std::move(what), std::move(hint)});
  }
  void fault(const Node& at, std::string what, std::string hint) const {
    fault(at.line, at.column, std::move(what), std::move(hint));
  }
  void fault(const Member& at, std::string what, std::string hint) const {
    fault(at.line, at.column, std::move(what), std::move(hint));
  }
};

struct Range {
  double least;
  double most;
};

// Each sets `to` if the value is valid; otherwise it reports a fault and leaves the default.
void read_value(const Node& node, const Reading& reading, std::string& to, TextRule rule);
void read_value(const Node& node, const Reading& reading, std::vector<std::string>& to, TextRule rule);
void read_value(const Node& node, const Reading& reading, int& to, Range range);
void read_value(const Node& node, const Reading& reading, double& to, Range range);
void read_value(const Node& node, const Reading& reading, std::optional<double>& to, Range range);
void read_value(const Node& node, const Reading& reading, bool& to);
// Reports a list or a repeated section of more than 2000 elements: nobody has so many interests, and all are compared
// with all.
bool is_too_long(const Node& list, const Reading& reading);

// Appends the faults found to `errors`, in the file's order.
void report_in_order(Errors found, Errors& errors);

template <typename S>
struct Field {
  std::string_view name;
  std::function<void(const Node&, const Reading&, S&)> read;
};

template <typename S>
using Fields = std::vector<Field<S>>;

// `limit`: a TextRule for texts, a Range for numbers, none for flags.
template <typename S, typename T, typename... Limit>
Field<S> field(std::string_view name, T S::*member, Limit... limit) {
  return {name,
          [=](const Node& node, const Reading& reading, S& to) { read_value(node, reading, to.*member, limit...); }};
}

template <typename S>
const Field<S>* find_field(const Fields<S>& fields, std::string_view name) {
  for (const Field<S>& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

template <typename S>
std::vector<std::string_view> names_of(const Fields<S>& fields) {
  std::vector<std::string_view> names;
  for (const Field<S>& field : fields) names.push_back(field.name);
  return names;
}

}  // namespace daybook
