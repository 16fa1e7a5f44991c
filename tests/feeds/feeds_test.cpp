#include "feeds/feeds.h"

#include <tinyxml2.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/json.h"
#include "feeds/feed_items.h"
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

// A day of `papers` of which every third is on charts; the first three are the best.
DaySummary summary(Date date, std::size_t papers, Date recorded) {
  DaySummary day;
  day.date = date;
  day.recorded = recorded;
  for (std::size_t i = 0; i < papers; ++i) {
    PaperSummary paper;
    paper.id = date.iso() + '/' + std::to_string(i);
    paper.topic = i % 3 == 0 ? "charts" : "maps";
    paper.first_seen = date;
    paper.feeds = {true};
    day.papers.push_back(std::move(paper));
  }
  return day;
}

// The archive as it was on a day, newest first.
Summaries known_on(const Summaries& days, Date on) {
  Summaries known;
  for (const DaySummary& day : days)
    if (day.recorded <= on) known.push_back(day);
  return known;
}

// The papers that a reader never sees who asks on every `every`th of the announcement days.
std::map<std::string, std::size_t> lost_papers(const Summaries& days, const SiteParts& parts, std::size_t every) {
  std::map<std::string, std::set<std::string>> seen;
  std::size_t announced = 0;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    if (day->status == Status::quiet || ++announced % every != 0) continue;
    const Summaries known = known_on(days, day->date);
    for (const FeedPlan& plan : feed_plans(known, parts))
      for (const PaperRef& ref : plan.papers) seen[plan.path].insert(ref.paper().id);
  }
  std::map<std::string, std::size_t> lost;
  for (const FeedPlan& plan : feed_plans(days, parts))
    for (const HistoryMonth& month : plan.history)
      for (const PaperRef& ref : month.papers)
        // What came after the reader asked for the last time is not lost.
        if (announced % every == 0 || ref.day->recorded <= days.front().date - 21)
          lost[plan.path] += seen[plan.path].count(ref.paper().id) == 0 ? 1U : 0U;
  return lost;
}

void check_nothing_lost(const Summaries& days, const SiteParts& parts) {
  for (const std::size_t every : {1U, 3U, 5U, 10U})
    for (const auto& [path, count] : lost_papers(days, parts, every)) {
      INFO("every " << every << ", feed " << path);
      CHECK(count == 0);
    }
}

const FeedPlan& plan_of(const std::vector<FeedPlan>& plans, const std::string& path) {
  return *std::find_if(plans.begin(), plans.end(), [&](const FeedPlan& plan) { return plan.path == path; });
}

SiteParts two_topics() {
  SiteParts all = parts();
  all.interests.topics.push_back({"charts", "Charts", "Charts.", "", {}});
  return all;
}

}  // namespace

TEST_CASE("feeds: a reader who asks on every 1st, 3rd, 5th or 10th announcement day loses no paper", "[feeds]") {
  // 300 days with weekends, a week of nothing, days of 183 papers and of none, and some that came weeks late.
  Summaries days;
  for (int i = 0; i < 300; ++i) {
    const Date date = monday + i;
    const bool weekend = i % 7 > 4;
    const std::size_t papers = weekend || i % 50 < 7 ? 0 : i % 29 == 0 ? 183 : static_cast<std::size_t>(i * 7 % 41);
    days.push_back(summary(date, papers, i % 37 == 20 && i < 270 ? date + 24 : date));
    if (papers == 0) days.back().status = weekend ? Status::quiet : Status::lost;
  }
  std::reverse(days.begin(), days.end());
  check_nothing_lost(days, two_topics());
}

TEST_CASE("feeds: readers of 242 real days lose no paper", "[feeds][real]") {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path folder =
      std::filesystem::path(shared != nullptr ? shared : DAYBOOK_SOURCE_DIR "/../shared") / "data" / "days";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no shared data");
    return;
  }
  Summaries days;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ostringstream content;
    content << std::ifstream(file.path(), std::ios::binary).rdbuf();
    JsonDocument document;
    document.text = content.str();
    REQUIRE_FALSE(parse_json(document, file.path().string()));
    const Date date = *Date::parse(file.path().stem().string());
    days.push_back(summary(date, document.root.MemberCount(), date));
  }
  REQUIRE(days.size() > 200);
  std::sort(days.begin(), days.end(), [](const DaySummary& a, const DaySummary& b) { return a.date > b.date; });
  check_nothing_lost(days, two_topics());
}

TEST_CASE("feeds: the window is 14 announcement days, more where they hold few papers, fewer where too many",
          "[feeds]") {
  const auto entries = [](std::size_t a_day, int days_back) {
    Summaries days;
    for (int i = 0; i < days_back; ++i) days.push_back(summary(monday - i, a_day, monday - i));
    return plan_of(feed_plans(days, parts()), "").papers.size();
  };
  CHECK(entries(10, 40) == 140);
  CHECK(entries(1, 40) == 30);
  CHECK(entries(1, 20) == 20);
  CHECK(entries(30, 40) == 390);    // 13 days: a 14th would make 420
  CHECK(entries(100, 40) == 1000);  // whoever asks every tenth day must find all
}

TEST_CASE("feeds: a year that is backfilled at once does not fill a feed with thousands of papers", "[feeds]") {
  Summaries days;
  for (int i = 0; i < 250; ++i) days.push_back(summary(monday - i, 20, monday));
  const auto plans = feed_plans(days, parts());
  CHECK(plan_of(plans, "").papers.size() == 14 * 20 + 400);
  CHECK(plan_of(plans, "daily/").days.size() == 60 + 100);
}

TEST_CASE("feeds: a run of lost days is one entry of the digest, and keeps its id while it grows", "[feeds]") {
  Summaries days;
  for (int i = 0; i < 12; ++i) {
    days.push_back(summary(monday - i, i >= 2 && i < 9 ? 0 : 5, monday - i));
    if (i >= 2 && i < 9) days.back().status = i == 4 ? Status::quiet : Status::lost;
  }
  const auto spans = plan_of(feed_plans(days, parts()), "daily/").days;
  REQUIRE(spans.size() == 6);
  CHECK(spans[2].size() == 7);
  CHECK(spans[2].back().date == monday - 8);
}

TEST_CASE("feeds: the best are three a day, or what the owner's filter wants", "[feeds]") {
  std::vector<Day> days = {day_with(monday + 1, 10), day_with(monday, 2)};
  SiteParts all = parts();
  CHECK(elements(built(days, all), "top/atom.xml", "id").size() == 5);
  all.feeds.best = {.sum = 13};
  CHECK(elements(built(days, all), "top/atom.xml", "id").size() ==
        6);  // 9 and 8 of the second day's, both of the first
}

TEST_CASE("feeds: who follows a topic for 400 days sees each of its papers once, whatever happens meanwhile",
          "[feeds]") {
  constexpr int renamed_on = 200;
  SiteParts all = parts();
  all.interests.topics[0].slug = "atlases";
  all.interests.topics[0].name = "Atlases";
  all.interests.topics[0].formerly = {"Maps"};
  Summaries days;
  for (int i = 0; i < 400; ++i) {
    const bool old = i < renamed_on;
    Day day = day_with(monday + i, 1 + i % 5, old ? "maps" : "atlases");
    day.topics = {old ? TopicName{"maps", "Maps"} : TopicName{"atlases", "Atlases"}};
    if (i == 120) day.recorded = monday + 141;        // backfilled
    if (i == 300) day = rescored(day, monday + 303);  // and none of its papers is another for it
    const auto former = take_current_names(day, all.interests.topics);
    days.insert(days.begin(), site_summary(day, all));
    days.front().former_topics = former;
  }
  std::string path = "topics/maps/";
  std::map<std::string, std::set<std::string>> ids;  // of each paper
  for (int i = 0; i < 400; ++i) {
    if (i % 7 != 0 && i != 399) continue;  // a reader on few days
    const SiteParts then = i < renamed_on ? parts() : all;
    Summaries known = known_on(days, monday + i);
    for (DaySummary& day : known)
      for (PaperSummary& paper : day.papers) paper.topic = then.interests.topics[0].slug;
    const auto plans = feed_plans(known, then);
    const FeedPlan plan = plan_of(plans, path);
    for (const PaperRef& ref : plan.papers) ids[ref.paper().id].insert(brief_paper_item(ref, then).id);
    if (plan.moved_to.empty()) continue;
    path = plan.moved_to;  // as its last entry says
    for (const PaperRef& ref : plan_of(plans, path).papers) ids[ref.paper().id].insert(brief_paper_item(ref, then).id);
  }
  CHECK(path == "topics/atlases/");
  std::size_t papers = 0;
  for (const DaySummary& day : days) papers += day.papers.size();
  CHECK(ids.size() == papers);
  for (const auto& [paper, of_paper] : ids) CHECK(of_paper.size() == 1);
}

TEST_CASE("feeds: a feed's history leads to its first paper, and months that are over keep their bytes", "[feeds]") {
  std::vector<Day> days;
  for (int i = 0; i < 75; ++i) days.insert(days.begin(), day_with(monday + i, 3));
  const Files before = built({days.begin() + 30, days.end()}, parts());  // to the middle of February
  const Files files = built(days, parts());
  for (const std::string folder : {"", "top/", "topics/maps/"}) {
    INFO(folder);
    std::set<std::string> ids;
    std::string path = folder + "atom.xml";
    int documents = 0;
    for (; !path.empty(); ++documents) {
      for (const std::string& id : elements(files, path, "id")) ids.insert(id);
      const std::string& text = files.at(path);
      if (documents > 0) {
        CHECK(text.find("<fh:archive") != std::string::npos);
        CHECK(text.find("rel=\"current\" href=\"" + parts().site.url + folder + "atom.xml\"") != std::string::npos);
      }
      const std::string link = "rel=\"prev-archive\" href=\"" + parts().site.url;
      const auto at = text.find(link);
      path = at == std::string::npos
                 ? ""
                 : text.substr(at + link.size(), text.find('"', at + link.size()) - at - link.size());
    }
    CHECK(documents == 4);  // the feed, March, February, January
    CHECK(ids.size() == 3 * 75);
    CHECK(files.count(folder + "history/2099-02.xml") == 1);
    CHECK(before.count(folder + "history/2099-02.xml") == 0);  // not over: to the 18th
    CHECK(before.count(folder + "history/2099-02-18.xml") == 1);
    CHECK(files.at(folder + "history/2099-01.xml") == before.at(folder + "history/2099-01.xml"));
  }
}

TEST_CASE("feeds: importing an outline gives no paper twice", "[feeds]") {
  SiteParts all = two_topics();
  const std::vector<Day> days = {day_with(monday + 1, 10, "charts"), day_with(monday, 5)};
  const Files files = built(days, all);
  for (const std::string outline : {"feeds.opml", "topics.opml"}) {
    tinyxml2::XMLDocument document;
    REQUIRE(document.Parse(files.at(outline).data(), files.at(outline).size()) == tinyxml2::XML_SUCCESS);
    std::vector<std::string> ids;
    for (const auto* one = document.RootElement()->FirstChildElement("body")->FirstChildElement(); one != nullptr;
         one = one->NextSiblingElement()) {
      const std::string url = one->Attribute("xmlUrl");
      for (const std::string& id : elements(files, url.substr(all.site.url.size()), "id")) ids.push_back(id);
    }
    CHECK(ids.size() == std::set<std::string>(ids.begin(), ids.end()).size());
    CHECK(ids.size() > 5);
  }
}

TEST_CASE("feeds: a renamed topic's old feed keeps its entries and says where it went", "[feeds]") {
  SiteParts all = parts();
  std::vector<Day> days = {day_with(monday, 2)};
  days[0].topics = {{"maps", "Maps"}};
  const Texts before = elements(built(days, all), "topics/maps/atom.xml", "id");
  all.interests.topics = {{"atlases", "Atlases", "Maps of things.", "", {}, {"Charts", "Maps"}}};
  days.insert(days.begin(), day_with(monday + 1, 3, "atlases"));
  const Files files = built(days, all);
  Texts old = elements(files, "topics/maps/atom.xml", "id");
  REQUIRE(old.size() == 3);
  CHECK(old[0] == "tag:daybook.example,2026:/papers/feeds/topics/maps/moved");
  CHECK(Texts(old.begin() + 1, old.end()) == before);
  CHECK(elements(files, "topics/atlases/atom.xml", "id").size() == 5);
  CHECK(files.at("topics/maps/index.html").find("<a href=\"../../topics/atlases/\">Atlases</a>") != std::string::npos);
  CHECK(files.at("feeds/index.html").find("topics/maps") == std::string::npos);
  // And all of the site says the name that it has now.
  CHECK(files.at("2099/01/05/index.html").find("Atlases") != std::string::npos);
  CHECK(files.at("2099/01/05/index.html").find("topics/maps") == std::string::npos);
  CHECK(files.at("api/v1/2099/01/05.json").find("\"topic\":\"atlases\"") != std::string::npos);
}

TEST_CASE("feeds: a topic called Topic is no former name", "[feeds]") {
  SiteParts all = parts();
  all.interests.topics.push_back({"topic", "Topic", "Topics.", "", {}});
  CHECK(built({day_with(monday, 2, "topic")}, all).count("topics/topic/atom.xml") == 1);
}

TEST_CASE("feeds: a digest's entry is newer when a later run of the day brings papers", "[feeds]") {
  const Texts before = elements(built({day_with(monday, 3)}, parts()), "daily/atom.xml", "updated");
  const Texts after = elements(built({day_with(monday, 8)}, parts()), "daily/atom.xml", "updated");
  CHECK(after > before);
}

TEST_CASE("feeds: the best of a week are not the best of a later one again", "[feeds]") {
  Day again = day_with(monday + 7, 2);
  again.papers.push_back(day_with(monday, 1).papers[0]);
  Day saturday = day_with(monday + 12, 0);
  const std::string feed = built({saturday, again, day_with(monday, 1)}, parts()).at("weekly/atom.xml");
  CHECK(count(feed, "<entry>") == 2);
  CHECK(count(feed, "<li>") == 3);
}

TEST_CASE("feeds: a feed is newer when a day comes late", "[feeds]") {
  Day late = day_with(monday - 20, 3);
  late.recorded = monday;
  const std::string feed = built({day_with(monday - 1, 3), late}, parts()).at("atom.xml");
  CHECK(feed.find("<updated>2099-01-05T05:00:00Z</updated>") < feed.find("<entry>"));
}

TEST_CASE("feeds: a day that is scored anew keeps its entries' ids and their publication", "[site]") {
  const Day before = day_with(monday, 3);
  const Files old_files = built({before}, parts());
  const Files files = built({rescored(before, monday + 1)}, parts());
  for (const char* feed : {"atom.xml", "daily/atom.xml", "topics/maps/atom.xml"}) {
    INFO(feed);
    CHECK_FALSE(elements(files, feed, "id").empty());
    CHECK(elements(files, feed, "id") == elements(old_files, feed, "id"));
    CHECK(elements(files, feed, "published") == elements(old_files, feed, "published"));
  }
  CHECK(elements(old_files, "atom.xml", "updated") == elements(old_files, "atom.xml", "published"));
  CHECK(elements(old_files, "daily/atom.xml", "updated") == Texts{"2099-01-05T05:00:03Z"});  // by its three papers
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
    CHECK(newest == (std::string(feed) == "atom.xml" ? "2099-01-07T05:15:40Z" : "2099-01-07T05:15:00Z"));
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
  CHECK(rescored_time(published, monday, monday + 1000).rfc3339() == "2101-10-03T02:35:03Z");
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
