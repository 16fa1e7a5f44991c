#include "advice/job_summary.h"

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

std::string summary_of_job(const Day& day) {
  const TemporaryFolder folder;
  Surroundings where;
  where.github = true;
  where.summary_path = folder / "summary.md";
  const auto nowhere = [](std::string_view) {};
  where.out = nowhere;
  where.err = nowhere;
  where.seconds = [] { return 0.0; };
  Console console(Loudness::normal, where);
  const Options options;
  summarize_job({options, console}, day);
  return bytes_of(folder / "summary.md");
}

Day cut_day() {
  Day day;
  day.date = *Date::parse("2099-01-05");
  day.counts = {1006, 654, 12, 1};
  day.cascade = Cascade{0.31, 0.04, 184, 18, 1470, 0.13};
  day.papers.resize(1);
  day.papers[0].paper.title = "A | B";
  day.papers[0].score = {9, 8, "", "", Scorer::llm, 0.12};
  day.papers[0].score.threshold = 0.31;
  day.near_misses = day.papers;
  return day;
}

}  // namespace

TEST_CASE("job summary: the job's summary says what was sent to the LLM, what was not, and what that saved",
          "[summary]") {
  Day day = cut_day();
  CHECK(
      summary_of_job(day) ==
      "## 2099-01-05: complete\n\nAll of the day's papers were scored.\n\n"
      "| announced | scanned | shown before | selected |\n| --: | --: | --: | --: |\n| 1,006 | 654 | 12 | 1 |\n\n"
      "| sent to the LLM | of them explored | discarded | saved |\n| --: | --: | --: | --: |\n"
      "| 184 | 18 | 1,470 | about $0.13 |\n\n"
      "How many papers the cascade misses is not known yet: fewer than 30 were read at random from below the threshold "
      "in the 30 days before 2099-01-05.\n\n"
      "| | relevance | novelty | scored |\n| :-- | --: | --: | :-- |\n"
      "| A \\| B | 9 | 8 | by an LLM (explored at 0.12, threshold 0.31) |\n\n");
  day.cascade->saved.reset();
  CHECK(summary_of_job(day).find("| 184 | 18 | 1,470 | – |\n") != std::string::npos);
}

TEST_CASE("job summary: what the LLM would select was sent, by the certificate", "[summary]") {
  Day day = cut_day();
  day.cascade->certificate = Certificate{0.9619, 0.952, 0.8249, 112};
  const std::string expected =
      "Of the papers that the LLM would select, at least 95.2 % were sent to it in the 30 days before 2099-01-05 "
      "(95 % confidence; the estimate is 96.1 %). 112 papers from below the threshold were read at random to check; "
      "these alone show at least 82.4 %.\n\n";
  CHECK(summary_of_job(day).find(expected) != std::string::npos);
}

TEST_CASE("job summary: tokens that nobody told are unknown, and so is their cost", "[summary][usage]") {
  Day day = cut_day();
  day.usage = Usage{"model-1", 3, {}, {}, {}, {}, {}, {}};
  CHECK(summary_of_job(day).find("| model-1 | 3 | – | – | – | – | cost unknown |\n") != std::string::npos);
}

TEST_CASE("job summary: the summary of a day that was sent in full has no such table", "[summary]") {
  Day day = cut_day();
  day.cascade.reset();
  CHECK(summary_of_job(day).find("discarded") == std::string::npos);
}

TEST_CASE("job summary: no word of others comes to life, and no control character gets through", "[summary]") {
  Day day = cut_day();
  const std::string hostile =
      "[x](https://evil.example) ![](https://evil.example/p.png) <a href=x>\u202E\u009B https://a@evil.example/";
  day.why = hostile;
  day.cut_off = {hostile};
  day.papers[0].paper.title = hostile;
  day.papers[0].score.reason = hostile;
  const std::string summary = summary_of_job(day);
  INFO(summary);
  for (const char* live : {"](https://", " <a", "<http", "\u202E", "\u009B", " https://"})
    CHECK(summary.find(live) == std::string::npos);
  CHECK(summary.find("`https://a@evil.example/`") != std::string::npos);
}
