// JSON laid out for people and diffs: one line, a blank behind each comma and colon. For day/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, double number);  // the shortest form that reads back equal; must be finite
void append_json(std::string& out, const std::vector<std::string>& texts);

// Appends an object's members in the order they are put.
class JsonLine {
 public:
  explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  // Starts a member whose value the caller appends.
  std::string& member(std::string_view name);

  void put(std::string_view name, std::string_view text) { append_json(member(name), text); }
  void put(std::string_view name, const std::vector<std::string>& texts) { append_json(member(name), texts); }
  void put(std::string_view name, long long number) { member(name) += std::to_string(number); }

  // Absent where unknown.
  void put_known(std::string_view name, std::string_view text) {
    if (!text.empty()) put(name, text);
  }
  void put_known(std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) put(name, texts);
  }
  void put_known(std::string_view name, const std::optional<int>& number) {
    if (number) put(name, *number);
  }
  void put_known(std::string_view name, const std::optional<long long>& number) {
    if (number) put(name, *number);
  }
  void put_known(std::string_view name, const std::optional<double>& number);

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace daybook
