// That the driver sees what there is to see: else a test of a page would pass for want of eyes.
#include "browser/devtools.h"

#include <string>
#include <utility>
#include <vector>

#include "browser/invented_site.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

namespace {

const std::string head =
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>T</title><meta name=viewport "
    "content='width=device-width, initial-scale=1'><link rel=icon href='data:,'>";

}  // namespace

TEST_CASE("browser driver: values, keys, clicks and what they lead to", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const TemporaryFolder folder;
  put(folder / "index.html", head + R"(<body><button>Press</button><input><a href=next.html>Next</a><script>
    document.querySelector("button").onclick = () => document.title = "pressed";
    addEventListener("keydown", e => document.body.dataset.keys = (document.body.dataset.keys || "") + e.key);</script>)");
  put(folder / "next.html", head + "<h1>Next</h1>");
  const Served served(folder.path());
  Page page(*browser);
  page.open(served.address());
  CHECK(page.evaluate("[1, 'a', null]") == R"([1,"a",null])");
  CHECK(page.evaluate("Promise.resolve('\xC3\xA9\"')") == "\xC3\xA9\"");
  CHECK(page.evaluate("undefined") == "undefined");
  CHECK_THROWS_AS(page.evaluate("nothing.at.all"), BrowserError);
  CHECK(page.evaluate("[innerWidth, innerHeight]") == "[390,844]");
  page.key("j");
  page.key("?");
  page.key("Escape");
  CHECK(page.evaluate("document.body.dataset.keys") == "j?Escape");
  page.click("button");
  CHECK(page.evaluate("document.title") == "pressed");
  page.click("input");
  page.write("two words");
  CHECK(page.evaluate("document.querySelector('input').value") == "two words");
  page.evaluate("localStorage.setItem('kept', 'yes')");
  page.click_link("a");
  CHECK(page.evaluate("document.querySelector('h1').textContent") == "Next");
  page.reload();
  CHECK(page.evaluate("localStorage.getItem('kept')") == "yes");
  CHECK(page.requests() == std::vector<std::string>{served.address() + "next.html"});
  CHECK(page.faults() == "");
  page.open(served.address() + "next.html#here");  // the same document
  CHECK(page.evaluate("location.hash") == "#here");

  Page other(*browser, {.width = 1440, .height = 900, .dark = true});
  other.open(served.address());
  CHECK(other.is("localStorage.getItem('kept') === null"));
  CHECK(other.is("matchMedia('(prefers-color-scheme: dark)').matches && innerWidth === 1440"));
  CHECK(other.picture().substr(0, 4) == "\x89PNG");
  CHECK(other.pdf().substr(0, 5) == "%PDF-");
}

TEST_CASE("browser driver: exceptions, forbidden things and missing files are faults", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const TemporaryFolder folder;
  put(folder / "throws.html", head + "<script>throw new Error('thrown here')</script>");
  put(folder / "console.html", head + "<script>console.error('said here')</script>");
  put(folder / "missing.html", head + "<img src=none.png alt=''>");
  const std::string policy = head + "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";
  put(folder / "style.html", policy + "<p style='color: red'>");
  put(folder / "script.html", policy + "<p onclick='x()'><script>x()</script>");
  put(folder / "host.html", policy + "<img src='http://127.0.0.1:1/x.png' alt=''>");
  const Served served(folder.path());
  Page page(*browser);
  for (const auto& [name, words] :
       std::vector<std::pair<std::string, std::string>>{{"throws", "thrown here"},
                                                        {"console", "said here"},
                                                        {"missing", "none.png"},
                                                        {"style", "Content Security Policy"},
                                                        {"script", "Content Security Policy"},
                                                        {"host", "Content Security Policy"}}) {
    INFO(name);
    page.open(served.address() + name + ".html");
    CHECK(page.faults().find(words) != std::string::npos);
  }
  page.look({.script = false});
  page.open(served.address() + "throws.html");
  CHECK(page.faults() == "");
  CHECK(page.evaluate("document.title") == "T");  // the test still may ask
}

TEST_CASE("browser driver: a browser that ends fails the test and hangs nothing", "[browser]") {
  if (the_browser() == nullptr) return;
  Browser mortal(Browser::program());
  Page page(mortal);
  mortal.kill();
  CHECK_THROWS_AS(page.evaluate("1"), BrowserError);
  CHECK_THROWS_AS(page.open("about:blank"), BrowserError);
  CHECK_THROWS_AS(Browser("/nowhere/chromium").call("", "Browser.getVersion"), BrowserError);
}
