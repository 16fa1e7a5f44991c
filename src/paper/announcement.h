// When arXiv announces, and what to ask it. Announcements appear around midnight in New York, Sunday to Thursday
// evening, and the feed of a day carries that night's date: Monday to Friday.
// https://info.arxiv.org/help/availability.html
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "core/http.h"
#include "core/result.h"
#include "paper/feed.h"

namespace daybook {

// The day in New York whose announcement a run at `now` is about: today's date there.
Date announcement_day(Instant now);

// A request as arXiv wants it: with User-Agent and Accept (without Accept it answers 406).
Request arxiv_request(std::string url);

// One request for each category (arXiv caches by address).
std::vector<Request> feed_requests(const ArxivSettings& settings);

// Papers by their ids, from the API: one request for each 100. https://info.arxiv.org/help/api/user-manual.html
// (id_list)
std::vector<Request> paper_requests(const ArxivSettings& settings, const std::vector<std::string>& ids);

enum class Announcement {
  ready,    // at least one feed has papers, and none is of an earlier day; a feed without a date counts as of that day
  quiet,    // it is a weekend or a skip day, and no papers are dated it; or every feed is of that day and empty
  not_yet,  // a feed is of an earlier day, or is empty and without a date, or there is none: it will come
};
// A feed of a later day counts as of `day`.
Announcement announcement_of(const std::vector<Feed>& feeds, Date day);

}  // namespace daybook
