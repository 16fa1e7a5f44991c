// What no feed has told, fetched from arXiv's API by the time of submission: days whose announcement no run has seen,
// and what categories of a recorded day lack.
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

/// MissedDays asks arXiv's API about days that are past.
///
/// What the days around a day have recorded (shown, a near miss, or neither) was announced by them and is not this
/// day's: so a holiday, whose papers came with the next announcement, is quiet, and a paper that arXiv held back is
/// there once. Papers that arXiv held back were submitted before the day's window: where a feed of the day was missed,
/// unknown papers of the ten days before count as announced by it, as far back as feeds of the category were read. A
/// day most of whose new papers of a category stand in a later day's record tells that the later day's feed was a batch
/// behind: that category is asked about for the later day too.
///
/// The API lags at times. For three days its reply is held against what is known: it must know half of the new papers
/// that the day has recorded from complete feeds (of that day it is never believed without), or, where there are none,
/// as many as are not improbable.
class MissedDays {
 public:
  explicit MissedDays(RunContext& run) : run_(run) {}

  // Fetches the papers of a weekday without a record, or with one that has no papers (quiet, lost), and keeps them in
  // state/candidates. A paper that any other day shows is not scored; it is listed as announced again where that day
  // was earlier. Kind::later where arXiv does not answer, or not with all papers: then nothing is kept.
  Result<Done> fetch(Date day);
  bool answered() const { return answered_; }  // whether the API did, when it was asked last

  // Fetches what the categories in doubt of a recorded day lack. Where anything is missing: all papers of the day, kept
  // in state/candidates too; where nothing is, the record says so from now on (unless all that is wanted is to fetch).
  // Nothing too where the API is not believed yet. Kind::later where arXiv does not answer.
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

  // What was asked for last: days in a row want much the same.
  struct HeldBack {
    std::vector<std::string> categories;
    SubmissionWindow window;
    std::vector<Paper> papers;
  };

  RunContext& run_;
  std::optional<HeldBack> held_back_;
  bool answered_ = true;
  std::map<Date, std::set<std::string>> recorded_;  // read already
};

// Fetches the days of the last two weeks that no run has seen, and what recorded ones lack, oldest first; returned are
// the recorded days of which something was missing, with it. What can't be fetched is a warning: later runs try again.
std::vector<Candidates> catch_up(RunContext& run);

// The last announcement before the day of the run, for an archive that is empty.
void fetch_last_announcement(RunContext& run);

}  // namespace daybook
