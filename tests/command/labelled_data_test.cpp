// Real labelled papers, where they are at hand: set DAYBOOK_SHARED to the folder that has data/.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "platform/gzip.h"
#include "rank/labelled.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::filesystem::path scoring() {
  const char* folder = std::getenv("DAYBOOK_SHARED");
  const auto root =
      folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(DAYBOOK_SOURCE_DIR) / ".." / "shared";
  return root / "data" / "scoring";
}

}  // namespace

TEST_CASE("labelled data: real labelled papers are read to the last, day by day", "[labelled]") {
  if (!std::filesystem::exists(scoring())) {
    WARN("skipped: no shared data");
    return;
  }
  for (const char* name : {"train.jsonl.gz", "dev.jsonl.gz"}) {
    const auto text = read_file_unpacked(scoring() / name);
    REQUIRE(text);
    Errors errors;
    const auto days = read_labelled(*text, name, errors);
    CHECK(errors.empty());
    std::size_t papers = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (i > 0) CHECK(days[i - 1].date < days[i].date);
      papers += days[i].papers.size();
      for (const LabelledPaper& one : days[i].papers)
        odd += one.paper.title.empty() || one.paper.abstract.empty() || one.paper.categories.empty() ||
               one.paper.authors.empty() || one.model.empty() || one.selected != one.relevance.has_value();
    }
    CHECK(papers == static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')));
    CHECK(odd == 0);
  }
}
