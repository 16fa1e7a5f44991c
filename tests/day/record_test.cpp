#include "day/record.h"

#include <cmath>
#include <random>

#include "core/text.h"
#include "day/samples.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Day read_back(const Day& day) {
  const auto result = read_record(write_record(day), "a.json");
  INFO(write_record(day));
  if (!result) FAIL(describe(result.error()));
  return *result;
}

// A record of one paper whose entry is `entry`, from line 2 on.
std::string fault_of(const std::string& record) {
  const auto result = read_record(record, "archive/2099/2099-01-05.json");
  return result ? "no error" : describe(result.error());
}

std::string with_entry(const std::string& entry) {
  return "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"papers\": [\n" + entry + "\n]}\n";
}

const std::string hint = "  hint: correct it there, or restore the file from its history\n";

// Pieces of text that files choke on.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string_view> pieces =
      split("a|B |\"|\\|\n|\r|\x01|\u2028|\u0085|\x7F|\t|</|é|😀|א|{|]|, |$x$|\\u0041|\uFEFF|//|\x1F|\u200F", '|');
  std::string text;
  for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
  if (random() % 16 == 0) text += '\0';
  return text;
}

}  // namespace

TEST_CASE("record: a day with every field reads back equal", "[record]") {
  CHECK(read_back(samples::full_day()) == samples::full_day());
}

TEST_CASE("record: a day of which nothing is known reads back equal", "[record]") {
  Day day;
  day.status = Status::quiet;
  CHECK(read_back(day) == day);
  day.usage = Usage{};
  CHECK(read_back(day) == day);
}

TEST_CASE("record: any text and any number reads back equal", "[record]") {
  std::mt19937 random(20990105);
  for (int i = 0; i < 400; ++i) {
    Day day = samples::full_day();
    Entry& entry = day.papers[1];
    for (std::string* text : {&day.why, &day.prompt, &day.usage->model, &day.topics[0].name, &entry.paper.title,
                              &entry.paper.authors[0], &entry.score.comment, &day.again[0].title})
      *text = random_text(random);
    day.usage->cost = std::exp(std::uniform_real_distribution<double>(-30, 30)(random));
    entry.score.local_score = std::uniform_real_distribution<double>()(random);
    REQUIRE(read_back(day) == day);
  }
}

TEST_CASE("record: members are in a fixed order, a paper a line, and nothing that is unknown", "[record]") {
  Day day;
  day.date = samples::date("2099-01-05");
  day.counts = {1006, 654, {}, 2};
  day.usage = Usage{"model-1", {}, 57367, {}, 7731, {}, {}, 0.22};
  day.papers = {samples::entry("9901.00001"), samples::entry("9901.00002")};
  day.papers[0].score.topic = "theory";
  day.topics = {{"theory", "Theory"}};
  day.again = {{"9812.00001", 2, "Before", AnnounceType::cross, samples::date("2098-12-01")}};
  CHECK(write_record(day) ==
        "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", "
        "\"counts\": {\"announced\": 1006, \"scanned\": 654, \"selected\": 2}, "
        "\"usage\": {\"model\": \"model-1\", \"prompt_tokens\": 57367, \"completion_tokens\": 7731, \"cost\": 0.22}, "
        "\"topics\": [{\"slug\": \"theory\", \"name\": \"Theory\"}], \"papers\": [\n"
        "{\"id\": \"9901.00001\", \"title\": \"On Paper 9901.00001\", \"authors\": [\"Ann Example\", \"Bo Sample\"], "
        "\"abstract\": \"What is said here is said of nothing.\", \"categories\": [\"cs.LG\"], \"relevance\": 8, "
        "\"novelty\": 7, \"comment\": \"Fits the first topic.\", \"topic\": \"theory\", \"scorer\": \"llm\", "
        "\"first_seen\": \"2099-01-05\"},\n"
        "{\"id\": \"9901.00002\", \"title\": \"On Paper 9901.00002\", \"authors\": [\"Ann Example\", \"Bo Sample\"], "
        "\"abstract\": \"What is said here is said of nothing.\", \"categories\": [\"cs.LG\"], \"relevance\": 8, "
        "\"novelty\": 7, \"comment\": \"Fits the first topic.\", \"scorer\": \"llm\", "
        "\"first_seen\": \"2099-01-05\"}\n"
        "], \"near_misses\": [], \"again\": [{\"id\": \"9812.00001\", \"version\": 2, \"title\": \"Before\", "
        "\"announce_type\": \"cross\", \"first_seen\": \"2098-12-01\"}]}\n");
}

TEST_CASE("record: what an LLM's run and the cascade have to say has its members too", "[record]") {
  Day day;
  day.date = samples::date("2099-01-05");
  day.recorded = samples::date("2099-01-08");
  day.status = Status::partial;
  day.why = "The budget ended.";
  day.usage = Usage{"model-1", 3, 900, 0, 70, {}, {}, {}, 12};
  day.cascade = Cascade{0.31, 0.04, 180, 18, 470, 0.13};
  day.papers = {samples::entry("9901.00001")};
  Score& score = day.papers[0].score;
  score.scorer = Scorer::author;
  score.scored_by = Scorer::local;
  score.local_score = 0.5;
  score.threshold = 0.31;
  score.reason = "the budget ended";
  score.namesake = "Cy Invented";
  score.h_index = 0;
  score.rescored = Rescored{samples::date("2099-01-06"), Scorer::llm, 9, {}};
  score.suspected_injection = "asks for a score";
  score.ranked_as = 5;
  day.papers[0].missed = "relevance 6, needs 7";
  const std::string record = write_record(day);
  INFO(record);
  for (
      const char* part :
      {R"("recorded": "2099-01-08", "status": "partial", "why": "The budget ended.", "counts": {}, )",
       R"("usage": {"model": "model-1", "requests": 3, "prompt_tokens": 900, "cached_tokens": 0, )"
       R"("completion_tokens": 70, "reasoning_tokens": 12}, )",
       R"("cascade": {"threshold": 0.31, "explore": 0.04, "sent": 180, "explored": 18, "discarded": 470, )"
       R"("saved": 0.13}, "papers": [)",
       R"("scorer": "author", "scored_by": "local", "local_score": 0.5, "threshold": 0.31, )"
       R"("reason": "the budget ended", "namesake": "Cy Invented", "h_index": 0, )"
       R"("rescored": {"on": "2099-01-06", "before": "llm", "relevance": 9}, "suspected_injection": "asks for a score", )"
       R"("ranked_as": 5, "missed": "relevance 6, needs 7", )"
       R"("first_seen": "2099-01-05"})"})
    CHECK(record.find(part) != std::string::npos);
  CHECK(read_back(day) == day);
  day.cascade->saved.reset();
  CHECK(write_record(day).find("\"discarded\": 470}, ") != std::string::npos);
}

TEST_CASE("record: a cascade that can't be is named with its place", "[record]") {
  const auto cascade = [](const std::string& members) {
    return fault_of("{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"cascade\": " + members +
                    "}");
  };
  const std::string at = "archive/2099/2099-01-05.json:1:";
  CHECK(cascade("7") == at + "70: error: here is 7, not an object\n" + hint);
  CHECK(cascade("{\"sent\": 180, \"explored\": 18}") == at + "70: error: \"discarded\" is missing\n" + hint);
  CHECK(cascade("{\"sent\": -1}") == at + "79: error: \"sent\" is -1, not a whole number from 0 on\n" + hint);
}

TEST_CASE("record: the design's own example of a record is read", "[record]") {
  const auto day = read_record(
      R"({"schema": 1, "date": "2099-08-05", "status": "complete",
 "counts": {"announced": 1006, "scanned": 654, "shown_before": 12, "selected": 40},
 "usage": {"model": "model-1", "requests": 41, "prompt_tokens": 57367, "cached_tokens": 0, "completion_tokens": 7731, "cost": 0.22},
 "prompt": "sha256:00",
 "papers": [{"id": "9908.01625", "version": 1, "title": "T", "authors": ["A"], "abstract": "B", "categories": ["cs.LG"],
             "announce_type": "new", "relevance": 9, "novelty": 8, "comment": "C", "topic": "model-compression",
             "scorer": "llm", "local_score": 0.83, "first_seen": "2099-08-05"}],
 "near_misses": []})",
      "a.json");
  REQUIRE(day);
  CHECK(day->counts == Counts{1006, 654, 12, 40});
  CHECK(day->usage == Usage{"model-1", 41, 57367, 0, 7731, {}, {}, 0.22});
  REQUIRE(day->papers.size() == 1);
  CHECK(day->papers[0].score == Score{9, 8, "C", "model-compression", Scorer::llm, 0.83});
  CHECK(day->papers[0].paper.announce_type == AnnounceType::new_);
}

TEST_CASE("record: members that a record's reader doesn't know are passed over", "[record]") {
  const auto day = read_record(
      R"({"colour": ["red", {"a": 1}], "schema": 1, "date": "2099-01-05", "status": "quiet", "papers": [], "x": null})",
      "a.json");
  REQUIRE(day);
  CHECK(day->status == Status::quiet);
}

TEST_CASE("record: a paper without a first_seen was first seen that day", "[record]") {
  const auto day = read_record(with_entry(R"({"id": "9901.00001", "title": "T", "scorer": "llm"})"), "a.json");
  REQUIRE(day);
  CHECK(day->papers[0].first_seen == samples::date("2099-01-05"));
}

TEST_CASE("record: a wrong member is named with its place and what was expected", "[record]") {
  struct Case {
    const char* member;
    int column;
    const char* what;
  };
  static const Case cases[] = {
      {R"("relevance": "nine")", 16, R"("relevance" is "nine", not a whole number from 1 to 10)"},
      {R"("relevance": 11)", 16, R"("relevance" is 11, not a whole number from 1 to 10)"},
      {R"("novelty":0)", 13, R"("novelty" is 0, not a whole number from 1 to 10)"},
      {R"("novelty": 7.5)", 14, R"("novelty" is 7.5, not a whole number from 1 to 10)"},
      {R"("comment": null)", 14, R"("comment" is null, not a string)"},
      {R"("authors": "A")", 14, R"("authors" is "A", not a list of strings)"},
      {R"("authors": ["A", ["B"]])", 20, R"("authors" holds a list, not a string)"},
      {R"("first_seen": "2099-02-29")", 17, R"("first_seen" is "2099-02-29", not a day as YYYY-MM-DD)"},
      {R"("announce_type": "old")", 20, R"("announce_type" is "old", not new, cross, replace or replace-cross)"},
      {R"("published": "now")", 16, R"("published" is "now", not a time as YYYY-MM-DDThh:mm:ssZ)"},
      {R"("local_score": true)", 18, R"("local_score" is true, not a number)"},
      {R"("scored_by": "cat")", 16, R"("scored_by" is "cat", not llm, local or author)"},
      {R"("reason": 7)", 13, R"("reason" is 7, not a string)"},
      {R"("h_index": -1)", 14, R"("h_index" is -1, not a whole number from 0 on)"},
      {R"("rescored": true)", 15, R"(here is true, not an object)"},
      {R"("rescored": {"before": "llm"})", 15, R"("on" is missing)"},
      {R"("rescored": {"on": "2099-01-06"})", 15, R"("before" is missing)"},
      {R"("rescored": {"on": "2099-01-06", "before": ""})", 46, R"("before" is "", not llm, local or author)"},
      {R"("rescored": {"on": "2099-01-06", "before": "llm", "novelty": 0})", 64,
       R"("novelty" is 0, not a whole number from 1 to 10)"},
      {R"("version": {})", 14, R"("version" is an object, not a whole number from 1 on)"},
  };
  for (const auto& [member, column, what] : cases)
    CHECK(fault_of(with_entry("{\"id\": \"9901.00001\", \"title\": \"T\", \"scorer\": \"llm\",\n  " +
                              std::string(member) + "}")) ==
          "archive/2099/2099-01-05.json:3:" + std::to_string(column) + ": error: " + what + '\n' + hint);
}

TEST_CASE("record: what it must have is asked for", "[record]") {
  struct Case {
    std::string record;
    const char* at;
    const char* what;
  };
  static const Case cases[] = {
      {"{}", "1:1", R"("schema" is missing)"},
      {R"({"schema": 1, "status": "quiet"})", "1:1", R"("date" is missing)"},
      {R"({"schema": 1, "date": "2099-01-05"})", "1:1", R"("status" is missing)"},
      {R"({"schema": 1, "date": "2099-13-01", "status": "quiet"})", "1:23",
       R"("date" is "2099-13-01", not a day as YYYY-MM-DD)"},
      {R"({"schema": 1, "date": "2099-01-05", "status": "fine"})", "1:47",
       R"("status" is "fine", not complete, quiet, partial, local, degraded or lost)"},
      {with_entry(R"( {"title": "T", "scorer": "llm"})"), "2:2", R"("id" is missing)"},
      {with_entry(R"({"id": "", "title": "T", "scorer": "llm"})"), "2:8",
       R"("id" is "", not an arXiv id such as "2508.01625")"},
      {with_entry(R"({"id": "9901.00001", "scorer": "llm"})"), "2:1", R"("title" is missing)"},
      {with_entry(R"({"id": "9901.00001", "title": "T", "scorer": "cat"})"), "2:46",
       R"("scorer" is "cat", not llm, local or author)"},
      {with_entry(R"({"id": "9901.00001", "title": "T"})"), "2:1", R"("scorer" is missing)"},
      {with_entry("7"), "2:1", R"(here is 7, not an object)"},
      {"[]", "1:1", R"(here is a list, not an object)"},
  };
  for (const auto& [record, at, what] : cases)
    CHECK(fault_of(record) == std::string("archive/2099/2099-01-05.json:") + at + ": error: " + what + '\n' + hint);
}

TEST_CASE("record: a newer schema is refused", "[record]") {
  CHECK(fault_of(R"({"schema": 2, "date": 7})") ==
        "archive/2099/2099-01-05.json:1:12: error: the record was written by a newer Daybook (schema 2; this one reads "
        "schema 1)\n  hint: upgrade Daybook\n");
}

TEST_CASE("record: a paper that a record has twice is named", "[record]") {
  const std::string paper = R"({"id": "9901.00001", "title": "T", "scorer": "llm"})";
  CHECK(fault_of(with_entry(paper + ",\n" + paper)) ==
        "archive/2099/2099-01-05.json:3:1: error: paper 9901.00001 appears twice\n"
        "  hint: remove one of the two\n");
}

TEST_CASE("record: what is no JSON is refused with the place", "[record]") {
  CHECK(fault_of("{\"schema\": 1,\n  oops}") ==
        "archive/2099/2099-01-05.json:2:3: error: this is not valid JSON: Missing a name for object member.\n" + hint);
  CHECK(fault_of("{\"schema\": \"\xFF\"}") ==
        "archive/2099/2099-01-05.json:1:13: error: this is not valid JSON: a byte is not UTF-8\n" + hint);
  CHECK(fault_of("{\"schema\": \"\xC3") ==
        "archive/2099/2099-01-05.json:1:13: error: this is not valid JSON: a byte is not UTF-8\n" + hint);
  CHECK(fault_of(write_record(samples::full_day()) + '\0' + "x")
            .find(": error: this is not valid JSON: a byte is zero") != std::string::npos);
  CHECK(fault_of(with_entry(R"({"id": "9901.00001", "title": "a\uDC00b", "scorer": "llm"})")) ==
        "archive/2099/2099-01-05.json:2:31: error: this text holds half a surrogate pair, which is not a character\n" +
            hint);
  CHECK(fault_of(
            with_entry(R"({"id": "9901.00001", "title": "a\uD83D\uDE00", "authors": ["\udfff"], "scorer": "llm"})")) ==
        "archive/2099/2099-01-05.json:2:60: error: this text holds half a surrogate pair, which is not a character\n" +
            hint);
}

TEST_CASE("record: one cut off at any byte is an error, never half a day", "[record]") {
  const std::string whole = write_record(samples::full_day());
  for (std::size_t length = 0; length + 2 < whole.size(); ++length)
    REQUIRE_FALSE(read_record(whole.substr(0, length), "a.json"));
}

TEST_CASE("record: numbers are read exactly, in every form that JSON has", "[record]") {
  const auto cost = [](const std::string& number) {
    return read_record(
        "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"quiet\", \"usage\": {\"cost\": " + number + "}}", "x");
  };
  const std::vector<std::pair<std::string, double>> numbers = {
      {"0", 0},
      {"0.0E-400", 0},
      {"7", 7},
      {"0.22", 0.22},
      {"2.2E-1", 0.22},
      {"22e-2", 0.22},
      {"1e+2", 100},
      {"-1.5", -1.5},
      {"1e-400", 0},
      {"5e-324", 5e-324},
      {"0.1e1", 1},
      {"1.0", 1},
      {"9007199254740993", 9007199254740992.0},
      {"0.30000000000000004", 0.1 + 0.2},
      {"123456789012345678901", 123456789012345678901.0},
  };
  for (const auto& [text, number] : numbers) {
    CAPTURE(text);
    const auto day = cost(text);
    REQUIRE(day);
    CHECK(day->usage->cost == number);
  }
  for (const std::string text : {"1e400", "1.8e308"}) CHECK_FALSE(cost(text));
}

TEST_CASE("record: nothing but brackets doesn't exhaust the stack", "[record]") {
  CHECK_FALSE(read_record(std::string(200000, '['), "a.json"));
  CHECK_FALSE(
      read_record("{\"schema\": 1, \"date\": " + std::string(200000, '[') + std::string(200000, ']') + "}", "a"));
}

TEST_CASE("record: a byte that is no UTF-8 does not make the record unreadable", "[record]") {
  Day day = samples::full_day();
  day.papers[0].paper.title = "A\xFF";
  CHECK(read_back(day).papers[0].paper.title == "A\xEF\xBF\xBD");
}

TEST_CASE("record: an id that is not an arXiv id is a fault with its place, wherever a paper stands", "[record]") {
  const std::string at = "archive/2099/2099-01-05.json:";
  const std::string head = "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"papers\": [],\n";
  const std::string told = ", not an arXiv id such as \"2508.01625\"\n" + hint;
  const std::string bad = R"("x](https://evil.example) <img src=x>")";
  const std::string entry = R"({"id": )" + bad + R"(, "title": "T", "scorer": "llm"})";
  const std::string shown = R"("id" is "x](https://evil.example) <img src=x>")";
  CHECK(fault_of(with_entry(entry)) == at + "2:8: error: " + shown + told);
  CHECK(fault_of(head + "\"near_misses\": [\n" + entry + "]}") == at + "3:8: error: " + shown + told);
  CHECK(fault_of(head + "\"again\": [\n{\"first_seen\": \"2099-01-04\", \"id\": " + bad + "}]}") ==
        at + "3:36: error: " + shown + told);
  // However it is written, it is one paper's.
  const auto day =
      read_record(with_entry(R"({"id": "https://arxiv.org/abs/9901.00001v2", "title": "T", "scorer": "llm"})"), "a");
  REQUIRE(day);
  CHECK(day->papers[0].paper.id == "9901.00001");
  const auto others = read_others("{\"id\": " + bad + ", \"scorer\": \"local\"}\n", "o.jsonl");
  REQUIRE_FALSE(others);
  CHECK(describe(others.error()) == "o.jsonl:1:8: error: " + shown + told);
}

TEST_CASE("record: one of more than 32 MB, or nested more than 64 deep, is refused by name and not parsed",
          "[record]") {
  const std::string source = "archive/2099/2099-01-05.json";
  CHECK(fault_of(with_entry("") + std::string(record_bytes_max, ' ')) ==
        source + ": error: this has 33554506 bytes; a day may have at most 33554432\n" + hint);
  CHECK(fault_of(std::string(20000000, '[')) ==
        source + ":1:65: error: objects and lists are nested more than 64 deep\n" + hint);
}
