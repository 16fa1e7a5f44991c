#include "core/error.h"

#include <algorithm>
#include <utility>

namespace daybook {

std::string describe(const Error& error, std::string_view severity) {
  std::string text = error.place.source;
  if (error.place.line > 0) {
    text += ':' + std::to_string(error.place.line);
    if (error.place.column > 0) text += ':' + std::to_string(error.place.column);
  }
  if (!text.empty()) text += ": ";
  text.append(severity).append(": ").append(error.what).append("\n");
  if (!error.hint.empty()) text.append("  hint: ").append(error.hint).append("\n");
  return text;
}

Place place_at(std::string_view text, std::size_t offset, std::string source) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line_start = before.rfind('\n');
  const auto start = line_start == std::string_view::npos ? 0 : line_start + 1;
  return {std::move(source), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(before.size() - start) + 1};
}

bool Repeats::is_news(const std::string& text) { return ++times_[text] == 1; }

std::vector<std::string> Repeats::counted() const {
  std::vector<std::string> lines;
  for (const auto& [text, times] : times_)
    if (times > 1) lines.push_back(text + " (and " + std::to_string(times - 1) + " more like it)");
  return lines;
}

}  // namespace daybook
