// Which papers a day's feeds announced, asked of the API by the time of their submission: for days whose feeds are
// gone.
//
// What is received from 14:00 in New York on a weekday until 14:00 on the next is announced that evening at 20:00
// (Friday's on Sunday), and the feeds carry the next day's date, Monday to Friday.
// https://info.arxiv.org/help/availability.html
//
// The API tells neither the day nor the type of an announcement. Papers that arXiv held back, and those of a holiday,
// came with a later announcement than their submission says: what the records of the days around have is to be left
// out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/http.h"
#include "paper/feed.h"

namespace daybook {

// From `from` on, and before `until`. The windows of all weekdays together are all of time, each instant once.
struct SubmissionWindow {
  Instant from;
  Instant until;
  bool operator==(const SubmissionWindow&) const = default;
};
// What the feeds of a day announce; nothing at weekends.
std::optional<SubmissionWindow> submission_window(Date day);

// How many papers a request asks for; arXiv allows 2000.
inline constexpr long long submissions_per_request = 500;

// The window's papers from `start` on (counted from 0), in the order of their submission.
// https://info.arxiv.org/help/api/user-manual.html (search_query, submittedDate, sortBy)
Request submissions_request(const ArxivSettings& settings, const SubmissionWindow& window, long long start);

// Whether the settings want papers when they come first: the API knows nothing of replacements.
bool wants_submissions(const ArxivSettings& settings);

// As the feeds had announced them: new in a primary category that the settings name, else a cross-list; listed in all
// that the settings name and they have.
std::vector<Paper> as_announced(std::vector<Paper> papers, const ArxivSettings& settings);

}  // namespace daybook
