// Makes a paper's title and abstract safe to put into a prompt.
//
// In this order: invisible characters go (controls, zero-width and bidirectional ones, tag characters, which people do
// not see and LLMs read); arXiv ids become "[a paper]", so that no abstract can name another paper's entry; sentences
// that are certain to be an injection are cut out (guard/injection_rules.h). What remains may form a new sentence, so
// all of this is repeated; a text that keeps yielding injections is dropped as a whole.
//
// Suspicious sentences are kept, since honest papers have them too: the paper is asked about alone, and its verdict is
// marked. Only the prompt is changed; records and pages show the text as its authors wrote it.
#pragma once

#include <string>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// Title and abstract are valid UTF-8 on one line each. Either may be empty.
struct PromptText {
  std::string title;
  std::string abstract;
  // The first rule that the text breaks: "asks for a score". Empty: none, and nothing is removed.
  std::string suspicion;
  // Excerpts of what was taken out, for the log: one line each, at most 160 bytes, title first.
  std::vector<std::string> removed;
  bool operator==(const PromptText&) const = default;
};

PromptText sanitize_for_prompt(const Paper& paper);

}  // namespace daybook
