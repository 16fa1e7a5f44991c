// Words that tell some papers from others: what a like or a dislike speaks for, in words that can be shown.
//
// Log odds of a word's being in a paper, over their standard error, with half a paper added to each count; after
// Monroe, Colaresi, Quinn: "Fightin' Words", 2008, https://doi.org/10.1093/pan/mpn018. A word in only one paper tells
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// The words and pairs of words of a paper's title and abstract, each as a hash of their stems; ascending.
using PaperTerms = std::vector<std::uint64_t>;
PaperTerms terms_of(const Paper& paper);

// The most telling first, at most so many, in the form that most of the papers have them in ("KV cache"); no word is in
// two of them.
std::vector<std::string> telling_words(const std::vector<const Paper*>& papers,
                                       const std::vector<const PaperTerms*>& others, std::size_t most);

}  // namespace daybook
