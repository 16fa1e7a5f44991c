#include "paper/announcement.h"

#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date monday = date("2099-01-05");

}  // namespace

TEST_CASE("announcement: a run is about the day that it is in New York", "[feeds]") {
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-01-05T04:59:59Z")) == date("2099-01-04"));
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-01-05T05:00:00Z")) == monday);
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-07-06T04:00:00Z")) == date("2099-07-06"));
}

TEST_CASE("announcement: a category's feed is asked for with the headers that arXiv wants", "[feeds]") {
  const Request request = feed_request(ArxivSettings(), "cs.LG");
  CHECK(request.method == "GET");
  CHECK(request.url == "https://rss.arxiv.org/rss/cs.LG");
  CHECK(request.body.empty());
  CHECK(request.max_bytes == feed_bytes_max);
  CHECK(request.headers ==
        Headers{{"User-Agent", "Daybook/0.1 (arXiv feed reader)"},
                {"Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1"}});
}
