// How fast labelled papers become a model, and papers a score: processor time of one thread, from text. On invented
// papers, and where the labelled ones are at hand on these: set DAYBOOK_SHARED to the folder that has data/.
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "platform/disk.h"
#include "platform/gzip.h"
#include "rank/labelled.h"
#include "rank/local.h"
#include "rank/local_model.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::vector<LabelledDay> invented_days(int days, int papers_a_day) {
  std::vector<LabelledDay> made;
  std::uint32_t random = 1;
  // Like a language's: a few words are frequent, most are rare.
  const auto word = [&random] {
    random = random * 1664525U + 1013904223U;
    const double drawn = (random >> 8U) * 0x1p-24;
    return "w" + std::to_string(static_cast<int>(30000 * drawn * drawn * drawn * drawn)) + " ";
  };
  for (int d = 0; d < days; ++d) {
    LabelledDay day{*Date::parse("2099-01-05") + d, {}};
    for (int i = 0; i < papers_a_day; ++i) {
      LabelledPaper labelled;
      labelled.paper.id = "9901." + std::to_string(10000 + i);
      labelled.paper.categories = {"cs.LG", "stat.ML"};
      for (int w = 0; w < 9; ++w) labelled.paper.title += word();
      for (int w = 0; w < 180; ++w) labelled.paper.abstract += word();
      labelled.selected = labelled.paper.abstract.find("w33 ") != std::string::npos;
      day.papers.push_back(std::move(labelled));
    }
    made.push_back(std::move(day));
  }
  return made;
}

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

LocalModel learned(const std::vector<LabelledDay>& days) {
  std::vector<LabelDay> label_days;
  for (const LabelledDay& day : days) {
    LabelDay label_day{day.date, {}};
    for (const LabelledPaper& paper : day.papers)
      label_day.papers.push_back({paper.paper.id, features_of(paper.paper), paper.selected, paper.relevance});
    label_days.push_back(std::move(label_day));
  }
  return learn(label_days, 5);
}

// Each day by itself, by the owner's words and the model.
double score_all(const LocalModel& model, const std::vector<LabelledDay>& days) {
  const std::string path = DAYBOOK_SOURCE_DIR "/config/interests/foundations-4.toml";
  Errors errors;
  const LocalScorer scorer(read_interests(*read_file(path), path, errors));
  double sum = 0;
  for (const LabelledDay& day : days) {
    std::vector<PaperText> papers;
    for (const LabelledPaper& labelled : day.papers) papers.push_back(scorer.read(labelled.paper));
    for (const Score& score : scorer.score(papers, {{}, {}, &model})) sum += *score.local_score;
  }
  return sum;
}

void tell_pace(const std::string& name, const std::vector<LabelledDay>& days) {
  std::size_t papers = 0;
  for (const LabelledDay& day : days) papers += day.papers.size();
  const double begin = seconds();
  const LocalModel model = learned(days);
  const double taught = seconds();
  CHECK(score_all(model, days) > 0);
  const double scored = seconds();
  const auto pace = [papers](double took) {
    return std::to_string(static_cast<long>(static_cast<double>(papers) / std::max(took, 1e-6))) + " papers/s";
  };
  WARN(name << ", " << papers << " papers: text to model in " << taught - begin << " s (" << pace(taught - begin)
            << "), text to score " << pace(scored - taught));
}

}  // namespace

TEST_CASE("learning: papers are learned from and scored", "[learning][!benchmark]") {
  tell_pace("invented", invented_days(40, 300));
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(DAYBOOK_SOURCE_DIR) / ".." / "shared";
  const std::string path = (folder / "data" / "scoring" / "train.jsonl.gz").string();
  if (!std::filesystem::exists(path)) return;
  const auto text = read_file_unpacked(path);
  REQUIRE(text);
  Errors errors;
  const auto days = read_labelled(*text, path, errors);
  REQUIRE(errors.empty());
  tell_pace("labelled", days);
}
