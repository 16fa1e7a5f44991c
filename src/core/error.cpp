#include "core/error.h"

#include <algorithm>
#include <utility>

namespace daybook {

namespace {

std::string describe_as(std::string_view word, const Error& error) {
  std::string text = error.place.source;
  if (error.place.line > 0) {
    text += ':' + std::to_string(error.place.line);
    if (error.place.column > 0) text += ':' + std::to_string(error.place.column);
  }
  if (!text.empty()) text += ": ";
  text.append(word).append(": ").append(error.what).append("\n");
  if (!error.hint.empty()) text.append("  hint: ").append(error.hint).append("\n");
  return text;
}

}  // namespace

std::string describe(const Error& error) { return describe_as("error", error); }

std::string describe_warning(const Error& error) { return describe_as("warning", error); }

Place place_at(std::string_view text, std::size_t offset, std::string source) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line_start = before.rfind('\n');
  const auto start = line_start == std::string_view::npos ? 0 : line_start + 1;
  return {std::move(source), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(before.size() - start) + 1};
}

}  // namespace daybook
