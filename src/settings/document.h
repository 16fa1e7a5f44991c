// TOML as values of ours, in the file's order, each with its place. toml++ is named in document.cpp alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace daybook {

struct Member;

struct Node {
  enum class Kind { text, whole, number, flag, date, list, table };
  Kind kind = Kind::table;
  int line = 0;  // from 1
  int column = 0;
  std::string text;
  long long whole = 0;
  double number = 0;  // of a whole number too
  bool flag = false;
  std::vector<Node> items;      // of a list
  std::vector<Member> members;  // of a table
};

struct Member {
  std::string name;
  int line = 0;
  int column = 0;
  Node value;
};

// Null where the table has none of that name.
const Member* find_member(const Node& table, std::string_view name);

inline constexpr std::size_t settings_bytes_max = 1U << 20U;

// The whole file as a table, or nothing and an error: too large, not UTF-8, not TOML 1.0 (https://toml.io/en/v1.0.0).
std::optional<Node> read_toml(std::string_view toml, const std::string& source, Errors& errors);

}  // namespace daybook
