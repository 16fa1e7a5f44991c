#include "settings/document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "settings/rules.h"

namespace daybook {

namespace {

// Deeper nesting than any setting has; what lies below is left out and so can't exhaust the stack.
constexpr int depth_max = 8;

// A header of a hundred thousand dots would make as many tables inside each other, and toml++ takes them down
// recursively. No line of prose has so many.
constexpr std::ptrdiff_t dots_max = 1000;

using Lines = std::vector<std::string_view>;

// toml++ counts code points, we count bytes.
int byte_column(const Lines& lines, const toml::source_position& at) {
  if (at.line == 0 || at.line > lines.size()) return static_cast<int>(at.column);
  const std::string_view line = lines[at.line - 1];
  std::size_t byte = 0;
  for (toml::source_index left = at.column; left > 1 && byte < line.size(); --left) next_code_point(line, byte);
  return static_cast<int>(byte) + 1;
}

Node converted(const toml::node& from, const Lines& lines, int depth);

void convert_list(const toml::array& from, const Lines& lines, int depth, Node& to) {
  to.kind = Node::Kind::list;
  if (depth == depth_max) return;
  for (const toml::node& item : from) to.items.push_back(converted(item, lines, depth + 1));
}

void convert_table(const toml::table& from, const Lines& lines, int depth, Node& to) {
  to.kind = Node::Kind::table;
  if (depth == depth_max) return;
  for (const auto& [key, value] : from) {
    const auto at = key.source().begin;
    to.members.push_back({std::string(key.str()), static_cast<int>(at.line), byte_column(lines, at),
                          converted(value, lines, depth + 1)});
  }
  std::stable_sort(to.members.begin(), to.members.end(), [](const Member& a, const Member& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
}

Node converted(const toml::node& from, const Lines& lines, int depth) {
  Node to;
  to.line = static_cast<int>(from.source().begin.line);
  to.column = byte_column(lines, from.source().begin);
  if (const auto* table = from.as_table()) {
    convert_table(*table, lines, depth, to);
  } else if (const auto* list = from.as_array()) {
    convert_list(*list, lines, depth, to);
  } else if (const auto* text = from.as_string()) {
    to.kind = Node::Kind::text;
    to.text = text->get();
  } else if (const auto* whole = from.as_integer()) {
    to.kind = Node::Kind::whole;
    to.whole = whole->get();
    to.number = static_cast<double>(to.whole);
  } else if (const auto* number = from.as_floating_point()) {
    to.kind = Node::Kind::number;
    to.number = number->get();
  } else if (const auto* flag = from.as_boolean()) {
    to.kind = Node::Kind::flag;
    to.flag = flag->get();
  } else {
    to.kind = Node::Kind::date;
  }
  return to;
}

// What can be told from the bytes alone, before toml++ sees them.
std::optional<Error> unreadable(std::string_view toml, const Lines& lines, const std::string& source) {
  if (toml.size() > settings_bytes_max)
    return Error{Kind::misuse, {source, 0, 0}, "the file is larger than a mebibyte", "is this the settings file?"};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    if (!is_utf8(lines[i]))
      return Error{Kind::misuse, {source, line, 0}, "the line is not UTF-8 text", "save the file as UTF-8"};
    if (std::count(lines[i].begin(), lines[i].end(), '.') > dots_max)
      return Error{Kind::misuse, {source, line, 0}, "the line has more than 1000 dots", "break it into several lines"};
  }
  return std::nullopt;
}

struct Explanation {
  std::string_view says;    // part of toml++'s description
  std::string_view within;  // what it was reading; empty: anything
  std::string_view what;
  std::string_view hint;
};

constexpr std::string_view a_line = "a line is a [section], a name = value, or a comment after #";
constexpr std::string_view close_text = "close it with \", or put text of several lines between \"\"\" and \"\"\"";
constexpr std::string_view quote =
    "put text between quotation marks, \"like this\"; true, false and numbers are written without them";

// The first that fits is taken: the special before the general.
constexpr std::array<Explanation, 20> explanations = {{
    {"encountered end-of-file", "string", "the file ends inside a text", close_text},
    {"encountered end-of-file", "array", "the file ends inside a list", "close the list with ]"},
    {"encountered end-of-file", "table header", "the file ends inside a section's name", "close it with ]"},
    {"encountered end-of-file", "inline table", "the file ends inside { }", "close it with }"},
    {"encountered end-of-file", "", "the file ends in the middle of a setting", a_line},
    {"control characters", "string", "the text has no closing quotation mark on its line", close_text},
    {"unknown escape sequence", "", "the backslash does not start an escape sequence of TOML",
     "write \\\\ for a backslash, or put the text between ' and ', where it stands for itself"},
    {"expected '='", "", "= is missing after the setting's name", a_line},
    {"expected value", "key-value pair", "the value is missing after =", quote},
    {"expected value", "array", "a list's value is missing", "remove the extra comma"},
    {"could not determine value type", "", "this is not a valid value", quote},
    {"expected 'true'", "", "this is not a valid value", quote},
    {"expected 'false'", "", "this is not a valid value", quote},
    {"expected comma or closing ']'", "", "a comma or the closing ] of the list is missing here",
     "write a comma between a list's values, and ] at its end"},
    {"expected a comment or whitespace", "", "there is extra text after the value", "put it on a new line"},
    {"expected ']'", "table header", "the section's name has no closing ]", "write [section], or [[topic]]"},
    {"blank bare keys", "", "the section has no name", "write [section], or [[topic]]"},
    {"leading zeroes", "", "a number starts with a zero", "remove the zero"},
    {"not representable", "", "the number is too large", "write a smaller one"},
    {"expected keys, tables", "", "a setting cannot begin like this", a_line},
}};

// The last word that toml++ puts between ' and ': the name in "cannot redefine existing integer 'retries'".
std::string_view quoted_name(std::string_view text) {
  const auto end = text.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  const auto start = text.rfind('\'', end - 1);
  return start == std::string_view::npos ? std::string_view() : text.substr(start + 1, end - start - 1);
}

// Where a heading comes a second time: what it must look like, both times or once.
std::string heading_hint(const std::string& name) {
  if (name == "topic" || name == "author") return "write [[" + name + "]] each time, with two brackets on either side";
  return "put all of its settings under one [" + name + ']';
}

Fault redefined(std::string_view says) {
  const auto start = says.find('\'') + 1;
  const std::string first(says.substr(start, says.find('\'', start) - start));
  if (says.find("array '") != says.npos && says.find("as table") != says.npos)
    return {'[' + first + "] was [[" + first + "]] before", heading_hint(first)};
  // Of a name in quotation marks toml++ repeats the first letters ("momodel"): the place tells which is meant.
  const std::string_view name = quoted_name(says);
  if (name.find('"') != name.npos) return {"this name is already defined", "keep one of the two"};
  if (says.find("table '") != says.npos) return {'[' + first + "] is already defined", heading_hint(first)};
  return {"\"" + std::string(name) + "\" is already defined", "keep one of the two"};
}

// What toml++ says of text that is no TOML ("Error while parsing array: encountered end-of-file"), in words for the
// owner of the file.
Fault explain_syntax(std::string_view description) {
  constexpr std::string_view opening = "Error while parsing ";
  std::string_view says = description;
  std::string_view within;
  if (says.starts_with(opening)) {
    says.remove_prefix(opening.size());
    const auto colon = says.find(": ");
    within = says.substr(0, colon);
    if (colon != says.npos) says.remove_prefix(colon + 2);
  }
  if (says.find("cannot redefine") != says.npos) return redefined(says);
  for (const Explanation& e : explanations) {
    if (says.find(e.says) != says.npos && within.find(e.within) != within.npos)
      return {std::string(e.what), std::string(e.hint)};
  }
  return {"this is not TOML: " + std::string(says), "see https://toml.io for how it is written"};
}

}  // namespace

const Member* find_member(const Node& table, std::string_view name) {
  for (const Member& member : table.members)
    if (member.name == name) return &member;
  return nullptr;
}

std::optional<Node> read_toml(std::string_view toml, const std::string& source, Errors& errors) {
  const Lines lines = split(toml, '\n');
  if (auto error = unreadable(toml, lines, source)) {
    errors.push_back(std::move(*error));
    return std::nullopt;
  }
  // The distributions' libraries are built with exceptions, and a program must match them; none leaves this function.
  try {
    return converted(toml::parse(toml), lines, 0);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    auto [what, hint] = explain_syntax(error.description());
    errors.push_back(
        {Kind::misuse, {source, static_cast<int>(at.line), byte_column(lines, at)}, std::move(what), std::move(hint)});
    return std::nullopt;
  }
}

}  // namespace daybook
