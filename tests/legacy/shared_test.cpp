// The published days of earlier systems, where they are at hand: set DAYBOOK_SHARED to the folder that has data/.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "day/record.h"
#include "legacy/import.h"
#include "legacy/merge.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::filesystem::path shared() {
  const char* folder = std::getenv("DAYBOOK_SHARED");
  return folder != nullptr ? std::filesystem::path(folder) / "data"
                           : std::filesystem::path(DAYBOOK_SOURCE_DIR) / ".." / "shared" / "data";
}

bool skipped() {
  if (std::filesystem::exists(shared() / "pages")) return false;
  WARN("skipped: no shared data");
  return true;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Imported imported(const std::string& path) {
  auto result = import_file(text_of(shared() / path), path);
  if (!result) FAIL(describe(result.error()));
  return *std::move(result);
}

std::vector<std::filesystem::path> files_of(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(shared() / folder)) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("published pages: a published page and the JSON of its day give the same papers and scores", "[import]") {
  if (skipped()) return;
  for (const std::string day : {"2025-01-17", "2025-01-23", "2025-02-06", "2025-03-10", "2025-03-24", "2025-08-05",
                                "2025-11-03", "2025-12-15"}) {
    CAPTURE(day);
    const Imported page = imported("pages/" + day + ".md");
    const Imported json = imported("days/" + day + ".json");
    CHECK(page.day.date.iso() == day);
    CHECK(page.day.status == Status::complete);
    CHECK(page.day.cut_off.empty());
    REQUIRE(page.day.papers.size() == json.day.papers.size());
    for (std::size_t i = 0; i < page.day.papers.size(); ++i) {
      CAPTURE(page.day.papers[i].paper.id);
      CHECK(page.day.papers[i] == json.day.papers[i]);
    }
    CHECK(page.day.counts.selected == json.day.counts.selected);
    CHECK(merged(page.day, json.day) == page.day);
    CHECK_FALSE(page.prompt.empty());
    CHECK(read_record(write_record(page.day), "x"));
  }
}

TEST_CASE("published pages: a published page keeps its usage, costs and totals", "[import]") {
  if (skipped()) return;
  const auto usage = [](const std::string& day) { return *imported("pages/" + day + ".md").day.usage; };
  const auto counts = [](const std::string& day) { return imported("pages/" + day + ".md").day.counts; };
  CHECK(usage("2025-01-17") == Usage{"", {}, {}, {}, {}, {}, {}, 0.980125});
  CHECK(counts("2025-01-17") == Counts{{}, {}, {}, 25});
  CHECK(usage("2025-01-23") == Usage{"", {}, 47901, {}, 4076, 1.19752, 0.4076, 1.60512});
  CHECK(counts("2025-01-23") == Counts{{}, {}, {}, 17});
  CHECK(usage("2025-02-06") == Usage{"", {}, 81308, {}, 6734, 2.03, 0.67, 2.71});
  CHECK(counts("2025-02-06") == Counts{{}, 301, {}, 24});
  CHECK(usage("2025-03-10") == Usage{"gpt-4o", {}, 49089, {}, 6516, 0.12, 0.07, 0.18});
  CHECK(counts("2025-03-10") == Counts{521, 332, {}, 31});
  CHECK(usage("2025-03-24") == Usage{"gpt-4o", {}, 44946, {}, 6046, 0.11, 0.06, 0.17});
  CHECK(counts("2025-03-24") == Counts{502, 298, {}, 28});
  CHECK(usage("2025-08-05") == Usage{"gpt-4o", {}, 57367, {}, 7731, 0.14, 0.08, 0.22});
  CHECK(counts("2025-08-05") == Counts{1006, 654, {}, 40});
  CHECK(usage("2026-03-25") == Usage{"gpt-5.4", {}, 172617, {}, 6842, 0.43, 0.10, 0.53});
  CHECK(counts("2026-03-25") == Counts{609, 384, {}, 48});
  CHECK(imported("pages/2026-03-25.md").day.papers.size() == 48);
}

TEST_CASE("published pages: a published bundle and the page of its day give the same papers and scores", "[import]") {
  if (skipped()) return;
  const Imported page = imported("pages/2026-04-09.md");
  const Imported json = imported("bundles/2026-04-09-daily-papers.json");
  CHECK(page.day.papers.size() == 16);
  CHECK(page.day.papers == json.day.papers);
  CHECK(page.day.topics.size() == 5);
  CHECK(page.day.topics == json.day.topics);
  CHECK(page.day.counts == Counts{613, 403, {}, 16});
  CHECK(page.day.counts == json.day.counts);
  CHECK(json.day.usage->prompt_cost == 0.4562550000000001);
  CHECK(page.day.usage->prompt_tokens == json.day.usage->prompt_tokens);
}

TEST_CASE("published pages: a published page on which nothing was scored is a lost day", "[import]") {
  if (skipped()) return;
  const Imported page = imported("pages/2026-07-31.md");
  CHECK(page.day.status == Status::lost);
  CHECK(page.day.papers.empty());
  CHECK(page.day.counts == Counts{572, 353, {}, 0});
  CHECK(page.day.usage == Usage{"gpt-5.4", {}, 0, {}, 0, 0.0, 0.0, 0.0});
}

TEST_CASE("published pages: the prompts of published pages begin and end where they do", "[import]") {
  if (skipped()) return;
  for (const auto& file : files_of("pages")) {
    CAPTURE(file.filename().string());
    const std::string prompt = imported("pages/" + file.filename().string()).prompt;
    const std::string start = prompt.substr(0, 40);
    const bool halves = start.substr(0, 19) == "## System Prompt\n\nY";
    CHECK((halves || start.substr(0, 17) == "You are a helpful"));
    CHECK(prompt.find("\n> #") == std::string::npos);
    CHECK(prompt.size() > 3000);
  }
}

TEST_CASE("published pages: every stored day is imported whole and reads back equal", "[import]") {
  if (skipped()) return;
  std::size_t papers = 0;
  for (const auto& file : files_of("days")) {
    CAPTURE(file.filename().string());
    const auto read = import_file(text_of(file), file.string());
    if (!read) FAIL(describe(read.error()));
    papers += read->day.papers.size();
    for (const Entry& entry : read->day.papers) {
      CAPTURE(entry.paper.id);
      CHECK_FALSE(entry.paper.title.empty());
      CHECK_FALSE(entry.paper.authors.empty());
      CHECK_FALSE(entry.paper.abstract.empty());
      CHECK(entry.paper.abstract.find("Announce Type") == std::string::npos);
      CHECK((entry.score.relevance.has_value() == (entry.score.scorer == Scorer::llm)));
    }
    const auto again = read_record(write_record(read->day), file.string());
    REQUIRE(again);
    CHECK(*again == read->day);
  }
  CHECK(papers == 7218);
}
