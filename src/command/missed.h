// Days whose announcement no run has seen, fetched from arXiv's API by the time of submission.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "command/day_job.h"

namespace daybook {

class MissedDays {
 public:
  explicit MissedDays(const Job& job) : job_(job) {}

  // Fetches the papers of a weekday and keeps them in state/candidates.
  //
  // What the days around it have recorded (shown, a near miss, or neither) was announced by them and is not this day's:
  // so a holiday, whose papers came with the next announcement, is quiet, and a paper that arXiv held back is there
  // once. A paper that any other day shows is not scored; it is listed as announced again where that day was earlier.
  // Kind::later where arXiv does not answer, or not with all papers: then nothing is kept.
  Result<Done> fetch(Date day);

 private:
  const std::set<std::string>& recorded_on(Date day);
  bool is_of_a_day_around(const std::string& id, Date day);
  bool is_quiet(Date day) const;

  const Job& job_;
  std::map<Date, std::set<std::string>> recorded_;  // read already
};

// The weekdays of the last two weeks, oldest first, of which there is neither a record nor candidates: no run saw their
// announcement. Not those before the archive's first day.
std::vector<Date> missed_days(const Job& job);

// Fetches them. What can't be fetched is a warning: later runs try again.
void recover_missed_days(const Job& job);

}  // namespace daybook
