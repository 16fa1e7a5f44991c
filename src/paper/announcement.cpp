#include "paper/announcement.h"

#include <algorithm>

namespace daybook {

namespace {

bool skips(const Feed& feed, Weekday day) {
  return std::find(feed.skip_days.begin(), feed.skip_days.end(), day) != feed.skip_days.end();
}

constexpr std::size_t ids_per_request = 100;

}  // namespace

Date announcement_day(Instant now) { return new_york_date(now); }

Request arxiv_request(std::string url) {
  Request request;
  request.url = std::move(url);
  request.headers = {{"User-Agent", "Daybook/0.1 (arXiv feed reader)"},
                     {"Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1"}};
  request.max_bytes = feed_bytes_max;
  return request;
}

std::vector<Request> feed_requests(const ArxivSettings& settings) {
  std::vector<Request> requests;
  for (const auto& category : settings.categories) {
    Request request = arxiv_request(settings.rss_url + category);
    if (std::find(requests.begin(), requests.end(), request) == requests.end()) requests.push_back(std::move(request));
  }
  return requests;
}

std::vector<Request> paper_requests(const ArxivSettings& settings, const std::vector<std::string>& ids) {
  std::vector<Request> requests;
  for (std::size_t from = 0; from < ids.size(); from += ids_per_request) {
    std::string list;
    const std::size_t to = std::min(from + ids_per_request, ids.size());
    for (std::size_t i = from; i < to; ++i) list += (list.empty() ? "" : ",") + ids[i];
    requests.push_back(
        arxiv_request(settings.api_url + "?max_results=" + std::to_string(to - from) + "&id_list=" + list));
  }
  return requests;
}

Announcement announcement_of(const std::vector<Feed>& feeds, Date day) {
  // Papers of the day itself count on whatever weekday they come.
  const bool of_that_day = std::any_of(feeds.begin(), feeds.end(),
                                       [&](const Feed& feed) { return feed.announced == day && !feed.papers.empty(); });
  const bool skipped = day.is_weekend() || std::any_of(feeds.begin(), feeds.end(),
                                                       [&](const Feed& feed) { return skips(feed, day.weekday()); });
  if (skipped && !of_that_day) return Announcement::quiet;
  bool papers = false;
  for (const Feed& feed : feeds) {
    if (feed.announced && *feed.announced < day) return Announcement::not_yet;
    // An empty feed without a date says nothing about any day.
    if (!feed.announced && feed.papers.empty()) return Announcement::not_yet;
    papers = papers || !feed.papers.empty();
  }
  if (papers) return Announcement::ready;
  return feeds.empty() ? Announcement::not_yet : Announcement::quiet;
}

}  // namespace daybook
