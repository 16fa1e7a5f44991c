#include "delivery/due.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "day/day.h"
#include "site/period.h"

namespace daybook {

namespace {

// A day, or a week.
struct Candidate {
  std::string key;
  const DaySummary* day = nullptr;  // null: a week
  Date monday = {};
};

bool is_of_week(const std::string& key) { return key.find('w') != key.npos; }

std::vector<Candidate> days_of(const DueBy& by, Date on) {
  std::vector<Candidate> candidates;
  for (auto day = by.days.rbegin(); day != by.days.rend(); ++day)
    if (day->readable && day->status != Status::quiet && day->status != Status::lost && day->date > on - days_delivered)
      candidates.push_back({day->date.iso(), &*day});
  return candidates;
}

// The last one that is over, if anything was announced in it.
std::vector<Candidate> weeks_of(const DueBy& by, Date on) {
  const Date monday = monday_of(on - 5);
  const DaySpan week = days_between(by.days, monday, monday + 6);
  if (std::none_of(week.begin(), week.end(), [](const DaySummary& day) { return !day.papers.empty(); })) return {};
  return {{week_key(monday), nullptr, monday}};
}

// Where the target's first day or week comes from; empty: it had none.
std::string first_key(const Standings& standings, bool of_weeks) {
  for (const auto& [key, standing] : standings)
    if (is_of_week(key) == of_weeks) return key;
  return "";
}

bool is_due(const Standing& standing, const std::string& scores, const DeliveryChoice& choice, Instant now) {
  switch (standing.last.state) {
    case DeliveryState::failed:
    case DeliveryState::partly:
      return now.seconds - standing.failing_since.value_or(standing.last.at).seconds <=
             std::int64_t{days_retried} * 86400;
    case DeliveryState::sent:
      return choice.resend && !standing.last.scores.empty() && standing.last.scores != scores;
    case DeliveryState::skipped:  // unless the day has got papers since
      return !scores.empty() && standing.last.scores != scores;
    default:
      return false;
  }
}

}  // namespace

std::vector<Due> due_for(const DeliveryChoice& choice, const Standings& standings, const DueBy& by) {
  const Date on = new_york_date(by.now);
  const bool of_weeks = choice.when == DeliveryTime::saturday;
  const auto candidates = of_weeks ? weeks_of(by, on) : days_of(by, on);
  const std::string first = first_key(standings, of_weeks);
  std::vector<Due> due;
  for (const Candidate& candidate : candidates) {
    const std::string scores = candidate.day == nullptr ? "" : scores_mark(*candidate.day);
    const auto known = standings.find(candidate.key);
    bool wanted = false;
    if (!by.run.empty()) {
      wanted = known != standings.end() && known->second.last.state == DeliveryState::claimed &&
               known->second.last.run == by.run;
    } else if (known != standings.end()) {
      wanted = is_due(known->second, scores, choice, by.now);
    } else {
      wanted = first.empty() ? candidate.key == candidates.back().key : candidate.key > first;
    }
    if (!wanted) continue;
    due.push_back({candidate.day == nullptr ? weekly_delivery_of(by.days, candidate.monday, choice, by.parts)
                                            : delivery_of(*candidate.day, choice, by.parts),
                   scores});
    if (known == standings.end()) continue;
    due.back().only = known->second.left;
    if (known->second.last.state == DeliveryState::sent) due.back().delivery.revision = scores;
  }
  return due;
}

std::vector<std::string> cut_off(const Standings& standings) {
  std::vector<std::string> keys;
  for (const auto& [key, standing] : standings)
    if (standing.last.state == DeliveryState::sending || standing.last.state == DeliveryState::claimed)
      keys.push_back(key);
  return keys;
}

}  // namespace daybook
