// Texts that try to move a scorer, all invented, and honest ones that look a little like them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::test {

// What sanitize_for_prompt() does with a text: takes it out, has its paper asked about alone, or neither.
enum class Treatment { cut, marked, passes };

struct Injection {
  std::string_view kind;  // "plain", "fields", "disguised" ...
  std::string text;       // a piece of an abstract; names the papers 9901.00002 and 9901.00003 where it names any
  Treatment treatment;
};

const std::vector<Injection>& injections();

// Sentences of honest papers: none is taken out or makes its paper suspect.
const std::vector<std::string>& honest_sentences();

}  // namespace daybook::test
