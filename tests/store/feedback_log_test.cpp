#include "store/feedback_log.h"

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

const Instant noon = *Instant::parse_rfc3339("2099-01-05T12:00:00Z");

FeedbackLine line(const std::string& id, Stance stance, int issue, int seconds = 0) {
  return {id, stance, {noon.seconds + seconds}, issue};
}

FeedbackLog opened(const TemporaryFolder& folder, std::size_t damaged_lines = 0) {
  Errors damaged;
  auto log = FeedbackLog::open(folder.path(), damaged);
  REQUIRE(log);
  CHECK(damaged.size() == damaged_lines);
  return std::move(*log);
}

}  // namespace

TEST_CASE("feedback log: what is appended is read back, and its issue is known", "[feedback]") {
  const TemporaryFolder folder;
  const std::vector<FeedbackLine> said = {line("9901.00001", Stance::like, 12),
                                          line("hep-th/9901001", Stance::dislike, 12)};
  CHECK(opened(folder).lines().empty());
  REQUIRE(opened(folder).append(said));
  CHECK(bytes_of(folder / "feedback.jsonl") ==
        R"({"id": "9901.00001", "opinion": "like", "at": "2099-01-05T12:00:00Z", "issue": 12})"
        "\n"
        R"({"id": "hep-th/9901001", "opinion": "dislike", "at": "2099-01-05T12:00:00Z", "issue": 12})"
        "\n");
  CHECK(opened(folder).lines_of(12) == said);
  CHECK(opened(folder).lines_of(13).empty());
}

TEST_CASE("feedback log: the newest line of an id counts, wherever it stands", "[feedback]") {
  const TemporaryFolder folder;
  FeedbackLog log = opened(folder);
  REQUIRE(log.append({line("9901.00001", Stance::forget, 15, 60), line("9901.00002", Stance::like, 15, 60)}));
  REQUIRE(log.append({line("9901.00001", Stance::like, 12)}));  // of a run that was later, with an earlier issue
  REQUIRE(log.append({line("9901.00002", Stance::dislike, 16, 60), line("9901.00003", Stance::like, 0, 30)}));
  CHECK(log.newest() == std::vector<FeedbackLine>{line("9901.00003", Stance::like, 0, 30),
                                                  line("9901.00001", Stance::forget, 15, 60),
                                                  line("9901.00002", Stance::dislike, 16, 60)});
  CHECK(log.newest_without(15).front() == line("9901.00001", Stance::like, 12));
}

TEST_CASE("feedback log: damaged lines are named and passed over, and half a line does not spoil the next",
          "[feedback]") {
  const TemporaryFolder folder;
  put(folder / "feedback.jsonl",
      "nonsense\n"
      R"({"id": "../../etc/passwd", "opinion": "like", "at": "2099-01-05T12:00:00Z"})"
      "\n"
      R"({"id": "9901.00001", "opinion": "love", "at": "2099-01-05T12:00:00Z"})"
      "\n\n"
      R"({"id": "9901.000)");
  Errors damaged;
  REQUIRE(FeedbackLog::open(folder.path(), damaged));
  REQUIRE(damaged.size() == 4);
  CHECK(damaged[1].place.line == 2);
  CHECK(damaged[1].what ==
        "this line can't be read and is passed over: \"id\" is \"../../etc/passwd\", not an arXiv id");
  REQUIRE(opened(folder, 4).append({line("9901.00002", Stance::like, 12)}));
  CHECK(opened(folder, 4).lines() == std::vector<FeedbackLine>{line("9901.00002", Stance::like, 12)});
}
