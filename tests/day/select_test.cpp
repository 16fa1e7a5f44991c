#include "day/select.h"

#include <algorithm>
#include <limits>
#include <random>

#include "day/samples.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Scored scored(const std::string& id, std::optional<int> relevance, std::optional<int> novelty,
              std::optional<double> local = {}, Scorer scorer = Scorer::llm) {
  Scored one;
  one.paper = samples::entry(id).paper;
  one.score = {relevance, novelty, "Why.", "theory", scorer, local};
  return one;
}

std::vector<std::string> ids(const std::vector<Entry>& entries) {
  std::vector<std::string> found;
  for (const Entry& entry : entries) found.push_back(entry.paper.id);
  return found;
}

Scored discarded(const std::string& id, double local) {
  Scored one = scored(id, 8, 8, local, Scorer::local);
  one.score.threshold = 0.31;
  return one;
}

// Best first: what was read is 9901.00100 and so on, what was discarded 9901.00200 and so on.
std::vector<Scored> rest_of(int read, int discarded_ones) {
  std::vector<Scored> rest;
  for (int i = 0; i < read; ++i) rest.push_back(scored("9901.00" + std::to_string(100 + i), 6, 8));
  for (int i = 0; i < discarded_ones; ++i)
    rest.push_back(discarded("9901.00" + std::to_string(200 + i), 0.3 - 0.001 * i));
  return rest;
}

using Ids = std::vector<std::string>;
const Date today = samples::date("2099-01-05");

}  // namespace

TEST_CASE("select: papers rank by author match, sum, relevance, local score and id", "[select]") {
  const std::vector<Scored> best_first = {
      scored("9901.00009", {}, {}, {}, Scorer::author),
      scored("9901.00008", 9, 8, 0.1),
      scored("9901.00007", 8, 9, 0.9),
      scored("9901.00006", 8, 8, 0.9),
      scored("9901.00005", 8, 8, 0.5),
      scored("9901.00004", 8, 8),
      scored("9901.00010", 8, 8),
      scored("9901.00003", 10, {}),
      scored("9901.00002", {}, {}, 0.99),
      scored("9901.00001", {}, {}, std::numeric_limits<double>::quiet_NaN()),
  };
  for (std::size_t a = 0; a < best_first.size(); ++a)
    for (std::size_t b = 0; b < best_first.size(); ++b) {
      CAPTURE(best_first[a].paper.id, best_first[b].paper.id);
      CHECK(ranks_before(best_first[a], best_first[b], {}) == (a < b));
    }
}

TEST_CASE("ranking: a paper whose text speaks to the scorer ranks by the local scorer's numbers", "[select]") {
  Scored flattered = scored("9901.00001", 10, 10, 0.9);
  flattered.score.ranked_as = 8;
  const Selection selection =
      select({flattered, scored("9901.00002", 7, 4), scored("9901.00003", 4, 4)}, {{4, 4, 50}, 0}, today);
  CHECK(ids(selection.papers) == Ids{"9901.00002", "9901.00003", "9901.00001"});
}

TEST_CASE("select: below the h-index floor a paper ranks behind its equals, and an unknown h-index reaches it",
          "[select]") {
  std::vector<Scored> best_first = {
      scored("9901.00006", 9, 8, 0.1), scored("9901.00005", 8, 8, 0.8), scored("9901.00004", 8, 8, 0.7),
      scored("9901.00003", 8, 8, 0.1), scored("9901.00002", 8, 8, 0.9), scored("9901.00001", 7, 9, 0.9),
  };
  best_first[0].score.h_index = 1;
  best_first[1].score.h_index = 10;
  best_first[3].score.h_index = 11;
  best_first[4].score.h_index = 9;
  for (std::size_t a = 0; a < best_first.size(); ++a)
    for (std::size_t b = 0; b < best_first.size(); ++b) {
      CAPTURE(best_first[a].paper.id, best_first[b].paper.id);
      CHECK(ranks_before(best_first[a], best_first[b], {{}, 10}) == (a < b));
    }
  // Without a floor the local score decides.
  CHECK(ranks_before(best_first[4], best_first[1], {{}, 0}));
  CHECK(ids(select({best_first[4], best_first[3]}, {{7, 4, 50}, 10}, today).papers) == Ids{"9901.00003", "9901.00002"});
}

TEST_CASE("select: what reaches the cut-offs is selected, in rank order, whatever order it came in", "[select]") {
  std::vector<Scored> papers = {scored("9901.00001", 7, 4), scored("9901.00002", 9, 9), scored("9901.00003", 7, 3),
                                scored("9901.00004", 6, 10), scored("9901.00005", 7, {})};
  std::mt19937 random(1);
  for (int i = 0; i < 10; ++i) {
    std::shuffle(papers.begin(), papers.end(), random);
    const Selection selection = select(papers, {{7, 4, 50}}, today);
    CHECK(ids(selection.papers) == Ids{"9901.00002", "9901.00001", "9901.00005"});
    CHECK(ids(selection.near_misses) == Ids{"9901.00004", "9901.00003"});
    CHECK(selection.papers[0].first_seen == today);
  }
}

TEST_CASE("select: a paper that is not selected says why, in its line and among the near misses", "[select]") {
  struct Case {
    Scored paper;
    const char* reason;
    const char* missed;
  };
  Scored silent = scored("9901.00002", {}, 9);
  silent.score.reason = "rejected by its title";
  for (const Case& one :
       {Case{scored("9901.00002", 8, 8), "beyond the 1 shown", "beyond the day's 1"},
        Case{scored("9901.00002", 3, 9), "relevance 3 < 7", "relevance 3, needs 7"},
        Case{scored("9901.00002", 8, 2), "novelty 2 < 4", "novelty 2, needs 4"},
        Case{scored("9901.00002", {}, {}), "relevance unknown", "relevance unknown"},
        Case{silent, "rejected by its title", "rejected by its title"},
        Case{discarded("9901.00002", 0.28), "discarded: 0.28 < 0.31", "discarded at 0.28, threshold 0.31"}}) {
    const Selection selection = select({one.paper, scored("9901.00001", 9, 9)}, {{7, 4, 1}}, today);
    CHECK(ids(selection.papers) == Ids{"9901.00001"});
    CHECK(selection.papers[0].missed.empty());
    REQUIRE(selection.others.size() == 1);
    Score kept = one.paper.score;
    kept.comment.clear();
    kept.topic.clear();
    CHECK(selection.others[0] == Other{"9901.00002", "On Paper 9901.00002", {"cs.LG"}, kept, one.reason});
    REQUIRE(selection.near_misses.size() == 1);
    CHECK(selection.near_misses[0].missed == one.missed);
    CHECK(selection.near_misses[0].score == one.paper.score);
  }
}

TEST_CASE("select: a followed author's paper is selected whatever its scores and however many are shown", "[select]") {
  const Selection selection = select({scored("9901.00001", 9, 9), scored("9901.00002", {}, {}, {}, Scorer::author),
                                      scored("9901.00003", 1, 1, {}, Scorer::author)},
                                     {{7, 4, 1}}, today);
  CHECK(ids(selection.papers) == Ids{"9901.00003", "9901.00002"});
  CHECK(ids(selection.near_misses) == Ids{"9901.00001"});
  Scored followed = discarded("9901.00004", 0.12);
  followed.score.scorer = Scorer::author;
  CHECK(ids(select({followed}, {{7, 4, 50}}, today).papers) == Ids{"9901.00004"});
}

TEST_CASE("select: the near misses are the best twenty of the rest", "[select]") {
  std::vector<Scored> papers;
  for (int i = 0; i < 30; ++i) papers.push_back(scored("9901.000" + std::to_string(10 + i), 5, 5, i / 100.0));
  const Selection selection = select(papers, {}, today);
  CHECK(selection.papers.empty());
  REQUIRE(selection.near_misses.size() == 20);
  CHECK(selection.near_misses.front().paper.id == "9901.00039");
  CHECK(selection.near_misses.back().paper.id == "9901.00020");
  CHECK(selection.others.size() == 30);
}

TEST_CASE("select: near misses are twelve read and eight discarded, one kind taking the other's free room",
          "[select]") {
  struct Mix {
    int read, discarded;
    std::size_t kept_read, kept_discarded;
  };
  for (const Mix& mix : {Mix{30, 30, 12, 8}, Mix{30, 3, 17, 3}, Mix{5, 30, 5, 15}, Mix{12, 8, 12, 8}, Mix{0, 30, 0, 20},
                         Mix{30, 0, 20, 0}, Mix{13, 7, 13, 7}, Mix{2, 1, 2, 1}}) {
    CAPTURE(mix.read, mix.discarded);
    const auto kept = select(rest_of(mix.read, mix.discarded), {{7, 4, 50}}, today).near_misses;
    REQUIRE(kept.size() == mix.kept_read + mix.kept_discarded);
    for (std::size_t i = 0; i < kept.size(); ++i) CHECK(is_discarded(kept[i].score) == (i >= mix.kept_read));
    if (mix.kept_read > 0) CHECK(kept[0].paper.id == "9901.00100");
    if (mix.kept_discarded > 0) CHECK(kept[mix.kept_read].paper.id == "9901.00200");
  }
}

TEST_CASE("select: the discarded among the near misses are the best by their local score, then by id", "[select]") {
  Scored guessed = discarded("9901.00001", 0.1);
  guessed.score.relevance = 10;
  std::vector<Scored> papers = {guessed, discarded("9901.00004", 0.3), discarded("9901.00003", 0.2),
                                discarded("9901.00002", 0.2)};
  std::mt19937 random(1);
  for (int i = 0; i < 10; ++i) {
    std::shuffle(papers.begin(), papers.end(), random);
    CHECK(ids(select(papers, {{7, 4, 50}}, today).near_misses) ==
          Ids{"9901.00004", "9901.00002", "9901.00003", "9901.00001"});
  }
}

TEST_CASE("ledger: it knows which days showed, scanned and named a paper, and no day counts against itself",
          "[select][ledger]") {
  const auto january = [](int day) { return *Date::from_parts(2099, 1, day); };
  Ledger ledger;
  Other other;
  other.id = "9901.00003";
  for (const int date : {7, 6, 7}) {
    Day day;
    day.date = january(date);
    day.papers = {samples::entry("9901.00001")};
    day.near_misses = {samples::entry("9901.00002")};
    day.again = {{"9901.00004", 1, "On it", AnnounceType::replace, january(5)}};
    ledger.add(day);
    ledger.add_scanned(day, date == 7 ? std::vector{other} : std::vector<Other>());
  }
  CHECK(ledger.shown_before("9901.00001", january(8)) == january(6));
  CHECK(ledger.shown_before("9901.00001", january(7)) == january(6));
  CHECK_FALSE(ledger.shown_before("9901.00001", january(6)));
  CHECK_FALSE(ledger.shown_before("9901.00002", january(8)));
  CHECK(ledger.shown_elsewhere("9901.00001", january(5)));
  CHECK_FALSE(ledger.shown_elsewhere("9901.00001", january(6)));
  CHECK(ledger.rejected_before("9901.00002", january(7)));
  CHECK_FALSE(ledger.rejected_before("9901.00002", january(6)));
  CHECK_FALSE(ledger.rejected_before("9901.00003", january(7)));
  CHECK(ledger.rejected_before("9901.00003", january(8)));
  CHECK_FALSE(ledger.rejected_before("9901.00001", january(8)));
  CHECK(ledger.days_again("9901.00004") == std::set{january(6), january(7)});
  CHECK(ledger.days_again("9901.00002").empty());
}

TEST_CASE("select: a withdrawn paper is neither shown nor a near miss, whoever wrote it", "[select]") {
  std::vector<Scored> papers = {scored("9901.00001", 9, 9), scored("9901.00003", 9, 9, 0.9, Scorer::author),
                                scored("9901.00002", 6, 9)};
  papers[1].paper.comments = "This paper has been withdrawn by the author";
  papers[2].paper.abstract = "This paper has been withdrawn.";
  const Selection selection = select(papers, {}, today);
  CHECK(ids(selection.papers) == Ids{"9901.00001"});
  CHECK(selection.near_misses.empty());
  CHECK(selection.withdrawn == 2);
  REQUIRE(selection.others.size() == 2);
  for (const Other& other : selection.others) {
    CHECK(other.reason == "withdrawn");
    CHECK_FALSE(other.score.relevance);
    CHECK_FALSE(other.score.local_score);
    CHECK(other.score.scorer == Scorer::local);
  }
  CHECK(selection.others[0].id == "9901.00002");
  CHECK(select({scored("9901.00001", 9, 9)}, {}, today).withdrawn == 0);
}
