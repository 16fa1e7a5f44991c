// What thirty papers that an owner likes through issues change, on the labelled papers where they are at hand: set
// DAYBOOK_SHARED to the folder that has data/. The owner likes papers on compression, the newest that an LLM selected
// before the replay begins; counted are the pairs of selected papers, one on compression and one not, in which the
// former stands above.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "core/json_writer.h"
#include "platform/gzip.h"
#include "rank/labelled.h"
#include "store/library_cache.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

bool is_on_compression(const Paper& paper) {
  const std::string title = ascii_lower(paper.title);
  constexpr std::array words = {"compress", "quantiz", "quantis", "prun", "distill", "low-rank", "low-bit", "sparsif"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return title.find(word) != title.npos; });
}

// Selected papers, the oldest first.
std::vector<Paper> selected(const std::string& path) {
  const auto text = read_file_unpacked(path);
  REQUIRE(text);
  Errors errors;
  std::vector<Paper> papers;
  for (const LabelledDay& day : read_labelled(*text, path, errors))
    for (const LabelledPaper& paper : day.papers)
      if (paper.selected) papers.push_back(paper.paper);
  REQUIRE(errors.empty());
  return papers;
}

class LabelledOwner {
 public:
  explicit LabelledOwner(const std::string& data) : train_(data + "/train.jsonl.gz"), dev_(data + "/dev.jsonl.gz") {
    put(folder_ / "config/daybook.toml",
        "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n");
  }

  // Thirty likes in one issue, whose texts arXiv has given already.
  void like() {
    const std::vector<Paper> papers = selected(train_);
    std::string body = "### Papers\n\n";
    LibraryCache cache;
    for (auto paper = papers.rbegin(); paper != papers.rend() && cache.papers.size() < 30; ++paper)
      if (is_on_compression(*paper) && cache.papers.emplace(paper->id, *paper).second) body += "+ " + paper->id + '\n';
    REQUIRE(cache.papers.size() == 30);
    REQUIRE(keep_library_cache(folder_ / "state", cache));
    JsonWriter issue;
    issue.object([&] {
      issue.put("number", 1);
      issue.put("body", body);
    });
    put(folder_ / "issue.json", issue.text());
    run({"feedback", "--issue", folder_ / "issue.json", "--answer", folder_ / "answer.md"});
  }

  // The share of pairs in order.
  double replay(const std::string& labels) {
    run({"replay", dev_, "--warmup", train_, "--labels", labels, "--scores", folder_ / "scores.tsv"});
    std::map<std::string, double> scores;
    std::istringstream lines(bytes_of(folder_ / "scores.tsv"));
    std::string date, id;
    for (double score = 0, sent = 0; lines >> date >> id >> score >> sent;) scores[id] = score;
    std::vector<double> on, off;
    for (const Paper& paper : selected(dev_)) (is_on_compression(paper) ? on : off).push_back(scores.at(paper.id));
    double in_order = 0;
    for (const double a : on)
      for (const double b : off) in_order += a > b ? 1 : a == b ? 0.5 : 0;
    return in_order / static_cast<double>(on.size() * off.size());
  }

 private:
  void run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(),
                     {"--config", folder_ / "config/daybook.toml", "--archive", folder_ / "archive", "--state",
                      folder_ / "state", "--interests", DAYBOOK_SOURCE_DIR "/config/interests/foundations-4.toml"});
    Program program(arguments, {}, folder_ / "output");
    INFO(program.output());
    REQUIRE(program.wait() == 0);
  }

  std::string train_, dev_;
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("taste: thirty likes given through an issue put their like above the other selected papers",
          "[feedback][!benchmark]") {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(DAYBOOK_SOURCE_DIR) / ".." / "shared";
  const std::string data = (folder / "data" / "scoring").string();
  if (!std::filesystem::exists(data + "/dev.jsonl.gz")) return;
  for (const char* labels : {"sent", "none"}) {
    LabelledOwner owner(data);
    const double before = owner.replay(labels);
    owner.like();
    const double after = owner.replay(labels);
    WARN("labels " << labels << ": " << 100 * before << " % of pairs in order without likes, " << 100 * after
                   << " % with them");
    CHECK(after > before + 0.02);
  }
}
