// How much a paper's fields may hold. No paper of arXiv comes near: its abstracts have at most 1,920 characters, its
// longest lists of authors some 5,000 names. What is longer is damage, or an attack on whoever has to show it.
#pragma once

#include <cstddef>
#include <string>

#include "paper/paper.h"

namespace daybook {

inline constexpr std::size_t field_bytes_max = std::size_t{64} << 10U;     // a text's, or a name's
inline constexpr std::size_t name_list_bytes_max = std::size_t{1} << 20U;  // all authors' in one text
inline constexpr std::size_t authors_max = 10000;
inline constexpr std::size_t categories_max = 100;

// Cuts what is longer. Returns the names of the fields that it cut, "title, abstract"; empty: none.
std::string cut_to_limits(Paper& paper);

}  // namespace daybook
