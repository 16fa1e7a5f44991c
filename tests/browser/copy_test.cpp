// Copying: a paper's BibTeX, a feed's address.
#include <string>

#include "browser/invented_site.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

TEST_CASE("day page: a paper's BibTeX is copied by its button and by the key b", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.allow_clipboard();
  page.open(the_site().address(InventedSite::large_day));
  const std::string paper = "#p9901\\.08002";
  page.click(paper + " summary");
  page.wait_until("document.querySelector(" + as_json(paper + " .more button") + ")");
  page.click(paper + " .more button");
  const std::string entry = page.clipboard();
  CHECK(entry.find("@") == 0);
  CHECK(entry.find("9901.08002") != std::string::npos);
  CHECK(entry.find("9901.08003") == std::string::npos);
  page.key("b");
  CHECK(page.clipboard() == entry);
  CHECK(page.faults() == "");
}

TEST_CASE("feeds: an address is copied by its button", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.allow_clipboard();
  page.open(the_site().address("feeds/"));
  page.click(".address button");
  const std::string address = page.clipboard();
  CHECK(address == page.evaluate("document.querySelector('.address code').textContent"));
  CHECK(address.find("/daily/atom.xml") != std::string::npos);
  CHECK(page.faults() == "");
}
