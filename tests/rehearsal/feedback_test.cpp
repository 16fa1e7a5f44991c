// What an owner puts beside the settings, and what daybook remembers of it from run to run.
#include <algorithm>

#include "rehearsal/owner.h"
#include "rehearsal/workflow.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const Date monday = *Date::parse("2099-01-05");

}  // namespace

TEST_CASE("a push of a library starts the daily workflow, as one of any file below config does") {
  const std::string text = bytes_of(DAYBOOK_SOURCE_DIR "/.github/workflows/daily.yml");
  const auto paths = read_workflow("daily.yml", text).push_paths;
  CHECK(std::count(paths.begin(), paths.end(), "config/**") == 1);
}

TEST_CASE("faults of a library keep no day from being recorded, and the state keeps files of any name") {
  Owner owner;
  owner.submit(monday - 4, monday + 1, 6);
  REQUIRE(owner.daily(monday, 0).result == "success");
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
  const Played next = owner.daily(monday + 1, 0);
  INFO(next.log());
  CHECK(owner.status(monday + 1) == "complete");
  CHECK(owner.problems() == Sentences{});
}
