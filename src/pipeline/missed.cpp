#include "pipeline/missed.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "paper/category.h"
#include "paper/merge.h"
#include "pipeline/candidates.h"
#include "pipeline/fetch.h"
#include "pipeline/record_day.h"

namespace daybook {

namespace {

// The longest that arXiv holds a paper back, but for rare ones.
constexpr int days_around = 10;
// How long a working day without any paper is doubted.
constexpr int days_of_doubt = 3;

std::set<std::string> ids_of(const Candidates& candidates) {
  std::set<std::string> ids;
  for (const Paper& paper : candidates.papers) ids.insert(paper.id);
  return ids;
}

bool is_new_in(const Paper& paper, const std::string& category) {
  return !paper.categories.empty() && is_within(paper.categories.front(), category);
}

bool is_listed_in(const Paper& paper, const std::string& category) {
  return std::find(paper.listed_in.begin(), paper.listed_in.end(), category) != paper.listed_in.end();
}

template <typename Is>
int count_if(const std::vector<Paper>& papers, Is is) {
  return static_cast<int>(std::count_if(papers.begin(), papers.end(), is));
}

int new_in(const std::vector<Paper>& papers, const std::string& category) {
  return count_if(papers, [&](const Paper& paper) { return is_new_in(paper, category); });
}

CategoryCount counted_in(const std::vector<Paper>& papers, const std::string& category) {
  CategoryCount count;
  count.category = category;
  count.announced = count_if(papers, [&](const Paper& paper) { return is_listed_in(paper, category); });
  count.new_papers = new_in(papers, category);
  count.cross = count.announced - count.new_papers;
  return count;
}

// All that the settings name, where the record does not know.
std::vector<std::string> in_doubt(const Day& day, const ArxivSettings& arxiv) {
  if (day.categories.empty()) return arxiv.categories;
  std::vector<std::string> categories;
  for (const CategoryCount& count : day.categories)
    if (count.state != CategoryState::complete) categories.push_back(count.category);
  return categories;
}

// What the API found, as a day's announcement.
Coverage found(std::vector<Paper> papers, const ArxivSettings& arxiv) {
  Coverage coverage;
  for (const std::string& category : arxiv.categories) coverage.categories.push_back(counted_in(papers, category));
  Feed feed;
  feed.kind = FeedKind::api;
  feed.papers = std::move(papers);
  coverage.feeds.push_back(std::move(feed));
  return coverage;
}

// The address is a screenful of query: the day says more.
Error not_now(Date day, const Error& error) {
  return {error.kind, {}, "the papers of " + day.iso() + " can't be fetched now: " + error.what, error.hint};
}

std::string told(const Candidates& candidates) {
  const Day& day = candidates.day;
  return day.date.iso() + ": " + counted(static_cast<std::size_t>(*day.counts.announced), "paper", "papers") +
         " announced, " + std::to_string(candidates.papers.size()) + " to score";
}

// Nobody announces nothing by chance: on a holiday the papers of its window come with the next announcement, and are
// found. An API that has none may have them later.
Error not_believed(const std::string& what, Date day, const std::string& then) {
  return {Kind::later,
          {},
          "arXiv's API has " + what + " submitted for " + day.iso(),
          "no action needed: later runs ask again; from " + (day + days_of_doubt).iso() + " on " + then};
}

void warn_of_empty_day(const CommandContext& context, Date day) {
  const std::string iso = day.iso();
  context.console.warning({Kind::failed,
                           {},
                           "arXiv's API has no papers submitted for " + iso + ": the day is recorded as quiet",
                           "if papers were announced, daybook backfill --from " + iso + " --to " + iso +
                               " asks again (on GitHub: Actions, Backfill)"});
}

// Of days whose announcement no feed has told.
bool may_ask_arxiv(const RunContext& run) {
  return wants_submissions(run.settings.arxiv) && !run.settings.arxiv.categories.empty();
}

bool is_unsettled_on(const RunContext& run, Date date) {
  const DaySummary* day = run.recorded(date);
  return !date.is_weekend() && day != nullptr && day->unsettled && day->status != Status::lost;
}

void warn(const RunContext& run, const std::string& what) {
  run.console.warning(
      {Kind::failed, {}, what, "no action needed: later runs try again for " + std::to_string(rescore_days) + " days"});
}

// After weeks without a run: what no run fetches by itself any more.
void warn_of_older_gap(const RunContext& run) {
  const Date window = run.on - rescore_days;
  std::optional<Date> newest;  // that is recorded, before the day of the run
  for (const DaySummary& day : run.past.summaries)
    if (day.date < run.on && (!newest || day.date > *newest)) newest = day.date;
  if (!newest || *newest >= window - 1) return;
  const std::string range = (*newest + 1).iso() + " --to " + (window - 1).iso();
  run.console.warning({Kind::failed,
                       {},
                       "no run recorded the days from " + (*newest + 1).iso() + " on; days before " + window.iso() +
                           " are not fetched automatically",
                       "daybook backfill --from " + range + " fetches them (on GitHub: Actions, Backfill)"});
}

// The weekdays of the last two weeks, oldest first, of which there is neither a record nor candidates: no run saw their
// announcement. Not those before the archive's first day.
std::vector<Date> missed_days(const RunContext& run) {
  const Date window = run.on - rescore_days;
  std::set<Date> recorded;
  bool older = false;
  for (const DaySummary& day : run.past.summaries) {
    if (day.date < run.on && day.date >= window) recorded.insert(day.date);
    older = older || day.date < window;
  }
  std::vector<Date> missed;
  if (recorded.empty() && !older) return missed;
  for (Date day = older ? window : *recorded.begin(); day < run.on; day = day + 1)
    if (!day.is_weekend() && recorded.count(day) == 0 && !kept_candidates(run.state, day)) missed.push_back(day);
  return missed;
}

}  // namespace

// A day without a record may wait for its scores: then its candidates count.
const std::set<std::string>& MissedDays::recorded_on(Date day) {
  const auto known = recorded_.find(day);
  if (known != recorded_.end()) return known->second;
  std::set<std::string> ids;
  if (!run_.archive.has(day)) {
    if (const auto kept = kept_candidates(run_.state, day)) ids = ids_of(*kept);
  } else if (const auto record = run_.archive.read(day)) {
    for (const auto* entries : {&record->papers, &record->near_misses})
      for (const Entry& entry : *entries) ids.insert(entry.paper.id);
    if (const auto others = run_.archive.read_others(day))
      for (const Other& other : *others) ids.insert(other.id);
  }
  return recorded_.emplace(day, std::move(ids)).first->second;
}

bool MissedDays::is_of_a_day_around(const std::string& id, Date day) {
  for (int distance = 1; distance <= days_around; ++distance)
    if (recorded_on(day - distance).count(id) != 0 || recorded_on(day + distance).count(id) != 0) return true;
  return false;
}

bool MissedDays::is_quiet(Date day) const { return run_.is_recorded_as(Status::quiet, day); }

bool MissedDays::is_young(Date day) const { return day > run_.on - days_of_doubt; }

// One that only fetches, or only asks, records nothing.
bool MissedDays::may_record() const { return !run_.options.fetch_only && run_.options.shard.of == 1; }

// As many new papers in each category as such a day has, so far as anything is known of it.
bool MissedDays::is_plausible(const std::vector<Paper>& papers, Date day) const {
  const auto& categories = run_.settings.arxiv.categories;
  return !papers.empty() && std::all_of(categories.begin(), categories.end(), [&](const std::string& category) {
    return !run_.past.history.is_doubtful(category, day, new_in(papers, category));
  });
}

// Whether the API knows the day's announcement at all: told by what is recorded of it from feeds that were complete.
bool MissedDays::knows(const Day& day, const std::vector<Paper>& papers) {
  int expected = 0;
  for (const CategoryCount& count : day.categories)
    if (count.state == CategoryState::complete) expected += count.new_papers;
  if (expected == 0) return !is_young(day.date) || is_plausible(papers, day.date);
  const std::set<std::string>& recorded = recorded_on(day.date);
  const int known = count_if(papers, [&](const Paper& paper) {
    return paper.announce_type == AnnounceType::new_ && recorded.count(paper.id) != 0;
  });
  return known * 2 >= expected;
}

// Of a weekday.
SubmissionWindow MissedDays::window_of(Date day) const {
  SubmissionWindow window = *submission_window(day);
  // A holiday's papers come with the next announcement, which nobody has seen either.
  for (Date before = day - 1; before.is_weekend() || is_quiet(before); before = before - 1)
    if (const auto quiet = submission_window(before)) window.from = quiet->from;
  return window;
}

Result<std::vector<Paper>> MissedDays::submitted(const SubmissionWindow& window, Date day) {
  auto papers = fetch_submissions(run_, run_.settings.arxiv, run_.arxiv, window);
  answered_ = static_cast<bool>(papers);
  if (!papers) return not_now(day, papers.error());
  return papers;
}

// Of the days before which had feeds: what the API tells of other days it tells by submission alone.
Result<std::vector<Paper>> MissedDays::held_back(Date day, const std::vector<std::string>& categories) {
  const auto had_feed = [&](Date before) {
    return std::any_of(categories.begin(), categories.end(),
                       [&](const std::string& category) { return run_.past.history.had_feed(category, before); });
  };
  std::optional<SubmissionWindow> window;
  for (Date before = day - days_around; before < day; before = before + 1) {
    const auto earlier = submission_window(before);
    if (!earlier || !had_feed(before)) continue;
    window = SubmissionWindow{window ? window->from : earlier->from, earlier->until};
  }
  if (!window) return std::vector<Paper>();
  if (held_back_ && held_back_->categories == categories && held_back_->window.from <= window->from &&
      window->until <= held_back_->window.until)
    return of_followed(held_back_->papers, day);
  ArxivSettings arxiv = run_.settings.arxiv;
  arxiv.categories = categories;
  auto papers = fetch_submissions(run_, arxiv, run_.arxiv, *window);
  if (!papers) return not_now(day, papers.error());
  Feed feed;
  feed.papers = std::move(*papers);
  held_back_ = HeldBack{categories, *window, wanted_papers({feed}, run_.settings.arxiv)};
  return of_followed(held_back_->papers, day);
}

// A category that was not followed yet has papers of those days that nobody has missed.
std::vector<Paper> MissedDays::of_followed(std::vector<Paper> papers, Date day) const {
  std::erase_if(papers, [&](const Paper& paper) {
    for (Date before = day - days_around; before < day; before = before + 1) {
      const auto window = submission_window(before);
      if (!window || !paper.published || *paper.published < window->from || *paper.published >= window->until) continue;
      return std::none_of(paper.listed_in.begin(), paper.listed_in.end(), [&](const std::string& category) {
        return run_.past.history.was_followed(category, before);
      });
    }
    return true;
  });
  return papers;
}

// A feed that showed another day's batch as its own is a batch behind, and what it should have shown is missing.
void MissedDays::doubt_later_days(const std::vector<Paper>& papers, Date day) {
  for (int distance = 1; distance <= days_around && day + distance <= run_.on; ++distance) {
    const Date later = day + distance;
    const std::set<std::string>& recorded = recorded_on(later);
    if (recorded.empty() || !run_.archive.has(later)) continue;
    auto record = run_.archive.read(later);
    if (!record) continue;  // the build names it
    bool changed = false;
    for (CategoryCount& count : record->categories) {
      const int shifted = count_if(papers, [&](const Paper& paper) {
        return is_new_in(paper, count.category) && recorded.count(paper.id) != 0;
      });
      if (count.state != CategoryState::complete || shifted * 2 <= new_in(papers, count.category)) continue;
      count.state = CategoryState::unknown;
      changed = true;
    }
    if (!changed) continue;
    if (const Exit failed = record_again(run_, *record); failed != exit_done) return;
    note_in_candidates(run_, *record);
  }
}

Result<Done> MissedDays::fetch(Date day) {
  if (day.is_weekend()) return Done{};
  auto papers = submitted(window_of(day), day);
  if (!papers) return papers.error();
  if (papers->empty() && is_young(day)) return not_believed("no papers", day, "the day is recorded as quiet");
  if (is_young(day) && !is_plausible(*papers, day))
    return not_believed("far fewer papers than usual", day, "they are accepted as they are");
  if (papers->empty()) warn_of_empty_day(run_, day);
  if (may_record()) doubt_later_days(*papers, day);
  if (!papers->empty()) {
    auto held = held_back(day, run_.settings.arxiv.categories);
    if (!held) return held.error();
    std::move(held->begin(), held->end(), std::back_inserter(*papers));
  }
  std::erase_if(*papers, [&](const Paper& paper) { return is_of_a_day_around(paper.id, day); });
  Candidates candidates =
      candidates_of(day, found(std::move(*papers), run_.settings.arxiv), run_.settings.arxiv, run_.past.ledger);
  leave_out_shown(run_, candidates);
  if (auto kept = keep_candidates(run_.state, candidates); !kept) return kept.error();
  recorded_.erase(recorded_.begin(), recorded_.lower_bound(day - days_around));
  recorded_[day] = ids_of(candidates);
  run_.console.say(told(candidates));
  return Done{};
}

Result<std::optional<Candidates>> MissedDays::complete(Date day) {
  auto record = run_.archive.read(day);
  if (!record) return std::optional<Candidates>();  // the build names it
  auto papers = submitted(window_of(day), day);
  if (!papers) return papers.error();
  if (!knows(*record, *papers)) {
    if (!record->cut_off.empty())
      run_.console.say(day.iso() + ": arXiv's API does not have the day's papers yet; later runs ask again");
    return std::optional<Candidates>();
  }
  if (may_record()) doubt_later_days(*papers, day);
  auto held = held_back(day, in_doubt(*record, run_.settings.arxiv));
  if (!held) return held.error();
  std::move(held->begin(), held->end(), std::back_inserter(*papers));
  const std::set<std::string>& recorded = recorded_on(day);
  std::erase_if(*papers,
                [&](const Paper& paper) { return recorded.count(paper.id) != 0 || is_of_a_day_around(paper.id, day); });
  return with_missing(std::move(*record), std::move(*papers));
}

// Nothing is in doubt any more: what the API does not know nobody does.
Result<std::optional<Candidates>> MissedDays::with_missing(Day record, std::vector<Paper> missing) {
  for (CategoryCount& count : record.categories) {
    const CategoryCount more = counted_in(missing, count.category);
    count.announced += more.announced;
    count.new_papers += more.new_papers;
    count.cross += more.cross;
    count.state = CategoryState::complete;
    count.doubt.clear();
  }
  record.cut_off.clear();
  Coverage coverage = found(std::move(missing), run_.settings.arxiv);
  coverage.categories = record.categories;
  Candidates candidates = candidates_of(record.date, std::move(coverage), run_.settings.arxiv, run_.past.ledger);
  leave_out_shown(run_, candidates);
  if (candidates.papers.empty()) {
    if (may_record() && record_again(run_, record) == exit_done) note_in_candidates(run_, record);
    return std::optional<Candidates>();
  }
  run_.console.say(record.date.iso() + ": " + counted(candidates.papers.size(), "paper was", "papers were") +
                   " missing and came from arXiv's API");
  if (record.status != Status::quiet) {
    auto known = papers_of(run_, record.date);
    if (!known)
      return Error{
          Kind::later, {}, "the papers of " + record.date.iso() + " can't be fetched now", "run it again later"};
    candidates = merged(std::move(candidates), std::move(known));
    candidates.day.categories = record.categories;
    candidates.day.cut_off.clear();
  }
  if (auto kept = keep_candidates(run_.state, candidates); !kept) return kept.error();
  // The days that follow are not to take them too, though the record waits for its scores.
  static_cast<void>(recorded_on(record.date));
  recorded_[record.date].merge(ids_of(candidates));
  return std::optional(std::move(candidates));
}

std::vector<Candidates> catch_up(RunContext& run) {
  warn_of_older_gap(run);
  std::vector<Candidates> completed;
  if (!may_ask_arxiv(run)) return completed;
  const std::vector<Date> days = missed_days(run);
  std::optional<Group> group;
  if (!days.empty()) group.emplace(run.console, "Fetching " + counted(days.size(), "missed day", "missed days"));
  MissedDays missed(run);
  // In their order, since what one day has is not the next one's; but quiet days last: a holiday's papers are those of
  // the day after it.
  std::vector<Date> order, quiet;
  for (Date date = run.on - rescore_days; date < run.on; date = date + 1)
    (run.is_recorded_as(Status::quiet, date) ? quiet : order).push_back(date);
  order.insert(order.end(), quiet.begin(), quiet.end());
  for (const Date date : order) {
    if (std::find(days.begin(), days.end(), date) != days.end()) {
      if (const auto fetched = missed.fetch(date); !fetched) warn(run, "a run was missed: " + fetched.error().what);
    } else if (is_unsettled_on(run, date)) {
      auto whole = missed.complete(date);
      if (!whole) warn(run, date.iso() + " can't be completed now: " + whole.error().what);
      if (whole && *whole) completed.push_back(std::move(**whole));
    }
    if (!missed.answered()) break;
  }
  return completed;
}

// Holidays come in twos at times, and a weekend may lie before them.
void fetch_last_announcement(RunContext& run) {
  constexpr int days_back = 7;
  if (!may_ask_arxiv(run)) return;
  const Group group(run.console, "Fetching the last announcement");
  MissedDays missed(run);
  for (Date day = run.on - 1; day >= run.on - days_back; day = day - 1) {
    if (day.is_weekend()) continue;
    const auto fetched = missed.fetch(day);
    const auto candidates = kept_candidates(run.state, day);
    if (fetched && candidates && !candidates->papers.empty()) return;
    if (!fetched) run.console.say(fetched.error().what);
    if (!missed.answered()) return;
  }
}

}  // namespace daybook
