// A day's page under a reader's hands: his finger, his keys, and what he finds when he comes again.
#include <string>
#include <utility>
#include <vector>

#include "browser/invented_site.h"
#include "browser/measures.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

namespace {

const std::string first = "#p9901\\.08001";
const std::string second = "#p9901\\.08002";

std::string large_day() { return the_site().address(InventedSite::large_day); }

std::string text_of(Page& page, const std::string& selector) {
  return page.evaluate("document.querySelector(" + as_json(selector) + ").innerText");
}

bool shows(Page& page, const std::string& selector) {
  return page.is("document.querySelector(" + as_json(selector) + ")?.checkVisibility()");
}

bool has(Page& page, const std::string& selector) {
  return page.is("document.querySelector(" + as_json(selector) + ")");
}

// The number of papers that are seen, as "15 of 45".
std::string papers_seen(Page& page) {
  return page.evaluate(R"((() => { const all = [...document.querySelectorAll(".tier article")];
    return all.filter(e => e.checkVisibility()).length + " of " + all.length; })())");
}

// The paper that the focus is in.
std::string current(Page& page) {
  return page.evaluate("document.activeElement.closest('article')?.dataset.id ?? 'none'");
}

// With its buttons, which are made then.
void unfold(Page& page, const std::string& paper) {
  page.click(paper + " summary");
  page.wait_until("document.querySelector(" + as_json(paper + " .more button") + ")");
}

}  // namespace

TEST_CASE("day page: the third title is within the first screen of a telephone", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(large_day());
  CHECK(third_title_end(page) > 0);
  CHECK(third_title_end(page) <= 844);
}

TEST_CASE("day page: forty papers are printed on twelve pages at most", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser, {.width = 1440, .height = 900});
  page.open(large_day());
  const int pages = pdf_pages(page.pdf());
  CHECK(pages >= 3);
  CHECK(pages <= 12);
}

TEST_CASE("day page: a chip leaves its topic's papers and is kept in the address", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(large_day());
  CHECK(papers_seen(page) == "45 of 45");
  const std::string chip = ".chips [data-t='model-compression']";
  page.click(chip);
  CHECK(papers_seen(page) == "15 of 45");
  CHECK(page.evaluate("location.search") == "?topic=model-compression");
  CHECK(
      page.is("[...document.querySelectorAll('.tier article')].every(e => e.checkVisibility() === (e.dataset.t === "
              "'model-compression'))"));
  CHECK(page.evaluate("document.querySelector(\"" + chip + "\").ariaPressed") == "true");
  CHECK(
      page.is("[...document.querySelectorAll('.tier')].filter(e => e.checkVisibility()).reduce((sum, e) => sum + "
              "Number(e.querySelector('.c').textContent), 0) === 15"));
  page.reload();
  CHECK(papers_seen(page) == "15 of 45");
  page.click(chip);
  CHECK(papers_seen(page) == "45 of 45");
  CHECK(page.evaluate("location.search") == "");
  page.open(large_day() + "?topic=no-such-topic");
  CHECK(papers_seen(page) == "45 of 45");
  page.open(large_day() + "?topic=model-compression#p9901.08001");  // one of another topic
  CHECK(shows(page, first));
  CHECK(page.faults() == "");
}

TEST_CASE("day page: keys go from paper to paper, unfold, star and hide", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser, {.width = 1440, .height = 900});
  page.open(large_day());
  for (const auto& [key, paper] : std::vector<std::pair<std::string, std::string>>{
           {"j", "9901.08001"}, {"j", "9901.08002"}, {"j", "9901.08003"}, {"k", "9901.08002"}}) {
    page.key(key);
    CHECK(current(page) == paper);
  }
  page.key("o");
  CHECK(has(page, second + " details[open] .ab"));
  page.key("o");
  CHECK(!has(page, second + " details[open]"));
  page.key("s");
  CHECK(has(page, second + " .star[aria-pressed=true]"));
  page.key("s");
  CHECK(has(page, second + " .star[aria-pressed=false]"));
  page.key("x");
  CHECK(text_of(page, second).find("Undo") != std::string::npos);
  CHECK(!shows(page, second + " h3"));
  CHECK(current(page) == "9901.08002");
  page.key("x");
  CHECK(shows(page, second + " h3"));
  page.key("?");
  CHECK(shows(page, "dialog[open]"));
  page.key("j");
  page.key("Escape");
  CHECK(!has(page, "dialog[open]"));
  CHECK(page.faults() == "");
}

TEST_CASE("day page: keys lead to other days, and can be turned off", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(large_day());
  page.key("[");
  page.wait_until("document.readyState === 'complete' && location.pathname === '/2099/01/07/'");
  page.key("]");
  page.wait_until("document.readyState === 'complete' && location.pathname === '/2099/01/08/'");
  page.key("?");
  page.click("dialog button:last-of-type");
  page.key("Escape");
  page.key("j");
  CHECK(current(page) == "none");
}

TEST_CASE("day page: stars, hidden papers and read marks are there after a reload", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(large_day());
  page.click(first + " .star");
  unfold(page, second);
  page.click(second + " .more button:last-of-type");  // Not for me
  CHECK(text_of(page, second).find("Undo") != std::string::npos);
  page.click(second + " .hidden-row button");
  CHECK(shows(page, second + " h3"));
  page.click(second + " .more button:last-of-type");
  page.reload();
  CHECK(has(page, first + " .star[aria-pressed=true]"));
  CHECK(has(page, second + ".read"));
  CHECK(!has(page, first + ".read"));
  CHECK(!shows(page, second));
  page.click(".hidden-row button");  // 1 hidden: Show
  page.click(second + " .hidden-row button");
  page.reload();
  CHECK(shows(page, second + " h3"));
  page.click(first + " .star");
  page.reload();
  CHECK(has(page, first + " .star[aria-pressed=false]"));
  CHECK(page.faults() == "");
}

TEST_CASE("day page: the link to a paper is copied, and leads to it unfolded", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.allow_clipboard();
  page.open(large_day());
  unfold(page, second);
  page.click(second + " .more button:nth-of-type(2)");
  const std::string address = page.clipboard();
  CHECK(address == large_day() + "#p9901.08002");
  page.open(the_site().address());
  page.open(address);
  CHECK(has(page, second + " details[open]"));
  CHECK(page.is("Math.abs(document.querySelector(" + as_json(second) + ").getBoundingClientRect().top) < 120"));
}

TEST_CASE("theme: the switch goes round, and what it is set to is kept without a flash", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  // What the first frame has, before any script that comes with the page's end.
  page.at_start(
      "addEventListener('DOMContentLoaded', () => window.firstTheme = document.documentElement.dataset.theme)");
  const std::string background = "getComputedStyle(document.body).backgroundColor";
  page.open(large_day());
  const std::string light = page.evaluate(background);
  while (page.evaluate("document.documentElement.dataset.theme") != "dark") page.click("button.theme");
  const std::string dark = page.evaluate(background);
  CHECK(light != dark);
  page.open(the_site().address());
  CHECK(page.evaluate("window.firstTheme") == "dark");
  CHECK(page.evaluate(background) == dark);
  page.look({.dark = true});  // the system's own
  while (page.evaluate("document.documentElement.dataset.theme") != "light") page.click("button.theme");
  CHECK(page.evaluate(background) == light);
}

TEST_CASE("theme: text stands out from its ground, light and dark", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  // WCAG 2.2, 1.4.3: 4.5 to 1.
  const std::string pale = R"((() => {
    const brush = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const rgba = color => { brush.clearRect(0, 0, 1, 1); brush.fillStyle = color; brush.fillRect(0, 0, 1, 1);
      return [...brush.getImageData(0, 0, 1, 1).data]; };
    const light = rgb => rgb.slice(0, 3).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor);
      if (c[3] === 255) return c; } return rgba(getComputedStyle(document.documentElement).colorScheme === "dark" ? "#000" : "#fff"); };
    const found = new Set();
    for (const e of document.querySelectorAll("body *")) {
      if (!e.checkVisibility({visibilityProperty: true}) || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
      const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
      const ratio = (a + .05) / (b + .05);
      if (ratio < 4.5) found.add(e.tagName + "." + e.className + " " + ratio.toFixed(2));
    }
    return [...found].join("\n"); })())";
  std::string found;
  for (const bool dark : {false, true}) {
    Page page(*browser, {.dark = dark});
    for (const std::string path : {"", InventedSite::large_day, "2099/01/", "2099/", "archive/", "topics/",
                                   "topics/ai-for-science/", "stats/", "search/?q=zeppelins", "about/"}) {
      page.open(the_site().address(path));
      page.evaluate("document.querySelectorAll('details').forEach((e, i) => e.open = i < 3)");
      const std::string here = page.evaluate(pale);
      if (!here.empty()) found += path + (dark ? " dark: " : " light: ") + here + '\n';
    }
  }
  CHECK(found == "");
}
