// arXiv's categories: https://arxiv.org/category_taxonomy
#pragma once

#include <string_view>

namespace daybook {

// Whether a paper's category is the one asked for, or lies in the archive asked for ("cs" holds "cs.LG").
inline bool is_within(std::string_view category, std::string_view asked) {
  return category.starts_with(asked) && (category.size() == asked.size() || category[asked.size()] == '.');
}

}  // namespace daybook
