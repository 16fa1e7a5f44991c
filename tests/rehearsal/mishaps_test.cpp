// What somebody or something has done to an owner's repository, and what becomes of it.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const Date monday = *Date::parse("2099-01-05");
const Date tuesday = monday + 1;

// An owner with one good day behind.
struct Settled {
  Owner owner;
  Settled() {
    owner.submit(monday - 4, monday + 12, 6);
    REQUIRE(owner.daily(monday, 0).result == "success");
  }
  void before(const std::string& script, const std::function<void()>& deed) {
    bool done = false;
    owner.runner.before_step = [=](const std::string&, const Step& step) mutable {
      if (!done && step.title().find(script) != std::string::npos) {
        done = true;
        deed();
      }
      return Stop::none;
    };
  }
};

}  // namespace

TEST_CASE("mishaps: where GitHub refuses every push, nothing is paid, and the error says where the rules are",
          "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  settled.before("daily.sh",
                 [&] { put(owner.origin.folder() + "/hooks/pre-receive", "#!/bin/sh\necho GH013: no >&2\nexit 1\n"); });
  const auto asked = owner.llm.log().size();
  const Played played = owner.daily(tuesday, 0);
  INFO(played.log());
  CHECK(played.result == "failure");
  CHECK(owner.llm.log().size() == asked);
  CHECK(says(played.annotations(), "error: The branch state can't be pushed: remote: GH013: no"));
  CHECK(says(played.annotations(), "https://github.com/ada/papers/settings/rules"));
  // The readers have their day.
  CHECK(owner.hub.site()->count("2099/01/06/index.html") == 1);
}

TEST_CASE("mishaps: a run that was cancelled closes no issue", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  LlmBehaviour down;
  down.always = LlmFault::unauthorized;
  owner.llm.behave(down);
  for (const Date day : {tuesday, tuesday + 1}) CHECK(owner.daily(day, 0).result == "success");
  REQUIRE(owner.hub.issues().size() == 1);
  owner.runner.during_step = [](const std::string&, const Step& step, const std::string&) {
    return step.title().find("daily.sh") != std::string::npos ? Stop::cancelled : Stop::none;
  };
  CHECK(owner.daily(tuesday + 2, 0).result == "cancelled");
  CHECK(owner.hub.issues().front().state == "open");
}

TEST_CASE("mishaps: rubbish in the state keeps no day from being recorded", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  owner.origin.commit(
      "state",
      {{"archive-days", "hi"},
       {"outcome.json", "{\"troubles\": [null, {\"day\": \"zzzz\"}, {\"day\": {}}, \"\"], \"colour\": \"green\"}"},
       {"version", std::string("\0\xff", 2)},
       {"lost-days",
        "2099-13-45 x y\n2098-06-01 $(id) 2099-01-05\n2098-06-02';id;' "
        "0123456789abcdef0123456789abcdef01234567 2099-01-05\n"},
       {"candidates/2099-01-05.json", "{"},
       {"answers/2099-01-05.jsonl", "[[[\n"},
       {"endpoints.json", "null"}},
      "Rubbish");
  const Played played = owner.daily(tuesday, 0);
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(owner.status(tuesday) == "complete");
  // What a warning offers to paste into a shell has none of it.
  CHECK_FALSE(says(played.annotations(), "lost days"));
  CHECK(owner.problems() == Sentences{});
}

TEST_CASE("mishaps: a record that was moved by hand in the workspace is not pushed as a loss", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  settled.before("keep.sh", [&] {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(owner.runner.folder()))
      if (entry.path().filename() == "2099-01-05.json" &&
          entry.path().string().find("/archive/") != std::string::npos) {
        std::filesystem::rename(entry.path(), entry.path().parent_path() / "2098-12-31.json");
        break;
      }
  });
  const Played played = owner.daily(tuesday, 0);
  INFO(played.log());
  CHECK(played.result == "failure");
  CHECK(says(played.annotations(), "error: The archive would lose files, so it is not pushed: 2099/2099-01-05.json"));
  CHECK(owner.status(monday) == "complete");
}

TEST_CASE("mishaps: an archive whose branch was deleted meanwhile begins anew with all that it had", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  settled.before("keep.sh", [&] { owner.origin.delete_branch("archive"); });
  const Played played = owner.daily(tuesday, 0);
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(owner.status(monday) == "complete");
  CHECK(owner.status(tuesday) == "complete");
  CHECK(owner.problems() == Sentences{});
}

TEST_CASE("mishaps: days that were pushed away are named in every run of two weeks, with the way back", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  const auto files = owner.origin.files("archive");
  std::map<std::string, std::optional<std::string>> old;
  for (const char* ending : {".json", ".md", ".others.jsonl"})
    old[std::string("2098/2098-06-02") + ending] = files.at(std::string("2099/2099-01-05") + ending);
  auto& record = *old["2098/2098-06-02.json"];
  record.replace(record.find("2099-01-05"), 10, "2098-06-02");
  const std::string before = owner.origin.tip("archive");
  owner.origin.commit("archive", old, "An old day");
  REQUIRE(owner.daily(tuesday, 0).result == "success");
  const std::string tip = owner.origin.tip("archive");
  owner.origin.set_branch("archive", before);
  for (const int hour : {1, 2}) {
    const Played played = owner.daily(tuesday, hour);
    INFO(played.log());
    CHECK(played.result == "success");
    CHECK(says(played.annotations(), "2098-06-02"));
    CHECK(says(played.annotations(), "git checkout " + tip + " -- '2098/2098-06-02.*'"));
  }
  CHECK(owner.status(tuesday) == "complete");
}

TEST_CASE("mishaps: a date by hand that is none is an error that says nothing of today", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  const Played played = owner.play("daily.yml", {"workflow_dispatch", new_york_time(tuesday, 0), {{"date", "--help"}}});
  INFO(played.log());
  CHECK(played.result == "failure");
  CHECK(says(played.annotations(), "\"--help\" is not a date (expected YYYY-MM-DD)"));
  CHECK(owner.hub.issues().empty());
}

TEST_CASE("mishaps: a backfill by shards asks about each paper once, and starts daily.yml to publish", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  const auto asked = owner.llm.log().size();
  const Date from = tuesday;
  const Date to = tuesday + 6;
  const Played played = owner.play(
      "backfill.yml",
      {"workflow_dispatch", new_york_time(to + 1, 9), {{"from", from.iso()}, {"to", to.iso()}, {"shards", "3"}}});
  INFO(played.log());
  CHECK(played.result == "success");
  std::size_t papers = 0;
  for (Date day = from; day <= to; day = day + 1) {
    INFO(day.iso());
    CHECK(owner.status(day) == (day.is_weekend() ? "quiet" : "complete"));
    papers += static_cast<std::size_t>(owner.record(day)->counts.scanned.value_or(0));
  }
  const auto log = owner.llm.log();
  std::size_t questions = 0;
  for (auto exchange = log.begin() + static_cast<std::ptrdiff_t>(asked); exchange != log.end(); ++exchange)
    questions += exchange->ids.size();
  CHECK(questions == papers);
  CHECK_FALSE(owner.origin.has("backfill"));
  REQUIRE(owner.hub.dispatches().size() == 1);
  CHECK(owner.hub.dispatches().front() == "daily.yml");
  REQUIRE(owner.daily(to + 1, 10).result == "success");
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.archive_problems(monday, to + 1) == Sentences{});
}

TEST_CASE("mishaps: a backfill that has to wait keeps what it has, and the schedule starts it again", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  LlmBehaviour down;
  down.always = LlmFault::no_quota;
  owner.llm.behave(down);
  const Event range = {"workflow_dispatch",
                       new_york_time(monday + 5, 9),
                       {{"from", tuesday.iso()}, {"to", (tuesday + 3).iso()}, {"shards", "2"}}};
  const Played waiting = owner.play("backfill.yml", range);
  INFO(waiting.log());
  CHECK(waiting.result == "success");
  CHECK(owner.origin.has("backfill"));
  CHECK(owner.hub.dispatches().empty());
  CHECK(owner.status(tuesday).empty());
  LlmBehaviour well;
  well.key = owners_key;
  owner.llm.behave(well);
  REQUIRE(owner.daily(monday + 5, 12).result == "success");
  REQUIRE(owner.hub.dispatches().size() == 1);
  CHECK(owner.hub.dispatches().front() == "backfill.yml");
  const Played on = owner.play("backfill.yml", {"workflow_dispatch", new_york_time(monday + 5, 13)});
  INFO(on.log());
  CHECK(on.result == "success");
  CHECK_FALSE(owner.origin.has("backfill"));
  for (int i = 0; i < 4; ++i) CHECK(owner.status(tuesday + i) == "complete");
}

TEST_CASE("mishaps: a predecessor's branch is imported by one dispatch, and days that are there stay", "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  const TemporaryFolder folder;
  Origin predecessor(folder / "old.git");
  predecessor.commit(
      "main", {{"docs/2098-05-06.md", "# Personalized Daily Arxiv Papers 05/06/2098\n\nTotal relevant papers: 0\n"}},
      "Old days");
  owner.runner.other_repositories["bob/old"] = predecessor.url();
  const auto before = owner.origin.files("archive").at("2099/2099-01-05.json");
  const Played played = owner.play(
      "import.yml", {"workflow_dispatch", new_york_time(tuesday, 9), {{"repository", "bob/old"}, {"path", "docs"}}});
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(owner.origin.files("archive").count("2098/2098-05-06.json") == 1);
  CHECK(owner.origin.files("archive").at("2099/2099-01-05.json") == before);
  CHECK(owner.hub.dispatches().size() == 1);
}

TEST_CASE("mishaps: faults of a library keep no day from being recorded, and the state keeps files of any name",
          "[rehearsal]") {
  Settled settled;
  Owner& owner = settled.owner;
  owner.origin.commit(
      "main",
      {{"config/feedback.txt", "nothing\n"},
       {"config/library/mine.bib", "@misc{a, title={Less is More}, abstract={We invent.}}\n@misc{b,\n"}},
      "My library");
  const std::string library =
      "{\"papers\": {\n\"9901.99999\": {\"title\":\"T\",\"authors\":[],\"abstract\":\"A\",\"categories\":[]}},\n"
      "\"unknown\": {}}\n";
  const std::string bytes("\0\xff model", 8);
  owner.origin.commit("state", {{"library.json", library}, {"some.file", bytes}, {"some/folder/of.files", bytes}},
                      "Remembered");
  for (const int hour : {20, 21}) {
    const Played played = owner.play("daily.yml", {"push", new_york_time(monday, hour)});
    INFO(played.log());
    CHECK(played.result == "success");
    CHECK(played.log().find("config/feedback.txt") != std::string::npos);
    CHECK(played.log().find("config/library/mine.bib") != std::string::npos);
  }
  const auto state = owner.origin.files("state");
  CHECK(state.at("library.json") == library);
  CHECK(state.at("some.file") == bytes);
  CHECK(state.at("some/folder/of.files") == bytes);
  const Played next = owner.daily(tuesday, 0);
  INFO(next.log());
  CHECK(owner.status(tuesday) == "complete");
  CHECK(owner.problems() == Sentences{});
}

// As if GitHub held no group: a step of the one, a step of the other.
TEST_CASE("mishaps: two daily runs side by side record each day once, lose nothing and are both published",
          "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday + 3, 9);
  owner.arxiv.set_today(monday);
  const Event event{"schedule", new_york_time(monday, 1)};
  const auto first = owner.runner.play_side_by_side("daily.yml", event, event);
  INFO(first.first.log() << "\n----- the other\n" << first.second.log());
  CHECK(first.first.result == "success");
  CHECK(first.second.result == "success");
  CHECK((first.first.log() + first.second.log()).find("was rejected") != std::string::npos);
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.status(monday) == "complete");

  owner.arxiv.set_today(tuesday);
  const Event next{"schedule", new_york_time(tuesday, 1)};
  const auto second = owner.runner.play_side_by_side("daily.yml", next, next);
  INFO(second.first.log() << "\n----- the other\n" << second.second.log());
  CHECK(second.first.result == "success");
  CHECK(second.second.result == "success");
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.archive_problems(monday, tuesday) == Sentences{});
}
