#include "command/missed.h"

#include <algorithm>

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

Announced announced_by_submission(Date day, std::vector<Paper> papers) {
  Feed feed;
  feed.kind = FeedKind::api;
  feed.papers = std::move(papers);
  return {day, {std::move(feed)}};
}

// The address is a screenful of query: the day says more.
Error not_now(Date day, const Error& error) {
  return {error.kind, {}, "the papers of " + day.iso() + " can't be had now: " + error.what, error.mend};
}

std::string told(const Candidates& candidates) {
  const Day& day = candidates.day;
  return day.date.iso() + ": " + counted(static_cast<std::size_t>(*day.counts.announced), "paper", "papers") +
         " announced, " + std::to_string(candidates.papers.size()) + " to score";
}

// Nobody announces nothing by chance: on a holiday the papers of its window come with the next announcement, and are
// found. An API that has none may have them later.
Error nothing_found(Date day) {
  return {Kind::later,
          {},
          "arXiv's API knows no paper that was submitted for " + day.iso(),
          "nothing: later runs ask again, and take the day for quiet when it is " + std::to_string(days_of_doubt) +
              " days old"};
}

void warn_of_empty_day(const World& world, Date day) {
  const std::string iso = day.iso();
  world.console.warning({Kind::failed,
                         {},
                         "arXiv's API knows no paper that was submitted for " + iso + ": the day is taken for quiet",
                         "where papers were announced, daybook backfill --from " + iso + " --to " + iso +
                             " asks again (on GitHub: Actions, Backfill)"});
}

}  // namespace

// A day without a record may wait for its scores: then its candidates count.
const std::set<std::string>& MissedDays::recorded_on(Date day) {
  const auto known = recorded_.find(day);
  if (known != recorded_.end()) return known->second;
  std::set<std::string> ids;
  if (!job_.archive.has(day)) {
    if (const auto kept = kept_candidates(job_.state, day)) ids = ids_of(*kept);
  } else if (const auto record = job_.archive.read(day)) {
    for (const auto* entries : {&record->papers, &record->near_misses})
      for (const Entry& entry : *entries) ids.insert(entry.paper.id);
    if (const auto others = job_.archive.read_others(day))
      for (const Other& other : *others) ids.insert(other.id);
  }
  return recorded_.emplace(day, std::move(ids)).first->second;
}

bool MissedDays::is_of_a_day_around(const std::string& id, Date day) {
  for (int distance = 1; distance <= days_around; ++distance)
    if (recorded_on(day - distance).count(id) != 0 || recorded_on(day + distance).count(id) != 0) return true;
  return false;
}

bool MissedDays::is_quiet(Date day) const {
  return std::any_of(job_.summaries.begin(), job_.summaries.end(), [&](const DaySummary& summary) {
    return summary.date == day && summary.readable && summary.status == Status::quiet;
  });
}

Result<Done> MissedDays::fetch(Date day) {
  auto window = submission_window(day);
  if (!window) return Done{};
  // A holiday's papers come with the next announcement, which nobody has seen either.
  for (Date before = day - 1; before.is_weekend() || is_quiet(before); before = before - 1)
    if (const auto quiet = submission_window(before)) window->from = quiet->from;
  auto papers = fetch_submissions(job_.world, job_.settings.arxiv, job_.arxiv, *window);
  if (!papers) return not_now(day, papers.error());
  if (papers->empty() && day > job_.on - days_of_doubt) return nothing_found(day);
  if (papers->empty()) warn_of_empty_day(job_.world, day);
  std::erase_if(*papers, [&](const Paper& paper) { return is_of_a_day_around(paper.id, day); });
  Candidates candidates =
      candidates_of(announced_by_submission(day, std::move(*papers)), job_.settings.arxiv, job_.ledger);
  leave_out_shown(job_, candidates);
  if (auto kept = keep_candidates(job_.state, candidates); !kept) return kept;
  recorded_.erase(recorded_.begin(), recorded_.lower_bound(day - days_around));
  recorded_[day] = ids_of(candidates);
  job_.world.console.say(told(candidates));
  return Done{};
}

std::vector<Date> missed_days(const Job& job) {
  const Date window = job.on - days_to_heal;
  std::set<Date> recorded;
  bool older = false;
  for (const DaySummary& day : job.summaries) {
    if (day.date < job.on && day.date >= window) recorded.insert(day.date);
    older = older || day.date < window;
  }
  std::vector<Date> missed;
  if ((recorded.empty() && !older) || !wants_submissions(job.settings.arxiv) || job.settings.arxiv.categories.empty())
    return missed;
  for (Date day = older ? window : *recorded.begin(); day < job.on; day = day + 1)
    if (!day.is_weekend() && recorded.count(day) == 0 && !kept_candidates(job.state, day)) missed.push_back(day);
  return missed;
}

// After weeks without a run: what no run fetches by itself any more.
void warn_of_older_gap(const Job& job) {
  const Date window = job.on - days_to_heal;
  std::optional<Date> newest;  // that is recorded, before the day of the run
  for (const DaySummary& day : job.summaries)
    if (day.date < job.on && (!newest || day.date > *newest)) newest = day.date;
  if (!newest || *newest >= window - 1) return;
  const std::string range = (*newest + 1).iso() + " --to " + (window - 1).iso();
  job.world.console.warning({Kind::failed,
                             {},
                             "no run was made from " + (*newest + 1).iso() + " on; days before " + window.iso() +
                                 " do not come back by themselves",
                             "daybook backfill --from " + range + " fetches them (on GitHub: Actions, Backfill)"});
}

void recover_missed_days(const Job& job) {
  warn_of_older_gap(job);
  const std::vector<Date> days = missed_days(job);
  if (days.empty()) return;
  const Group group(job.world.console, "Fetching " + counted(days.size(), "missed day", "missed days"));
  MissedDays missed(job);
  for (const Date day : days) {
    const auto fetched = missed.fetch(day);
    if (fetched) continue;
    job.world.console.warning({Kind::failed,
                               {},
                               "a run was missed: " + fetched.error().what,
                               "nothing: later runs try again, for " + std::to_string(days_to_heal) + " days"});
    return;
  }
}

}  // namespace daybook
