#include <algorithm>

#include "tex/spans.h"

namespace daybook {

std::size_t Braces::close_of(std::size_t open) {
  if (!matched_) match();
  const auto at = std::lower_bound(pairs_.begin(), pairs_.end(), std::pair<std::size_t, std::size_t>(open, 0));
  return at != pairs_.end() && at->first == open ? at->second : std::string_view::npos;
}

void Braces::match() {
  matched_ = true;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tex_.size(); ++i) {
    if (tex_[i] == '\\') {
      ++i;
    } else if (tex_[i] == '{') {
      open.push_back(i);
    } else if (tex_[i] == '}' && !open.empty()) {
      pairs_.emplace_back(open.back(), i);
      open.pop_back();
    }
  }
  std::sort(pairs_.begin(), pairs_.end());
}

}  // namespace daybook
