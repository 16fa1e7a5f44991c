#include "settings/field.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t items_max = 2000;

// In the order of Node::Kind.
constexpr std::array<std::string_view, 7> kind_names = {
    "text", "a whole number", "a number with a fraction", "true or false", "a date", "a list", "a section"};

std::string_view kind_name(Node::Kind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

// Numbers as the owner would write them: 7, 0.04, -1.
std::string number_text(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", number);
  return text.data();
}

std::string range_text(Range range) { return "from " + number_text(range.least) + " to " + number_text(range.most); }

bool is_number(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}

void wrong_kind(const Node& node, const Reading& reading, std::string_view wanted, std::string hint) {
  std::string what = reading.subject + " is " + std::string(kind_name(node.kind)) + ", not " + std::string(wanted);
  reading.fault(node, std::move(what), std::move(hint));
}

// The hint for a number's place with something else in it.
std::string number_hint(const Node& node, std::string_view wanted, Range range) {
  if (node.kind == Node::Kind::text && is_number(node.text)) return "remove the quotation marks";
  return "write " + std::string(wanted) + " " + range_text(range);
}

constexpr const char* quote_it = "put it between quotation marks, \"like this\"";

// A text that passed the rule, or nothing.
std::optional<std::string> checked(const Node& node, const Reading& reading, TextRule rule) {
  std::string text = node.text;
  auto fault = rule(text);
  if (!fault) return text;
  reading.fault(node, reading.subject + (fault->what[0] == '"' ? ": " : " ") + fault->what, std::move(fault->hint));
  return std::nullopt;
}

}  // namespace

void read_value(const Node& node, const Reading& reading, std::string& to, TextRule rule) {
  if (node.kind != Node::Kind::text) {
    wrong_kind(node, reading, "text", quote_it);
  } else if (auto text = checked(node, reading, rule)) {
    to = std::move(*text);
  }
}

void read_value(const Node& node, const Reading& reading, std::vector<std::string>& to, TextRule rule) {
  if (node.kind != Node::Kind::list)
    return wrong_kind(node, reading, "a list of texts", "write it between brackets, [\"one\", \"another\"]");
  if (is_too_long(node, reading)) return;
  to.clear();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    if (item.kind != Node::Kind::text) {
      const Reading of_item{"value " + std::to_string(i + 1) + " of " + reading.subject, reading.source,
                            reading.errors};
      wrong_kind(item, of_item, "text", quote_it);
    } else if (auto text = checked(item, reading, rule)) {
      // Twice the same says nothing more.
      if (std::find(to.begin(), to.end(), *text) == to.end()) to.push_back(std::move(*text));
    }
  }
}

void read_value(const Node& node, const Reading& reading, int& to, Range range) {
  constexpr std::string_view wanted = "a whole number";
  if (node.kind != Node::Kind::whole) {
    wrong_kind(node, reading, wanted, number_hint(node, wanted, range));
  } else if (node.number < range.least || node.number > range.most) {
    reading.fault(node, reading.subject + " is " + std::to_string(node.whole), number_hint(node, wanted, range));
  } else {
    to = static_cast<int>(node.whole);
  }
}

void read_value(const Node& node, const Reading& reading, double& to, Range range) {
  std::optional<double> number;
  read_value(node, reading, number, range);
  to = number.value_or(to);
}

void read_value(const Node& node, const Reading& reading, std::optional<double>& to, Range range) {
  constexpr std::string_view wanted = "a number";
  if (node.kind != Node::Kind::whole && node.kind != Node::Kind::number) {
    wrong_kind(node, reading, wanted, number_hint(node, wanted, range));
  } else if (!(node.number >= range.least && node.number <= range.most)) {  // so that NaN fails too
    reading.fault(node, reading.subject + " is " + number_text(node.number), number_hint(node, wanted, range));
  } else {
    to = node.number;
  }
}

void read_value(const Node& node, const Reading& reading, bool& to) {
  if (node.kind != Node::Kind::flag)
    return wrong_kind(node, reading, "true or false", "write true or false, without quotation marks");
  to = node.flag;
}

bool is_too_long(const Node& list, const Reading& reading) {
  if (list.items.size() <= items_max) return false;
  reading.fault(list, reading.subject + " has " + std::to_string(list.items.size()) + " entries",
                "keep to " + std::to_string(items_max) + " at most");
  return true;
}

void report_in_order(Errors found, Errors& errors) {
  std::stable_sort(found.begin(), found.end(), [](const Error& a, const Error& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  errors.insert(errors.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

}  // namespace daybook
