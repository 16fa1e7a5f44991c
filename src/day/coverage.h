// Whether a day has all that its categories announced: a batch is known by its papers, not by its date.
//
// arXiv's feeds carry today's date whatever batch they hold: it has happened that one category's feed held yesterday's
// papers under today's date while another's was current, and that a feed was empty or cut. So each feed is compared
// with what the archive has:
//
//   stale    A paper is announced as `new` once. If an earlier day has scanned most of a feed's `new` entries, the feed
//            is of an earlier batch; so is one that equals an earlier day's, entry by entry (which also finds a feed
//            of replacements alone).
//   too few  New papers a day are taken to be distributed negative binomially, with the mean and the variance of the
//            category's last weekdays of the same name (8 weeks; of all days where fewer than 4 are known; the standard
//            deviation at least 0.3 of the mean beyond a Poisson's). A count is doubted if the chance of one as low is
//            below 1 in 1,000. On 158 real days of 2025 (seven categories, counted by primary category) that
//            doubts 8 of 1,106 category days: five of them on two days on which several categories fell short at once,
//            three single ones. A category of three papers a day is empty one day in twenty, and never doubted for it.
//   empty    A feed that is empty without being improbable raises no alarm; the API is asked about it later, silently:
//            see pipeline/missed.h.
//
// Decided against: a constant threshold. 10 papers are a fault in cs.LG and a feast in math.KT.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "day/day.h"
#include "paper/feed.h"

namespace daybook {

/// CategoryHistory is what earlier days tell of each category: which papers they scanned, which batches they took, and
/// how many new papers each had.
class CategoryHistory {
 public:
  // A recorded day. Old records without counts are counted by their scanned papers' primary categories.
  void add(const Day& day, const std::vector<Other>& others);
  // A paper of a day that has candidates and no record yet.
  void add_scanned(const std::string& id, Date day);

  bool scanned_before(const std::string& id, Date day) const;
  bool had_feed(const std::string& category, Date day) const;
  bool was_followed(const std::string& category, Date day) const;  // that day or one before it had a feed
  bool took_before(const CategoryCount& count, Date day) const;    // the same batch, on an earlier day
  // The chance (0-1) that a category has this few new papers on such a day. Nothing: too little is known of it.
  std::optional<double> chance_of(const std::string& category, Date day, int new_papers) const;
  bool is_doubtful(const std::string& category, Date day, int new_papers) const;  // a chance below 1 in 1,000

 private:
  std::unordered_map<std::string, Date> scanned_;                    // by id: the first day
  std::map<std::string, std::map<Date, std::string>> batches_;       // by category
  std::map<std::string, std::map<Date, int>> new_papers_;            // by category
  std::map<Date, std::unordered_map<std::string, int>> by_primary_;  // of days without counts
};

/// CategoryFeed is what was fetched for a category: a feed, or why there is none.
struct CategoryFeed {
  std::string category;
  std::optional<Feed> feed;
  std::optional<Error> fault;  // set if there is no feed
};

/// Coverage is what can be used of the feeds, and what each category lacks.
struct Coverage {
  std::vector<Feed> feeds;  // without entries that do not count
  std::vector<CategoryCount> categories;
  bool skipped = false;  // arXiv announces nothing on that day of the week
};

// Compares each feed with the history, as above. An entry of type `new` that an earlier day scanned does not count; in
// a stale feed, no entry that an earlier day scanned does. A feed dated to an earlier day is ignored. Feeds without a
// category (the API's) are used as they are.
Coverage cover(std::vector<CategoryFeed> feeds, const CategoryHistory& history, Date day);

enum class Announcement {
  ready,    // there are papers
  quiet,    // there are none, and it is a weekend or a skip day, or every source says so
  not_yet,  // there are none yet
};
Announcement announcement_of(const Coverage& coverage, Date day);

// Adds to a count what the listing page says of its category. If the page has no more new papers and cross-lists than
// were taken, the category is complete; if it has more new papers, that becomes the doubt.
void add_witness(CategoryCount& count, const ListingPage& page, Date day);
// Whether the page shows that nothing was announced on that day.
bool says_nothing_new(const ListingPage& page, Date day);

// Marks the categories of a quiet weekday: none is in doubt, and the API is asked once more when the day is past.
void settle_quiet(std::vector<CategoryCount>& categories);

// Merges two readings of the same day's categories. The newer wins, except that a complete category stays complete, and
// that a second reading of the same batch does not undo what was found out about it since the first.
std::vector<CategoryCount> merged(std::vector<CategoryCount> fresh, const std::vector<CategoryCount>& kept);

// The doubts, as the day's messages.
std::vector<std::string> doubts_of(const std::vector<CategoryCount>& categories);

}  // namespace daybook
