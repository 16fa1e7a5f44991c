// The front page for a reader who comes again.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "browser/invented_site.h"
#include "library/opinions.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

namespace {

bool shows(Page& page, const std::string& selector) {
  return page.is("document.querySelector(" + as_json(selector) + ")?.checkVisibility()");
}

std::string text_of(Page& page, const std::string& selector) {
  return page.evaluate("document.querySelector(" + as_json(selector) + ").innerText");
}

// Script for a page that is read on that day.
std::string clock_at(const std::string& iso) {
  return "{ const now = Date.parse('" + iso +
         "'), Real = Date; Date = class extends Real { constructor(...a) { super(...(a.length ? a : [now])); } static "
         "now() { return now; } }; }";
}

}  // namespace

TEST_CASE("front page: what is new since the last visit is counted", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(the_site().address());
  CHECK(!shows(page, ".since"));  // the first visit
  page.reload();
  CHECK(!shows(page, ".since"));
  page.evaluate("localStorage['daybook.visit'] = '2099-01-08'");
  page.reload();
  CHECK(text_of(page, ".since").find("11 new") == 0);  // 3 on 12 January, 8 on 13 January
  CHECK(page.evaluate("localStorage['daybook.visit']") == "2099-01-13");
}

TEST_CASE("front page: a newest day of more than three days ago is said to be old", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  for (const auto& [today, is_stale] :
       std::vector<std::pair<std::string, bool>>{{"2099-01-16T12:00:00Z", false}, {"2099-01-18T12:00:00Z", true}}) {
    Page page(*browser);
    page.at_start(clock_at(today));
    page.open(the_site().address());
    CHECK(shows(page, ".stale") == is_stale);
  }
}

TEST_CASE("front page: stars and hidden papers are saved as a feedback file that Daybook reads", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const TemporaryFolder folder;
  Page page(*browser);
  page.download_to(folder.path());
  page.open(the_site().address());
  CHECK(!shows(page, ".mine"));
  page.open(the_site().address(InventedSite::large_day));
  for (const char* key : {"j", "s", "j", "x"}) page.key(key);
  page.open(the_site().address());
  CHECK(text_of(page, ".mine").find("1 starred, 1 hidden") != std::string::npos);
  page.click(".mine button");
  const std::string file = folder / "feedback.txt";
  for (int i = 0; i < 1000 && !std::filesystem::exists(file); ++i) page.evaluate("new Promise(f => setTimeout(f, 10))");
  Errors errors;
  const auto opinions = read_opinions(bytes_of(file), "feedback.txt", errors);
  CHECK(errors.empty());
  CHECK(opinions == std::vector<Opinion>{{"9901.08001", Stance::like, 1}, {"9901.08002", Stance::dislike, 2}});
}

TEST_CASE("front page: the best paper's PDF is two taps away", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(the_site().address());
  CHECK(shows(page, "main article a[href*='arxiv.org/pdf/9901.13001']"));
}
