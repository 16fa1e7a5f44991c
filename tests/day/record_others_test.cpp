#include "day/record.h"
#include "day/samples.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Other full_other() {
  Other other;
  other.id = "9901.00003";
  other.title = "A \"title\"";
  other.categories = {"cs.LG", "cs.AI"};
  other.score = samples::full_entry().score;
  other.score.comment.clear();
  other.score.topic.clear();
  other.reason = "relevance 3 < 7";
  return other;
}

std::string fault_of(const std::string& lines) {
  const auto others = read_others(lines, "archive/2099/2099-01-05.others.jsonl");
  return others ? "no error" : describe(others.error());
}

}  // namespace

TEST_CASE("others: each is a line with what is known of it", "[record]") {
  Other read{"9901.00003", "A \"title\"", {"cs.LG", "cs.AI"}, {3, {}, "", "", Scorer::author, 0.12}, "relevance 3 < 7"};
  read.score.threshold = 0.31;
  read.score.scored_by = Scorer::local;
  read.score.reason = "the budget ended";
  read.score.rescored = Rescored{samples::date("2099-01-06"), Scorer::llm, {}, 2};
  CHECK(write_others({read, {"9901.00004", "B", {}, {{}, {}, "", "", Scorer::llm, {}}, "relevance unknown"}}) ==
        R"({"id": "9901.00003", "title": "A \"title\"", "categories": ["cs.LG", "cs.AI"], "scorer": "author", )"
        R"("scored_by": "local", "relevance": 3, "local_score": 0.12, "threshold": 0.31, "reason": "relevance 3 < 7", )"
        R"("unscored": "the budget ended", "rescored": {"on": "2099-01-06", "before": "llm", "novelty": 2}})"
        "\n"
        R"({"id": "9901.00004", "title": "B", "scorer": "llm", "reason": "relevance unknown"})"
        "\n");
  CHECK(write_others({}).empty());
}

TEST_CASE("others: the lines of the papers that were not selected read back equal", "[record]") {
  const std::vector<Other> others = {
      full_other(), {"9901.00004", "", {}, {}, ""}, {"hep-th/9901001", "B", {}, {}, "x"}};
  const auto read = read_others(write_others(others), "x");
  if (!read) FAIL(describe(read.error()));
  CHECK(*read == others);
  CHECK(read_others("", "x")->empty());
  CHECK(read_others("\r\n\n" + write_others(others) + "\n", "x")->size() == 3);
}

TEST_CASE("others: a broken line is named with what was expected there", "[record]") {
  const std::string at = "archive/2099/2099-01-05.others.jsonl:2:";
  const std::string hint = "  hint: correct it there, or restore the file from its history\n";
  const std::string good = write_others({full_other()});
  CHECK(fault_of(good + R"({"id": "9901.00004", "scorer": "cat"})") ==
        at + "32: error: \"scorer\" is \"cat\", not llm, local or author\n" + hint);
  CHECK(fault_of(good + R"({"id": "9901.00004"})") == at + "1: error: \"scorer\" is missing\n" + hint);
  CHECK(fault_of(good + R"({"scorer": "llm"})") == at + "1: error: \"id\" is missing\n" + hint);
  CHECK(fault_of(good + R"({"id": "9901.00004", "scorer": "llm", "unscored": []})") ==
        at + "51: error: \"unscored\" is a list, not a string\n" + hint);
  CHECK(fault_of(good + "[]\n") == at + "1: error: here is a list, not an object\n" + hint);
}

TEST_CASE("others: lines cut off at any byte but a line's end are an error", "[record]") {
  const std::string whole = write_others({full_other(), full_other()});
  const auto first = whole.find('\n');
  for (std::size_t length = 1; length + 1 < whole.size(); ++length) {
    if (length == first || length == first + 1) continue;
    REQUIRE_FALSE(read_others(whole.substr(0, length), "x"));
  }
}
