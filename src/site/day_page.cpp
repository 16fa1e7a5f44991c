#include "site/day_page.h"

#include "site/about.h"
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
  fields.set("long_date", long_date(date));
  fields.set("day_path", day_path(date));
  fields.set("month_path", month_path(date.year(), date.month()));
  fields.set("month", month_title(date.year(), date.month()));
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
  if (!day.papers.empty()) text += ": " + plain_text(day.papers.front().paper.title);
  return text;
}

Fields::List paper_list(const Day& day, const SiteParts& parts) {
  Fields::List list;
  list.reserve(day.papers.size());
  for (const Entry& entry : day.papers)
    list.push_back(paper_fields({entry, list.size() + 1, day.date,
                                 topic_name(entry.score.topic, day.topics, parts.interests.topics), parts.days}));
  return list;
}

struct StatusText {
  std::string_view name;
  std::string_view sentence;
  bool papers_known = true;
};

Fields fields_of(const Day& day, const StatusText& status, const Neighbours& neighbours, const SiteParts& parts,
                 const std::string& path) {
  const std::string root = root_from(path);
  Fields fields = page_fields(
      parts.site, {path, path.empty() ? "" : long_date(day.date), status.papers_known ? page_description(day) : "",
                   path.empty() ? "" : day_path(day.date)});
  set_place(fields, day.date, neighbours);
  fields.set("status", status.name);
  fields.set("status_sentence", status.sentence);
  fields.set("why", day.why);
  fields.set("announced", day.counts.announced);
  fields.set("scanned", day.counts.scanned);
  fields.set("shown_before", day.counts.shown_before);
  fields.set("withdrawn", day.counts.withdrawn);
  fields.set("selected", status.papers_known ? std::to_string(day.papers.size()) : "");
  set_llm(fields, day, parts.prompts);
  set_cascade(fields, day.cascade);
  fields.set("cut_off", list_of(day.cut_off, [](const std::string& text) { return Fields().set("message", text); }));
  fields.flag("has_papers", !day.papers.empty());
  fields.set("papers", paper_list(day, parts));
  fields.set("near_miss_count",
             day.near_misses.empty() ? "" : counted(day.near_misses.size(), "near miss", "near misses"));
  fields.set("near_misses", list_of(day.near_misses, near_miss_fields));
  fields.flag("has_again", !day.again.empty());
  fields.set("again", list_of(day.again, [&](const Reappearance& paper) { return again_fields(paper, parts, root); }));
  return fields;
}

}  // namespace

Fields day_page_fields(const Day& day, const Neighbours& neighbours, const SiteParts& parts, const std::string& path) {
  return fields_of(day, {status_name(day.status), status_sentence(day.status)}, neighbours, parts, path);
}

Fields unreadable_day_fields(Date date, const Neighbours& neighbours, const SiteParts& parts) {
  Day empty;
  empty.date = date;
  return fields_of(
      empty,
      {"unreadable",
       "The record of this day can't be read. The log of the run that built this page names the file and the line.",
       false},
      neighbours, parts, day_path(date));
}

}  // namespace daybook
