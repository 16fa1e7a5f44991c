// Days that don't exist, and the whole site of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "feeds/feed_filter.h"
#include "generator/site.h"
#include "site/builtin.h"
#include "site/topic_pages.h"
#include "support/catch.h"

namespace daybook::samples {

inline const Date monday = *Date::from_parts(2099, 1, 5);

inline Entry entry(const std::string& id, const std::string& topic, int relevance, Date first_seen) {
  Entry one;
  one.paper.id = id;
  one.paper.version = 1;
  one.paper.title = "Paper " + id + " on $x < y$ & \\'Etudes";
  one.paper.authors = {"Ada Imagined"};
  one.paper.abstract = "We show that a < b > c, 50% of the time, for $5 and $10.";
  one.paper.categories = {"cs.LG"};
  one.score = {relevance, 5, "Fits: <b>not bold</b>.", topic, Scorer::local, 0.5};
  one.first_seen = first_seen;
  return one;
}

inline Day day_with(Date date, int papers, const std::string& topic = "maps") {
  Day day;
  day.date = date;
  day.status = Status::local;
  for (int i = 0; i < papers; ++i)
    day.papers.push_back(
        entry("9901." + std::to_string(10000 + (date.days() * 100 + i) % 90000), topic, 9 - i % 5, date));
  return day;
}

inline constexpr const char* feedback_form = "https://github.com/ada/papers/issues/new?template=feedback.yml";

inline SiteParts parts() {
  SiteParts parts;
  parts.site.title = "Test <Daybook>";
  parts.site.url = "https://daybook.example/papers/";
  parts.site.description = "A test & nothing else";
  parts.interests.topics = {{"maps", "Maps", "Maps of things.", "", {}}};
  parts.own_files = {{"style.css", "p{}"}, {"icon.svg", "<svg/>"}, {"imprint.md", "# Imprint\n\nIt's *us*.\n"}};
  return parts;
}

using Files = std::map<std::string, std::string>;

inline Files built(std::vector<Day> days_newest_first, SiteParts parts) {
  std::map<std::string, TemplateText> texts;
  for (const File& file : builtin_templates()) texts[file.path] = {file.path, file.bytes};
  Errors errors;
  const Templates templates(texts, {}, errors);
  REQUIRE(errors.empty());
  Renderer renderer(templates);
  std::vector<Date> dates;
  for (const Day& day : days_newest_first) dates.push_back(day.date);
  parts.days = dates;
  Files files;
  Summaries summaries;
  std::map<Date, Day> full;
  const auto print = [&](const std::vector<PlannedFile>& plan) {
    for (const PlannedFile& file : plan) REQUIRE(files.emplace(file.path, file.render(renderer)).second);
  };
  for (std::size_t i = 0; i < days_newest_first.size(); ++i) {
    const auto former = take_current_names(days_newest_first[i], parts.interests.topics);
    print(plan_day(days_newest_first[i], "", neighbours_of(dates[i], dates), parts));
    summaries.push_back(site_summary(days_newest_first[i], parts));
    summaries.back().former_topics = former;
  }
  for (const Date date : days_wanted(summaries, parts))
    for (const Day& day : days_newest_first)
      if (day.date == date) full.emplace(date, day);
  print(plan_index(summaries, full, parts));
  return files;
}

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

}  // namespace daybook::samples
