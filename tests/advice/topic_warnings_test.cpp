// daybook check on topics that are too wide or find nothing, as the records tell.
#include "day/record.h"
#include "store/settings_snapshot.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date first = *Date::from_parts(2099, 1, 5);
constexpr const char* days_later = "2099-01-14T15:00:00Z";

// Recorded days, and how many papers each has.
struct Days {
  int days = 5;
  int shown_moss = 4;
  int shown_fern = 2;
  int near_moss = 0;
  int beyond = 0;  // the day's most: they reach the cut-off, and their topic is not on record
  int rest = 14;   // do not reach the cut-off
};

Entry entry(const std::string& id, const std::string& topic) {
  Entry entry;
  entry.paper.id = id;
  entry.paper.title = "On " + topic;
  entry.score.relevance = 7;
  entry.score.topic = topic;
  return entry;
}

Other other(const std::string& id, int relevance) {
  Other other;
  other.id = id;
  other.score.relevance = relevance;
  return other;
}

class Owner {
 public:
  explicit Owner(const Days& days) {
    put(folder_ / "daybook.toml",
        "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"q-bio\"]\n[[topic]]\nname = \"Moss\"\n"
        "keep = \"moss\"\n[[topic]]\nname = \"Fern\"\nkeep = \"ferns\"\n");
    for (int i = 0; i < days.days; ++i) record(first + i, days);
  }

  // What `daybook check` says before "settings, templates and ...", without the folder's name.
  std::string warnings(const std::string& now = days_later) const {
    Program program({"check", "-q", "--config", folder_ / "daybook.toml", "--archive", folder_ / "archive", "--state",
                     folder_ / "state"},
                    {{"DAYBOOK_NOW", now}}, folder_ / "output");
    CHECK(program.wait() == 0);
    std::string said = program.output();
    const std::string name = folder_.path() + '/';
    for (auto at = said.find(name); at != std::string::npos; at = said.find(name)) said.erase(at, name.size());
    return said.substr(0, said.find("settings, templates and"));
  }

  // As after a run with these topics, in force since a day.
  void remember(Interests interests, Date since) {
    CHECK(keep_snapshot(folder_ / "state", {std::move(interests), "gpt-4.1-mini", "", since}));
  }
  Interests interests() const {
    Errors errors;
    return read_settings(bytes_of(folder_ / "daybook.toml"), "daybook.toml", errors).interests;
  }

 private:
  void record(Date date, const Days& days) {
    int papers = 10'000 + 100 * date.day();
    const auto id = [&] { return "9901." + std::to_string(++papers); };
    Day day;
    day.date = date;
    std::vector<Other> others;
    for (int i = 0; i < days.shown_moss; ++i) day.papers.push_back(entry(id(), "moss"));
    for (int i = 0; i < days.shown_fern; ++i) day.papers.push_back(entry(id(), "fern"));
    for (int i = 0; i < days.near_moss; ++i) {
      day.near_misses.push_back(entry(id(), "moss"));
      others.push_back(other(day.near_misses.back().paper.id, 7));
    }
    for (int i = 0; i < days.beyond; ++i) others.push_back(other(id(), 7));
    for (int i = 0; i < days.rest; ++i) others.push_back(other(id(), 3));
    put(folder_ / ("archive/2099/" + date.iso() + ".json"), write_record(day));
    put(folder_ / ("archive/2099/" + date.iso() + ".others.jsonl"), write_others(others));
  }

  TemporaryFolder folder_;
};

std::string too_wide(const std::string& papers) {
  return "daybook.toml: warning: topic \"Moss\" is the best fit of " + papers +
         " papers read on the last 5 recorded days (relevance 7 or more)\n"
         "  hint: keep only keywords that other papers lack, or raise relevance in [select]; \"daybook preview\" shows "
         "what an edit changes\n";
}

constexpr const char* none_of_ferns =
    "daybook.toml: warning: topic \"Fern\" shows none of the 100 papers read on the last 5 recorded days\n"
    "  hint: add keywords: phrases that authors write in titles and abstracts about it; or remove the topic\n";

}  // namespace

TEST_CASE("topic warnings: a topic with more than a quarter of the papers, shown or near misses", "[check]") {
  CHECK(Owner({}).warnings().empty());
  CHECK(Owner({.shown_moss = 5, .rest = 13}).warnings().empty());
  CHECK(Owner({.shown_moss = 6}).warnings() == too_wide("30 of the 110"));
  CHECK(Owner({.near_moss = 4, .rest = 10}).warnings() == too_wide("40 of the 100"));
}

TEST_CASE("topic warnings: papers whose topic is not on record are shared out like those whose topic is", "[check]") {
  CHECK(Owner({.beyond = 6, .rest = 8}).warnings() == too_wide("about 40 of the 100"));
  CHECK(Owner({.beyond = 1, .rest = 13}).warnings().empty());
}

TEST_CASE("topic warnings: a topic that shows no paper", "[check]") {
  CHECK(Owner({.shown_fern = 0, .rest = 16}).warnings() == none_of_ferns);
}

TEST_CASE("topic warnings: few days, few papers or old records say nothing", "[check]") {
  CHECK(Owner({.days = 4, .shown_fern = 0, .rest = 30}).warnings().empty());
  CHECK(Owner({.shown_fern = 0, .rest = 15}).warnings().empty());
  const Owner owner({.shown_fern = 0, .rest = 16});
  CHECK(owner.warnings("2099-02-04T15:00:00Z") == none_of_ferns);
  CHECK(owner.warnings("2099-02-05T15:00:00Z").empty());
}

TEST_CASE("topic warnings: days before an edit of the topics do not count", "[check]") {
  Owner owner({.shown_fern = 0, .rest = 16});
  owner.remember(owner.interests(), first);
  CHECK(owner.warnings() == none_of_ferns);
  owner.remember(owner.interests(), first + 1);
  CHECK(owner.warnings().empty());
  Interests before = owner.interests();
  before.topics.pop_back();
  owner.remember(before, first);
  CHECK(owner.warnings().empty());
}
