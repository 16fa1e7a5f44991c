// Whatever a title or an abstract says, what is sent is one line without another paper's id, and cleaning it again
// finds nothing more.
#include <algorithm>

#include "core/text.h"
#include "fuzz/input.h"
#include "guard/addressed_ids.h"
#include "guard/guarded.h"

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
  const Guarded once = guarded(paper);
  check(once.title);
  check(once.abstract);
  for (const auto& excerpt : once.removed) fuzz::promise(is_utf8(excerpt) && excerpt.size() <= 160 && !excerpt.empty());
  paper.title = once.title;
  paper.abstract = once.abstract;
  fuzz::promise(guarded(paper) == Guarded{once.title, once.abstract, {}});
  return 0;
}
