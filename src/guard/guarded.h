// What of a paper is shown to an LLM. Titles and abstracts are other people's text, and some of it is written to be
// obeyed: https://genai.owasp.org/llmrisk/llm01-prompt-injection/
#pragma once

#include <string>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// Both fields are valid UTF-8 on one line, without characters that nobody sees, without anything shaped like an arXiv
// id
// ("[a paper]" stands there), and without sentences that speak to the one who scores. Either may be empty.
struct Guarded {
  std::string title;
  std::string abstract;
  // What was taken out because it speaks to the scorer, as excerpts for the log: one line each, at most 160 bytes,
  // title first; empty: nothing. Such a paper is best asked about alone.
  std::vector<std::string> removed;
  bool operator==(const Guarded&) const = default;
};

Guarded guarded(const Paper& paper);

}  // namespace daybook
