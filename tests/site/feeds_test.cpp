#include "site/feeds.h"

#include <tinyxml2.h>

#include <algorithm>
#include <set>

#include "core/json.h"
#include "site/feed_items.h"
#include "site/paper_fields.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

Day rescored(Day day, Date on) {
  for (Entry& entry : day.papers) {
    entry.score.rescored = Rescored{on, entry.score.scorer, entry.score.relevance, entry.score.novelty};
    entry.score.scorer = Scorer::llm;
    entry.score.relevance = 10;
  }
  day.status = Status::complete;
  return day;
}

std::vector<std::string> elements(const Files& files, const std::string& feed, const char* name) {
  tinyxml2::XMLDocument document;
  REQUIRE(document.Parse(files.at(feed).data(), files.at(feed).size()) == tinyxml2::XML_SUCCESS);
  std::vector<std::string> texts;
  for (const auto* entry = document.RootElement()->FirstChildElement("entry"); entry != nullptr;
       entry = entry->NextSiblingElement("entry"))
    texts.emplace_back(entry->FirstChildElement(name)->GetText());
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("feeds: a day that is scored anew keeps its entries' ids and their publication", "[site]") {
  const Day before = day_with(monday, 3);
  const Files old_files = built({before}, parts());
  const Files files = built({rescored(before, monday + 1)}, parts());
  for (const char* feed : {"atom.xml", "daily/atom.xml", "topics/maps/atom.xml"}) {
    INFO(feed);
    CHECK_FALSE(elements(files, feed, "id").empty());
    CHECK(elements(files, feed, "id") == elements(old_files, feed, "id"));
    CHECK(elements(files, feed, "published") == elements(old_files, feed, "published"));
    CHECK(elements(old_files, feed, "updated") == elements(old_files, feed, "published"));
  }
  CHECK(elements(files, "atom.xml", "published") ==
        Texts{"2099-01-05T05:00:03Z", "2099-01-05T05:00:02Z", "2099-01-05T05:00:01Z"});
  CHECK(elements(files, "atom.xml", "updated") ==
        Texts{"2099-01-06T05:10:03Z", "2099-01-06T05:10:02Z", "2099-01-06T05:10:01Z"});
  CHECK(elements(files, "daily/atom.xml", "updated") == Texts{"2099-01-06T05:10:00Z"});
}

TEST_CASE("feeds: entries stay apart when days are scored anew on one day, and on a day that has papers itself",
          "[site]") {
  const Day third = day_with(monday + 2, 40);
  const Day second = rescored(day_with(monday + 1, 40), monday + 2);
  const Day first = rescored(day_with(monday, 40), monday + 2);
  const Files files = built({third, second, first}, parts());
  for (const char* feed : {"atom.xml", "daily/atom.xml"}) {
    INFO(feed);
    const Texts updated = elements(files, feed, "updated");
    CHECK(std::set<std::string>(updated.begin(), updated.end()).size() == updated.size());
    const std::string newest = *std::max_element(updated.begin(), updated.end());
    CHECK(newest == (std::string(feed) == "atom.xml" ? "2099-01-07T05:10:40Z" : "2099-01-07T05:15:00Z"));
    // The feed's own stands before its entries'.
    CHECK(files.at(feed).find("<updated>" + newest) < files.at(feed).find("<entry>"));
  }
}

TEST_CASE("feeds: an entry scored anew on its own day is newer than it was", "[site]") {
  const Instant published = entry_time(monday, 0, 3);
  CHECK(rescored_time(published, monday, monday).rfc3339() == "2099-01-05T05:05:03Z");
  CHECK(rescored_time(published, monday, monday + 14).rfc3339() == "2099-01-19T06:15:03Z");
  // Days whose midnights are no whole number of days apart: daylight time began on the 8th of March.
  const Date march = *Date::from_parts(2099, 3, 6);
  CHECK(rescored_time(entry_time(march, 0, 1), march, march + 3).rfc3339() == "2099-03-09T04:20:01Z");
  // However late, it is that day still, and never before it was published.
  CHECK(rescored_time(published, monday, monday + 1000).rfc3339() == "2101-10-02T12:25:03Z");
  CHECK(rescored_time(published, monday, monday - 1).rfc3339() == "2099-01-04T05:05:03Z");
}

TEST_CASE("feeds: all three formats say that a paper was scored anew", "[site]") {
  Day day = day_with(monday, 1);
  day = rescored(day, monday + 1);
  const Files files = built({day}, parts());
  JsonDocument json;
  json.text = files.at("feed.json");
  REQUIRE_FALSE(parse_json(json, "feed.json"));
  const Json& item = (*member(json.root, "items"))[0];
  CHECK(string_of(member(item, "date_published")) == "2099-01-05T05:00:01Z");
  CHECK(string_of(member(item, "date_modified")) == "2099-01-06T05:10:01Z");
  const std::string sentence = "<p><small>re-scored on 2099-01-06, before: relevance 9, novelty 5, local</small></p>";
  CHECK(string_of(member(item, "content_html")).find(sentence) != std::string_view::npos);
  const std::string& rss = files.at("rss.xml");
  CHECK(rss.find("<pubDate>Mon, 05 Jan 2099 05:00:01 +0000</pubDate>") != std::string::npos);
  CHECK(rss.find("<atom:updated>2099-01-06T05:10:01Z</atom:updated>") != std::string::npos);
  CHECK(rss.find("<lastBuildDate>Tue, 06 Jan 2099 05:10:01 +0000</lastBuildDate>") != std::string::npos);
  CHECK(rss.find(sentence) != std::string::npos);
  CHECK(built({day_with(monday, 1)}, parts()).at("rss.xml").find("atom:updated") == std::string::npos);
}

TEST_CASE("feeds: ids are made from id_base where there is one, and links from the url", "[site]") {
  const std::vector<Day> days = {day_with(monday + 1, 2), day_with(monday, 1)};
  const Files before = built(days, parts());
  SiteParts moved = parts();
  moved.site.url = "https://papers.example/";
  moved.site.id_base = parts().site.url;
  const Files after = built(days, moved);
  for (const std::string feed : {"", "daily/", "top/", "topics/maps/"}) {
    INFO(feed);
    const std::string atom = feed + "atom.xml";
    CHECK(elements(after, atom, "id") == elements(before, atom, "id"));
    CHECK_FALSE(elements(after, atom, "id").empty());
    for (const std::string name : {"atom.xml", "rss.xml", "feed.json"}) {
      std::string text = after.at(feed + name);
      CHECK(text.find("https://daybook.example/") == std::string::npos);
      CHECK(text.find("https://papers.example/") != std::string::npos);
      for (auto at = text.find("https://papers.example/"); at != std::string::npos;
           at = text.find("https://papers.example/"))
        text.replace(at, 23, "https://daybook.example/papers/");
      CHECK(text == before.at(feed + name));
    }
  }
  moved.site.id_base.clear();
  CHECK(elements(built(days, moved), "atom.xml", "id") != elements(before, "atom.xml", "id"));
}

TEST_CASE("feeds: an entry names the page of an earlier day where the archive has it", "[site]") {
  Day day = day_with(monday + 1, 1);
  day.papers[0].first_seen = monday;
  SiteParts with_day = parts();
  with_day.days = {monday + 1, monday};
  const auto path = [&](const SiteParts& parts) {
    const Fields fields = feed_paper_fields({day.papers[0], 1, day, parts});
    return std::get<std::string>(*fields.find("first_seen_path"));
  };
  CHECK(path(with_day) == "2099/01/05/");
  CHECK(path(parts()).empty());
}
