#include "core/repeats.h"

namespace daybook {

bool Repeats::is_news(const std::string& text) { return ++times_[text] == 1; }

std::vector<std::string> Repeats::counted() const {
  std::vector<std::string> lines;
  for (const auto& [text, times] : times_)
    if (times > 1) lines.push_back(text + " (and " + std::to_string(times - 1) + " more like it)");
  return lines;
}

}  // namespace daybook
