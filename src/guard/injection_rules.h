// Finds sentences that address the scorer instead of describing a paper. Titles and abstracts are other people's text,
// and some of it is written to be obeyed: https://genai.owasp.org/llmrisk/llm01-prompt-injection/
//
// The rules are two tables in the .cpp: classes of words ("ignore disregard forget ..."), and for each kind of
// injection patterns over these classes with the number of words that may stand between. So one pattern covers hundreds
// of wordings, and a new one is a line of the table. A sentence is first reduced to what a model reads: without case,
// accents and letter styles, with words that are spelt out letter by letter, run together, scrambled or encoded
// (base64, hexadecimal) read as the words they are.
//
// Two levels. A certain injection is taken out of the prompt; no honest paper needs such a sentence. A suspicion only
// sends the paper to the LLM alone and marks its verdict, because papers about prompting and reviewing honestly read
// like that at times: a false alarm costs one request, not the paper's text.
//
// The rules are not the only defence, and a wording that none of them knows can still flatter its own paper. That it
// cannot harm others is up to llm/request_scheduler.h (a fence, a request of its own) and llm/verdict.h.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace daybook {

struct InjectionSpan {
  std::size_t start = 0;  // bytes of the text
  std::size_t end = 0;
  // Orders to disregard instructions, the reply's own fields, a chat's role markers, and orders in an encoding.
  bool is_certain = false;
  std::string_view does;  // "asks for a score"
};

// The sentences of a text (visible_text()) that break a rule, in order and without overlap. Takes linear time.
std::vector<InjectionSpan> find_injections(std::string_view text);

}  // namespace daybook
