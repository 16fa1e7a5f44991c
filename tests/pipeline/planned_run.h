// A run over an archive of its own, as plans need it: no network, nothing said.
#pragma once

#include <string>

#include "pipeline/day_plan.h"
#include "support/catch.h"
#include "support/folder.h"

namespace daybook {

struct PlannedRun {
  PlannedRun() { settings.interests.topics = {{"bees", "Bees", "bees and their dances", "", {"hive"}}}; }

  // An LLM that nothing is sent to.
  void has_llm() {
    llm.endpoint = Endpoint{"http://127.0.0.1:9/v1", ""};
    llm.asked.prompts.scoring = {"You score papers.", "Score these."};
    llm.asked.prompt_hash = llm.asked.scores_hash = "sha256:1";
    settings.llm.model = "model-1";
  }
  RunContext context() { return {world, settings, llm, archive, state, nobody, prompts, on, nullptr, {}, {}}; }
  static Paper paper(int number) {
    Paper paper;
    paper.id = "9901.0000" + std::to_string(number);
    paper.version = 1;
    paper.title = "Bees of hive " + std::to_string(number);
    paper.abstract = "We watch how bees dance.";
    paper.authors = {"Ada Imagined"};
    return paper;
  }
  Candidates candidates(int papers) const {
    Candidates candidates;
    candidates.day.date = on;
    for (int i = 1; i <= papers; ++i) candidates.papers.push_back(paper(i));
    candidates.day.counts.announced = candidates.day.counts.scanned = papers;
    return candidates;
  }
  // Some of the papers with an LLM's verdict, and the rest with the local scorer's.
  void has_record(Status status, int papers, int read) {
    Day day;
    day.date = on;
    day.status = status;
    day.counts.scanned = papers;
    for (int i = 1; i <= papers; ++i) {
      Score score;
      score.scorer = i <= read ? Scorer::llm : Scorer::local;
      score.relevance = 8;
      score.novelty = 6;
      day.papers.push_back({paper(i), score, on});
    }
    REQUIRE(archive.write(day, "# page\n"));
    REQUIRE(archive.write_others(on, {}));
  }

  TemporaryFolder folder;
  Options options;
  Console console{Loudness::quiet, silent()};
  CommandContext world{options, console};
  Settings settings;
  Llm llm;
  Archive archive{folder / "archive"};
  State state{folder / "state"};
  RateLimitedClient nobody;
  PromptTexts prompts;
  Date on = *Date::from_parts(2099, 1, 5);

 private:
  static Surroundings silent() {
    Surroundings where;
    where.out = where.err = [](std::string_view) {};
    where.seconds = [] { return 0.0; };
    return where;
  }
};

}  // namespace daybook
