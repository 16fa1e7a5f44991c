#include "day/coverage.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text.h"
#include "paper/category.h"

namespace daybook {

namespace {

constexpr double least_chance = 0.001;
constexpr int days_remembered = 56;
constexpr std::size_t same_weekdays_enough = 4;
constexpr std::size_t days_enough = 5;  // before that, who knows what is usual

// Of the entries in the order of their ids.
std::string fingerprint(const std::vector<Paper>& papers) {
  if (papers.empty()) return {};
  std::vector<std::string> entries;
  for (const Paper& paper : papers) {
    const std::string type = paper.announce_type ? std::string(announce_type_name(*paper.announce_type)) : "";
    entries.push_back(paper.id + 'v' + std::to_string(paper.version) + ' ' + type);
  }
  std::sort(entries.begin(), entries.end());
  return short_hash(joined(entries, " ") + ' ');
}

// P(X <= count) of a negative binomial distribution with this mean and variance (variance > mean > 0).
double negative_binomial(int count, double mean, double variance) {
  const double size = mean * mean / (variance - mean);
  const double p = size / (size + mean);
  double sum = 0;
  for (int i = 0; i <= count; ++i)
    sum += std::exp(std::lgamma(size + i) - std::lgamma(size) - std::lgamma(i + 1.0) + size * std::log(p) +
                    i * std::log1p(-p));
  return std::min(sum, 1.0);
}

double chance_among(const std::vector<int>& usual, int count) {
  const auto days = static_cast<double>(usual.size());
  double sum = 0;
  for (const int number : usual) sum += number;
  const double mean = sum / days;
  if (mean <= count) return 1;
  double squares = 0;
  for (const int number : usual) squares += (number - mean) * (number - mean);
  const double spread = 0.3 * mean;
  const double variance = std::max(usual.size() > 1 ? squares / (days - 1) : 0, mean + spread * spread);
  return negative_binomial(count, mean, variance);
}

bool is_new(const Paper& paper) { return paper.announce_type == AnnounceType::new_; }

int count_of_type(const std::vector<Paper>& papers, AnnounceType type) {
  return static_cast<int>(
      std::count_if(papers.begin(), papers.end(), [=](const Paper& paper) { return paper.announce_type == type; }));
}

void doubt(CategoryCount& count, CategoryState state, const std::string& why) {
  count.state = state;
  count.doubt = count.category + ": " + why;
}

bool is_skipped(const Feed& feed, Date day) {
  return day.is_weekend() ||
         std::find(feed.skip_days.begin(), feed.skip_days.end(), day.weekday()) != feed.skip_days.end();
}

// A category goes into messages and records.
bool is_category_name(const std::string& text) {
  const auto is_part = [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '+'; };
  return !text.empty() && text.size() <= 200 && all(text, is_part);
}

// Takes out of the feed what counts for nothing, and says what the category lacks.
class Cover {
 public:
  Cover(const CategoryHistory& history, Date day) : history_(history), day_(day) {}

  CategoryCount judge(const std::string& category, Feed& feed) const {
    CategoryCount count;
    count.category = category;
    count.batch = fingerprint(feed.papers);
    if (feed.announced && *feed.announced < day_) {
      feed.papers.clear();
      if (is_skipped(feed, day_)) return count;
      doubt(count, CategoryState::stale, "arXiv's feed is still that of " + feed.announced->iso());
      return count;
    }
    if (is_stale(count, feed)) {
      std::erase_if(feed.papers, [&](const Paper& paper) { return was_scanned(paper); });
      // Equal to an earlier feed: what it has beside scanned papers was not wanted then either.
      if (history_.took_before(count, day_)) feed.papers.clear();
      doubt(count, CategoryState::stale, "arXiv's feed has today's date but an earlier day's papers");
    } else {
      std::erase_if(feed.papers, [&](const Paper& paper) { return is_new(paper) && was_scanned(paper); });
    }
    count.announced = static_cast<int>(feed.papers.size());
    count.new_papers = count_of_type(feed.papers, AnnounceType::new_);
    count.cross = count_of_type(feed.papers, AnnounceType::cross);
    if (count.state == CategoryState::complete) judge_size(count, feed);
    return count;
  }

 private:
  bool was_scanned(const Paper& paper) const { return history_.scanned_before(paper.id, day_); }

  bool is_stale(const CategoryCount& count, const Feed& feed) const {
    const auto scanned = std::count_if(feed.papers.begin(), feed.papers.end(),
                                       [&](const Paper& paper) { return is_new(paper) && was_scanned(paper); });
    return scanned * 2 > count_of_type(feed.papers, AnnounceType::new_) || history_.took_before(count, day_);
  }

  void judge_size(CategoryCount& count, const Feed& feed) const {
    const std::string number = std::to_string(count.new_papers);
    const bool improbable = history_.is_doubtful(count.category, day_, count.new_papers);
    if (feed.cut_off) {
      doubt(count, CategoryState::cut_off, feed.cut_off->what);
    } else if (feed.entries >= feed_entries_max) {
      doubt(count, CategoryState::cut_off,
            "arXiv's feed is at its limit of " + std::to_string(feed_entries_max) + " entries and omits new papers");
    } else if (feed.papers.empty() && is_skipped(feed, day_)) {
      return;
    } else if (improbable && feed.papers.empty()) {
      doubt(count, CategoryState::empty, "arXiv's feed is unexpectedly empty");
    } else if (improbable) {
      doubt(count, CategoryState::unknown, "arXiv's feed has far fewer new papers than usual, " + number);
    } else if (feed.papers.empty()) {
      count.state = CategoryState::empty;
    }
  }

  const CategoryHistory& history_;
  Date day_;
};

CategoryCount unread(const CategoryFeed& one) {
  CategoryCount count;
  count.category = one.category;
  doubt(count, CategoryState::unknown, one.fault ? one.fault->what : "its feed could not be read");
  return count;
}

CategoryCount* count_of(std::vector<CategoryCount>& counts, const std::string& category) {
  for (CategoryCount& count : counts)
    if (count.category == category) return &count;
  return nullptr;
}

// What is known of a category by day.
template <typename T>
const std::map<Date, T>& days_of(const std::map<std::string, std::map<Date, T>>& known, const std::string& category) {
  static const std::map<Date, T> none;
  const auto found = known.find(category);
  return found == known.end() ? none : found->second;
}

}  // namespace

void CategoryHistory::add(const Day& day, const std::vector<Other>& others) {
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) add_scanned(entry.paper.id, day.date);
  for (const Other& other : others) add_scanned(other.id, day.date);
  for (const CategoryCount& count : day.categories) {
    if (!count.batch.empty()) batches_[count.category][day.date] = count.batch;
    if (count.state == CategoryState::complete && day.status != Status::quiet)
      new_papers_[count.category][day.date] = count.new_papers;
  }
  if (!day.categories.empty() || day.status == Status::quiet || day.status == Status::lost) return;
  auto& primary = by_primary_[day.date];
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries)
      if (!entry.paper.categories.empty()) ++primary[entry.paper.categories.front()];
  for (const Other& other : others)
    if (!other.categories.empty()) ++primary[other.categories.front()];
}

void CategoryHistory::add_scanned(const std::string& id, Date day) {
  const auto [known, fresh] = scanned_.emplace(id, day);
  if (!fresh) known->second = std::min(known->second, day);
}

bool CategoryHistory::scanned_before(const std::string& id, Date day) const {
  const auto known = scanned_.find(id);
  return known != scanned_.end() && known->second < day;
}

bool CategoryHistory::had_feed(const std::string& category, Date day) const {
  return days_of(batches_, category).count(day) != 0;
}

bool CategoryHistory::was_followed(const std::string& category, Date day) const {
  const auto& batches = days_of(batches_, category);
  return !batches.empty() && batches.begin()->first <= day;
}

bool CategoryHistory::took_before(const CategoryCount& count, Date day) const {
  const auto& batches = days_of(batches_, count.category);
  return !count.batch.empty() && std::any_of(batches.begin(), batches.end(), [&](const auto& one) {
    return one.first < day && one.second == count.batch;
  });
}

std::optional<double> CategoryHistory::chance_of(const std::string& category, Date day, int new_papers) const {
  std::map<Date, int> counts;
  for (const auto& [date, primary] : by_primary_) {
    int sum = 0;
    for (const auto& [name, number] : primary)
      if (is_within(name, category)) sum += number;
    if (!primary.empty()) counts[date] = sum;
  }
  for (const auto& [date, number] : days_of(new_papers_, category)) counts[date] = number;
  std::vector<int> usual, same;
  for (const auto& [date, number] : counts) {
    if (date >= day || date < day - days_remembered || date.is_weekend()) continue;
    usual.push_back(number);
    if (date.weekday() == day.weekday()) same.push_back(number);
  }
  if (usual.empty()) return std::nullopt;
  const bool never_empty = std::find(usual.begin(), usual.end(), 0) == usual.end();
  if (usual.size() < days_enough) return new_papers == 0 && never_empty ? 0 : std::optional<double>();
  return chance_among(same.size() >= same_weekdays_enough ? same : usual, new_papers);
}

bool CategoryHistory::is_doubtful(const std::string& category, Date day, int new_papers) const {
  const auto chance = chance_of(category, day, new_papers);
  return chance && *chance < least_chance;
}

Coverage cover(std::vector<CategoryFeed> feeds, const CategoryHistory& history, Date day) {
  const Cover cover(history, day);
  Coverage coverage;
  coverage.skipped = day.is_weekend();
  for (CategoryFeed& one : feeds) {
    if (!one.feed) {
      if (count_of(coverage.categories, one.category) == nullptr) coverage.categories.push_back(unread(one));
      continue;
    }
    // A second feed of a category that has one is taken, and counted with it.
    const std::string category = one.category;
    coverage.skipped = coverage.skipped || is_skipped(*one.feed, day);
    if (is_category_name(category)) {
      CategoryCount count = cover.judge(category, *one.feed);
      if (CategoryCount* first = count_of(coverage.categories, category)) {
        first->announced += count.announced;
        first->new_papers += count.new_papers;
        first->cross += count.cross;
      } else {
        coverage.categories.push_back(std::move(count));
      }
    }
    coverage.feeds.push_back(std::move(*one.feed));
  }
  return coverage;
}

Announcement announcement_of(const Coverage& coverage, Date day) {
  const auto has_papers = [](const Feed& feed) { return !feed.papers.empty(); };
  if (std::any_of(coverage.feeds.begin(), coverage.feeds.end(), has_papers)) return Announcement::ready;
  if (coverage.skipped) return Announcement::quiet;
  const auto has_none = [&](const CategoryCount& count) {
    const bool is_empty = count.state == CategoryState::empty && count.witness;
    return count.state == CategoryState::complete || (is_empty && says_nothing_new(*count.witness, day));
  };
  const auto& counts = coverage.categories;
  const bool is_quiet = !counts.empty() && std::all_of(counts.begin(), counts.end(), has_none);
  return is_quiet ? Announcement::quiet : Announcement::not_yet;
}

void settle_quiet(std::vector<CategoryCount>& categories) {
  for (CategoryCount& count : categories) {
    count.doubt.clear();
    if (count.state != CategoryState::complete) count.state = CategoryState::empty;
  }
}

bool says_nothing_new(const ListingPage& page, Date day) {
  return !page.date || *page.date < day || page.new_papers + page.cross + page.replaced == 0;
}

void add_witness(CategoryCount& count, const ListingPage& page, Date day) {
  // An audit that agrees leaves no trace: a record that changes is a site that is published again.
  const bool agrees = page.new_papers <= count.new_papers && page.cross <= count.cross;
  if (count.state == CategoryState::complete && (agrees || page.date != day)) return;
  count.witness = page;
  // Of another day, or of none that it says: good enough against an alarm, not to call a day whole.
  if (page.date != day) return;
  if (page.new_papers > count.new_papers) {
    doubt(count, count.state == CategoryState::complete ? CategoryState::unknown : count.state,
          "arXiv's listing has " + std::to_string(page.new_papers) + " new papers, its feed " +
              std::to_string(count.new_papers));
  } else if (page.cross <= count.cross) {
    count.state = CategoryState::complete;
    count.doubt.clear();
  } else if (count.state == CategoryState::complete) {
    count.state = CategoryState::unknown;  // no alarm for a cross-list: the API is asked
  }
}

std::vector<CategoryCount> merged(std::vector<CategoryCount> fresh, const std::vector<CategoryCount>& kept) {
  for (const CategoryCount& earlier : kept) {
    CategoryCount* now = count_of(fresh, earlier.category);
    if (now == nullptr) {
      fresh.push_back(earlier);
      continue;
    }
    now->announced = std::max(now->announced, earlier.announced);
    now->new_papers = std::max(now->new_papers, earlier.new_papers);
    now->cross = std::max(now->cross, earlier.cross);
    const bool newly_witnessed = now->witness && !earlier.witness;
    if (!now->witness) now->witness = earlier.witness;
    // A feed that could not be read tells nothing of what an earlier look has found.
    const bool unread = now->state == CategoryState::unknown && now->batch.empty() && !earlier.batch.empty();
    const bool was_complete = earlier.state == CategoryState::complete;
    const bool both_complete = was_complete && now->state == CategoryState::complete;
    if (newly_witnessed || both_complete || !(unread || was_complete || now->batch == earlier.batch)) continue;
    now->state = earlier.state;
    now->doubt = earlier.doubt;
    now->batch = earlier.batch;
  }
  return fresh;
}

std::vector<std::string> doubts_of(const std::vector<CategoryCount>& categories) {
  std::vector<std::string> doubts;
  for (const CategoryCount& count : categories)
    if (!count.doubt.empty()) doubts.push_back(count.doubt);
  return doubts;
}

}  // namespace daybook
