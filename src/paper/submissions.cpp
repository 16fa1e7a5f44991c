#include "paper/submissions.h"

#include <algorithm>

#include "paper/announcement.h"
#include "paper/category.h"

namespace daybook {

namespace {

// Weekdays only, on which no clock is changed.
Instant deadline_on(Date day) { return {new_york_midnight(day).seconds + std::int64_t{14} * 3600}; }

// "209901051859", in UTC.
std::string minute(Instant when) {
  const std::string text = when.rfc3339();  // "2099-01-05T18:59:00Z"
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + text.substr(11, 2) + text.substr(14, 2);
}

// An archive holds its classes, and papers of the years before it had any.
std::string asked_for(const std::string& category) {
  const bool is_archive = category.find('.') == std::string::npos;
  return "cat:" + category + (is_archive ? "+OR+cat:" + category + ".*" : "");
}

}  // namespace

std::optional<SubmissionWindow> submission_window(Date day) {
  if (day.is_weekend()) return std::nullopt;
  const Weekday weekday = day.weekday();
  const Date last = day - (weekday == Weekday::monday ? 3 : 1);
  const Date first = last - (weekday == Weekday::tuesday ? 3 : 1);
  return SubmissionWindow{deadline_on(first), deadline_on(last)};
}

Request submissions_request(const ArxivSettings& settings, const SubmissionWindow& window, long long start) {
  std::string categories;
  for (const std::string& category : settings.categories)
    categories += (categories.empty() ? "" : "+OR+") + asked_for(category);
  // Both ends count, by the minute.
  const Instant last_minute{window.until.seconds - 60};
  return arxiv_request(settings.api_url + "?search_query=%28" + categories + "%29+AND+submittedDate:%5B" +
                       minute(window.from) + "+TO+" + minute(last_minute) +
                       "%5D&sortBy=submittedDate&sortOrder=ascending&start=" + std::to_string(start) +
                       "&max_results=" + std::to_string(submissions_per_request));
}

bool wants_submissions(const ArxivSettings& settings) {
  return std::any_of(settings.announce.begin(), settings.announce.end(),
                     [](AnnounceType type) { return type == AnnounceType::new_ || type == AnnounceType::cross; });
}

std::vector<Paper> as_announced(std::vector<Paper> papers, const ArxivSettings& settings) {
  for (Paper& paper : papers) {
    paper.announce_type = AnnounceType::cross;
    paper.listed_in.clear();
    for (const std::string& asked : settings.categories) {
      const auto is_asked = [&](const std::string& category) { return is_within(category, asked); };
      if (!paper.categories.empty() && is_asked(paper.categories.front())) paper.announce_type = AnnounceType::new_;
      if (std::any_of(paper.categories.begin(), paper.categories.end(), is_asked)) paper.listed_in.push_back(asked);
    }
  }
  return papers;
}

}  // namespace daybook
