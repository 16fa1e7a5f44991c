// Texts that try to move a scorer, all invented, and honest ones that look a little like them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::test {

struct Injection {
  std::string_view kind;  // "plain", "fields", "disguised" ...
  std::string text;       // a piece of an abstract; names the papers 9901.00002 and 9901.00003 where it names any
  bool is_caught;         // whether guarded() is expected to take it out; others are for the batches' other defences
};

const std::vector<Injection>& injections();

// Sentences of honest papers: none may be taken out.
const std::vector<std::string>& honest_sentences();

}  // namespace daybook::test
