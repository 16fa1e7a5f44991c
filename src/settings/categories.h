// arXiv's category taxonomy: https://arxiv.org/category_taxonomy
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// A category ("cs.LG", "hep-th"), or an archive ("cs", "math"), whose feed holds all of its categories.
bool is_arxiv_category(std::string_view name);

// The categories of an archive, "cs" -> "cs.AI", "cs.AR" ...; none where it is one itself.
std::vector<std::string> classes_of(std::string_view archive);

// The category that a misspelt one means ("cs.Lg", "cs.LGG", "LG", "csLG"), or empty.
std::string_view nearest_arxiv_category(std::string_view name);

}  // namespace daybook
