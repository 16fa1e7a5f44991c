#include "pipeline/day_plan.h"

#include "pipeline/estimate.h"
#include "pipeline/planned_run.h"
#include "support/catch.h"

using namespace daybook;

namespace {

DayPlan planned(const RunContext& run, Candidates candidates, Reach reach = Reach::cascade) {
  auto plan = plan_day(run, std::move(candidates), reach);
  REQUIRE(plan);
  return std::move(*plan);
}

}  // namespace

TEST_CASE("plan: without an LLM nothing is asked, and no local score is needed yet", "[plan]") {
  PlannedRun owner;
  const DayPlan plan = planned(owner.context(), owner.candidates(2));
  CHECK_FALSE(plan.stands);
  CHECK(plan.task.papers.empty());
  CHECK(plan.scores.empty());
  CHECK(plan.routing == std::vector<Routing>{Routing::sent, Routing::sent});
}

TEST_CASE("plan: the LLM reads all but what is withdrawn, and why all is said", "[plan]") {
  PlannedRun owner;
  owner.has_llm();
  Candidates candidates = owner.candidates(3);
  candidates.papers[1].comments = "This paper has been withdrawn";
  const DayPlan plan = planned(owner.context(), candidates);
  CHECK(plan.routing == std::vector<Routing>{Routing::sent, Routing::withdrawn, Routing::sent});
  REQUIRE(plan.task.papers.size() == 2);
  CHECK(plan.task.papers[1].paper.id == "9901.00003");
  CHECK(routing_words(plan) ==
        "the LLM is asked about all 2 papers: the cascade starts after 5 labelled days (0 so far)");
  CHECK(routing_words(planned(owner.context(), candidates, Reach::full)) ==
        "the LLM is asked about all 2 papers: missed days are read in full");
}

TEST_CASE("plan: a complete record of the same papers stands, and of more papers it does not", "[plan]") {
  PlannedRun owner;
  owner.has_llm();
  owner.has_record(Status::complete, 2, 2);
  CHECK(planned(owner.context(), owner.candidates(2)).stands);
  CHECK_FALSE(planned(owner.context(), owner.candidates(3)).stands);
}

TEST_CASE("plan: verdicts that a record has are not asked for again", "[plan]") {
  PlannedRun owner;
  owner.has_llm();
  owner.has_record(Status::partial, 3, 2);
  const RunContext run = owner.context();
  const DayPlan plan = planned(run, owner.candidates(3));
  CHECK_FALSE(plan.stands);
  CHECK(plan.task.papers.size() == 3);
  CHECK(estimate(run, plan.task).scores.papers == 1);
  CHECK(estimate(run, plan.task).requests() == 1);
}

TEST_CASE("plan: a followed author's paper is not judged by its title", "[plan]") {
  PlannedRun owner;
  owner.has_llm();
  owner.settings.llm.title_filter = true;
  owner.settings.interests.authors = {{"ada", "Ada Imagined", "", ""}};
  Candidates candidates = owner.candidates(2);
  candidates.papers[1].authors = {"Bo Fiction"};
  const DayPlan plan = planned(owner.context(), candidates);
  CHECK(plan.task.judged_by_title == std::vector<bool>{false, true});
  CHECK(papers_for_titles(plan.task).size() == 1);
}

TEST_CASE("plan: a record that can't be read is an error, and nothing is planned", "[plan]") {
  PlannedRun owner;
  put(owner.folder / "archive/2099/2099-01-05.json", "{\"schema\": 1, \"date\": ");
  CHECK_FALSE(plan_day(owner.context(), owner.candidates(1), Reach::cascade));
}

TEST_CASE("plan: a topic that has ended is in the prompt and the local scores of the days before alone", "[plan]") {
  PlannedRun owner;
  owner.settings.interests.topics.push_back({"ants", "Ants", "ants", "", {"anthill"}});
  owner.settings.interests.topics[0].until = owner.on;
  owner.has_llm();
  owner.llm.until[owner.on] = {{{"You score papers.", "Bees or ants?"}, {}}, "", "sha256:2", "sha256:2"};
  const RunContext run = owner.context();
  const auto scored_on = [&](Date date) {
    Candidates candidates = owner.candidates(3);
    candidates.day.date = date;
    DayPlan plan = planned(run, candidates);
    fill_local_scores(run, plan);
    const Assignment assignment = assignment_for(run, plan.task, Pass::scores);
    return assignment.prompt.instructions + ' ' + assignment.prompt_hash + ' ' +
           std::to_string(assignment.topics.size()) + ' ' + plan.scores[0].topic;
  };
  CHECK(scored_on(owner.on) == "Bees or ants? sha256:2 2 bees");
  CHECK(scored_on(owner.on + 1) == "Score these. sha256:1 1 ");
}
