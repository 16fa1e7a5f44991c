// A day: the papers, what was said of them, and how it went. The record of DESIGN 5 as a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "paper/listing.h"
#include "paper/paper.h"
#include "paper/score.h"
#include "rank/recall.h"

namespace daybook {

enum class Status { complete, quiet, partial, local, degraded, lost };
std::string_view status_name(Status status);  // "complete"
std::optional<Status> status_of(std::string_view name);
// What it means, as a sentence for readers: "Scored by the local scorer, without an LLM."
std::string_view status_sentence(Status status);

// How many papers; what is not known is absent.
struct Counts {
  std::optional<int> announced;     // in the feeds, each once
  std::optional<int> scanned;       // of the wanted announce types and categories, scored
  std::optional<int> shown_before;  // wanted, but shown on an earlier day
  std::optional<int> selected;
  std::optional<int> withdrawn = {};  // of the scanned; absent: none
  bool operator==(const Counts&) const = default;
};

/// CategoryState says how much of a category's announcement a day has.
enum class CategoryState {
  complete,  // all of it, or all that anybody knows of
  stale,     // an earlier batch, whatever date its feed had: the category is not announced yet
  empty,     // nothing, and neither the listing page nor the API has said yet that there was nothing
  cut_off,   // the feed broke off, or is as long as arXiv's feeds get
  unknown,   // no feed could be read, or its new papers are far fewer than usual
};
std::string_view category_state_name(CategoryState state);  // "cut_off"
std::optional<CategoryState> category_state_of(std::string_view name);

/// CategoryCount is what a day has of one category, how that was found out, and what is still in doubt.
struct CategoryCount {
  std::string category;  // as asked for: "cs.LG", "cs", "cs.AI+cs.LG"
  int announced = 0;     // of all announce types
  int new_papers = 0;    // of the type "new"
  int cross = 0;         // of the type "cross"
  CategoryState state = CategoryState::complete;
  std::string doubt;                   // why it is thought to be short, as a message; empty: it is not
  std::string batch;                   // stands for the feed's papers: two feeds of one batch have the same
  std::optional<ListingPage> witness;  // what the listing page said that day
  bool operator==(const CategoryCount&) const = default;
};

// What the LLM took. Money in US dollars.
struct Usage {
  std::string model;
  std::optional<long long> requests;
  std::optional<long long> prompt_tokens;
  std::optional<long long> cached_tokens;
  std::optional<long long> completion_tokens;
  std::optional<double> prompt_cost;
  std::optional<double> completion_cost;
  std::optional<double> cost;                      // absent: unknown, as where no price of the model is known
  std::optional<long long> reasoning_tokens = {};  // among the completion tokens
  bool operator==(const Usage&) const = default;
};

// An LLM was asked and what it took is known, but not its price. Then the cost is unknown, never $0.
bool has_unknown_cost(const Usage& usage);

// What the local scorer kept from the LLM.
struct Cascade {
  double threshold = 0;  // of the local score, 0-1
  double explore = 0;    // the chance of a paper below it to be sent all the same
  int sent = 0;          // explored ones included
  int explored = 0;      // below the threshold, and sent
  int discarded = 0;     // below the threshold, and not sent
  std::optional<double>
      saved;  // US dollars, an estimate: what a sent paper cost, times discarded; absent: no price known
  std::optional<Certificate> certificate = {};  // of the 30 days before; absent: too little is known
  bool operator==(const Cascade&) const = default;
};

struct Entry {
  Paper paper;
  Score score;
  Date first_seen;          // the day that showed it first; the day itself for a new one
  std::string missed = {};  // of a near miss: why it was not selected, "relevance 6, needs 7"
  bool operator==(const Entry&) const = default;
};

// A paper of today's announcement that an earlier day showed already.
struct Reappearance {
  std::string id;
  int version = 0;
  std::string title;
  std::optional<AnnounceType> announce_type;  // cross: a cross-list; replace, replace-cross: a new version
  Date first_seen;
  bool operator==(const Reappearance&) const = default;
};

// A topic's name at the time, so that old days keep theirs when the owner changes his interests.
struct TopicName {
  std::string slug;
  std::string name;
  bool operator==(const TopicName&) const = default;
};

// A scanned paper that was not selected: a line of DATE.others.jsonl.
struct Other {
  std::string id;
  std::string title;
  std::vector<std::string> categories;
  Score score;         // its comment and topic are not kept
  std::string reason;  // why it was not selected: "relevance 3 < 7"
  bool operator==(const Other&) const = default;
};

struct Day {
  Date date;
  std::optional<Date> recorded = {};  // the later day on which its papers, or who read them, last changed
  Status status = Status::complete;
  Counts counts;
  std::optional<Usage> usage;
  std::optional<Cascade> cascade;         // absent: the day was sent in full, or without an LLM
  std::string prompt;                     // "sha256:..." of archive/prompts/HASH.md; empty: none
  std::vector<TopicName> topics;          // those that its papers and near misses name, in the settings' order
  std::string why;                        // what kept the LLM from scoring all of it, as a sentence; empty: nothing did
  std::vector<CategoryCount> categories;  // in the settings' order; empty: not known, as of older and imported days
  std::vector<std::string> cut_off;       // what is missing or broke off, as a message each; empty: nothing is
  std::vector<Entry> papers;              // the selected, in rank order
  std::vector<Entry> near_misses;         // 20 of the rest: the best that were read, then the best that were discarded
  std::vector<Reappearance> again;
  bool operator==(const Day&) const = default;
};

// Whether a category of the day is neither complete nor explained: later runs, and then arXiv's API, complete it.
bool is_unsettled(const Day& day);

// True where `challenger` may take the place of `holder`, the record of the same date: it is not worse. Of an unsettled
// holder a challenger with more papers is not, unless nothing of it was read where the holder was. Else worse is, in
// this order: fewer scanned papers where both are known and the holder is neither lost nor cut off, a lower status
// (complete > partial > local > degraded > lost; quiet only yields to a day with papers and never replaces one), cut
// off where the other is whole.
bool may_replace(const Day& holder, const Day& challenger);

}  // namespace daybook
