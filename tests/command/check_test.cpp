// daybook check on an archive: what it says of its days.
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

// What `daybook check` warns of at that time, in an archive with these days.
std::string warnings(const std::vector<Date>& days, const std::string& now) {
  const TemporaryFolder folder;
  put(folder / "daybook.toml",
      "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n"
      "[[topic]]\nname = \"A\"\nkeep = \"a\"\n");
  for (const Date day : days)
    put(folder / ("archive/2099/" + day.iso() + ".json"),
        "{\"schema\": 1, \"date\": \"" + day.iso() + "\", \"status\": \"quiet\", \"papers\": []}\n");
  Program program({"check", "-q", "--config", folder / "daybook.toml", "--archive", folder / "archive"},
                  {{"DAYBOOK_NOW", now}}, folder / "output");
  CHECK(program.wait() == 0);
  const std::string output = program.output();
  const auto end = output.find("settings, templates and");
  REQUIRE(end != std::string::npos);
  return output.substr(0, end).substr(end == 0 ? 0 : folder.path().size() + 1);
}

const Date monday = *Date::from_parts(2099, 1, 5);

}  // namespace

TEST_CASE("check: recorded days that lie in the future are a warning", "[check]") {
  CHECK(warnings({monday, monday + 1, monday + 2}, "2099-01-05T15:00:00Z") ==
        "archive: warning: these recorded days are in the future: 2099-01-06, 2099-01-07; today is 2099-01-05 in New "
        "York\n  hint: if a clock or a --date was wrong, delete the files of each, 2099/2099-01-06.* and so on, and "
        "run \"daybook upgrade\" and \"daybook build\"\n");
  CHECK(warnings({monday, monday + 1}, "2099-01-05T15:00:00Z") ==
        "archive: warning: this recorded day is in the future: 2099-01-06; today is 2099-01-05 in New York\n"
        "  hint: if a clock or a --date was wrong, delete its files, 2099/2099-01-06.*, and run \"daybook upgrade\" "
        "and \"daybook build\"\n");
}

TEST_CASE("check: of many days in the future the first and the last are named", "[check]") {
  std::vector<Date> days;
  for (int i = 0; i < 7; ++i) days.push_back(monday + i);
  CHECK(warnings(days, "2099-01-05T15:00:00Z").find("future: 6 from 2099-01-06 to 2099-01-11; today") !=
        std::string::npos);
}

TEST_CASE("check: a day is no future where it has begun in New York", "[check]") {
  CHECK(warnings({monday, monday + 1}, "2099-01-06T05:00:00Z").empty());
  CHECK_FALSE(warnings({monday, monday + 1}, "2099-01-06T04:59:59Z").empty());
}
