#include "day/preview_day.h"

#include "support/catch.h"

using namespace daybook;

namespace {

const Topic bees = {"bees", "Bees", "bees", "", {"hive", "honey"}};
const Topic ants = {"ants", "Ants", "ants", "", {"colony", "anthill"}};

Interests interests(std::vector<Topic> topics) {
  Interests interests;
  interests.topics = std::move(topics);
  return interests;
}

// Read by an LLM, unless it is said otherwise.
RecordedPaper paper(const std::string& words, int relevance, const std::string& topic = "") {
  RecordedPaper recorded;
  recorded.paper.id = "9901.00001";
  recorded.paper.title = words;
  recorded.paper.abstract = words + '.';
  recorded.score.scorer = Scorer::llm;
  recorded.score.relevance = relevance;
  recorded.score.novelty = 4;
  recorded.score.topic = topic;
  return recorded;
}

// The paper, among others of its day.
RecordedDay day_of(const RecordedPaper& recorded) {
  RecordedDay day{*Date::from_parts(2099, 1, 5), {recorded}};
  for (int i = 0; i < 6; ++i)
    for (const char* words : {"Honey of a hive", "On honey", "On stones", "On rivers", "On rain", "On snow"})
      day.papers.push_back(paper(words, 4));
  return day;
}

int local(const Interests& by, const RecordedPaper& recorded) {
  const LocalScorer scorer(by);
  std::vector<PaperText> papers;
  for (const RecordedPaper& each : day_of(recorded).papers) papers.push_back(scorer.read(each.paper));
  return *scorer.score(papers).at(0).relevance;
}

Expected expected_of(const Expectation& expectation, const RecordedPaper& recorded) {
  return expectation.of({day_of(recorded)}).at(0).at(0);
}

int expected(const Interests& before, const Interests& after, const RecordedPaper& recorded) {
  return *expected_of(Expectation(before, after), recorded).score.relevance;
}

}  // namespace

TEST_CASE("preview: a paper on which the edit has no word keeps what the LLM gave it", "[preview]") {
  const auto honey = paper("On honey", 4, "bees");
  const Expected same = expected_of(Expectation(interests({bees}), interests({bees, ants})), honey);
  CHECK(same.score == honey.score);
  CHECK(same.why.empty());
}

TEST_CASE("preview: a paper that fits a new topic gets the local scorer's relevance, unless the LLM's is more",
          "[preview]") {
  const auto before = interests({bees});
  const auto after = interests({bees, ants});
  const auto colony = paper("The colony of an anthill", 2);
  CHECK(local(before, colony) <= 5);
  CHECK(local(after, colony) >= 7);
  CHECK(expected(before, after, colony) == local(after, colony));
  CHECK(expected(before, after, paper("The colony of an anthill", 10)) == 10);
  const Expected one = expected_of(Expectation(before, after), colony);
  CHECK(one.score.topic == "ants");
  CHECK(one.score.novelty == 4);
  CHECK(one.why == "Ants: colony, anthill in the title.");
}

TEST_CASE("preview: a paper whose topic is gone gets the local scorer's relevance, unless it fits another",
          "[preview]") {
  const auto before = interests({bees, ants});
  CHECK(expected(before, interests({ants}), paper("Honey of the hive", 8, "bees")) <= 5);
  Topic renamed = bees;
  renamed.slug = "apiculture";
  renamed.name = "Apiculture";
  CHECK(expected(before, interests({renamed, ants}), paper("Honey of the hive", 8, "bees")) >= 7);
}

TEST_CASE("preview: a paper on which an edited topic has another word moves as the local scorer does", "[preview]") {
  Topic fewer = bees;
  fewer.keywords = {"honey"};
  const auto before = interests({bees});
  const auto after = interests({fewer});
  const auto hive = paper("The hive and its honey", 6, "bees");
  const int step = local(after, hive) - local(before, hive);
  CHECK(step < 0);
  CHECK(expected(before, after, hive) == 6 + step);
  CHECK(expected(after, before, paper("The hive and its honey", 10, "bees")) == 10);
  CHECK(expected(before, after, paper("The hive and its honey", 1, "bees")) == 1);
}

TEST_CASE("preview: a word to skip moves the papers that it stands in", "[preview]") {
  const auto before = interests({bees});
  auto after = before;
  after.skip_keywords = {"survey"};
  const auto survey = paper("A survey of honey in the hive", 8, "bees");
  CHECK(expected(before, after, survey) < 8);
  CHECK(expected(before, after, paper("Honey in the hive", 8, "bees")) == 8);
}

TEST_CASE("preview: a paper that no LLM has read gets the local scorer's own, and is not discarded any more",
          "[preview]") {
  const auto before = interests({bees});
  const auto after = interests({bees, ants});
  auto colony = paper("The colony of an anthill", 2);
  colony.score.scorer = Scorer::local;
  colony.score.local_score = 0.1;
  colony.score.threshold = 0.3;
  REQUIRE(is_discarded(colony.score));
  const Expected one = expected_of(Expectation(before, after), colony);
  CHECK(one.score.relevance == local(after, colony));
  CHECK_FALSE(is_discarded(one.score));
  auto stones = colony;
  stones.paper.title = stones.paper.abstract = "On stones";
  CHECK(expected_of(Expectation(before, after), stones).score == stones.score);
}

TEST_CASE("preview: where the interests of before are not known, scores are as recorded", "[preview]") {
  const auto colony = paper("The colony of an anthill", 2);
  CHECK(expected_of(Expectation(std::nullopt, interests({ants})), colony).score == colony.score);
}

TEST_CASE("preview: a verdict takes the place of a recorded score, and an author's paper stays an author's",
          "[preview]") {
  const Expectation expectation(interests({bees}), interests({bees}));
  auto colony = paper("The colony of an anthill", 2);
  colony.score.scorer = Scorer::local;
  colony.score.reason = "no answer";
  const Verdict verdict{"9901.00001", 8, 5, "ants", "It is about ants.", true};
  const Expected read = expectation.by_llm(colony, verdict);
  CHECK(read.score.scorer == Scorer::llm);
  CHECK(read.score.relevance == 8);
  CHECK(read.score.novelty == 5);
  CHECK(read.score.reason.empty());
  CHECK(read.why == "It is about ants.");
  CHECK(expectation.left_out_by_title(colony).score.relevance == std::nullopt);

  Interests followed = interests({bees});
  followed.authors = {{"ada", "Ada Imagined", "", ""}};
  colony.score.scorer = Scorer::author;
  colony.score.comment = "By Ada Imagined, an author followed. On ants.";
  const Expected authors = Expectation(followed, followed).by_llm(colony, verdict);
  CHECK(authors.score.scorer == Scorer::author);
  CHECK(authors.score.scored_by == Scorer::llm);
  CHECK(Expectation(followed, interests({bees})).by_llm(colony, verdict).score.scorer == Scorer::llm);
}

TEST_CASE("preview: a day's papers are those of its record, each once, with the abstracts that are kept", "[preview]") {
  Day day;
  day.date = *Date::from_parts(2099, 1, 5);
  const auto entry_of = [](const std::string& id) {
    Entry entry;
    entry.paper.id = id;
    entry.paper.abstract = "recorded";
    return entry;
  };
  day.papers = {entry_of("9901.00001")};
  day.near_misses = {entry_of("9901.00002")};
  std::vector<Other> others(3);
  others[0].id = "9901.00001";  // of another selection, that a killed run left
  others[1].id = "9901.00003";
  others[1].title = "Three";
  others[1].reason = "relevance 3 < 7";
  others[2].id = "9901.00002";
  others[2].reason = "relevance 6 < 7";
  Paper kept;
  kept.id = "9901.00003";
  kept.abstract = "kept";
  const auto words = [&](std::vector<Paper> papers) {
    std::string all;
    for (const RecordedPaper& one : recorded_day(day, others, std::move(papers)).papers)
      all += one.paper.id + (one.was_shown ? " shown " : " ") + one.paper.abstract + one.missed +
             (one.has_abstract ? "" : " no abstract") + '\n';
    return all;
  };
  CHECK(words({kept}) ==
        "9901.00001 shown recorded\n9901.00003 keptrelevance 3 < 7\n9901.00002 recordedrelevance 6 < 7\n");
  CHECK(words({}) ==
        "9901.00001 shown recorded\n9901.00003 relevance 3 < 7 no abstract\n9901.00002 recordedrelevance 6 < 7\n");
}
