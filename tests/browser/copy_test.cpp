// Copying of a paper's BibTeX.
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
