#include "settings/document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "settings/syntax.h"

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
    return Error{Kind::misuse, {source, 0, 0}, "the file is larger than a mebibyte", "is it the settings' file?"};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    if (!is_utf8(lines[i]))
      return Error{Kind::misuse, {source, line, 0}, "the line is not UTF-8 text", "save the file as UTF-8"};
    if (std::count(lines[i].begin(), lines[i].end(), '.') > dots_max)
      return Error{Kind::misuse, {source, line, 0}, "the line has more than 1000 dots", "break it into several lines"};
  }
  return std::nullopt;
}

}  // namespace

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
    auto [what, mend] = explain_syntax(error.description());
    errors.push_back(
        {Kind::misuse, {source, static_cast<int>(at.line), byte_column(lines, at)}, std::move(what), std::move(mend)});
    return std::nullopt;
  }
}

}  // namespace daybook
