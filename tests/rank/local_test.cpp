#include "rank/local.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

Interests interests() {
  Interests wanted;
  wanted.topics = {
      {"smaller-models",
       "Smaller Models",
       "Weights with fewer bits, and networks with parts cut out.",
       "An old method on a new gadget.",
       {"quantization", "pruning", "low-rank", "KV cache"}},
      {"learned-features",
       "Learned Features",
       "What networks encode in their hidden layers.",
       "",
       {"representation learning", "feature learning", "contrastive"}},
  };
  wanted.skip_keywords = {"recommendation system", "survey"};
  return wanted;
}

Paper paper(std::string title, std::string abstract) {
  Paper made;
  made.id = "9901.00001";
  made.title = std::move(title);
  made.abstract = std::move(abstract);
  return made;
}

// One of many that have nothing to do with the owner's topics.
Paper bystander(int number) {
  const auto word = [](int i) { return "matter" + std::string(1, static_cast<char>('a' + i % 26)); };
  std::string abstract;
  for (int i = 0; i < 12; ++i) abstract += word(number * 5 + i * 7) + " ";
  return paper("On " + word(number), abstract + "in the marshes.");
}

std::vector<Paper> bystanders(int count) {
  std::vector<Paper> papers;
  for (int i = 0; i < count; ++i) papers.push_back(bystander(i));
  return papers;
}

ReadDay read(const LocalScorer& scorer, const std::vector<Paper>& papers, Date date = monday) {
  ReadDay day{date, {}};
  for (const Paper& each : papers) day.papers.push_back(scorer.read(each));
  return day;
}

std::vector<Score> scores_by(const Interests& wanted, const std::vector<Paper>& papers,
                             const Background& background = {}) {
  const LocalScorer scorer(wanted);
  return scorer.score(read(scorer, papers).papers, background);
}

// The papers' scores among 60 others of the day.
std::vector<Score> scored(std::vector<Paper> made, const Interests& wanted = interests()) {
  std::vector<Paper> papers = bystanders(60);
  papers.insert(papers.end(), made.begin(), made.end());
  std::vector<Score> scores = scores_by(wanted, papers);
  scores.erase(scores.begin(), scores.begin() + 60);
  return scores;
}

Score scored(Paper made, const Interests& wanted = interests()) {
  return scored(std::vector{std::move(made)}, wanted).at(0);
}

Score scored(std::string title, std::string abstract) { return scored(paper(std::move(title), std::move(abstract))); }

std::size_t with_relevance(const std::vector<Score>& scores, int least) {
  return static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](const Score& score) { return *score.relevance >= least; }));
}

// Learned on so many label days, and the same of every paper.
LocalModel sure_of(int days, float value) {
  LocalModel model;
  model.label_days = days;
  model.wanted.bias = value;
  if (days >= 5) model.least_score = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
  return model;
}

constexpr const char* no_words = "No topic fits: none of the topics' words is in the title or the abstract.";

}  // namespace

TEST_CASE("local scorer: a paper of a topic gets its name, and a comment with the deciding words", "[rank]") {
  const Score score = scored("Quantized Lanterns: Low-Rank Light",
                             "We prune lanterns and quantize what is left. The KV\ncache is smaller, too.");
  CHECK(score.scorer == Scorer::local);
  CHECK(score.topic == "smaller-models");
  CHECK(score.comment == "Smaller Models: Quantized, Low-Rank in the title; KV cache, prune in the abstract.");
  CHECK(*score.relevance >= 7);
  CHECK_FALSE(score.novelty.has_value());
}

TEST_CASE("local scorer: a paper of no topic says so and gets a low relevance", "[rank]") {
  const Score score = scored("Birds of the Northern Marshes", "Herons were counted by the river in spring.");
  CHECK(score.topic.empty());
  CHECK(score.comment == no_words);
  CHECK(*score.relevance <= 5);
}

TEST_CASE("local scorer: what speaks against a paper lowers it and is told", "[rank]") {
  const auto scores = scored({paper("Pruning a Recommendation System", "A survey of pruning."),
                              paper("Pruning a Lantern", "A tale of pruning.")});
  CHECK(*scores[0].local_score < *scores[1].local_score);
  CHECK(
      scores[0].comment ==
      "Smaller Models: Pruning in the title. Against it: Recommendation System in the title; survey in the abstract.");
}

TEST_CASE("local scorer: the title counts more than the abstract", "[rank]") {
  const auto scores = scored({paper("Pruning lanterns", "On light."), paper("On light", "Pruning lanterns.")});
  CHECK(*scores[0].local_score > *scores[1].local_score);
}

TEST_CASE("local scorer: the more of a topic is met the higher the score, and the relevance follows", "[rank]") {
  std::vector<Paper> papers = bystanders(60);
  papers.push_back(paper("Herons", "A survey of a recommendation system."));
  papers.push_back(paper("Herons", "One bit."));
  papers.push_back(paper("Herons", "Pruning them."));
  papers.push_back(paper("Pruning", "Pruning them, quantized."));
  papers.push_back(paper("Pruning and quantization", "Low-rank pruning with a small KV cache, quantized to few bits."));
  const std::vector<Score> scores = scores_by(interests(), papers);
  for (std::size_t i = 61; i < scores.size(); ++i) {
    INFO(i);
    CHECK(*scores[i - 1].local_score < *scores[i].local_score);
    CHECK(*scores[i - 1].relevance <= *scores[i].relevance);
    CHECK((*scores[i].local_score > 0 && *scores[i].local_score < 1));
  }
}

TEST_CASE("local scorer: relevance is a place, whatever share of the papers matches", "[rank]") {
  for (const int matching : {45, 60, 270}) {
    INFO(matching);
    std::vector<Paper> papers = bystanders(270);
    for (int i = 0; i < matching; ++i) {
      Paper& made = papers[static_cast<std::size_t>(i)];
      made.title += " with pruning";
      for (int times = 0; times < 1 + i % 9; ++times) made.abstract += " Quantization and low-rank factors.";
      for (int times = 0; times < i; ++times) made.abstract += " again";
    }
    const std::vector<Score> scores = scores_by(interests(), papers);
    // Of these and the 30 that are assumed: one in eight, in fifteen and in forty.
    if (matching < 135) {
      CHECK(with_relevance(scores, 6) == 37);
      CHECK(with_relevance(scores, 7) == 20);
      CHECK(with_relevance(scores, 8) >= 7);
      CHECK(with_relevance(scores, 8) <= 8);  // two are equal
    } else {                                  // what all papers have tells none of them from the others
      CHECK(with_relevance(scores, 6) == 0);
    }
  }
}

TEST_CASE("local scorer: on a day without a match no paper has more than 5, and on one full of matches all have 7",
          "[rank]") {
  CHECK(with_relevance(scores_by(interests(), bystanders(200)), 6) == 0);
  const LocalScorer scorer(interests());
  std::vector<ReadDay> recent;
  for (int i = 0; i < 5; ++i) recent.push_back(read(scorer, bystanders(200), monday - 5 + i));
  std::vector<Paper> papers = bystanders(40);
  for (Paper& made : papers) made.title += " with pruning and a smaller KV cache";
  CHECK(with_relevance(scorer.score(read(scorer, papers).papers, {recent}), 7) == 40);
}

TEST_CASE("local scorer: a word that half of the papers have decides nothing and is not named", "[rank]") {
  std::vector<Paper> papers = bystanders(200);
  for (std::size_t i = 0; i < 190; ++i) papers[i].abstract += " Weights and networks.";
  papers.push_back(paper("Weights of networks", "Pruning the networks."));
  const std::vector<Score> scores = scores_by(interests(), papers);
  CHECK(with_relevance(scores, 6) == 1);
  CHECK(scores.back().comment == "Smaller Models: Pruning in the abstract.");
}

TEST_CASE("local scorer: what stands beside the owner's words speaks for papers without them", "[rank]") {
  std::vector<Paper> papers = bystanders(200);
  for (std::size_t i = 0; i < 12; ++i) papers[i].abstract += " Pruning by saliency of the lottery.";
  papers[100].abstract += " The saliency of a lottery.";
  const std::vector<Score> scores = scores_by(interests(), papers);
  for (std::size_t i = 12; i < papers.size(); ++i)
    if (i != 100) CHECK(*scores[100].local_score > *scores[i].local_score);
  CHECK(*scores[100].relevance == 5);  // it is not named by the owner: below what is shown
}

TEST_CASE("local scorer: a keyword to skip outweighs what a topic only implies, and not what it names", "[rank]") {
  Interests wanted = interests();
  wanted.skip_keywords = {"pruning", "bits"};
  CHECK(scored(paper("Pruning Herons", "By hand."), wanted).topic == "smaller-models");
  const Score score = scored(paper("Bits of Herons", "By hand."), wanted);
  CHECK(score.topic.empty());
  CHECK(score.comment == std::string(no_words) + " Against it: Bits in the title.");
}

TEST_CASE("local scorer: what a topic skips speaks against papers, but never with a word that it wants", "[rank]") {
  Interests wanted;
  wanted.topics = {{"robots", "Robots", "Machines that move.", "", {"robotics"}}};
  const Paper robotics = paper("Robotics for Herons", "A robotics study of robots in a factory.");
  const Score without = scored(robotics, wanted);
  wanted.skip_keywords = {"robotics"};
  CHECK(scored(robotics, wanted) == without);
  wanted.skip_keywords.clear();
  wanted.topics[0].skip = "Robotics that moves.";
  CHECK(scored(robotics, wanted) == without);
  wanted.topics[0].skip = "Robotics in a factory.";
  const auto scores =
      scored({robotics, paper("Robotics for Herons", "A robotics study of robots in a house.")}, wanted);
  CHECK(*scores[0].local_score < *scores[1].local_score);
}

TEST_CASE("local scorer: what was said of a paper can name its topic", "[rank]") {
  const LocalScorer scorer(interests());
  CHECK(scorer.topic(scorer.read(paper("Herons. Relevant to learned features.", "In spring."))) == "learned-features");
  CHECK(scorer.topic(scorer.read(paper("Pruning Herons", ""))) == "smaller-models");
  CHECK(scorer.topic(scorer.read(paper("Herons", "In spring."))).empty());
}

TEST_CASE("local scorer: without topics every paper is scored all the same", "[rank]") {
  const Score score = scored(paper("Pruning Herons", "Low-rank."), Interests{});
  CHECK(score.topic.empty());
  CHECK(*score.relevance <= 5);
  CHECK(score.comment == no_words);
}

TEST_CASE("local scorer: a day of one paper is scored, also of one without words", "[rank]") {
  for (const auto& [title, topic] : {std::pair("Pruning Herons", "smaller-models"), {"", ""}, {"Herons", ""}}) {
    const LocalScorer scorer(interests());
    const std::vector<ReadDay> recent = {read(scorer, bystanders(40), monday - 1), {monday - 2, {}}};
    const LocalModel model = sure_of(20, 1);
    const std::vector<Tasted> tasted = {{{}, true}, {features_of(bystander(1)), false}};
    for (const Background& background :
         {Background{}, Background{recent}, Background{recent, tasted}, Background{{}, tasted, &model}}) {
      const std::vector<Score> scores = scores_by(interests(), {paper(title, "")}, background);
      REQUIRE(scores.size() == 1);
      CHECK(scores[0].topic == topic);
      CHECK((*scores[0].local_score > 0 && *scores[0].local_score < 1));
      if (background.model == nullptr && background.tasted.empty())
        CHECK((*scores[0].relevance >= 7) == !std::string(topic).empty());
    }
  }
  CHECK(scores_by(interests(), {}).empty());
}

TEST_CASE("local scorer: any bytes for a title and an abstract give a score", "[rank]") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string text = "Pruning $\\alpha$ {\\\"o} KV\xE2\x80\x99s cache; " + all;
  std::vector<Paper> papers;
  for (std::size_t length = 0; length <= text.size(); ++length)
    papers.push_back(paper(text.substr(0, length), text.substr(length)));
  for (const Score& score : scores_by(interests(), papers)) CHECK((*score.relevance >= 1 && *score.relevance <= 10));
}

TEST_CASE("local scorer: titles of a lost day tell how rare words are, and no more", "[rank]") {
  const LocalScorer scorer(interests());
  std::vector<Paper> papers = bystanders(60);
  papers[0].title = "Pruning";
  papers[1].title = "Quantization";
  const std::vector<PaperText> today = read(scorer, papers).papers;
  const auto by_recent = [&](std::vector<Paper> titles) {
    ReadDay lost = read(scorer, titles, monday - 1);
    lost.is_whole = false;
    return scorer.score(today, {std::span(&lost, 1)});
  };
  const std::vector<Score> common = by_recent(std::vector<Paper>(30, paper("Pruning", "")));
  const std::vector<Score> rare = by_recent(std::vector<Paper>(30, paper("Quantization", "")));
  CHECK(*common[0].local_score < *rare[0].local_score);
  CHECK(*common[1].local_score > *rare[1].local_score);
}

TEST_CASE("local scorer: what was learned of labels takes over by n/(n+5), and says which relevance a score is",
          "[rank]") {
  const double by_words = *scored("Pruning Herons", "").local_score;
  std::vector<Paper> papers = bystanders(60);
  papers.push_back(paper("Pruning Herons", ""));
  for (const int days : {1, 4, 5, 20, 1000}) {
    INFO(days);
    const LocalModel model = sure_of(days, 0.75F);
    const double trust = days / (days + 5.0);
    const double value = trust * 0.75 + (1 - trust) * std::log(by_words / (1 - by_words)) / 2.5;
    const Score score = scores_by(interests(), papers, {{}, {}, &model}).back();
    CHECK(*score.local_score == Approx(1 / (1 + std::exp(-2.5 * value))).margin(0.0001));
    if (days >= 5) CHECK(score.relevance == 1 + static_cast<int>(*score.local_score * 10));
    CHECK(score.topic == "smaller-models");
  }
}

TEST_CASE("local scorer: opinions shift papers towards what is liked and away from what is not", "[rank]") {
  std::vector<Paper> papers = bystanders(60);
  for (std::size_t i = 0; i < 20; ++i) papers[i].abstract += " Pruning, which is number " + std::to_string(i);
  const std::vector<Score> before = scores_by(interests(), papers);
  std::vector<Tasted> likes, dislikes;
  for (int i = 0; i < 30; ++i) {
    likes.push_back({features_of(papers[7]), true});
    likes.push_back({features_of(papers[8]), false});
    dislikes.push_back({features_of(papers[7]), false});
  }
  const std::vector<Score> liked = scores_by(interests(), papers, {{}, likes});
  const std::vector<Score> disliked = scores_by(interests(), papers, {{}, dislikes});
  CHECK(*liked[7].local_score > *liked[8].local_score);
  CHECK(*liked[7].local_score > *disliked[7].local_score);
  // As many papers are shown and sent as without opinions.
  const auto sorted = [](const std::vector<Score>& scores) {
    std::vector<std::pair<double, int>> numbers;
    for (const Score& score : scores) numbers.emplace_back(*score.local_score, *score.relevance);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  CHECK(sorted(liked) == sorted(before));
  CHECK(sorted(disliked) == sorted(before));
  CHECK(scores_by(interests(), papers, {{}, likes}) == liked);  // to the last bit
}

TEST_CASE("local scorer: a liked paper keeps its relevance, and one without the owner's words gains none above 5",
          "[rank]") {
  std::vector<Paper> papers = bystanders(200);
  for (std::size_t i = 0; i < 16; ++i) papers[i].abstract += " Pruning and quantization by saliency of the lottery.";
  for (std::size_t i = 100; i < 120; ++i) papers[i].abstract += " The saliency of a lottery, saliency, lottery.";
  const std::vector<Score> before = scores_by(interests(), papers);
  std::vector<Tasted> likes;
  for (int i = 0; i < 30; ++i) likes.push_back({features_of(papers[3]), true});
  const std::vector<Score> liked = scores_by(interests(), papers, {{}, likes});
  CHECK(with_relevance(before, 7) > 0);
  CHECK(with_relevance(liked, 7) == with_relevance(before, 7));
  CHECK(*liked[3].relevance >= *before[3].relevance);
  for (std::size_t i = 16; i < papers.size(); ++i) CHECK(*liked[i].relevance <= 5);
}

TEST_CASE("local scorer: papers without the owner's words are equals, whichever place they have", "[rank]") {
  std::vector<Paper> papers(300, paper("On herons", "Herons in the marshes."));
  papers[299].abstract += " Pruning.";
  const std::vector<Score> scores = scores_by(interests(), papers);
  for (std::size_t i = 1; i < 299; ++i) CHECK(*scores[i].local_score == *scores[0].local_score);
  CHECK(*scores[299].local_score > *scores[0].local_score);
}

TEST_CASE("local scorer: the settings we ship are without fault and know each of their topics", "[rank]") {
  std::ifstream file(DAYBOOK_SOURCE_DIR "/config/daybook.toml", std::ios::binary);
  const std::string toml{std::istreambuf_iterator<char>(file), {}};
  Errors errors;
  const Settings settings = read_settings(toml, "config/daybook.toml", errors);
  CHECK(errors.empty());
  CHECK(settings.interests.topics.size() == 6);
  CHECK_FALSE(settings.arxiv.categories.empty());
  for (const Topic& topic : settings.interests.topics) {
    INFO(topic.name);
    CHECK(scored(paper("Herons. " + topic.name + ": " + topic.keywords.at(0), ""), settings.interests).topic ==
          topic.slug);
  }
}

TEST_CASE("local scorer: reading and scoring a paper takes some tens of microseconds", "[rank][!benchmark]") {
  const LocalScorer scorer(interests());
  std::string abstract;
  for (int i = 0; i < 10; ++i)
    abstract +=
        "We study quantization of lanterns with $2^n$ bits, and show that their light is kept by a low-rank lens. ";
  std::vector<Paper> papers;
  for (int i = 0; i < 300; ++i)
    papers.push_back(paper("Quantized lanterns for the long nights of the north", abstract + bystander(i).abstract));
  BENCHMARK("a day of 300 papers of 190 words, read and scored") { return scorer.score(read(scorer, papers).papers); };
}
