#include "rank/local_model.h"

#include <cmath>

#include "examples_of_invented_papers.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::tests;

namespace {

double score_by(const LocalModel& model, const Paper& paper, double shift = 0) {
  return mixed(model, features_of(paper), shift, 0.5);
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

TEST_CASE("local model: which relevance a score is, is known from five label days with local scores", "[rank]") {
  std::vector<LabelDay> days = invented_days(10, 60);
  CHECK(learn(days, 5).least_score.has_value());
  CHECK_FALSE(learn(std::span(days).first(4), 5).least_score.has_value());
  for (LabelDay& day : days)
    for (JudgedPaper& paper : day.papers) paper.local_score.reset();
  CHECK_FALSE(learn(days, 5).least_score.has_value());
}
