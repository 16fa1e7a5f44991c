#include "rank/local_model.h"

#include <cmath>

#include "examples_of_invented_papers.h"
#include "rank/local.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::tests;

namespace {

double score_by(const LocalModel& model, const Paper& paper, double shift = 0) {
  Score score;
  score.local_score = 0.5;
  apply(model, features_of(paper), shift, score);
  return *score.local_score;
}

}  // namespace

TEST_CASE("local model: what the LLM wants is learned", "[rank]") {
  const LocalModel model = learn(invented_days(10, 60), 5);
  CHECK(model.label_days == 10);
  double least_wanted = 1;
  double most_unwanted = 0;
  for (int number = 5000; number < 5100; ++number) {
    const double score = score_by(model, invented_paper(number, is_wanted(number)));
    if (is_wanted(number))
      least_wanted = std::min(least_wanted, score);
    else
      most_unwanted = std::max(most_unwanted, score);
  }
  CHECK(least_wanted > most_unwanted);
  CHECK(least_wanted > 0.5);
  CHECK(most_unwanted < 0.4);
}

TEST_CASE("local model: the same days teach the same, to the bit", "[rank]") {
  const std::vector<LabelDay> days = invented_days(6, 60);
  const LocalModel model = learn(days, 5);
  CHECK(model == learn(days, 5));
  std::vector<LabelDay> others = days;
  others.back().papers.front().wanted = !others.back().papers.front().wanted;
  CHECK_FALSE(model == learn(others, 5));
}

TEST_CASE("local model: without days nothing is known, and topic text's score stays", "[rank]") {
  const LocalModel model = learn({}, 5);
  CHECK(model == LocalModel{});
  CHECK(score_by(model, invented_paper(5, true)) == 0.5);
}

TEST_CASE("local model: days with no known paper, none wanted or all wanted teach little, harmlessly", "[rank]") {
  std::vector<LabelDay> days = invented_days(6, 60);
  for (LabelDay& day : days)
    for (JudgedPaper& paper : day.papers) paper.features.clear();
  CHECK(std::isfinite(score_by(learn(days, 5), invented_paper(5000, true))));
  for (const bool wanted : {false, true}) {
    days = invented_days(6, 60);
    for (LabelDay& day : days)
      for (JudgedPaper& paper : day.papers) paper.wanted = wanted;
    const double score = score_by(learn(days, 5), invented_paper(5000, true));
    CHECK((wanted ? score > 0.6 : score < 0.4));
  }
}

TEST_CASE("local model: a paper without a known word has a score all the same", "[rank]") {
  const LocalModel model = learn(invented_days(10, 60), 5);
  Paper paper;
  CHECK(score_by(model, paper) < 0.5);
  paper.title = "unheard";
  CHECK(score_by(model, paper) < 0.5);
}

TEST_CASE("local model: a shift moves the score", "[rank]") {
  const LocalModel model = learn(invented_days(10, 60), 5);
  const Paper paper = invented_paper(5001, false);
  CHECK(score_by(model, paper, 0.3) > score_by(model, paper));
  CHECK(score_by(model, paper, -0.3) < score_by(model, paper));
}

TEST_CASE("local model: explored papers stand for many, and still what is wanted comes first", "[rank]") {
  std::vector<LabelDay> days = invented_days(10, 60);
  for (LabelDay& day : days)
    for (std::size_t i = 0; i < day.papers.size(); i += 12) day.papers[i].sample_weight = 25;
  const LocalModel model = learn(days, 5);
  CHECK(score_by(model, invented_paper(5000, true)) > score_by(model, invented_paper(5001, false)) + 0.2);
}

TEST_CASE("local model: where the label days have no local scores, relevance is told by the steps of topic text",
          "[rank]") {
  std::vector<LabelDay> days = invented_days(10, 60);
  for (LabelDay& day : days)
    for (JudgedPaper& paper : day.papers) paper.local_score.reset();
  const LocalModel model = learn(days, 5);
  for (const bool wanted : {true, false}) {
    Score score;
    score.local_score = 0.5;
    apply(model, features_of(invented_paper(wanted ? 5000 : 5001, wanted)), 0, score);
    CHECK(score.relevance == relevance_by_topics(*score.local_score));
    CHECK((wanted ? score.relevance > 6 : score.relevance < 6));
  }
}
