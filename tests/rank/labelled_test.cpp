#include "rank/labelled.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string line(const std::string& date, const std::string& id, const std::string& more = "") {
  return R"({"date": ")" + date + R"(", "id": ")" + id +
         R"(", "title": "Bees", "abstract": "On bees.", "selected": false)" + more + "}\n";
}

std::string faults_of(const std::string& text) {
  Errors errors;
  read_labelled(text, "history.jsonl", errors);
  std::string all;
  for (const Error& error : errors) all += describe(error);
  return all;
}

const std::string hint = "\n  hint: correct or remove that line\n";

}  // namespace

TEST_CASE("labelled papers: each has all that its line says, and what it does not say is absent", "[labelled]") {
  const std::string text =
      R"({"hits": 3, "date": "2099-01-05", "id": "9901.00001v2", "title": " Bees ", "authors": ["Ada A.", "Bo B."],)"
      R"( "abstract": "On \u00fcber-bees.\n", "categories": ["cs.LG", "cs.AI"], "scans": [{"id": 1}], "selected": true,)"
      R"( "model": "m-1", "relevance": 8, "novelty": 6.0})"
      "\r\n\n"
      R"({"date": "2099-01-05", "id": "9901.00002", "title": "", "abstract": "", "selected": false, "relevance": null})";
  Errors errors;
  const auto days = read_labelled("\xEF\xBB\xBF" + text, "history.jsonl", errors);
  CHECK(errors.empty());

  LabelledPaper first;
  first.paper.id = "9901.00001";
  first.paper.version = 2;
  first.paper.title = "Bees";
  first.paper.authors = {"Ada A.", "Bo B."};
  first.paper.abstract = "On über-bees.";
  first.paper.categories = {"cs.LG", "cs.AI"};
  first.selected = true;
  first.relevance = 8;
  first.novelty = 6;
  first.model = "m-1";
  LabelledPaper second;
  second.paper.id = "9901.00002";
  CHECK(days == std::vector<LabelledDay>{{*Date::parse("2099-01-05"), {first, second}}});
}

TEST_CASE("labelled papers: days ascend whatever the order of the lines, and papers of a day keep theirs",
          "[labelled]") {
  Errors errors;
  const auto days = read_labelled(line("2099-01-06", "9901.00004") + line("2099-01-05", "9901.00003") +
                                      line("2099-01-06", "9901.00002") + line("2099-01-05", "9901.00002"),
                                  "history.jsonl", errors);
  CHECK(errors.empty());
  std::string order;
  for (const LabelledDay& day : days)
    for (const LabelledPaper& labelled : day.papers) order += day.date.iso() + ' ' + labelled.paper.id + '\n';
  CHECK(order ==
        "2099-01-05 9901.00003\n2099-01-05 9901.00002\n"
        "2099-01-06 9901.00004\n2099-01-06 9901.00002\n");
}

TEST_CASE("labelled papers: every fault is named with its line", "[labelled]") {
  CHECK(faults_of(R"({"scans": {"date": 5}, "date": "2099-02-29", "id": "bees", "title": 7, "authors": "Ada",)"
                  R"( "selected": "yes", "relevance": 11, "novelty": 2.5, "model": 5, "categories": ["cs.LG", 5]})"
                  "\n[1]\n" +
                  line("2099-01-05", "9901.00001", ", \"relevance\": \"8\"") + "{\"date\": \"2099-01-05\", \"id\n") ==
        "history.jsonl:1: error: \"date\" is not a date (expected YYYY-MM-DD)" + hint +
            "history.jsonl:1: error: \"id\" is not an arXiv id" + hint +
            "history.jsonl:1: error: \"title\" is not a string" + hint +
            "history.jsonl:1: error: \"abstract\" is missing" + hint +
            "history.jsonl:1: error: \"authors\" is not a list of strings" + hint +
            "history.jsonl:1: error: \"categories\" is not a list of strings" + hint +
            "history.jsonl:1: error: \"selected\" is neither true nor false" + hint +
            "history.jsonl:1: error: \"relevance\" is not a whole number from 1 to 10" + hint +
            "history.jsonl:1: error: \"novelty\" is not a whole number from 1 to 10" + hint +
            "history.jsonl:1: error: \"model\" is not a string" + hint +
            "history.jsonl:2:1: error: this is not an object" + hint +
            "history.jsonl:3: error: \"relevance\" is not a whole number from 1 to 10" + hint +
            "history.jsonl:4:27: error: this is not valid JSON: Missing a closing quotation mark in string." + hint);
}

TEST_CASE("labelled papers: a paper that a day has twice is an error that names both lines", "[labelled]") {
  CHECK(faults_of(line("2099-01-05", "9901.00001") + line("2099-01-06", "9901.00001") + "\n" +
                  line("2099-01-05", "9901.00001v3")) ==
        "history.jsonl:4: error: 9901.00001 is also in line 1, for the same day" + hint);
}

TEST_CASE("labelled papers: of more than twenty faults the first are named, the others counted", "[labelled]") {
  std::string text;
  for (int i = 0; i < 27; ++i) text += "{}x\n";
  const std::string faults = faults_of(text);
  std::string expected;
  for (int i = 1; i <= 20; ++i)
    expected += "history.jsonl:" + std::to_string(i) +
                ":3: error: this is not valid JSON: The document root must not be followed by other values." + hint;
  CHECK(faults == expected + "history.jsonl: error: and 7 more\n");
}

TEST_CASE("labelled papers: a file without a paper is an error", "[labelled]") {
  for (const char* text : {"", "\n\r\n"})
    CHECK(faults_of(text) == "history.jsonl: error: there is no paper in it\n  hint: name a file of labelled papers\n");
}

TEST_CASE("labelled papers: text that is no UTF-8 is an error, half a surrogate pair becomes U+FFFD", "[labelled]") {
  CHECK(faults_of(line("2099-01-05", "9901.00001", ", \"model\": \"\xFF\"")) ==
        "history.jsonl:1:114: error: this is not valid JSON: a byte is not UTF-8" + hint);
  Errors errors;
  const auto days =
      read_labelled(line("2099-01-05", "9901.00001", R"(, "model": "a\udc00b")"), "history.jsonl", errors);
  REQUIRE(days.size() == 1);
  const std::string& model = days[0].papers[0].model;
  CHECK(model.substr(0, 4) == "a\xEF\xBF\xBD");
  CHECK(model.back() == 'b');
}
