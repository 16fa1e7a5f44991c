// Whether a text speaks to the one who scores it, instead of about a paper. Titles and abstracts are other people's
// text, and some of it is written to be obeyed: https://genai.owasp.org/llmrisk/llm01-prompt-injection/
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace daybook {

struct InjectionSpan {
  std::size_t start = 0;  // bytes of the text
  std::size_t end = 0;
  // Orders to disregard instructions, the reply's own fields, marks of a chat's roles, and orders in an encoding: no
  // honest paper needs them. Otherwise an honest paper reads so at times.
  bool is_certain = false;
  std::string_view does;  // "asks for a score"
};

// The sentences of a text (visible_text()) that break a rule, in the text's order, apart from one another.
std::vector<InjectionSpan> find_injections(std::string_view text);

}  // namespace daybook
