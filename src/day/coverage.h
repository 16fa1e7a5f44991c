// Whether a day has all that its categories announced: a batch is known by its papers, not by its date.
//
// arXiv's feeds carry the midnight of the clock, whatever batch they hold: it has happened that one category's feed
// held the day before's papers under today's date while another's was current, and that a feed was empty or cut. So
// what a feed holds is held against what the archive has:
//
//   stale    A paper is announced as `new` once. A feed most of whose `new` entries an earlier day has scanned is of an
//            earlier batch; so is one that is equal to an earlier day's, entry by entry (which also finds a feed of
//            replacements alone).
//   too few  New papers a day are taken to be distributed negative binomially, with the mean and the variance of the
//            category's last weekdays of the same name (8 weeks; of all days where fewer than 4 are known; the standard
//            deviation at least 0.3 of the mean beyond a Poisson's). As few as today's are doubted where that has a
//            chance below 1 in 1,000. On 158 real days of 2025 (seven categories, counted by primary category) that
//            doubts 8 of 1,106 category days: five of them on two days on which several categories fell short at once,
//            three single ones. A category of three papers a day is empty one day in twenty, and never doubted for it.
//   empty    What is empty without being improbable is no cause for alarm, and is asked about all the same, later and
//            silently: see pipeline/missed.h.
//
// A constant as threshold was decided against: 10 papers are a fault in cs.LG and a feast in math.KT.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "day/day.h"
#include "paper/feed.h"

namespace daybook {

/// CategoryHistory is what the days before have of each category: which papers they scanned, which batches they took,
/// and how many new papers each had.
class CategoryHistory {
 public:
  // A recorded day. Days of before there were counts are counted by their scanned papers' primary categories.
  void add(const Day& day, const std::vector<Other>& others);
  // A paper that a day without a record waits to score.
  void add_scanned(const std::string& id, Date day);

  bool scanned_before(const std::string& id, Date day) const;
  bool had_feed(const std::string& category, Date day) const;
  bool was_followed(const std::string& category, Date day) const;  // that day or one before it had a feed
  bool took_before(const CategoryCount& count, Date day) const;    // the same batch, on an earlier day
  // That a category has as few new papers as this on such a day, 0 to 1. Nothing where nothing is known of it.
  std::optional<double> chance_of(const std::string& category, Date day, int new_papers) const;
  bool is_doubtful(const std::string& category, Date day, int new_papers) const;  // a chance below 1 in 1,000

 private:
  std::unordered_map<std::string, Date> scanned_;                    // by id: the first day
  std::map<std::string, std::map<Date, std::string>> batches_;       // by category
  std::map<std::string, std::map<Date, int>> new_papers_;            // by category
  std::map<Date, std::unordered_map<std::string, int>> by_primary_;  // of days without counts
};

/// CategoryFeed is what a category's address gave: a feed, or why there is none.
struct CategoryFeed {
  std::string category;
  std::optional<Feed> feed;
  std::optional<Error> fault;  // where there is no feed
};

/// Coverage is what may be taken of the feeds, and what each category lacks.
struct Coverage {
  std::vector<Feed> feeds;  // without entries that count for nothing
  std::vector<CategoryCount> categories;
  bool skipped = false;  // arXiv announces nothing on that day of the week
};

// Holds each feed against the history, as above. An entry of type `new` that an earlier day scanned counts for nothing;
// in a stale feed, so does any that an earlier day scanned. A feed that says itself that it is of an earlier day is
// taken nothing of. Feeds of no category (the API's) are taken as they are.
Coverage cover(std::vector<CategoryFeed> feeds, const CategoryHistory& history, Date day);

enum class Announcement {
  ready,    // there are papers
  quiet,    // there are none, and it is a weekend or a skip day, or all that were asked say so
  not_yet,  // there are none yet
};
Announcement announcement_of(const Coverage& coverage, Date day);

// What the listing page said of a category in doubt, or against one that is not, added to a count. Where it has no more
// new papers and cross-lists than were taken the category is complete; where it has more new papers, that is its doubt.
void add_witness(CategoryCount& count, const ListingPage& page, Date day);
// A page that speaks for there being nothing to announce on that day.
bool says_nothing_new(const ListingPage& page, Date day);

// The categories of a quiet weekday: nothing is in doubt, and the API is asked once more when the day is past.
void settle_quiet(std::vector<CategoryCount>& categories);

// Of two looks at the same day at what its categories have: the newer, but that a complete category stays complete, and
// that another look at the same batch knows no better than what was found out about it since.
std::vector<CategoryCount> merged(std::vector<CategoryCount> fresh, const std::vector<CategoryCount>& kept);

// The doubts, as the day's messages.
std::vector<std::string> doubts_of(const std::vector<CategoryCount>& categories);

}  // namespace daybook
