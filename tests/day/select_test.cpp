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

TEST_CASE("papers rank by author match, sum, relevance, local score and id") {
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

TEST_CASE("below the h-index floor a paper ranks behind its equals, and an unknown h-index reaches it") {
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

TEST_CASE("a paper that the LLM did not score is kept with the reason for that") {
  Scored silent = scored("9901.00001", {}, {});
  silent.score.reason = "no reply named it";
  const Selection selection = select({silent}, {{7, 4, 50}}, today);
  REQUIRE(selection.near_misses.size() == 1);
  CHECK(selection.near_misses[0].score.reason == "no reply named it");
  CHECK(selection.others[0].reason == "no reply named it");
  CHECK(selection.others[0].score.reason == "no reply named it");
}

TEST_CASE("what reaches the cut-offs is selected, in rank order, whatever order it came in") {
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

TEST_CASE("a paper that was not selected is a line with the reason") {
  const Selection selection =
      select({scored("9901.00001", 3, 9), scored("9901.00002", 8, 2), scored("9901.00003", {}, {}),
              scored("9901.00004", 8, 8), scored("9901.00005", 8, 7)},
             {{7, 4, 1}}, today);
  REQUIRE(selection.others.size() == 4);
  CHECK(selection.others[0].reason == "beyond the 1 shown");
  CHECK(selection.others[1].reason == "relevance 3 < 7");
  CHECK(selection.others[2].reason == "novelty 2 < 4");
  CHECK(selection.others[3].reason == "relevance unknown");
  CHECK(selection.others[1] ==
        Other{"9901.00001", "On Paper 9901.00001", {"cs.LG"}, {3, 9, "", "", Scorer::llm, {}}, "relevance 3 < 7"});
}

TEST_CASE("a followed author's paper is selected whatever its scores and however many are shown") {
  const Selection selection = select({scored("9901.00001", 9, 9), scored("9901.00002", {}, {}, {}, Scorer::author),
                                      scored("9901.00003", 1, 1, {}, Scorer::author)},
                                     {{7, 4, 1}}, today);
  CHECK(ids(selection.papers) == Ids{"9901.00003", "9901.00002"});
  CHECK(ids(selection.near_misses) == Ids{"9901.00001"});
}

TEST_CASE("the near misses are the best twenty of the rest") {
  std::vector<Scored> papers;
  for (int i = 0; i < 30; ++i) papers.push_back(scored("9901.000" + std::to_string(10 + i), 5, 5, i / 100.0));
  const Selection selection = select(papers, {}, today);
  CHECK(selection.papers.empty());
  REQUIRE(selection.near_misses.size() == 20);
  CHECK(selection.near_misses.front().paper.id == "9901.00039");
  CHECK(selection.near_misses.back().paper.id == "9901.00020");
  CHECK(selection.others.size() == 30);
}

TEST_CASE("a discarded paper is not selected, whatever its relevance is guessed to be") {
  const Selection selection =
      select({discarded("9901.00001", 0.12), discarded("9901.00002", 0.3)}, {{7, 4, 50}}, today);
  CHECK(selection.papers.empty());
  REQUIRE(selection.others.size() == 2);
  CHECK(selection.others[0].reason == "discarded: 0.30 < 0.31");
  CHECK(selection.others[1].reason == "discarded: 0.12 < 0.31");
  CHECK(selection.others[1].score.threshold == 0.31);
  Scored followed = discarded("9901.00003", 0.12);
  followed.score.scorer = Scorer::author;
  CHECK(ids(select({followed}, {{7, 4, 50}}, today).papers) == Ids{"9901.00003"});
}

TEST_CASE("each near miss says why it is one") {
  Scored silent = scored("9901.00005", {}, 9);
  silent.score.reason = "left out by its title";
  const Selection selection =
      select({scored("9901.00001", 9, 9), scored("9901.00002", 8, 8), scored("9901.00003", 6, 9),
              scored("9901.00004", 8, 2), silent, discarded("9901.00006", 0.28)},
             {{7, 4, 1}}, today);
  CHECK(selection.papers[0].missed.empty());
  std::vector<std::string> missed;
  for (const Entry& entry : selection.near_misses) missed.push_back(entry.missed);
  CHECK(missed == std::vector<std::string>{"beyond the day's 1", "relevance 6, needs 7", "novelty 2, needs 4",
                                           "left out by its title", "discarded at 0.28, threshold 0.31"});
}

TEST_CASE(
    "of the near misses twelve were read and eight discarded, and one kind takes the room that the other leaves") {
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

TEST_CASE("the discarded among the near misses are the best by their local score, then by id") {
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

TEST_CASE("no papers make an empty selection") {
  const Selection selection = select({}, {}, today);
  CHECK(selection.papers.empty());
  CHECK(selection.near_misses.empty());
  CHECK(selection.others.empty());
}

TEST_CASE("the ledger knows the first day that showed a paper, and a day does not count against itself") {
  Ledger ledger;
  Day first;
  first.date = samples::date("2099-01-05");
  first.papers = {samples::entry("9901.00001")};
  first.near_misses = {samples::entry("9901.00002")};
  Day second = first;
  second.date = samples::date("2099-01-06");
  ledger.add(second);
  ledger.add(first);
  CHECK(ledger.shown_before("9901.00001", samples::date("2099-01-07")) == first.date);
  CHECK(ledger.shown_before("9901.00001", samples::date("2099-01-06")) == first.date);
  CHECK_FALSE(ledger.shown_before("9901.00001", samples::date("2099-01-05")));
  CHECK_FALSE(ledger.shown_before("9901.00001", samples::date("2099-01-01")));
  CHECK_FALSE(ledger.shown_before("9901.00002", samples::date("2099-01-07")));
}

TEST_CASE("ledger: a paper that came again is known by the days that name it") {
  Ledger ledger;
  Day day;
  for (const char* date : {"2099-01-07", "2099-01-06", "2099-01-07"}) {
    day.date = samples::date(date);
    day.again = {{"9901.00001", 1, "On it", AnnounceType::replace, samples::date("2099-01-05")}};
    ledger.add(day);
  }
  CHECK(ledger.days_again("9901.00001") == std::set{samples::date("2099-01-06"), samples::date("2099-01-07")});
  CHECK(ledger.days_again("9901.00002").empty());
}

TEST_CASE("the ledger knows what an earlier day scanned and did not show") {
  Day day;
  day.date = samples::date("2099-01-06");
  day.papers = {samples::entry("9901.00001")};
  day.near_misses = {samples::entry("9901.00002")};
  Other other;
  other.id = "9901.00003";
  Ledger ledger;
  ledger.add_scanned(day, {other});
  Day earlier = day;
  earlier.date = samples::date("2099-01-05");
  ledger.add_scanned(earlier, {});
  CHECK_FALSE(ledger.rejected_before("9901.00001", samples::date("2099-01-07")));
  CHECK(ledger.rejected_before("9901.00002", samples::date("2099-01-06")));
  CHECK_FALSE(ledger.rejected_before("9901.00002", samples::date("2099-01-05")));
  CHECK(ledger.rejected_before("9901.00003", samples::date("2099-01-07")));
  CHECK_FALSE(ledger.rejected_before("9901.00003", samples::date("2099-01-06")));
}

TEST_CASE("select: a withdrawn paper is neither shown nor a near miss, whoever wrote it") {
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
