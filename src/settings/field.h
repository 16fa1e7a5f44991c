// A section's known settings as a table: a line each, with the member it sets and what it may be.
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

// Where values are read: the setting's full name for messages ("[select] relevance"), and where faults go.
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

// Each sets `to` where the value is right, and else reports it and leaves the default.
void read_value(const Node& node, const Reading& reading, std::string& to, TextRule rule);
void read_value(const Node& node, const Reading& reading, std::vector<std::string>& to, TextRule rule);
void read_value(const Node& node, const Reading& reading, int& to, Range range);
void read_value(const Node& node, const Reading& reading, double& to, Range range);
void read_value(const Node& node, const Reading& reading, std::optional<double>& to, Range range);
void read_value(const Node& node, const Reading& reading, bool& to);
// A list, or a section written again and again, of more than 2000 is a fault: no reader has so many interests, and all
// are compared with all.
bool is_too_long(const Node& list, const Reading& reading);

// Appends what was found to `errors`, in the file's order.
void report_in_order(Errors found, Errors& errors);

template <typename S>
struct Field {
  std::string_view name;
  std::function<void(const Node&, const Reading&, S&)> read;
};

template <typename S>
using Fields = std::vector<Field<S>>;

// `limit`: a TextRule of texts, a Range of numbers, nothing of flags.
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
