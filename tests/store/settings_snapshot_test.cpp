#include "store/settings_snapshot.h"

#include <tuple>

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

Settings settings() {
  Settings settings;
  settings.llm.model = "model-1";
  settings.interests.topics = {{"bees", "Bees", "bees", "wasps", {"hive", "\"honey\"\n"}},
                               {"ants", "Ants", "", "", {}}};
  settings.interests.skip_keywords = {"survey"};
  settings.interests.cutoffs = {6, 2, 30};
  settings.interests.authors = {{"ada", "Ada Ü.", "12", ""}, {"bo", "Bo", "", ""}};
  return settings;
}

const SettingsSnapshot before = snapshot_after(std::nullopt, settings(), "sha256:1", monday);

// What a run of the day after says.
SettingsSnapshot after(const Settings& edited, const std::string& prompt = "sha256:1") {
  return snapshot_after(before, edited, prompt, monday + 1);
}
std::string edit_to(const Settings& edited, const std::string& prompt = "sha256:1") {
  return difference(before, after(edited, prompt));
}

}  // namespace

TEST_CASE("settings snapshot: settings are in force since the day that met them, until what counts is edited",
          "[state]") {
  CHECK(before.since == monday);
  Settings same = settings();
  same.site.title = "Another";
  same.arxiv.categories = {"cs.RO"};
  same.llm.batch = 3;
  same.scoring.h_index = 40;
  std::swap(same.interests.authors[0], same.interests.authors[1]);
  CHECK(after(same).since == monday);
  CHECK(edit_to(same).empty());
  same.interests.authors.clear();
  const SettingsSnapshot now = snapshot_after(before, same, "sha256:1", monday + 1);
  CHECK(now.since == monday);
  CHECK(now.interests.authors.empty());
}

TEST_CASE("settings snapshot: an edit of what counts is named, and in force since the run that meets it", "[state]") {
  const auto edited = [](const auto& edit) {
    Settings other = settings();
    edit(other);
    return edit_to(other);
  };
  CHECK(edited([](Settings& s) { s.interests.topics.pop_back(); }) == "topics");
  CHECK(edited([](Settings& s) { s.interests.topics[0].keywords.pop_back(); }) == "topics");
  CHECK(edited([](Settings& s) { s.interests.skip_keywords.clear(); }) == "words to skip");
  CHECK(edited([](Settings& s) { s.interests.cutoffs.at_most = 31; }) == "cut-offs");
  CHECK(edited([](Settings& s) { s.llm.model = "model-2"; }) == "model");
  Settings all = settings();
  all.interests = {};
  all.llm.model = "model-2";
  CHECK(edit_to(all) == "topics, words to skip, cut-offs and model");
  CHECK(after(all).since == monday + 1);
  // The prompt is made of the topics: its template was edited only where they are the same.
  CHECK(edit_to(settings(), "sha256:2") == "prompt");
}

TEST_CASE("settings snapshot: where nothing is known of before, nothing was edited, and the settings are new",
          "[state]") {
  const SettingsSnapshot now = snapshot_after(std::nullopt, settings(), "sha256:1", monday + 3);
  CHECK(now.since == monday + 3);
}

TEST_CASE("settings snapshot: a clock that was ahead for a while leaves no day of the future", "[state]") {
  const SettingsSnapshot ahead = snapshot_after(std::nullopt, settings(), "sha256:1", monday + 4000);
  CHECK(snapshot_after(ahead, settings(), "sha256:1", monday).since == monday);
}

TEST_CASE("settings snapshot: what is in force is kept in the state, and a file that is damaged is an error",
          "[state]") {
  const TemporaryFolder folder;
  CHECK(*kept_snapshot(folder.path()) == std::nullopt);
  REQUIRE(keep_snapshot(folder.path(), before));
  CHECK(*kept_snapshot(folder.path()) == before);

  const std::string path = folder / "interests.json";
  const std::string whole = bytes_of(path);
  const std::string hint =
      "\n  hint: no action needed: the next run rewrites it; until then all settings count as new\n";
  put(path, whole.substr(0, 30));
  CHECK(describe(kept_snapshot(folder.path()).error()) ==
        path + ":1:31: error: this is not valid JSON: Missing a closing quotation mark in string." + hint);
  for (const auto& [from, to, fault] :
       {std::tuple{"\"at_most\": 30", "\"at_most\": -1", "\"at_most\" is -1, not a whole number from 0 to 1000000"},
        {"2099-01-05", "2099-13-05", "\"since\" is \"2099-13-05\", not a day as YYYY-MM-DD"},
        {"[\"survey\"]", "\"survey\"", "\"skip_keywords\" is \"survey\", not a list of strings"},
        {"\"hive\"", "7", "\"keywords\" holds 7, not a string"},
        {"\"Ants\"", "null", "\"name\" is null, not a string"},
        {"\"model\"", "\"mode\"", "\"model\" is missing"}}) {
    std::string damaged = whole;
    damaged.replace(damaged.find(from), std::string(from).size(), to);
    put(path, damaged);
    const std::string described = describe(kept_snapshot(folder.path()).error());
    INFO(described);
    CHECK(described.find(std::string(": error: ") + fault + hint) != std::string::npos);
  }
}

TEST_CASE("settings snapshot: a topic's pause or passed end is an edit, an end ahead and a former name are none",
          "[state]") {
  Settings edited = settings();
  edited.interests.topics[0].until = monday + 1;
  edited.interests.topics[0].formerly = {"Hives"};
  CHECK(edit_to(edited).empty());
  CHECK(after(edited).since == monday);
  edited.interests.topics[0].until = monday;
  CHECK(edit_to(edited) == "topics");
  CHECK(after(edited).interests.topics == std::vector<Topic>{settings().interests.topics[1]});
  edited = settings();
  edited.interests.topics[0].paused = true;
  CHECK(edit_to(edited) == "topics");
}
