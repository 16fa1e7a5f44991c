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

  void fault(int line, int column, std::string what, std::string mend) const {
    errors.push_back({Kind::misuse, {source, line, column}, std::move(what), std::move(mend)});
  }
  void fault(const Node& at, std::string what, std::string mend) const {
    fault(at.line, at.column, std::move(what), std::move(mend));
  }
};

struct Range {
  double least;
  double most;
};

// Each sets `to` where the value is right, and else reports it and leaves the default.
void read_text(const Node& node, const Reading& reading, TextRule rule, std::string& to);
void read_texts(const Node& node, const Reading& reading, TextRule rule, std::vector<std::string>& to);
void read_whole(const Node& node, const Reading& reading, Range range, int& to);
void read_number(const Node& node, const Reading& reading, Range range, double& to);
void read_number(const Node& node, const Reading& reading, Range range, std::optional<double>& to);
void read_flag(const Node& node, const Reading& reading, bool& to);
// A list, or a section written again and again, of more than items_max is a fault: no reader has so many interests, and
// all are compared with all.
inline constexpr std::size_t items_max = 2000;
bool is_too_long(const Node& list, const Reading& reading);
void refuse_empty(const Node& node, const Reading& reading, std::string_view example);

// Appends what was found to `errors`, in the file's order.
void report_in_order(Errors found, Errors& errors);

template <typename S>
struct Field {
  std::string_view name;
  std::function<void(const Node&, const Reading&, S&)> read;
};

template <typename S>
using Fields = std::vector<Field<S>>;

template <typename S>
Field<S> text(std::string_view name, std::string S::*member, TextRule rule) {
  return {name, [=](const Node& n, const Reading& r, S& s) { read_text(n, r, rule, s.*member); }};
}

template <typename S>
Field<S> texts(std::string_view name, std::vector<std::string> S::*member, TextRule rule) {
  return {name, [=](const Node& n, const Reading& r, S& s) { read_texts(n, r, rule, s.*member); }};
}

template <typename S>
Field<S> whole(std::string_view name, int S::*member, Range range) {
  return {name, [=](const Node& n, const Reading& r, S& s) { read_whole(n, r, range, s.*member); }};
}

template <typename S, typename Number>  // double, or an optional one
Field<S> number(std::string_view name, Number S::*member, Range range) {
  return {name, [=](const Node& n, const Reading& r, S& s) { read_number(n, r, range, s.*member); }};
}

template <typename S>
Field<S> flag(std::string_view name, bool S::*member) {
  return {name, [=](const Node& n, const Reading& r, S& s) { read_flag(n, r, s.*member); }};
}

}  // namespace daybook
