// The front page for a reader who comes again.
#include <algorithm>
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
  page.click(".mine [download]");
  const std::string file = folder / "feedback.txt";
  for (int i = 0; i < 1000 && !std::filesystem::exists(file); ++i) page.evaluate("new Promise(f => setTimeout(f, 10))");
  Errors errors;
  const auto opinions = read_opinions(bytes_of(file), "feedback.txt", errors);
  CHECK(errors.empty());
  CHECK(opinions == std::vector<Opinion>{{"9901.08001", Stance::like, 1}, {"9901.08002", Stance::dislike, 2}});
}

TEST_CASE("front page: stars are sent as issues, each once, and taken back", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  const auto open = [&](const std::string& stars, const std::string& hidden) {
    page.open(the_site().address("archive/"));
    page.evaluate("localStorage['daybook.stars'] = JSON.stringify(" + stars + ")");
    page.evaluate("localStorage['daybook.hidden'] = JSON.stringify(" + hidden + ")");
    page.open(the_site().address());
    page.evaluate("addEventListener('click', event => event.preventDefault())");  // no issue is made
  };
  const std::string link = ".mine [rel]";
  const auto sent = [&] {
    const std::string form = "document.querySelector('" + link + "').href";
    CHECK(page.is(form + ".startsWith('https://github.com/ada/papers/issues/new?template=feedback.yml&papers=')"));
    CHECK(page.is(form + ".length < 8000"));
    const std::string papers = page.evaluate("new URL(" + form + ").searchParams.get('papers')");
    page.evaluate("document.querySelector('" + link + "').click(), new Promise(done => setTimeout(done))");
    return papers;
  };
  open("[...Array(1000)].map((_, i) => ({id: '9901.' + (10000 + i), title: 'A & B'}))", "[{id: 'hep-th/9901001'}]");
  std::string papers;
  for (int left = 6; left > 0; --left) {
    CHECK(text_of(page, link) == (left > 1 ? "Send my stars (1 of " + std::to_string(left) + ')' : "Send my stars"));
    papers += sent() + '\n';
  }
  CHECK(text_of(page, link) == "Send again (1 of 6)");
  CHECK(std::count(papers.begin(), papers.end(), '\n') == 1001);
  Errors errors;
  CHECK(read_opinions(papers, "issue", errors).size() == 1001);
  CHECK(papers.ends_with("+ 9901.10999\n- hep-th/9901001\n"));

  page.evaluate("localStorage.clear()");
  open("[{id: '9901.00001'}, {id: '9901.00002'}]", "[]");
  CHECK(sent() == "+ 9901.00001\n+ 9901.00002");
  open("[{id: '9901.00003'}]", "[{id: '9901.00002'}]");
  CHECK(sent() == "+ 9901.00003\n- 9901.00002\nforget 9901.00001");
  open("[]", "[]");
  CHECK(sent() == "forget 9901.00002\nforget 9901.00003");
  CHECK(!shows(page, ".mine"));
  CHECK(page.faults() == "");
}

TEST_CASE("front page: the best paper's PDF is two taps away", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(the_site().address());
  CHECK(shows(page, "main article a[href*='arxiv.org/pdf/9901.13001']"));
}
