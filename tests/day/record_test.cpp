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

const std::string mend = "  mend: correct it there, or restore the file from its history\n";

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {"a",
                                                  "B ",
                                                  "\"",
                                                  "\\",
                                                  "\n",
                                                  "\r",
                                                  "\x01",
                                                  "\xE2\x80\xA8",
                                                  "\xC2\x85",
                                                  "\x7F",
                                                  "\t",
                                                  "</",
                                                  "é",
                                                  "\xF0\x9F\x98\x80",
                                                  "\xD7\x90",
                                                  "{",
                                                  "]",
                                                  ", ",
                                                  "$x$",
                                                  "\\u0041",
                                                  "\xEF\xBB\xBF",
                                                  "//",
                                                  "\x1F",
                                                  "\xE2\x80\x8F"};
  std::string text;
  for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
  if (random() % 16 == 0) text += '\0';
  return text;
}

std::vector<std::string> random_texts(std::mt19937& random) {
  std::vector<std::string> texts(random() % 4);
  for (std::string& text : texts) text = random_text(random);
  return texts;
}

template <typename T, typename Make>
std::optional<T> perhaps(std::mt19937& random, Make make) {
  return random() % 2 == 0 ? std::nullopt : std::optional<T>(make());
}

Entry random_entry(std::mt19937& random, std::size_t n) {
  Entry entry;
  entry.paper = {"9901." + std::to_string(10000 + n),
                 static_cast<int>(random() % 4),
                 random_text(random),
                 random_texts(random),
                 random_texts(random),
                 random_text(random),
                 random_texts(random),
                 random_texts(random),
                 perhaps<AnnounceType>(random, [&] { return static_cast<AnnounceType>(random() % 4); }),
                 random_text(random),
                 random_text(random),
                 random_text(random),
                 random_text(random),
                 perhaps<Instant>(random, [&] { return Instant{static_cast<std::int64_t>(random() % 4000000000U)}; })};
  const auto grade = [&] { return static_cast<int>(random() % 10 + 1); };
  const auto share = [&] { return std::uniform_real_distribution<double>()(random); };
  const auto scorer = [&] { return static_cast<Scorer>(random() % 3); };
  entry.score = {perhaps<int>(random, grade),
                 perhaps<int>(random, grade),
                 random_text(random),
                 slug(random_text(random)),
                 scorer(),
                 perhaps<double>(random, share),
                 perhaps<double>(random, share),
                 perhaps<Scorer>(random, scorer),
                 random_text(random),
                 random_text(random),
                 perhaps<int>(random, [&] { return static_cast<int>(random() % 200); }),
                 perhaps<Rescored>(random, [&] {
                   return Rescored{Date::from_days(static_cast<int>(random() % 40000)), scorer(),
                                   perhaps<int>(random, grade), perhaps<int>(random, grade)};
                 })};
  entry.first_seen = Date::from_days(static_cast<int>(random() % 40000));
  entry.missed = random_text(random);
  return entry;
}

Day random_day(std::mt19937& random) {
  Day day;
  day.date = Date::from_days(static_cast<int>(random() % 40000));
  day.status = static_cast<Status>(random() % 6);
  const auto count = [&] { return static_cast<int>(random() % 2000); };
  const auto tokens = [&] { return static_cast<long long>(random()) * 4096; };
  const auto money = [&] { return std::exp(std::uniform_real_distribution<double>(-30, 30)(random)); };
  day.counts = {perhaps<int>(random, count), perhaps<int>(random, count), perhaps<int>(random, count),
                perhaps<int>(random, count)};
  day.usage = perhaps<Usage>(random, [&] {
    return Usage{random_text(random),
                 perhaps<long long>(random, tokens),
                 perhaps<long long>(random, tokens),
                 perhaps<long long>(random, tokens),
                 perhaps<long long>(random, tokens),
                 perhaps<double>(random, money),
                 perhaps<double>(random, money),
                 perhaps<double>(random, money),
                 perhaps<long long>(random, tokens)};
  });
  day.cascade = perhaps<Cascade>(
      random, [&] { return Cascade{0.3, 0.04, count(), count(), count(), perhaps<double>(random, money)}; });
  day.prompt = random_text(random);
  day.why = random_text(random);
  for (auto n = random() % 3; n > 0; --n) day.topics.push_back({random_text(random), random_text(random)});
  day.cut_off = random_texts(random);
  for (std::size_t n = random() % 5; n > 0; --n) day.papers.push_back(random_entry(random, n));
  for (std::size_t n = random() % 3; n > 0; --n) day.near_misses.push_back(random_entry(random, n));
  for (auto n = random() % 3; n > 0; --n)
    day.again.push_back({"9901." + std::to_string(20000 + n), static_cast<int>(random() % 3), random_text(random),
                         perhaps<AnnounceType>(random, [&] { return static_cast<AnnounceType>(random() % 4); }),
                         Date::from_days(static_cast<int>(random() % 40000))});
  return day;
}

}  // namespace

TEST_CASE("a day with every field reads back equal") { CHECK(read_back(samples::full_day()) == samples::full_day()); }

TEST_CASE("a day of which nothing is known reads back equal") {
  Day day;
  day.status = Status::quiet;
  CHECK(read_back(day) == day);
  day.usage = Usage{};
  CHECK(read_back(day) == day);
}

TEST_CASE("any day reads back equal, whatever its texts hold") {
  std::mt19937 random(20990105);
  for (int i = 0; i < 400; ++i) {
    const Day day = random_day(random);
    REQUIRE(read_back(day) == day);
  }
}

TEST_CASE("a record has its members in a fixed order, a paper a line, and nothing that is unknown") {
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

TEST_CASE("what an LLM's run has to say has its members too, where it is known") {
  Day day;
  day.date = samples::date("2099-01-05");
  day.status = Status::partial;
  day.why = "The budget ended.";
  day.usage = Usage{"model-1", 3, 900, 0, 70, {}, {}, {}, 12};
  day.papers = {samples::entry("9901.00001")};
  Score& score = day.papers[0].score;
  score.scorer = Scorer::author;
  score.scored_by = Scorer::local;
  score.local_score = 0.5;
  score.reason = "the budget ended";
  score.namesake = "Cy Invented";
  score.h_index = 0;
  score.rescored = Rescored{samples::date("2099-01-06"), Scorer::llm, 9, {}};
  score.suspected_injection = "asks for a score";
  score.ranked_as = 5;
  CHECK(write_record(day) ==
        "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"partial\", \"why\": \"The budget ended.\", "
        "\"counts\": {}, \"usage\": {\"model\": \"model-1\", \"requests\": 3, \"prompt_tokens\": 900, "
        "\"cached_tokens\": 0, \"completion_tokens\": 70, \"reasoning_tokens\": 12}, \"papers\": [\n"
        "{\"id\": \"9901.00001\", \"title\": \"On Paper 9901.00001\", \"authors\": [\"Ann Example\", \"Bo Sample\"], "
        "\"abstract\": \"What is said here is said of nothing.\", \"categories\": [\"cs.LG\"], \"relevance\": 8, "
        "\"novelty\": 7, \"comment\": \"Fits the first topic.\", \"scorer\": \"author\", \"scored_by\": \"local\", "
        "\"local_score\": 0.5, \"reason\": \"the budget ended\", \"namesake\": \"Cy Invented\", \"h_index\": 0, "
        "\"rescored\": {\"on\": \"2099-01-06\", \"before\": \"llm\", \"relevance\": 9}, "
        "\"suspected_injection\": \"asks for a score\", \"ranked_as\": 5, \"first_seen\": \"2099-01-05\"}\n"
        "], \"near_misses\": []}\n");
  CHECK(read_back(day) == day);
}

TEST_CASE("what the cascade did has its members too") {
  Day day;
  day.date = samples::date("2099-01-05");
  day.cascade = Cascade{0.31, 0.04, 180, 18, 470, 0.13};
  day.near_misses = {samples::entry("9901.00001")};
  day.near_misses[0].score.scorer = Scorer::local;
  day.near_misses[0].score.local_score = 0.28;
  day.near_misses[0].score.threshold = 0.31;
  day.near_misses[0].missed = "discarded at 0.28, threshold 0.31";
  CHECK(write_record(day) ==
        "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"counts\": {}, \"cascade\": "
        "{\"threshold\": 0.31, \"explore\": 0.04, \"sent\": 180, \"explored\": 18, \"discarded\": 470, "
        "\"saved\": 0.13}, \"papers\": [], \"near_misses\": [\n"
        "{\"id\": \"9901.00001\", \"title\": \"On Paper 9901.00001\", \"authors\": [\"Ann Example\", \"Bo Sample\"], "
        "\"abstract\": \"What is said here is said of nothing.\", \"categories\": [\"cs.LG\"], \"relevance\": 8, "
        "\"novelty\": 7, \"comment\": \"Fits the first topic.\", \"scorer\": \"local\", \"local_score\": 0.28, "
        "\"threshold\": 0.31, \"missed\": \"discarded at 0.28, threshold 0.31\", "
        "\"first_seen\": \"2099-01-05\"}\n]}\n");
  CHECK(read_back(day) == day);
  day.cascade->saved.reset();
  CHECK(write_record(day).find("\"discarded\": 470}, ") != std::string::npos);
  CHECK(read_back(day) == day);
}

TEST_CASE("a cascade that can't be is named with its place") {
  const auto cascade = [](const std::string& members) {
    return fault_of("{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"cascade\": " + members +
                    "}");
  };
  const std::string at = "archive/2099/2099-01-05.json:1:";
  CHECK(cascade("7") == at + "70: error: here is 7, not an object\n" + mend);
  CHECK(cascade("{\"sent\": 180, \"explored\": 18}") == at + "70: error: \"discarded\" is missing\n" + mend);
  CHECK(cascade("{\"sent\": -1}") == at + "79: error: \"sent\" is -1, not a whole number from 0 on\n" + mend);
}

TEST_CASE("the design's own example of a record is read") {
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

TEST_CASE("members that a record's reader doesn't know are passed over") {
  const auto day = read_record(
      R"({"colour": ["red", {"a": 1}], "schema": 1, "date": "2099-01-05", "status": "quiet", "papers": [], "x": null})",
      "a.json");
  REQUIRE(day);
  CHECK(day->status == Status::quiet);
}

TEST_CASE("a paper without a first_seen was first seen that day") {
  const auto day = read_record(with_entry(R"({"id": "9901.00001", "title": "T", "scorer": "llm"})"), "a.json");
  REQUIRE(day);
  CHECK(day->papers[0].first_seen == samples::date("2099-01-05"));
}

TEST_CASE("a wrong member of a record is named with its place and what was expected") {
  const std::string at = "archive/2099/2099-01-05.json:";
  const auto entry = [&](const std::string& member) {
    return fault_of(with_entry("{\"id\": \"9901.00001\", \"title\": \"T\", \"scorer\": \"llm\",\n  " + member + "}"));
  };
  CHECK(entry("\"relevance\": \"nine\"") ==
        at + "3:16: error: \"relevance\" is \"nine\", not a whole number from 1 to 10\n" + mend);
  CHECK(entry("\"relevance\": 11") ==
        at + "3:16: error: \"relevance\" is 11, not a whole number from 1 to 10\n" + mend);
  CHECK(entry("\"novelty\":0") == at + "3:13: error: \"novelty\" is 0, not a whole number from 1 to 10\n" + mend);
  CHECK(entry("\"novelty\": 7.5") == at + "3:14: error: \"novelty\" is 7.5, not a whole number from 1 to 10\n" + mend);
  CHECK(entry("\"comment\": null") == at + "3:14: error: \"comment\" is null, not a string\n" + mend);
  CHECK(entry("\"authors\": \"A\"") == at + "3:14: error: \"authors\" is \"A\", not a list of strings\n" + mend);
  CHECK(entry("\"authors\": [\"A\", [\"B\"]]") == at + "3:20: error: \"authors\" holds a list, not a string\n" + mend);
  CHECK(entry("\"first_seen\": \"2099-02-29\"") ==
        at + "3:17: error: \"first_seen\" is \"2099-02-29\", not a day as YYYY-MM-DD\n" + mend);
  CHECK(entry("\"announce_type\": \"old\"") ==
        at + "3:20: error: \"announce_type\" is \"old\", not new, cross, replace or replace-cross\n" + mend);
  CHECK(entry("\"published\": \"now\"") ==
        at + "3:16: error: \"published\" is \"now\", not a time as YYYY-MM-DDThh:mm:ssZ\n" + mend);
  CHECK(entry("\"local_score\": true") == at + "3:18: error: \"local_score\" is true, not a number\n" + mend);
  CHECK(entry("\"scored_by\": \"cat\"") ==
        at + "3:16: error: \"scored_by\" is \"cat\", not llm, local or author\n" + mend);
  CHECK(entry("\"reason\": 7") == at + "3:13: error: \"reason\" is 7, not a string\n" + mend);
  CHECK(entry("\"h_index\": -1") == at + "3:14: error: \"h_index\" is -1, not a whole number from 0 on\n" + mend);
  CHECK(entry("\"rescored\": true") == at + "3:15: error: here is true, not an object\n" + mend);
  CHECK(entry("\"rescored\": {\"before\": \"llm\"}") == at + "3:15: error: \"on\" is missing\n" + mend);
  CHECK(entry("\"rescored\": {\"on\": \"2099-01-06\"}") == at + "3:15: error: \"before\" is missing\n" + mend);
  CHECK(entry("\"rescored\": {\"on\": \"2099-01-06\", \"before\": \"\"}") ==
        at + "3:46: error: \"before\" is \"\", not llm, local or author\n" + mend);
  CHECK(entry("\"rescored\": {\"on\": \"2099-01-06\", \"before\": \"llm\", \"novelty\": 0}") ==
        at + "3:64: error: \"novelty\" is 0, not a whole number from 1 to 10\n" + mend);
  CHECK(entry("\"version\": {}") ==
        at + "3:14: error: \"version\" is an object, not a whole number from 1 on\n" + mend);
}

TEST_CASE("what a record must have is asked for") {
  const std::string at = "archive/2099/2099-01-05.json:";
  CHECK(fault_of("{}") == at + "1:1: error: \"schema\" is missing\n" + mend);
  CHECK(fault_of(R"({"schema": 1, "status": "quiet"})") == at + "1:1: error: \"date\" is missing\n" + mend);
  CHECK(fault_of(R"({"schema": 1, "date": "2099-01-05"})") == at + "1:1: error: \"status\" is missing\n" + mend);
  CHECK(fault_of(R"({"schema": 1, "date": "2099-13-01", "status": "quiet"})") ==
        at + "1:23: error: \"date\" is \"2099-13-01\", not a day as YYYY-MM-DD\n" + mend);
  CHECK(fault_of(R"({"schema": 1, "date": "2099-01-05", "status": "fine"})") ==
        at + "1:47: error: \"status\" is \"fine\", not complete, quiet, partial, local, degraded or lost\n" + mend);
  CHECK(fault_of(with_entry(R"( {"title": "T", "scorer": "llm"})")) == at + "2:2: error: \"id\" is missing\n" + mend);
  CHECK(fault_of(with_entry(R"({"id": "", "title": "T", "scorer": "llm"})")) ==
        at + "2:8: error: \"id\" is \"\", not an arXiv id such as \"2508.01625\"\n" + mend);
  CHECK(fault_of(with_entry(R"({"id": "9901.00001", "scorer": "llm"})")) ==
        at + "2:1: error: \"title\" is missing\n" + mend);
  CHECK(fault_of(with_entry(R"({"id": "9901.00001", "title": "T", "scorer": "cat"})")) ==
        at + "2:46: error: \"scorer\" is \"cat\", not llm, local or author\n" + mend);
  CHECK(fault_of(with_entry(R"({"id": "9901.00001", "title": "T"})")) ==
        at + "2:1: error: \"scorer\" is missing\n" + mend);
  CHECK(fault_of(with_entry("7")) == at + "2:1: error: here is 7, not an object\n" + mend);
  CHECK(fault_of("[]") == at + "1:1: error: here is a list, not an object\n" + mend);
}

TEST_CASE("a record of a newer schema is refused") {
  CHECK(fault_of(R"({"schema": 2, "date": 7})") ==
        "archive/2099/2099-01-05.json:1:12: error: the record was written by a newer Daybook (schema 2; this one reads "
        "schema 1)\n  mend: upgrade Daybook\n");
}

TEST_CASE("a paper that a record has twice is named") {
  const std::string paper = R"({"id": "9901.00001", "title": "T", "scorer": "llm"})";
  CHECK(fault_of(with_entry(paper + ",\n" + paper)) ==
        "archive/2099/2099-01-05.json:3:1: error: paper 9901.00001 is here a second time\n"
        "  mend: take one of the two out\n");
}

TEST_CASE("a record that is no JSON is refused with the place") {
  CHECK(fault_of("{\"schema\": 1,\n  oops}") ==
        "archive/2099/2099-01-05.json:2:3: error: this is not valid JSON: Missing a name for object member.\n" + mend);
  CHECK(fault_of("{\"schema\": \"\xFF\"}") ==
        "archive/2099/2099-01-05.json:1:13: error: this is not valid JSON: a byte is not UTF-8\n" + mend);
  CHECK(fault_of("{\"schema\": \"\xC3") ==
        "archive/2099/2099-01-05.json:1:13: error: this is not valid JSON: a byte is not UTF-8\n" + mend);
  CHECK(fault_of(write_record(samples::full_day()) + '\0' + "x")
            .find(": error: this is not valid JSON: a byte is zero") != std::string::npos);
  CHECK(fault_of(with_entry(R"({"id": "9901.00001", "title": "a\uDC00b", "scorer": "llm"})")) ==
        "archive/2099/2099-01-05.json:2:31: error: this text holds half a surrogate pair, which is no character\n" +
            mend);
  CHECK(fault_of(
            with_entry(R"({"id": "9901.00001", "title": "a\uD83D\uDE00", "authors": ["\udfff"], "scorer": "llm"})")) ==
        "archive/2099/2099-01-05.json:2:60: error: this text holds half a surrogate pair, which is no character\n" +
            mend);
}

TEST_CASE("a record cut off at any byte is an error, never half a day") {
  const std::string whole = write_record(samples::full_day());
  for (std::size_t length = 0; length + 2 < whole.size(); ++length)
    REQUIRE_FALSE(read_record(whole.substr(0, length), "a.json"));
}

TEST_CASE("a record's numbers are read exactly, in every form that JSON has") {
  const auto cost = [](const std::string& number) {
    return read_record(
        "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"quiet\", \"usage\": {\"cost\": " + number + "}}", "x");
  };
  const std::vector<std::pair<std::string, double>> numbers = {
      {"0", 0},
      {"0e55", 0},
      {"0.0E-400", 0},
      {"-0E+40", 0},
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
  for (const std::string text : {"1e400", "1.8e308"}) {
    const auto large = cost(text);
    REQUIRE_FALSE(large);
    CHECK(large.error().what == "this is not valid JSON: Number too big to be stored in double.");
  }
}

TEST_CASE("a record of nothing but brackets doesn't exhaust the stack") {
  CHECK_FALSE(read_record(std::string(200000, '['), "a.json"));
  CHECK_FALSE(
      read_record("{\"schema\": 1, \"date\": " + std::string(200000, '[') + std::string(200000, ']') + "}", "a"));
}

TEST_CASE("a byte that is no UTF-8 does not make the record unreadable") {
  Day day = samples::full_day();
  day.papers[0].paper.title = "A\xFF";
  CHECK(read_back(day).papers[0].paper.title == "A\xEF\xBF\xBD");
}

TEST_CASE("record: an id that is no arXiv id is a fault with its place, wherever a paper stands", "[record]") {
  const std::string at = "archive/2099/2099-01-05.json:";
  const std::string head = "{\"schema\": 1, \"date\": \"2099-01-05\", \"status\": \"complete\", \"papers\": [],\n";
  const std::string told = ", not an arXiv id such as \"2508.01625\"\n" + mend;
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
        source + ": error: this has 33554506 bytes, and 33554432 are the most that a day may have\n" + mend);
  CHECK(fault_of(std::string(20000000, '[')) ==
        source + ":1:65: error: objects and lists are nested more than 64 deep\n" + mend);
}
