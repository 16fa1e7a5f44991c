// Fetches what no feed has shown: days whose announcement no run has seen, and the papers that categories of a recorded
// day lack. Feeds hold only the latest announcement, so it is arXiv's API that is asked, by time of submission.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "paper/submissions.h"
#include "pipeline/candidates.h"
#include "pipeline/run_context.h"

namespace daybook {

/// MissedDays asks arXiv's API about past days.
///
/// The API knows when a paper was submitted, not when it was announced. Three rules bridge that:
///   - A paper that a day around this one has recorded (shown, a near miss, or neither) was announced on that day. So a
///     holiday, whose papers came with the next announcement, is quiet, and a paper that arXiv held back appears once.
///   - Papers that arXiv held back were submitted before the day's window. If a feed of the day was missed, unknown
///     papers of the ten days before count as announced by it, as far back as feeds of the category were read.
///   - If most of a category's new papers of a day are in a later day's record, the later day's feed was a batch
///   behind:
///     that category is asked about for the later day too.
///
/// The API lags at times. For three days its reply is checked before it is believed: it must know half of the new
/// papers that the day has recorded from complete feeds (on the day itself it is never believed without any), or, if
/// there are none, return a number of papers that is not improbable (day/coverage.h).
class MissedDays {
 public:
  explicit MissedDays(RunContext& run) : run_(run) {}

  // Fetches the papers of a weekday that has no record, or one without papers (quiet, lost), and keeps them in
  // state/candidates. A paper that another day shows is not scored; it is listed as announced again if that day was
  // earlier. Kind::later if arXiv does not answer, or not with all papers: then nothing is kept.
  Result<Done> fetch(Date day);
  bool answered() const { return answered_; }  // whether the API answered its last request

  // Fetches what the doubtful categories of a recorded day lack. Returns all papers of the day if any was missing, and
  // keeps them in state/candidates; nothing if none was, which the record then says (unless this run only fetches), or
  // if the API is not believed yet. Kind::later if arXiv does not answer.
  Result<std::optional<Candidates>> complete(Date day);

 private:
  const std::set<std::string>& recorded_on(Date day);
  bool is_of_a_day_around(const std::string& id, Date day);
  bool is_quiet(Date day) const;
  bool is_young(Date day) const;
  bool is_plausible(const std::vector<Paper>& papers, Date day) const;
  bool knows(const Day& day, const std::vector<Paper>& papers);
  bool may_record() const;
  SubmissionWindow window_of(Date day) const;
  Result<std::vector<Paper>> submitted(const SubmissionWindow& window, Date day);
  std::vector<Paper> of_followed(std::vector<Paper> papers, Date day) const;
  Result<std::vector<Paper>> held_back(Date day, const std::vector<std::string>& categories);
  void doubt_later_days(const std::vector<Paper>& papers, Date day);
  Result<std::optional<Candidates>> with_missing(Day record, std::vector<Paper> missing);

  // The last reply: consecutive days ask for much the same.
  struct HeldBack {
    std::vector<std::string> categories;
    SubmissionWindow window;
    std::vector<Paper> papers;
  };

  RunContext& run_;
  std::optional<HeldBack> held_back_;
  bool answered_ = true;
  std::map<Date, std::set<std::string>> recorded_;  // ids by day, as far as read
};

// Fetches the days of the last two weeks that no run has seen, and what recorded ones lack, oldest first. Returns the
// recorded days that lacked papers, completed. A fetch that fails is a warning: later runs try again.
std::vector<Candidates> catch_up(RunContext& run);

// For an empty archive: fetches the last announcement before the day of the run.
void fetch_last_announcement(RunContext& run);

}  // namespace daybook
