// Sentences that speak to the one who scores, instead of about a paper.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

struct AddressedSpan {
  std::size_t start = 0;  // bytes of the text
  std::size_t end = 0;
  std::string_view why;  // the rule, for tests and for whoever tunes it: "disregard instructions"
};

// The sentences of a text (visible_text) that tell the scorer what to do, name the fields of its reply, pretend to be
// another speaker, or hide such words in an encoding. In the text's order, apart from one another.
std::vector<AddressedSpan> addressed_spans(std::string_view text);

}  // namespace daybook
