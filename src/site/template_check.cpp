// An invented day with everything that a template can show: what its fields do not have, no template may name.
#include "llm/prompt.h"
#include "site/about.h"
#include "site/calendar.h"
#include "site/feeds.h"
#include "site/paper_fields.h"
#include "site/prompt_page.h"
#include "site/site.h"
#include "site/topics.h"

namespace daybook {

namespace {

const Date sample_date = *Date::from_parts(2099, 1, 6);
const char* const sample_prompt = "sha256:0";
const char* const older_prompt = "sha256:1";

Entry sample_entry() {
  Entry entry;
  entry.paper.id = "9901.00001";
  entry.paper.version = 2;
  entry.paper.title = "On Invented Papers";
  entry.paper.authors.assign(40, "Ada Example");
  entry.paper.abstract = "We invent a paper.";
  entry.paper.categories = {"cs.LG"};
  entry.paper.announce_type = AnnounceType::replace_cross;
  entry.paper.comments = "1 page";
  entry.paper.journal_ref = "J. Inv. 1";
  entry.paper.doi = "10.0000/1";
  entry.score = {9, 8, "Fits.", "sample", Scorer::author, 0.5};
  entry.score.scored_by = Scorer::local;
  entry.score.threshold = 0.6;
  entry.score.reason = "no reply named it";
  entry.score.namesake = "Ada Example";
  entry.score.h_index = 40;
  entry.score.rescored = Rescored{sample_date + 1, Scorer::local, 8, 5};
  entry.score.suspected_injection = "asks for a score";
  entry.score.ranked_as = 5;
  entry.first_seen = sample_date - 1;
  entry.missed = "relevance 6, needs 7";
  return entry;
}

Day sample_day() {
  Day day;
  day.date = sample_date;
  day.status = Status::partial;
  day.counts = {3, 2, 1, 1, 1};
  day.why = "The budget ended.";
  day.usage = Usage{"model", 1, 1, 0, 1, 0.1, 0.1, 0.2, 1};
  day.cascade = Cascade{0.6, 0.04, 2, 1, 1, 0.1};
  day.prompt = sample_prompt;
  day.topics = {{"sample", "Sample"}};
  day.cut_off = {"cut"};
  day.papers = {sample_entry()};
  day.near_misses = {sample_entry()};
  day.again = {{"9901.00002", 2, "Again", AnnounceType::replace, sample_date - 1}};
  return day;
}

Summaries sample_summaries() {
  Day fresh = sample_day();
  fresh.papers.front().first_seen = fresh.date;
  Summaries days;
  for (const int back : {0, 40, 400}) {
    days.push_back(summary_of(fresh));
    days.back().date = sample_date - back;
    days.back().papers.front().first_seen = days.back().date;
  }
  days.back().prompt = older_prompt;
  return days;
}

SiteParts sample_parts(const SiteParts& parts) {
  SiteParts sample = parts;
  sample.interests.topics = {{"sample", "Sample", "keep", "skip", {"keyword"}}};
  sample.interests.skip_keywords = {"skipped"};
  sample.interests.authors = {{"ada", "Ada Example", "", ""}};
  sample.days = {sample_date, sample_date - 1};
  sample.prompts = {{sample_prompt, "# Prompt\n"}, {older_prompt, "# Prompt\n"}};
  return sample;
}

}  // namespace

std::map<std::string, Fields> offered_fields(const SiteParts& parts) {
  const SiteParts sample = sample_parts(parts);
  const SiteSettings& site = sample.site;
  const auto& topics = sample.interests.topics;
  const Day day = sample_day();
  const Summaries days = sample_summaries();
  const auto plans = feed_plans(days, all_topics(days, topics), site);
  const auto uses = prompts_used(days, sample.prompts);
  const Neighbours around{sample_date - 1, sample_date + 1};
  return {
      {"day.html", day_page_fields(day, around, sample, "2099/01/06/")},
      {"month.html", month_page_fields(days, days[1].date.year(), days[1].date.month(), site)},
      {"year.html", year_page_fields(days, sample_date.year(), site)},
      {"archive.html", archive_page_fields(days, site)},
      {"topics.html", topics_page_fields(days, all_topics(days, topics), site, topics)},
      {"topic.html", topic_page_fields(days, {"sample", "Sample"}, sample_date.year(), site, topics)},
      {"about.html", about_page_fields(days, sample)},
      {"prompt.html", prompt_page_fields(uses.front(), uses.front(), sample)},
      {"feeds.html", feeds_page_fields(plans, site)},
      {"page.html", own_page_fields({"page.md", "# Page\n"}, site)},
      {"404.html", not_found_fields(site)},
      {"no-days.html", no_days_fields(site)},
      {"feed-paper.html", feed_paper_fields({day.papers.front(), 1, day.date, "Sample", sample.days}, site)},
      {"feed-day.html", feed_day_fields(day, sample)},
      {"prompts/system.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
      {"prompts/scoring.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
      {"prompts/titles.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
  };
}

void check_templates(const Templates& templates, const SiteParts& parts, Errors& errors) {
  for (const auto& [name, fields] : offered_fields(parts)) templates.check_names(name, fields, errors);
}

}  // namespace daybook
