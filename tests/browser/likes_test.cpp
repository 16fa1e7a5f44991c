// A site that `daybook serve` shows to its owner, who likes a paper.
#include <filesystem>
#include <string>

#include "browser/invented_site.h"
#include "support/catch.h"
#include "support/program.h"

using namespace daybook;
using namespace daybook::browser;

TEST_CASE("served site: a star goes into feedback.txt and out again, and the page is not loaded anew", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const TemporaryFolder folder;
  const std::string project = folder / "papers";
  std::filesystem::copy(the_site().project(), project, std::filesystem::copy_options::recursive);
  put(project + "/feedback.txt", "# mine\n");
  Page page(*browser);
  const auto comes_true = [&](const auto& is) {
    for (int i = 0; i < 1500 && !is(); ++i) page.evaluate("new Promise(f => setTimeout(f, 20))");
    return is();
  };
  Program serve({"serve", "--port", "0", "--config", project + "/daybook.toml", "--archive", project + "/archive",
                 "--state", project + "/state", "--out", project + "/public"},
                {}, folder / "log");
  REQUIRE(comes_true([&] { return serve.output().find(" (Ctrl-C") != std::string::npos; }));
  const std::string said = serve.output();
  const auto at = said.find("http://");
  const std::string address = said.substr(at, said.find(" (Ctrl-C") - at);

  page.open(address + InventedSite::large_day);
  page.wait_until("localStorage['daybook.served']");  // what was starred before is nothing new
  page.evaluate("window.loaded = 'once'");
  page.key("j");
  page.key("s");
  const auto file = [&] { return bytes_of(project + "/feedback.txt"); };
  CHECK(comes_true([&] { return file().find("# mine\n+ 9901.08001  # ") == 0; }));
  page.wait_until("[...document.querySelectorAll('.say.seen')].some(e => e.textContent.includes('1 paper noted'))");
  const auto about = [&] { return bytes_of(project + "/public/about/index.html"); };
  CHECK(comes_true([&] { return about().find("likes <b>1 paper</b>") != std::string::npos; }));
  page.key("x");
  CHECK(comes_true([&] { return file().find("# mine\n- 9901.08001  # ") == 0; }));
  page.key("x");
  CHECK(comes_true([&] { return file() == "# mine\n"; }));
  CHECK(comes_true([&] { return about().find("id=\"learned\"") == std::string::npos; }));
  page.evaluate("new Promise(f => setTimeout(f, 2500))");  // pages look once a second
  CHECK(page.evaluate("window.loaded") == "once");
  CHECK(page.faults().empty());

  page.open(address + "about/");
  page.evaluate("window.loaded = 'once'");
  put(project + "/feedback.txt", "9901.08002\n");
  page.wait_until("window.loaded !== 'once' && document.querySelector('#learned')");
}
