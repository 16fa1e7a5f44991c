// Whatever a title or an abstract says, what is sent is one line without another paper's id, and cleaning it again
// finds nothing more.
#include <algorithm>

#include "core/text.h"
#include "fuzz/input.h"
#include "guard/sanitize_for_prompt.h"
#include "guard/visible_text.h"

using namespace daybook;

namespace {

void check(const std::string& text) {
  fuzz::promise(is_utf8(text));
  fuzz::promise(std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
  fuzz::promise(without_arxiv_ids(text) == text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Paper paper;
  paper.abstract = fuzz::text_of(data, size);
  paper.title = paper.abstract.substr(0, size / 2);
  const PromptText once = sanitize_for_prompt(paper);
  check(once.title);
  check(once.abstract);
  for (const auto& excerpt : once.removed) fuzz::promise(is_utf8(excerpt) && excerpt.size() <= 160 && !excerpt.empty());
  paper.title = once.title;
  paper.abstract = once.abstract;
  const PromptText twice = sanitize_for_prompt(paper);
  fuzz::promise(twice.removed.empty() && twice.title == once.title && twice.abstract == once.abstract);
  return 0;
}
