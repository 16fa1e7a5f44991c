// The search page: an index that Daybook builds, read in the browser.
#include <string>

#include "browser/invented_site.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

namespace {

// Lets the search answer `query`: what it says, "45 papers".
std::string found(Page& page, const std::string& query) {
  page.evaluate(R"((() => { document.querySelector(".found").textContent = "";
    const field = document.querySelector("input[type=search]"); field.focus(); field.select(); })())");
  page.write(query);
  page.key("Enter");
  page.wait_until("document.querySelector('.found').textContent");
  return page.evaluate("document.querySelector('.found').textContent");
}

// Ids of the papers shown, separated by blanks.
std::string ids(Page& page) {
  return page.evaluate("[...document.querySelectorAll('.results article')].map(e => e.dataset.id).join(' ')");
}

void open_search(Page& page, const std::string& query = "") {
  page.open(the_site().address("search/" + query));
  page.wait_until("document.querySelector('.found').textContent");
}

}  // namespace

TEST_CASE("search: words, unfinished words, accents and authors are found", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  open_search(page);
  CHECK(found(page, "bicycles knots") == "1 paper");
  CHECK(ids(page) == "9901.13003");
  CHECK(found(page, "bicyc") == "1 paper");
  CHECK(found(page, "umbrella teapot") == "1 paper");  // another year
  CHECK(ids(page) == "9901.30001");
  CHECK(found(page, "zapomnel") == "1 paper");  // Zapomn\v{e}l
  CHECK(found(page, "Zapomn\xC4\x9Bl") == "1 paper");
  CHECK(found(page, "author:inventi") == "6 papers");
  CHECK(found(page, "zeppelins clockmaker").find("papers") != std::string::npos);
  CHECK(ids(page).find("9901.") == 0);
  CHECK(page.faults() == "");
}

TEST_CASE("search: topic, score and month narrow what is found", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  open_search(page);
  CHECK(found(page, "zeppelins 2099-01-08") == "45 papers");
  CHECK(found(page, "zeppelins 2099-01-08 topic:model-compression") == "15 papers");
  CHECK(found(page, "zeppelins 2099-01-08 score>=9") == "23 papers");
  CHECK(found(page, "zeppelins 2098") == "3 papers");
  CHECK(found(page, "zeppelins 2099-01") == "56 papers");
}

TEST_CASE("search: nothing found is said in a sentence", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  open_search(page);
  CHECK(found(page, "dirigible").find("No paper") == 0);
  CHECK(ids(page) == "");
  CHECK(page.faults() == "");
}

TEST_CASE("search: an address with its query shows the same to another reader, matches marked", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  open_search(page);
  found(page, "bicycles knots");
  const std::string query = page.evaluate("location.search");
  CHECK(query.find("?q=bicycles") == 0);
  Page other(*browser);
  open_search(other, query);
  CHECK(ids(other) == "9901.13003");
  CHECK(other.evaluate("document.querySelector('input[type=search]').value") == "bicycles knots");
  CHECK(other.evaluate("[...document.querySelectorAll('.results h3 mark')].map(e => e.textContent).join(' ')") ==
        "Bicycles Knots");
  other.click_link(".results h3 a");
  CHECK(other.is("document.querySelector('#p9901\\\\.13003 details').open"));
}

TEST_CASE("search: the newest or the best first, twenty at a time, with their stars", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  open_search(page, "?q=zeppelins");
  CHECK(ids(page).substr(0, 32) == "9901.13001 9901.13002 9901.12001");  // 10 and 9, the newer first
  CHECK(page.evaluate("document.querySelectorAll('.results article').length") == "20");
  page.click(".more-results");
  page.wait_until("document.querySelectorAll('.results article').length === 40");
  page.click(".results .star");
  CHECK(page.is("document.querySelector('.results .star').ariaPressed === 'true'"));
  open_search(page, "?q=zeppelins&sort=date");
  CHECK(ids(page).substr(0, 32) == "9901.13001 9901.13002 9901.13003");
  CHECK(page.is("document.querySelector('.results .star').ariaPressed === 'true'"));
}

TEST_CASE("search: the key leads there, and into its field", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(the_site().address(InventedSite::large_day));
  page.key("/");
  page.wait_until("document.readyState === 'complete' && document.querySelector('input[type=search]')");
  page.evaluate("document.activeElement.blur()");
  page.key("/");
  CHECK(page.is("document.activeElement.type === 'search' && document.activeElement.value === ''"));
}
