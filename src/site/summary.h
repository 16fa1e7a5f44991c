// What the index pages need of a day: its pages are rendered and its text let go before the next is read, so that an
// archive of any length fits into memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "day/day.h"

namespace daybook {

// From this relevance on a paper is among the top ones, which pages count and calendars colour by.
inline constexpr int top_relevance = 9;

struct PaperSummary {
  std::string id;
  std::string title;  // as arXiv wrote it
  std::string why;    // why_of()
  std::optional<int> relevance;
  std::optional<int> novelty;
  std::string topic;
  Scorer scorer = Scorer::llm;
  bool scored_locally = false;
  Date first_seen;
  std::optional<double> local_score = {};
  std::optional<int> ranked_as = {};  // of Score
  std::vector<bool> feeds = {};       // which of the owner's filters want it (note_feeds)
  std::string followed = {};          // the slug of the followed author among its authors (note_followed)
  std::string authors = {};           // a line each, as arXiv wrote them
  std::optional<Date> rescored = {};  // the day on which it was scored anew
  bool operator==(const PaperSummary&) const = default;
};

struct DaySummary {
  Date date;
  bool readable = true;  // false: the record could not be read, and only the date is known
  Date recorded;         // the day on which its papers last changed: its own, or a later one (Day::recorded)
  Status status = Status::complete;
  Counts counts;
  std::size_t page_bytes = 0;  // of the day's published files; 0: not known
  std::optional<double> cost;
  std::optional<Cascade> cascade;
  bool cost_unknown = false;  // an LLM was asked, and no price is known
  std::string prompt;
  bool cut_off = false;
  bool unsettled = false;        // later runs, and arXiv's API, complete it
  std::optional<Date> rescored;  // the latest day on which papers that it shows were scored anew
  std::vector<TopicName> topics;
  std::vector<std::string> former_topics = {};  // slugs that its record has and the settings call otherwise now
  std::vector<PaperSummary> papers;
  bool operator==(const DaySummary&) const = default;
};

// What a list says of a paper: the LLM's comment, else the sentence of its abstract that says what it does. Text as it
// was written, TeX and all; empty: neither is there.
std::string why_of(const Entry& entry);

DaySummary summary_of(const Day& day);
DaySummary unreadable_day(Date date);
Date changed_on(const DaySummary& day);  // the day itself, or the last on which papers came or were scored anew

// Newest first.
using Summaries = std::vector<DaySummary>;

// A paper's place among the summaries.
struct PaperRef {
  const DaySummary* day;
  std::size_t index;  // in day->papers
  const PaperSummary& paper() const { return day->papers[index]; }
};

// "2 papers" and the like.
std::string counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace daybook
