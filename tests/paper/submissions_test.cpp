#include "paper/submissions.h"

#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

SubmissionWindow window(std::string_view from, std::string_view until) {
  return {*Instant::parse_rfc3339(from), *Instant::parse_rfc3339(until)};
}

ArxivSettings following(std::vector<std::string> categories) {
  ArxivSettings settings;
  settings.categories = std::move(categories);
  return settings;
}

Paper in(std::vector<std::string> categories) {
  Paper paper = invented_paper(1);
  paper.announce_type.reset();
  paper.categories = std::move(categories);
  return paper;
}

}  // namespace

TEST_CASE("submissions: each weekday announces what came from 14:00 to 14:00 in New York", "[feeds]") {
  CHECK(submission_window(date("2099-01-05")) == window("2099-01-01T19:00:00Z", "2099-01-02T19:00:00Z"));
  CHECK(submission_window(date("2099-01-06")) == window("2099-01-02T19:00:00Z", "2099-01-05T19:00:00Z"));
  CHECK(submission_window(date("2099-01-07")) == window("2099-01-05T19:00:00Z", "2099-01-06T19:00:00Z"));
  CHECK(submission_window(date("2099-01-08")) == window("2099-01-06T19:00:00Z", "2099-01-07T19:00:00Z"));
  CHECK(submission_window(date("2099-01-09")) == window("2099-01-07T19:00:00Z", "2099-01-08T19:00:00Z"));
}

TEST_CASE("submissions: nothing is announced at weekends", "[feeds]") {
  CHECK_FALSE(submission_window(date("2099-01-03")));
  CHECK_FALSE(submission_window(date("2099-01-04")));
}

TEST_CASE("submissions: 14:00 in New York follows daylight saving time", "[feeds]") {
  // The clocks were changed on Sunday, 2099-03-08, and are changed back on Sunday, 2099-11-01.
  CHECK(submission_window(date("2099-03-10")) == window("2099-03-06T19:00:00Z", "2099-03-09T18:00:00Z"));
  CHECK(submission_window(date("2099-07-07")) == window("2099-07-03T18:00:00Z", "2099-07-06T18:00:00Z"));
  CHECK(submission_window(date("2099-11-03")) == window("2099-10-30T18:00:00Z", "2099-11-02T19:00:00Z"));
}

TEST_CASE("submissions: the windows of a year's weekdays follow each other without gap or overlap", "[feeds]") {
  std::optional<Instant> end;
  for (Date day = date("2099-01-01"); day < date("2100-02-01"); day = day + 1) {
    const auto one = submission_window(day);
    CHECK(one.has_value() != day.is_weekend());
    if (!one) continue;
    INFO(day.iso());
    if (end) CHECK(one->from == *end);
    CHECK(one->from < one->until);
    end = one->until;
  }
}

TEST_CASE("submissions: the API is asked for a window's minutes, in the order of submission, page by page", "[feeds]") {
  const auto settings = following({"cs.LG", "stat.ML"});
  const Request request = submissions_request(settings, *submission_window(date("2099-01-06")), 500);
  CHECK(request.url ==
        "https://export.arxiv.org/api/query?search_query=%28cat:cs.LG+OR+cat:stat.ML%29+AND+submittedDate:"
        "%5B209901021900+TO+209901051859%5D&sortBy=submittedDate&sortOrder=ascending&start=500&max_results=500");
  CHECK(header(request.headers, "User-Agent").substr(0, 8) == "Daybook/");
  CHECK_FALSE(header(request.headers, "Accept").empty());
}

TEST_CASE("submissions: an archive is asked for with its classes", "[feeds]") {
  const Request request = submissions_request(following({"cs"}), *submission_window(date("2099-01-06")), 0);
  CHECK(request.url.find("search_query=%28cat:cs+OR+cat:cs.*%29+AND+") != std::string::npos);
}

TEST_CASE("submissions: a paper is new where its primary category is followed, and else a cross-list", "[feeds]") {
  const auto papers =
      as_announced({in({"cs.LG", "cs.AI"}), in({"cs.AI", "cs.LG"}), in({"math.OC", "stat.ML", "cs.LG"})},
                   following({"stat", "cs.LG"}));
  CHECK(papers[0].announce_type == AnnounceType::new_);
  CHECK(papers[0].listed_in == std::vector<std::string>{"cs.LG"});
  CHECK(papers[1].announce_type == AnnounceType::cross);
  CHECK(papers[1].listed_in == std::vector<std::string>{"cs.LG"});
  CHECK(papers[2].announce_type == AnnounceType::cross);
  CHECK(papers[2].listed_in == std::vector<std::string>{"stat", "cs.LG"});
}

TEST_CASE("submissions: settings that want replacements alone find nothing among submissions", "[feeds]") {
  ArxivSettings settings = following({"cs.LG"});
  CHECK(wants_submissions(settings));
  settings.announce = {AnnounceType::cross};
  CHECK(wants_submissions(settings));
  settings.announce = {AnnounceType::replace, AnnounceType::replace_cross};
  CHECK_FALSE(wants_submissions(settings));
}

TEST_CASE("submissions: a query that found nothing is a page without papers", "[feeds]") {
  Errors errors;
  const auto found = read_found(api_feed({}), "feed.xml", errors);
  REQUIRE(found);
  CHECK(found->total_results == 0);
  CHECK(found->papers.empty());
}

TEST_CASE("submissions: a page counts its entries, readable or not", "[feeds]") {
  Errors errors;
  Paper untitled = invented_paper(2);
  untitled.title.clear();
  const auto found = read_found(api_feed({invented_paper(1), untitled}, 700), "feed.xml", errors);
  REQUIRE(found);
  CHECK(found->entries == 2);
  CHECK(found->papers.size() == 1);
  CHECK(found->total_results == 700);
}

TEST_CASE("submissions: what is no reply of the API says nothing of how many papers there are", "[feeds]") {
  Errors errors;
  const auto rss = read_found(rss_feed("cs.LG", date("2099-01-05"), {}), "feed.xml", errors);
  REQUIRE_FALSE(rss);
  CHECK(describe(rss.error()) ==
        "feed.xml: error: this reply of arXiv's API does not say how many papers it found\n"
        "  hint: check api_url in the settings\n");
}
