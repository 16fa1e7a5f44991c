// The first day of an owner, as the README's "Make it yours" has it.
#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"
#include "support/loopback_server.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

const Date monday = *Date::parse("2099-01-05");
using Sentences = std::vector<std::string>;

}  // namespace

TEST_CASE("first day: the first run makes both branches and publishes, the second finds nothing to do", "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday + 1, 9);
  const Played first = owner.daily(monday, 0);
  INFO(first.log());
  CHECK(first.result == "success");
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.status(monday) == "complete");
  CHECK(owner.hub.deployments() == 1);
  CHECK(first.job("day").summary.find("2099-01-05: complete") != std::string::npos);
  CHECK(owner.origin.files("archive").at("site.json") == "{\"id_base\": \"" + owner.hub.pages_url() + "\"}\n");
  const auto asked = owner.llm.log().size();
  const auto archive = owner.origin.tip("archive");

  const Played second = owner.daily(monday, 1);
  INFO(second.log());
  CHECK(second.result == "success");
  CHECK(owner.hub.deployments() == 1);
  CHECK(owner.llm.log().size() == asked);
  CHECK(owner.origin.tip("archive") == archive);
  CHECK(owner.hub.enabled() == Sentences{"daily.yml", "daily.yml"});
}

TEST_CASE("first day: a WebSub hub is told of each feed once the site is online, and may fail", "[rehearsal]") {
  LoopbackServer websub;
  websub.answer_in_turn("/hub", {{.status = 204}, {.status = 500}});
  Files files = copied_files();
  std::string& settings = *files.at("config/daybook.toml");
  const std::string none = "hub = \"\"";
  settings.replace(settings.find(none), none.size(), "hub = \"" + websub.url("/hub") + '"');
  Owner owner(std::move(files));
  owner.submit(monday - 4, monday + 1, 9);
  const Played first = owner.daily(monday, 0);
  INFO(first.log());
  CHECK(first.result == "success");
  REQUIRE(websub.requests().size() == 1);
  const std::string body = websub.requests()[0].body;
  CHECK(body.starts_with("hub.mode=publish&hub.url=http"));
  CHECK(body.find("%2Ftop%2Fatom.xml") != std::string::npos);
  CHECK(body.find("%2Fdaily%2Ffeed.json") != std::string::npos);

  const Played second = owner.daily(monday + 1, 0);
  CHECK(second.result == "success");
  CHECK(says(second.annotations(), "warning: The hub " + websub.url("/hub") + " was not told of the new entries."));
  CHECK(owner.problems() == Sentences{});
}

TEST_CASE("first day: without Pages the run is red, says where the switch is, and has kept the day", "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday, 6);
  owner.hub.set_pages({false, ""});
  const Played off = owner.daily(monday, 0);
  INFO(off.log());
  CHECK(off.result == "failure");
  CHECK(says(off.annotations(),
             "error: The site can't be published: GitHub Pages are off.\nhint: open "
             "https://github.com/ada/papers/settings/pages and choose \"GitHub Actions\""));
  CHECK(owner.status(monday) == "complete");
  owner.hub.set_pages({});
  const Played on = owner.daily(monday, 1);
  CHECK(on.result == "success");
  CHECK(owner.problems() == Sentences{});
}

TEST_CASE("first day: a copy with the example's settings shows papers, under the address at GitHub", "[rehearsal]") {
  Owner owner;
  std::string settings = owner.origin.files("main").at("config/daybook.toml");
  const auto at = settings.find("\nurl = ") + 1;
  settings.replace(at, settings.find('\n', at) - at, "url = \"https://example.github.io/daybook/\"");
  owner.origin.commit("main", {{"config/daybook.toml", settings}}, "Not mine yet");
  owner.submit(monday - 4, monday, 6);
  const Played played = owner.daily(monday, 0);
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(says(played.annotations(),
             "warning: file=config/daybook.toml [site] url is still the example's, "
             "https://example.github.io/daybook/; the site's address at GitHub is used, " +
                 owner.hub.pages_url()));
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.status(monday) == "complete");
  CHECK(owner.origin.files("archive").at("site.json") == "{\"id_base\": \"" + owner.hub.pages_url() + "\"}\n");
}

TEST_CASE("first day: the example's address stops the run if no other is known, with the line to write",
          "[rehearsal]") {
  Owner owner;
  std::string settings = owner.origin.files("main").at("config/daybook.toml");
  const auto at = settings.find("\nurl = ") + 1;
  settings.replace(at, settings.find('\n', at) - at, "url = \"https://example.github.io/daybook/\"");
  owner.origin.commit("main", {{"config/daybook.toml", settings}}, "Not mine yet");
  owner.hub.set_pages({false, ""});
  const Played played = owner.daily(monday, 0);
  INFO(played.log());
  CHECK(played.result == "failure");
  CHECK(says(played.annotations(),
             "write  url = \"https://ada.github.io/papers/\"  in [site]: "
             "https://github.com/ada/papers/edit/main/config/daybook.toml"));
  CHECK(owner.status(monday).empty());
}

TEST_CASE("init: what it writes publishes on the first day, and after an upgrade to another release", "[rehearsal]") {
  Owner owner(initialized_files());
  const auto files = owner.origin.files("main");
  CHECK(files.size() == 7);
  CHECK(files.count(".github/scripts/daily.sh") == 0);
  owner.submit(monday - 4, monday + 2, 9);
  const Played first = owner.daily(monday, 0);
  INFO(first.log());
  CHECK(first.result == "success");
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.status(monday) == "complete");
  CHECK(owner.hub.deployments() == 1);

  // The upgrade: another number, beside an edit of the settings.
  const std::string path = ".github/workflows/daily.yml";
  std::string workflow = files.at(path);
  const std::string action = "grace/daybook/.github/actions/setup-daybook@v";
  int numbers = 0;
  for (auto at = workflow.find(action); at != std::string::npos; at = workflow.find(action, at + 1), ++numbers)
    workflow.replace(at + action.size(), workflow.find('\n', at) - at - action.size(), "99.0.0");
  CHECK(numbers == 3);
  std::string settings = files.at("config/daybook.toml");
  const std::string title = "title = \"Daybook\"";
  settings.replace(settings.find(title), title.size(), "title = \"Ada's papers\"");
  owner.origin.commit("main", {{path, workflow}, {"config/daybook.toml", settings}}, "Upgrade");
  const Played second = owner.daily(monday + 1, 0);
  INFO(second.log());
  CHECK(second.result == "success");
  CHECK(owner.problems() == Sentences{});
  CHECK(owner.status(monday + 1) == "complete");
  CHECK(owner.hub.site()->at("index.html").find("Ada's papers") != std::string::npos);
}

TEST_CASE("init: with the workflow of a backfill, days of the past are recorded", "[rehearsal]") {
  Owner owner(initialized_files({"--workflow", "daily", "--workflow", "backfill"}));
  owner.submit(monday - 8, monday, 6);
  CHECK(owner.daily(monday, 0).result == "success");
  const Played played =
      owner.play("backfill.yml",
                 {"workflow_dispatch", new_york_time(monday, 8, 0), {{"from", "2099-01-01"}, {"to", "2099-01-02"}}});
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(owner.status(monday - 3) == "complete");
}
