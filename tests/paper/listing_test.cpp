#include "paper/listing.h"

#include <filesystem>

#include "paper/reading.h"
#include "support/folder.h"

using namespace daybook;

namespace {

std::string section(const std::string& heading, int count) {
  const std::string number = std::to_string(count);
  return "<dl id='articles'>\n<h3>" + heading + " (showing " + number + " of " + number +
         " entries)</h3>\n<dt>\n  <a name='item1'>[1]</a>\n</dt>\n<dd>An invention</dd>\n</dl>\n";
}

std::string listing(const std::string& date, const std::string& sections) {
  return "<h1>Sound</h1>\n<ul>\n  <li><a href=\"/list/cs.SD/new?skip=0#item1\">New submissions</a></li>\n</ul>\n"
         "<h3>Showing new listings for " +
         date + "</h3>\n<div class='paging'>Total of 4 entries</div>\n" + sections;
}

}  // namespace

TEST_CASE("listing: its date and the number of each section's entries are read", "[feeds]") {
  const auto page = read_listing(listing(
      "Tuesday, 6 January 2099",
      section("New submissions", 212) + section("Cross submissions", 3) + section("Replacement submissions", 1)));
  CHECK(page == ListingPage{date("2099-01-06"), 212, 3, 1});
}

TEST_CASE("listing: a section that is left out is empty", "[feeds]") {
  CHECK(read_listing(listing("Tuesday, 6 January 2099", section("Cross submissions", 3))) ==
        ListingPage{date("2099-01-06"), 0, 3, 0});
}

TEST_CASE("listing: of a page that shows a part, all entries count", "[feeds]") {
  CHECK(read_listing(listing("Tuesday, 06 Jan 2099", "<h3>New submissions (showing 50 of 1,212 entries)</h3>")) ==
        ListingPage{date("2099-01-06"), 1212, 0, 0});
}

TEST_CASE("listing: no updates today is a page without a date", "[feeds]") {
  CHECK(read_listing("<h1>Sound</h1>\n<p>No updates today.</p>") == ListingPage{});
}

TEST_CASE("listing: other markup with the same words is read all the same", "[feeds]") {
  CHECK(read_listing("<p>Showing new\n listings for <b>Tuesday</b>, 6 January\n2099</p><h2 class=x>New submissions "
                     "<span>(showing 2 of 2 entries)</span></h2>") == ListingPage{date("2099-01-06"), 2, 0, 0});
}

TEST_CASE("listing: a page that can't be read is no witness", "[feeds]") {
  const std::string whole = section("New submissions", 2);
  for (const std::string& html :
       {std::string(), std::string("<html>Busy</html>"), listing("a day in January", whole),
        listing("Tuesday, 31 February 2099", whole), listing("Tuesday, 6 January 2099", ""),
        listing("Tuesday, 6 January 2099", "<h3>New submissions (showing all entries)</h3>"), whole})
    CHECK_FALSE(read_listing(html));
}

TEST_CASE("listing: the shape of arXiv's page is read", "[feeds][shared]") {
  const std::string path = DAYBOOK_SOURCE_DIR "/../shared/data/arxiv/listing.html";
  if (!std::filesystem::exists(path)) {
    WARN("skipped: no shared data");
    return;
  }
  CHECK(read_listing(bytes_of(path)) == ListingPage{date("2026-08-12"), 2, 1, 1});
}

TEST_CASE("listing: it is asked for below list_url", "[feeds]") {
  ArxivSettings settings;
  CHECK(listing_request(settings, "cs.LG").url == "https://arxiv.org/list/cs.LG/new");
}
