#include "delivery/delivery.h"

#include <string>
#include <vector>

#include "feeds/feed_filter.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

Entry entry(int number, const std::string& topic, int relevance, Date first_seen) {
  Entry one;
  one.paper.id = "9901.0000" + std::to_string(number);
  one.paper.title = "Paper" + std::to_string(number) + ": on $x < y$ and\n \\'Etudes";
  one.paper.authors = {"Ada Imagined", "Bo Invented", "C\\'ec Third"};
  one.paper.abstract = "Nothing.";
  one.paper.categories = {"cs.LG"};
  one.score = {relevance, 5, "It fits $\\alpha$.", topic, Scorer::llm, 0.5};
  one.first_seen = first_seen;
  return one;
}

Day five_papers(Date date = monday) {
  Day day;
  day.date = date;
  day.counts.scanned = 654;
  day.topics = {{"maps", "Maps"}, {"songs", "Songs"}};
  for (int i = 1; i <= 5; ++i) day.papers.push_back(entry(i, i % 2 == 0 ? "maps" : "songs", 10 - i, date));
  return day;
}

SiteParts parts() {
  SiteParts parts;
  parts.site.url = "https://daybook.example/papers/";
  parts.interests.topics = {{"maps", "Maps", "Maps.", "", {}}, {"songs", "Songs", "Songs.", "", {}}};
  parts.interests.authors = {{"cy-fourth", "Cy Fourth", "", ""}};
  OwnFeed own;
  own.slug = "top";
  own.name = "Top";
  own.relevance = 8;
  own.at_most = 1;
  parts.feeds.own = {own};
  parts.feedback_form = "https://github.com/ada/papers/issues/new?template=feedback.yml";
  return parts;
}

std::vector<std::string> ids(const Delivery& delivery) {
  std::vector<std::string> ids;
  for (const DeliveredPaper& paper : delivery.papers) ids.push_back(paper.id.substr(9));
  return ids;
}

Delivery of(const Day& day, DeliveryChoice choice) {
  const SiteParts all = parts();
  return delivery_of(site_summary(day, all), choice, all);
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("delivery: a day's papers are those of the target's feeds, each once, in the day's order", "[delivery]") {
  Day day = five_papers();
  day.papers[4].paper.authors.push_back("Fourth, Cy");
  const std::vector<std::pair<std::vector<std::string>, Ids>> cases = {
      {{"best"}, {"1", "2", "3"}},
      {{"everything"}, {"1", "2", "3", "4", "5"}},
      {{"maps"}, {"2", "4"}},
      {{"Maps", "Songs"}, {"1", "2", "3", "4", "5"}},
      {{"Cy Fourth"}, {"5"}},
      {{"Top"}, {"1"}},
      {{"Cy Fourth", "best", "Top"}, {"1", "2", "3", "5"}},
  };
  for (const auto& [feeds, expected] : cases) {
    INFO(feeds.front());
    CHECK(ids(of(day, {feeds})) == expected);
  }
}

TEST_CASE("delivery: a paper that an earlier day has shown is not sent again", "[delivery]") {
  Day day = five_papers();
  day.papers[0].first_seen = monday - 3;
  CHECK(ids(of(day, {{"everything"}})) == Ids{"2", "3", "4", "5"});
}

TEST_CASE("delivery: what is not sent is a number and a link", "[delivery]") {
  const Delivery delivery = of(five_papers(), {{"everything"}, 2});
  CHECK(delivery.key == "2099-01-05");
  CHECK(delivery.title == "5 January: Paper1 and 4 more");
  CHECK(delivery.sentence == "5 of 654 new papers.");
  CHECK(delivery.status.empty());
  CHECK(delivery.url == "https://daybook.example/papers/2099/01/05/");
  CHECK(delivery.feeds_url == "https://daybook.example/papers/feeds/");
  CHECK(delivery.more == 3);
  REQUIRE(delivery.papers.size() == 2);
  const DeliveredPaper& paper = delivery.papers[0];
  CHECK(paper.authors == "Ada Imagined, Bo Invented, Céc Third");
  CHECK(paper.scores == "9·5");
  CHECK(paper.topic == "Songs");
  CHECK(paper.why == "It fits α.");
  CHECK(paper.abstract_url == "https://arxiv.org/abs/9901.00001");
  CHECK(paper.page_url == "https://daybook.example/papers/2099/01/05/#p9901.00001");
  CHECK(paper.like_url == parts().feedback_form + "&papers=%2B+9901.00001");
  CHECK(paper.dislike_url == parts().feedback_form + "&papers=-+9901.00001");
  CHECK(paper.title.find('\n') == std::string::npos);
}

TEST_CASE("delivery: a day without papers, and one that the LLM did not read, say so", "[delivery]") {
  Day day = five_papers();
  day.papers.clear();
  day.status = Status::degraded;
  const Delivery delivery = of(day, {});
  CHECK(delivery.title == "5 January: no paper was selected");
  CHECK(delivery.sentence == "0 of 654 new papers.");
  CHECK(delivery.status == status_sentence(Status::degraded));
  CHECK(delivery.papers.empty());
}

TEST_CASE("delivery: a week has its days' papers, the best first", "[delivery]") {
  const SiteParts all = parts();
  Day tuesday = five_papers(monday + 1);
  for (int i = 0; i < 5; ++i) tuesday.papers[static_cast<std::size_t>(i)].paper.id = "9901.0001" + std::to_string(i);
  tuesday.papers[3].score.relevance = 10;
  const Summaries days = {site_summary(tuesday, all), site_summary(five_papers(), all)};
  const Delivery week = weekly_delivery_of(days, monday, {{"everything"}, 3}, all);
  CHECK(week.key == "2099-w02");
  CHECK(week.title == "Best of 5–9 January: Paper4 and 9 more");
  CHECK(week.sentence == "10 of 1,308 new papers.");
  CHECK(week.url == "https://daybook.example/papers/2099/w02/");
  CHECK(week.papers.size() == 3);
  CHECK(week.papers[0].id == "9901.00013");
  CHECK(week.more == 7);
}

TEST_CASE("delivery: as text, it has a line for each fact", "[delivery]") {
  CHECK(delivery_text(of(five_papers(), {{"Top"}})) ==
        "5 January: Paper1 and 4 more\n5 of 654 new papers.\n\n"
        "9·5  Paper1: on x < y and Études\n  Ada Imagined, Bo Invented, Céc Third - Songs\n"
        "  It fits α.\n  https://arxiv.org/abs/9901.00001\n\n"
        "and 4 more: https://daybook.example/papers/2099/01/05/\n");
}
