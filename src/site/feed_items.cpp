#include "site/feed_items.h"

#include <algorithm>
#include <string>
#include <utility>

#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t summary_bytes = 400;
constexpr std::int64_t between_days = 300;  // seconds: more than a day has papers
constexpr int days_apart_most = 100;        // so many times `between_days` is still the same day

// The first words of a comment or abstract, cut between two words.
std::string opening(const std::string& text) {
  if (text.size() <= summary_bytes) return text;
  const auto end = text.rfind(' ', summary_bytes);
  return text.substr(0, end == std::string::npos ? 0 : end) + " …";
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

FeedItem paper_item(const Day& day, std::size_t index, const SiteParts& parts, Renderer& renderer) {
  const SiteSettings& site = parts.site;
  const Entry& entry = day.papers[index];
  const std::string topic = topic_name(entry.score.topic, day.topics, parts.interests.topics);
  FeedItem item;
  item.id = tag_uri(site, "papers/" + entry.paper.id);
  item.url = absolute_url(site, day_path(day.date) + '#' + anchor(entry.paper.id));
  item.external_url = abstract_url(entry.paper.id);
  item.title = plain_text(entry.paper.title);
  for (const std::string& author : entry.paper.authors) item.authors.push_back(plain_text(author));
  item.summary = opening(plain_text(entry.score.comment.empty() ? entry.paper.abstract : entry.score.comment));
  item.html = renderer.render("feed-paper.html", feed_paper_fields({entry, index + 1, day, parts}));
  if (!topic.empty()) item.tags.push_back(topic);
  item.tags.insert(item.tags.end(), entry.paper.categories.begin(), entry.paper.categories.end());
  item.published = entry_time(day.date, index, day.papers.size());
  item.updated = item.published;
  if (entry.score.rescored) item.updated = rescored_time(item.published, day.date, entry.score.rescored->on);
  return item;
}

Fields feed_day_fields(const Day& day, const SiteParts& parts) {
  const SiteSettings& site = parts.site;
  Fields fields;
  fields.set("long_date", long_date(day.date));
  fields.set("url", absolute_url(site, day_path(day.date)));
  fields.set("status", status_name(day.status));
  fields.set("status_sentence", status_sentence(day.status));
  fields.set("why", day.why);
  fields.set("announced", day.counts.announced);
  fields.set("scanned", day.counts.scanned);
  fields.set("selected", static_cast<long long>(day.papers.size()));
  Fields::List papers;
  for (const Entry& entry : day.papers) papers.push_back(feed_paper_fields({entry, papers.size() + 1, day, parts}));
  fields.flag("has_papers", !papers.empty());
  fields.set("papers", std::move(papers));
  fields.set("cut_off", list_of(day.cut_off, [](const std::string& text) { return Fields().set("message", text); }));
  return fields;
}

FeedItem day_item(const Day& day, const SiteParts& parts, Renderer& renderer) {
  const SiteSettings& site = parts.site;
  FeedItem item;
  item.id = tag_uri(site, "days/" + day.date.iso());
  item.url = absolute_url(site, day_path(day.date));
  item.title = long_date(day.date) + ": " + counted(day.papers.size(), "paper", "papers");
  if (day.status != Status::complete) item.title += " (" + std::string(status_name(day.status)) + ')';
  item.summary = status_sentence(day.status);
  if (!day.why.empty()) item.summary += ' ' + day.why;
  item.html = renderer.render("feed-day.html", feed_day_fields(day, parts));
  item.published = entry_time(day.date, 0, 0);
  item.updated = item.published;
  for (const Entry& entry : day.papers)
    if (entry.score.rescored)
      item.updated = std::max(item.updated, rescored_time(item.published, day.date, entry.score.rescored->on));
  return item;
}

}  // namespace daybook
