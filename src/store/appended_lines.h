/// AppendedLines is a file of the archive with a JSON object a line, which is appended to and never rewritten: what was
/// said stays said, and two branches of it are joined by the union of their lines.
///
/// A line that is cut off or damaged is passed over, so that a killed process never spoils what others wrote. Below the
/// archive no symbolic link is followed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/result.h"
#include "core/text.h"
#include "day/json_fields.h"
#include "platform/disk.h"

namespace daybook {

class AppendedLines {
 public:
  // A file that does not exist yet has no lines.
  static Result<AppendedLines> open(const std::string& archive, const std::string& name);

  // What the file held when it was opened. Lines that can't be read are `damaged`, each with this hint.
  template <typename Line>
  std::vector<Line> lines(const std::string& hint, Errors& damaged) const {
    std::vector<Line> all;
    int number = 0;
    for (const std::string_view text : split(text_, '\n')) {
      ++number;
      if (trim(text).empty()) continue;
      auto read = read_json<Line>(std::string(text), path_);
      if (read) {
        all.push_back(std::move(*read));
      } else {
        damaged.push_back(damaged_line(number, read.error(), hint));
      }
    }
    return all;
  }

  // In one write. On return the lines outlive a power failure.
  template <typename Line>
  Result<Done> append(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) text += write_json(line) + '\n';
    return append_text(text);
  }

 private:
  AppendedLines(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  Result<Done> append_text(const std::string& text);
  Error damaged_line(int number, const Error& fault, const std::string& hint) const;

  std::string path_;
  std::string text_;
  bool ends_in_line_ = true;  // false: a killed process left half a line
  std::optional<AppendedFile> file_;
};

}  // namespace daybook
