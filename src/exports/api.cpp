#include "exports/api.h"

#include <algorithm>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "site/links.h"
#include "site/topic_pages.h"
#include "tex/walk.h"

namespace daybook {

namespace {

class MarkedMath : public Listener {
 public:
  void text(std::string_view unicode) override { out += unicode; }
  void tie() override { out += ' '; }
  void math(std::string_view tex, MathSigns signs) override {
    const bool bare = signs == MathSigns::environment;
    const bool display = signs == MathSigns::display;
    out.append(bare ? "" : display ? "\\[" : "\\(").append(tex).append(bare ? "" : display ? "\\]" : "\\)");
  }

  std::string out;
};

void put_text(JsonWriter& json, std::string_view name, std::string_view tex) {
  if (!tex.empty()) json.put(name, api_text(tex));
}

// A name that is no TeX: a topic's, a model's, a category's.
std::string plain(std::string_view name) { return one_line(printable(name)); }

void put_schema(JsonWriter& json, const SiteSettings& site) {
  json.put("$schema", absolute_url(site, "api/v1/schema.json"));
}

void put_counts(JsonWriter& json, const Counts& counts) {
  json.object("counts", [&] {
    json.put("announced", counts.announced);
    json.put("scanned", counts.scanned);
    json.put("shown_before", counts.shown_before);
    json.put("selected", counts.selected);
    json.put("withdrawn", counts.withdrawn);
  });
}

void put_usage(JsonWriter& json, const Usage& usage) {
  json.object("usage", [&] {
    if (!usage.model.empty()) json.put("model", plain(usage.model));
    json.put("requests", usage.requests);
    json.put("prompt_tokens", usage.prompt_tokens);
    json.put("completion_tokens", usage.completion_tokens);
    json.put("cost", usage.cost);
  });
}

void put_scores(JsonWriter& json, const Score& score) {
  json.put("relevance", score.relevance);
  json.put("novelty", score.novelty);
}

void put_paper(JsonWriter& json, const Entry& entry) {
  const Paper& paper = entry.paper;
  json.put("id", paper.id);
  if (paper.version > 0) json.put("version", paper.version);
  put_text(json, "title", paper.title);
  json.array("authors", [&] {
    for (const std::string& author : paper.authors) json.value(api_text(author));
  });
  put_text(json, "abstract", paper.abstract);
  json.array("categories", [&] {
    for (const std::string& category : paper.categories) json.value(plain(category));
  });
  if (paper.announce_type) json.put("announce_type", announce_type_name(*paper.announce_type));
  put_scores(json, entry.score);
  put_text(json, "comment", entry.score.comment);
  if (!entry.score.topic.empty()) json.put("topic", entry.score.topic);
  json.put("scorer", scorer_name(entry.score.scorer));
  json.put("first_seen", entry.first_seen.iso());
}

void put_near_miss(JsonWriter& json, const Entry& entry) {
  json.put("id", entry.paper.id);
  put_text(json, "title", entry.paper.title);
  put_scores(json, entry.score);
}

void put_places(JsonWriter& json, Date date, const SiteSettings& site) {
  json.put("url", absolute_url(site, day_path(date)));
  json.put("json_url", absolute_url(site, api_path(date)));
}

}  // namespace

std::string api_text(std::string_view tex) {
  MarkedMath marked;
  walk(tex, marked);
  return one_line(printable(marked.out));
}

std::string api_day(const Day& day, const SiteSettings& site) {
  JsonWriter json;
  json.object([&] {
    put_schema(json, site);
    json.put("date", day.date.iso());
    json.put("status", status_name(day.status));
    put_text(json, "why", day.why);
    put_counts(json, day.counts);
    if (day.usage) put_usage(json, *day.usage);
    put_places(json, day.date, site);
    json.objects("topics", day.topics, [&](const TopicName& topic) {
      json.put("slug", topic.slug);
      json.put("name", plain(topic.name));
    });
    json.objects("papers", day.papers, [&](const Entry& entry) { put_paper(json, entry); });
    json.objects("near_misses", day.near_misses, [&](const Entry& entry) { put_near_miss(json, entry); });
  });
  return json.line();
}

std::string api_days(const Summaries& days, const SiteSettings& site) {
  JsonWriter json;
  json.object([&] {
    put_schema(json, site);
    json.put("title", plain(site.title));
    json.put("url", site.url);
    json.objects("days", days, [&](const DaySummary& day) {
      json.put("date", day.date.iso());
      json.put("status", day.readable ? status_name(day.status) : "unreadable");
      if (!day.readable) return json.put("url", absolute_url(site, day_path(day.date)));
      json.put("papers", day.papers.size());
      put_counts(json, day.counts);
      json.put("cost", day.cost);
      put_places(json, day.date, site);
    });
  });
  return json.line();
}

std::string api_topics(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  const auto& current = parts.interests.topics;
  JsonWriter json;
  json.object([&] {
    put_schema(json, parts.site);
    json.objects("topics", topics, [&](const TopicName& topic) {
      const auto papers = papers_of_topic(days, topic.slug);
      const std::string folder = absolute_url(parts.site, topic_path(topic.slug));
      json.put("slug", topic.slug);
      json.put("name", plain(topic.name));
      json.put("current",
               std::any_of(current.begin(), current.end(), [&](const Topic& one) { return one.slug == topic.slug; }));
      json.put("papers", papers.size());
      if (!papers.empty()) json.put("newest", papers.front().day->date.iso());
      json.put("url", folder);
      json.object("feeds", [&] {
        json.put("atom", folder + "atom.xml");
        json.put("rss", folder + "rss.xml");
        json.put("json", folder + "feed.json");
      });
    });
  });
  return json.line();
}

}  // namespace daybook
