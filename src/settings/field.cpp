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

std::string_view kind_name(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::text:
      return "text";
    case Node::Kind::whole:
      return "a whole number";
    case Node::Kind::number:
      return "a number with a fraction";
    case Node::Kind::flag:
      return "true or false";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::table:
      break;
  }
  return "a section";
}

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

void wrong_kind(const Node& node, const Reading& reading, std::string_view wanted, std::string mend) {
  std::string what = reading.subject + " is " + std::string(kind_name(node.kind)) + ", not " + std::string(wanted);
  reading.fault(node, std::move(what), std::move(mend));
}

// The mend for a number's place with something else in it.
std::string number_mend(const Node& node, std::string_view wanted, Range range) {
  if (node.kind == Node::Kind::text && is_number(node.text)) return "take the quotation marks away";
  return "write " + std::string(wanted) + " " + range_text(range);
}

// A text that passed the rule, or nothing.
std::optional<std::string> checked(const Node& node, const Reading& reading, TextRule rule) {
  std::string text = node.text;
  if (auto fault = rule(text)) {
    reading.fault(node, reading.subject + (fault->what[0] == '"' ? ": " : " ") + fault->what, std::move(fault->mend));
    return std::nullopt;
  }
  return text;
}

}  // namespace

void read_text(const Node& node, const Reading& reading, TextRule rule, std::string& to) {
  if (node.kind != Node::Kind::text) {
    wrong_kind(node, reading, "text", "put it between quotation marks, \"like this\"");
  } else if (auto text = checked(node, reading, rule)) {
    to = std::move(*text);
  }
}

void read_texts(const Node& node, const Reading& reading, TextRule rule, std::vector<std::string>& to) {
  if (node.kind != Node::Kind::list) {
    wrong_kind(node, reading, "a list of texts", "write it between brackets, [\"one\", \"another\"]");
    return;
  }
  if (is_too_long(node, reading)) return;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    if (item.kind != Node::Kind::text) {
      reading.fault(item,
                    "value " + std::to_string(i + 1) + " of " + reading.subject + " is " +
                        std::string(kind_name(item.kind)) + ", not text",
                    "put it between quotation marks, \"like this\"");
    } else if (auto text = checked(item, reading, rule)) {
      // Twice the same says nothing more.
      if (std::find(texts.begin(), texts.end(), *text) == texts.end()) texts.push_back(std::move(*text));
    }
  }
  to = std::move(texts);
}

void read_whole(const Node& node, const Reading& reading, Range range, int& to) {
  constexpr std::string_view wanted = "a whole number";
  if (node.kind != Node::Kind::whole) {
    wrong_kind(node, reading, wanted, number_mend(node, wanted, range));
  } else if (node.number < range.least || node.number > range.most) {
    reading.fault(node, reading.subject + " is " + std::to_string(node.whole), number_mend(node, wanted, range));
  } else {
    to = static_cast<int>(node.whole);
  }
}

void read_number(const Node& node, const Reading& reading, Range range, double& to) {
  constexpr std::string_view wanted = "a number";
  if (node.kind != Node::Kind::whole && node.kind != Node::Kind::number) {
    wrong_kind(node, reading, wanted, number_mend(node, wanted, range));
  } else if (!(node.number >= range.least && node.number <= range.most)) {  // so that NaN fails too
    reading.fault(node, reading.subject + " is " + number_text(node.number), number_mend(node, wanted, range));
  } else {
    to = node.number;
  }
}

void read_number(const Node& node, const Reading& reading, Range range, std::optional<double>& to) {
  const std::size_t faults = reading.errors.size();
  double number = 0;
  read_number(node, reading, range, number);
  if (reading.errors.size() == faults) to = number;
}

void read_flag(const Node& node, const Reading& reading, bool& to) {
  if (node.kind != Node::Kind::flag) {
    wrong_kind(node, reading, "true or false", "write true or false, without quotation marks");
  } else {
    to = node.flag;
  }
}

bool is_too_long(const Node& list, const Reading& reading) {
  if (list.items.size() <= items_max) return false;
  reading.fault(list, reading.subject + " has " + std::to_string(list.items.size()) + " entries",
                "keep to " + std::to_string(items_max) + " at most");
  return true;
}

void refuse_empty(const Node& node, const Reading& reading, std::string_view example) {
  if (node.kind == Node::Kind::list && node.items.empty())
    reading.fault(node, reading.subject + " is empty", "name one at least, as in " + std::string(example));
}

void report_in_order(Errors found, Errors& errors) {
  std::stable_sort(found.begin(), found.end(), [](const Error& a, const Error& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  errors.insert(errors.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

}  // namespace daybook
