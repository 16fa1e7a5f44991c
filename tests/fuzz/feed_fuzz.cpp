// A feed, however broken, gives whole papers or an error that says something.
#include "fuzz/input.h"
#include "paper/merge.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Errors errors;
  const auto feed = read_feed(fuzz::text_of(data, size), "fuzz.xml", errors);
  if (!feed) {
    fuzz::promise(!feed.error().what.empty());
    return 0;
  }
  for (const auto& paper : feed->papers) fuzz::promise(!paper.id.empty() && !paper.title.empty());
  for (const auto& error : errors) fuzz::promise(!error.what.empty());
  ArxivSettings settings;
  settings.announce = {AnnounceType::new_, AnnounceType::cross, AnnounceType::replace, AnnounceType::replace_cross};
  fuzz::promise(wanted_papers({*feed}, settings).size() <= feed->papers.size());
  return 0;
}
