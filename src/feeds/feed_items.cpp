#include "feeds/feed_items.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/text.h"
#include "feeds/feed_text.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"

namespace daybook {

namespace {

constexpr std::size_t summary_bytes = 400;
constexpr std::size_t title_bytes = 60;     // of a title without a colon, in another one's
constexpr std::size_t authors_most = 10;    // some papers have thousands
constexpr std::size_t titles_most = 3;      // of a day, in its summary
constexpr std::int64_t between_days = 300;  // seconds: more than a day has papers
constexpr int days_apart_most = 270;        // so many times `between_days` is still the same day

// The first words, cut between two.
std::string opening(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  const auto end = text.rfind(' ', bytes);
  return std::string(end == std::string_view::npos ? utf8_prefix(text, bytes) : text.substr(0, end)) + " …";
}

std::vector<std::string> shown_authors(std::vector<std::string_view> authors) {
  std::erase(authors, "");  // an Atom author needs a name
  std::vector<std::string> shown;
  const std::size_t count = std::min(authors.size(), authors_most);
  for (std::size_t i = 0; i < count; ++i) shown.push_back(linear_text(authors[i]));
  if (count < authors.size()) shown.push_back("and " + std::to_string(authors.size() - count) + " more");
  return shown;
}

// "9·8 · Compression — why"
std::string summary_line(const PaperSummary& paper, const std::string& topic) {
  std::string text = score_line(paper.relevance, paper.novelty, topic);
  const std::string why = opening(one_line(linear_text(paper.why)), summary_bytes);
  if (!text.empty() && !why.empty()) text += " — ";
  return text + why;
}

// "Cognifold and 32 more"
std::string best_and_more(const std::vector<PaperRef>& papers) {
  if (papers.empty()) return "no paper was selected";
  const std::string best = short_title(linear_text(papers.front().paper().title));
  return papers.size() == 1 ? best : best + " and " + std::to_string(papers.size() - 1) + " more";
}

std::string best_titles(const std::vector<PaperRef>& papers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(papers.size(), titles_most); ++i)
    text += (i == 0 ? "" : " · ") + linear_text(papers[i].paper().title);
  return one_line(text);
}

std::vector<PaperRef> papers_of(const DaySummary& day) {
  std::vector<PaperRef> papers;
  for (std::size_t i = 0; i < day.papers.size(); ++i) papers.push_back({&day, i});
  return papers;
}

Fields::List list_fields(const std::vector<PaperRef>& papers, const SiteParts& parts) {
  return list_of(papers, [&](const PaperRef& ref) {
    const PaperSummary& paper = ref.paper();
    Fields fields;
    fields.set("id", paper.id);
    fields.set("abstract_url", abstract_url(paper.id));
    fields.set("url", absolute_url(parts.site, day_path(ref.day->date) + '#' + anchor(paper.id)));
    fields.set("title_html", simple_html(paper.title));
    fields.set("why_html", simple_html(paper.why));
    fields.set("score", score_text(paper.relevance, paper.novelty));
    fields.set("topic", topic_name(paper.topic, ref.day->topics, parts.interests.topics));
    return fields;
  });
}

// An entry's `updated`, of days that may have been scored again.
Instant updated_of(const DaySummary& day, Instant published, Date date) {
  const Date on = changed_on(day);
  return on > date || (on == date && day.rescored) ? rescored_time(published, date, on) : published;
}

}  // namespace

Instant entry_time(Date date, std::size_t rank, std::size_t count) {
  return {new_york_midnight(date).seconds + static_cast<std::int64_t>(count - rank)};
}

Instant rescored_time(Instant published, Date date, Date on) {
  const std::int64_t second = published.seconds - new_york_midnight(date).seconds;
  const int days = std::clamp(on.days() - date.days(), 0, days_apart_most);
  return {new_york_midnight(on).seconds + second + between_days * (days + 1)};
}

std::string short_title(std::string_view title) {
  const std::string_view name = title.substr(0, title.find(": "));
  return opening(name.size() <= title_bytes ? name : title, title_bytes);
}

FeedItem brief_paper_item(const PaperRef& ref, const SiteParts& parts) {
  const SiteSettings& site = parts.site;
  const PaperSummary& paper = ref.paper();
  const DaySummary& day = *ref.day;
  const std::string topic = topic_name(paper.topic, day.topics, parts.interests.topics);
  FeedItem item;
  item.id = tag_uri(site, "papers/" + paper.id);
  item.url = abstract_url(paper.id);
  item.page_url = absolute_url(site, day_path(day.date) + '#' + anchor(paper.id));
  item.title = one_line(linear_text(paper.title));
  item.authors = shown_authors(split(paper.authors, '\n'));
  item.summary = summary_line(paper, topic);
  if (!topic.empty()) item.categories.push_back({paper.topic, absolute_url(site, "topics/"), topic});
  item.published = entry_time(day.date, ref.index, day.papers.size());
  item.updated = paper.rescored ? rescored_time(item.published, day.date, *paper.rescored) : item.published;
  return item;
}

FeedItem paper_item(const PaperRef& ref, const Day& day, const SiteParts& parts, Renderer& renderer) {
  const Entry& entry = day.papers[ref.index];
  FeedItem item = brief_paper_item(ref, parts);
  item.html = renderer.render("feed-paper.html", feed_paper_fields({entry, ref.index + 1, day, parts}));
  for (const std::string& category : entry.paper.categories)
    item.categories.push_back({category, "http://arxiv.org/schemas/atom", ""});  // as arXiv's own API has it
  item.paper = FeedPaper{entry.paper.id, entry.score.relevance, entry.score.novelty, ref.paper().topic,
                         std::string(scorer_name(entry.score.scorer))};
  return item;
}

Fields feed_day_fields(const DaySummary& day, const SiteParts& parts) {
  Fields fields;
  fields.set("url", absolute_url(parts.site, day_path(day.date)));
  fields.set("url_title", long_date(day.date));
  // That a site has no LLM at all is no news of a day.
  const bool as_usual = day.status == Status::complete || day.status == Status::local;
  fields.set("status_sentence", as_usual ? "" : status_sentence(day.status));
  fields.flag("cut_off", day.cut_off);
  fields.set("rescored_on", day.rescored ? plain_date(*day.rescored) : "");
  fields.flag("has_papers", !day.papers.empty());
  fields.set("papers", list_fields(papers_of(day), parts));
  return fields;
}

FeedItem day_item(const DaySummary& day, const SiteParts& parts, Renderer& renderer) {
  const std::vector<PaperRef> papers = papers_of(day);
  FeedItem item;
  item.id = tag_uri(parts.site, "days/" + day.date.iso());
  item.url = absolute_url(parts.site, day_path(day.date));
  item.title = date_range(day.date, day.date) + ": " + best_and_more(papers);
  item.summary = papers.empty() ? std::string(status_sentence(day.status)) : best_titles(papers);
  item.html = renderer.render("feed-day.html", feed_day_fields(day, parts));
  item.published = entry_time(day.date, 0, 0);
  // A later run of the same day may bring more papers.
  const Instant filled = entry_time(day.date, 0, day.papers.size());
  item.updated = std::max(filled, updated_of(day, item.published, day.date));
  return item;
}

FeedItem lost_days_item(DaySpan days, const SiteParts& parts) {
  const Date first = days.back().date;
  const Date last = days.front().date;
  const auto lost =
      std::count_if(days.begin(), days.end(), [](const DaySummary& day) { return day.status == Status::lost; });
  FeedItem item;
  item.id = tag_uri(parts.site, "days/" + first.iso());
  item.url = absolute_url(parts.site, day_path(first));
  item.title = date_range(first, last) + ": " + (lost == 1 ? "lost" : std::to_string(lost) + " days were lost");
  item.summary = status_sentence(Status::lost);
  item.published = entry_time(first, 0, 0);
  item.updated = entry_time(last, 0, 0);
  return item;
}

FeedItem week_item(Date monday, const std::vector<PaperRef>& best, const SiteParts& parts, Renderer& renderer) {
  const IsoWeek week = iso_week(monday);
  const std::string path = week_path(week);
  const Date saturday = monday + 5;
  Fields fields;
  fields.set("url", absolute_url(parts.site, path));
  fields.set("url_title", "The week of " + date_range(monday, monday + 4));
  fields.set("status_sentence", "").flag("cut_off", false).set("rescored_on", "");
  fields.flag("has_papers", !best.empty());
  fields.set("papers", list_fields(best, parts));
  FeedItem item;
  // "2026/w20/" -> "weeks/2026-w20"
  item.id = tag_uri(parts.site, "weeks/" + path.substr(0, 4) + '-' + path.substr(5, path.size() - 6));
  item.url = absolute_url(parts.site, path);
  item.title = "Best of " + date_range(monday, monday + 4) + ": " + best_and_more(best);
  item.summary = best_titles(best);
  item.html = renderer.render("feed-day.html", fields);
  item.published = new_york_midnight(saturday);
  item.updated = item.published;
  for (const PaperRef& ref : best)
    item.updated = std::max(item.updated, updated_of(*ref.day, item.published, saturday));
  return item;
}

}  // namespace daybook
