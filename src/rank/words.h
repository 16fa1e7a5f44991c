// Text as the local scorer sees it: a sequence of word stems without the words that say nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// A stem's hash, FNV-1a; 0 stands for the end of a sentence, over which no phrase reaches.
using Stem = std::uint64_t;
inline constexpr Stem sentence_end = 0;

// An English word in lower case without its endings, alike for the forms of one word: quantization, quantized and
// quantizing are "quantiz"; sparse, sparsity and sparsify are "spars". Words of other alphabets and numbers stay.
std::string stemmed(std::string_view word);

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Words {
  std::vector<Stem> stems;
  std::vector<Span> spans;  // where each stands in the text, parallel to `stems`
};

// Words of plain text, in order. Hyphens divide words, and "pre-training" is "pretraining" again. Stop words go, so
// that "mixture of experts" and "mixture-of-experts" are the same two words.
Words words(std::string_view plain);

Stem hashed(std::string_view stem);

}  // namespace daybook
