#include "site/home_page.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

DaySummary with(Date date, Status status, int papers = 0) {
  Day one = day_with(date, papers);
  one.status = status;
  return summary_of(one);
}

std::vector<std::string> texts(const Fields& fields, const char* of, const char* name) {
  std::vector<std::string> found;
  for (const Fields& one : std::get<Fields::List>(*fields.find(of)))
    found.push_back(std::get<std::string>(*one.find(name)));
  return found;
}

std::vector<std::string> notices(const Summaries& days) {
  return texts(home_page_fields(days, parts()), "notices", "notice");
}

std::string text(const Fields& fields, const char* name) { return std::get<std::string>(*fields.find(name)); }

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("home page: the latest day's best, and how many there are besides", "[site]") {
  DaySummary front = with(monday + 1, Status::complete, 40);
  const Summaries days = {front, with(monday, Status::complete, 2)};
  Fields fields = home_page_fields(days, parts());
  CHECK(text(fields, "plain_date") == "6 January 2099");
  CHECK(text(fields, "newest") == "2099-01-06");
  CHECK(text(fields, "papers") + ' ' + text(fields, "papers_word") == "40 papers");
  CHECK(text(fields, "top") + ' ' + text(fields, "top_have") == "8 have");
  CHECK(text(fields, "more") == "35");
  Texts shown;
  for (std::size_t i = 0; i < 5; ++i) shown.push_back(front.papers[i].id);
  CHECK(texts(fields, "best", "id") == shown);
  CHECK(texts(fields, "days", "date") == Texts{"2099-01-06", "2099-01-05"});
  front.counts.scanned = 1654;
  CHECK(text(home_page_fields({front}, parts()), "papers_word") == "of 1,654 new papers");
}

TEST_CASE("home page: a day of few papers has no others, and no week before it", "[site]") {
  const Fields fields = home_page_fields({with(monday, Status::complete, 1)}, parts());
  CHECK(text(fields, "more").empty());
  CHECK(text(fields, "top_have") == "has");
  CHECK_FALSE(std::get<bool>(*fields.find("has_week")));
}

TEST_CASE("home page: the week's best are papers that the page does not show already", "[site]") {
  const Summaries days = {with(monday, Status::complete, 9), with(monday - 3, Status::complete, 2)};
  CHECK(text(home_page_fields(days, parts()), "week_path") == "2099/w01/");  // the week that is over
  CHECK(texts(home_page_fields(days, parts()), "week_best", "id").size() == 2);
  const Summaries tuesday = {with(monday + 1, Status::complete, 6), with(monday, Status::complete, 1)};
  const Fields fields = home_page_fields(tuesday, parts());
  CHECK(text(fields, "week_path") == "2099/w02/");
  for (const std::string& id : texts(fields, "week_best", "id"))
    for (const std::string& shown : texts(fields, "best", "id")) CHECK(id != shown);
}

TEST_CASE("home page: days lost since the newest papers come first", "[site]") {
  Summaries days = {with(monday, Status::complete, 1)};
  CHECK(notices(days).empty());
  days.insert(days.begin(), with(monday + 1, Status::quiet));
  CHECK(notices(days).empty());
  days.insert(days.begin(), with(monday + 2, Status::lost));
  CHECK(notices(days) == Texts{"No papers since 5 January: 1 day was lost."});
  days.insert(days.begin(), with(monday + 3, Status::lost));
  days.insert(days.begin(), unreadable_day(monday + 4));
  CHECK(notices(days) == Texts{"No papers since 5 January: 2 days were lost, 1 record can't be read."});
  days.insert(days.begin(), with(monday + 5, Status::complete, 1));
  CHECK(notices(days).empty());
}

TEST_CASE("home page: a latest day that is not complete says so", "[site]") {
  CHECK(notices({with(monday, Status::degraded, 1)}) ==
        Texts{"Scored by the local scorer: the LLM was down for the whole day."});
  CHECK(notices({with(monday, Status::local, 1)}).empty());
  DaySummary cut = with(monday, Status::complete, 1);
  cut.cut_off = true;
  CHECK(notices({cut}) == Texts{"Part of the day's announcement is missing."});
}

TEST_CASE("home page: it changes with the newest day, and with what was scored anew of those it shows", "[site]") {
  CHECK_FALSE(front_changed_on({}));
  Summaries days = {with(monday, Status::complete, 1), with(monday - 4, Status::complete, 1),
                    with(monday - 60, Status::complete, 1)};
  CHECK(front_changed_on(days) == monday);
  days[2].rescored = monday + 9;
  CHECK(front_changed_on(days) == monday);
  days[1].rescored = monday + 2;
  CHECK(front_changed_on(days) == monday + 2);
  CHECK(front_changed_on({unreadable_day(monday)}) == monday);
}
