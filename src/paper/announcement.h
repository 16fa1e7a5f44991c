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

// The feed of one category: arXiv caches by address, so each is asked for alone.
Request feed_request(const ArxivSettings& settings, const std::string& category);

// Papers by their ids, from the API: one request for each 100. https://info.arxiv.org/help/api/user-manual.html
// (id_list)
std::vector<Request> paper_requests(const ArxivSettings& settings, const std::vector<std::string>& ids);

}  // namespace daybook
