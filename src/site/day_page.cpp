#include "site/day_page.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "core/text.h"
#include "site/about.h"
#include "site/calendar.h"
#include "site/feed_text.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/summary.h"
#include "site/usage_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

void set_place(Fields& fields, Date date, const Neighbours& neighbours) {
  fields.set("date", date.iso());
  fields.set("weekday", weekday_name(date.weekday()));
  fields.set("plain_date", plain_date(date));
  fields.set("day_path", day_path(date));
  fields.set("json_path", api_path(date));
  fields.set("earlier", neighbours.earlier ? neighbours.earlier->iso() : "");
  fields.set("earlier_path", neighbours.earlier ? day_path(*neighbours.earlier) : "");
  fields.set("later", neighbours.later ? neighbours.later->iso() : "");
  fields.set("later_path", neighbours.later ? day_path(*neighbours.later) : "");
}

Fields again_fields(const Reappearance& paper, const SiteParts& parts, const std::string& root) {
  const std::string path = paper_path(paper.id, paper.first_seen, parts.days);
  Fields fields;
  fields.set("title_html", html(paper.title));
  fields.set("id", paper.id);
  fields.set("place", path.empty() ? "" : root + path);
  fields.set("first_seen", paper.first_seen.iso());
  set_announce_badges(fields, paper.announce_type, paper.version);
  return fields;
}

// What the LLM took and what it was asked: either may be known without the other.
void set_llm(Fields& fields, const Day& day, const PromptTexts& prompts) {
  const std::string prompt = prompt_path(day.prompt, prompts);
  fields.flag("has_llm", day.usage.value_or(Usage{}) != Usage{} || !prompt.empty());
  set_usage(fields, day.usage);
  fields.set("prompt_path", prompt);
}

std::string page_description(const Day& day) {
  std::string text = counted(day.papers.size(), "paper", "papers") + " of " + long_date(day.date);
  if (!day.papers.empty()) text += ": " + linear_text(day.papers.front().paper.title);
  return text;
}

// Papers of the same scores stand under one rule that says them once.
std::string tier_of(const Entry& entry) {
  if (entry.score.scorer == Scorer::author) return "Followed authors";
  std::string words = score_words(entry.score.relevance, entry.score.novelty);
  if (words.empty()) return "Not scored";
  words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

bool has_ties(const Fields::List& papers, const Entry& last) {
  return papers.size() > 1 && last.score.local_score && last.score.scorer != Scorer::author;
}

// In the day's order. A paper whose own numbers are not believed ranks by others, and starts no tier.
Fields::List tier_list(const Day& day, const SiteParts& parts) {
  Fields::List tiers;
  Fields::List papers;
  bool explained = false;
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    const Entry& entry = day.papers[i];
    papers.push_back(paper_fields({entry, i + 1, day, parts}));
    const std::string tier = tier_of(day.papers[i + 1 - papers.size()]);
    const bool last = i + 1 == day.papers.size();
    if (!last && (day.papers[i + 1].score.ranked_as || tier_of(day.papers[i + 1]) == tier)) continue;
    Fields one;
    one.set("tier", tier);
    one.set("tier_count", static_cast<long long>(papers.size()));
    const bool ties = !explained && has_ties(papers, entry);
    explained = explained || ties;
    one.set("ordered", ties ? "best match first" : "");
    one.set("papers", std::move(papers));
    papers.clear();
    tiers.push_back(std::move(one));
  }
  return tiers;
}

// The topics of the day's papers, those with most papers first.
Fields::List topic_chips(const Day& day, const SiteParts& parts) {
  std::map<std::string, int> counts;
  for (const Entry& entry : day.papers)
    if (!entry.score.topic.empty()) ++counts[entry.score.topic];
  std::vector<std::pair<std::string, int>> topics(counts.begin(), counts.end());
  std::stable_sort(topics.begin(), topics.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return list_of(topics, [&](const auto& topic) {
    return Fields()
        .set("topic", topic_name(topic.first, day.topics, parts.interests.topics))
        .set("topic_slug", topic.first)
        .set("topic_path", topic_path(topic.first))
        .set("topic_count", static_cast<long long>(topic.second));
  });
}

void set_best_count(Fields& fields, const Day& day) {
  const auto best = std::count_if(day.papers.begin(), day.papers.end(), [](const Entry& entry) {
    return entry.score.relevance.value_or(0) >= top_relevance;
  });
  fields.set("best_count", best == 0 ? "" : std::to_string(best));
  fields.set("best_have", best == 1 ? "has" : "have");
}

// Who scored the day: a model by its name where it is known.
std::string scored_by(const Day& day) {
  if (day.papers.empty() && day.near_misses.empty()) return {};
  const auto locally = std::count_if(day.papers.begin(), day.papers.end(),
                                     [](const Entry& entry) { return scored_locally(entry.score); });
  const bool all_local = day.status == Status::local || day.status == Status::degraded;
  if (all_local || (locally > 0 && locally == static_cast<std::ptrdiff_t>(day.papers.size())))
    return "this site’s own model";
  return day.usage ? day.usage->model : "";
}

// A day that is as it should be needs no words.
bool needs_notice(Status status) { return status != Status::complete && status != Status::local; }

struct StatusText {
  std::string_view name;
  std::string_view sentence;
  bool papers_known = true;
};

void set_papers(Fields& fields, const Day& day, const SiteParts& parts) {
  set_best_count(fields, day);
  fields.flag("has_papers", !day.papers.empty());
  auto topics = topic_chips(day, parts);
  fields.flag("has_topics", topics.size() > 1);
  fields.set("topics", std::move(topics));
  auto tiers = tier_list(day, parts);
  const bool ties = std::any_of(tiers.begin(), tiers.end(), [](const Fields& tier) {
    return !std::get<std::string>(*tier.find("ordered")).empty();
  });
  fields.set("ties", ties ? "This site’s own model orders papers with equal scores." : "");
  fields.set("tiers", std::move(tiers));
}

void set_counts(Fields& fields, const Day& day, bool papers_known) {
  const auto shown = [](const std::optional<int>& count) { return count ? grouped(*count) : std::string(); };
  fields.set("announced", shown(day.counts.announced));
  fields.set("scanned", shown(day.counts.scanned));
  fields.set("shown_before", shown(day.counts.shown_before));
  fields.set("withdrawn", shown(day.counts.withdrawn));
  fields.set("selected", papers_known ? std::to_string(day.papers.size()) : "");
  fields.set("selected_of", of_scanned(day.papers.size(), day.counts.scanned));
  fields.set("scored_by", scored_by(day));
}

void set_not_shown(Fields& fields, const Day& day, const SiteParts& parts, const std::string& root) {
  fields.set("near_miss_count",
             day.near_misses.empty() ? "" : counted(day.near_misses.size(), "near miss", "near misses"));
  fields.set("near_misses", list_of(day.near_misses, near_miss_fields));
  fields.flag("has_again", !day.again.empty());
  fields.set("again", list_of(day.again, [&](const Reappearance& paper) { return again_fields(paper, parts, root); }));
}

Fields fields_of(const Day& day, const StatusText& status, const Neighbours& neighbours, const SiteParts& parts) {
  const std::string path = day_path(day.date);
  PagePlace place{path, long_date(day.date), status.papers_known ? page_description(day) : "", ""};
  if (!day.papers.empty()) place.markdown_path = path + "index.md";
  if (status.papers_known) place.card_path = card_path(day.date);
  Fields fields = page_fields(parts.site, place);
  set_place(fields, day.date, neighbours);
  fields.set("status", status.name);
  fields.set("notice", status.sentence);
  fields.set("why", day.why);
  set_counts(fields, day, status.papers_known);
  set_llm(fields, day, parts.prompts);
  set_cascade(fields, day.cascade);
  fields.set("cut_off", list_of(day.cut_off, [](const std::string& text) { return Fields().set("message", text); }));
  set_papers(fields, day, parts);
  fields.set("calendar", Fields::List{calendar_of(parts.days, day.date.year(), day.date.month(), day.date)});
  set_not_shown(fields, day, parts, root_from(path));
  return fields;
}

}  // namespace

Fields day_page_fields(const Day& day, const Neighbours& neighbours, const SiteParts& parts) {
  const bool notice = needs_notice(day.status);
  return fields_of(day, {status_name(day.status), notice ? status_sentence(day.status) : ""}, neighbours, parts);
}

Fields unreadable_day_fields(Date date, const Neighbours& neighbours, const SiteParts& parts) {
  Day empty;
  empty.date = date;
  return fields_of(
      empty,
      {"unreadable",
       "The record of this day can't be read. The log of the run that built this page names the file and the line.",
       false},
      neighbours, parts);
}

}  // namespace daybook
