#include "paper/announcement.h"

#include <algorithm>

namespace daybook {

namespace {

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

Request feed_request(const ArxivSettings& settings, const std::string& category) {
  return arxiv_request(settings.rss_url + category);
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

}  // namespace daybook
