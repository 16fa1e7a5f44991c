// For whoever works on the site: pictures and figures of a site in a folder.
//
//   DAYBOOK_SITE=public DAYBOOK_PICTURES=/tmp/pictures test_browser "[pictures]"
//   DAYBOOK_SITE=public test_browser "[measure]"
//
// DAYBOOK_PAGES names pages, separated by blanks ("2025/08/05/ search/?q=sparse"); otherwise they are the front page,
// the largest day, and one of each other kind.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "browser/invented_site.h"
#include "browser/measures.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;
namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string site_folder() {
  const std::string named = variable("DAYBOOK_SITE");
  return fs::absolute(named.empty() ? the_site().folder() : named).string();
}

// Days, the page with the most bytes first.
std::vector<std::string> days_of(const std::string& site) {
  std::vector<std::pair<std::uintmax_t, std::string>> days;
  for (const auto& entry : fs::recursive_directory_iterator(site)) {
    const std::string path = entry.path().string().substr(site.size() + 1);
    if (path.size() == 21 && path.substr(10) == "/index.html" && path[4] == '/' && path[7] == '/')
      days.emplace_back(entry.file_size(), path.substr(0, 11));
  }
  std::sort(days.rbegin(), days.rend());
  std::vector<std::string> paths;
  for (const auto& [bytes, path] : days) paths.push_back(path);
  return paths;
}

// The first folder with a page in this one: a topic, an author.
std::string first_in(const std::string& site, const std::string& folder) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(site + '/' + folder, none))
    if (exists((entry.path() / "index.html").string()))
      found.push_back(folder + '/' + entry.path().filename().string() + '/');
  std::sort(found.begin(), found.end());
  return found.empty() ? folder + '/' : found.front();
}

std::vector<std::string> pages_to_see(const std::string& site) {
  std::vector<std::string> pages;
  std::istringstream named(variable("DAYBOOK_PAGES"));
  for (std::string page; named >> page;) pages.push_back(page == "/" ? "" : page);
  if (!pages.empty()) return pages;
  const auto days = days_of(site);
  const std::string day = days.empty() ? "" : days.front();
  pages = {"",
           day,
           day.substr(0, 8),
           day.substr(0, 5),
           first_in(site, day.substr(0, 4)),
           "archive/",
           "topics/",
           first_in(site, "topics"),
           first_in(site, "authors"),
           "search/",
           "stats/",
           "feeds/",
           "about/",
           "404.html"};
  std::vector<std::string> there;
  for (const auto& page : pages)
    if (exists(site + '/' + page + (page.empty() || page.back() == '/' ? "index.html" : "")) &&
        std::find(there.begin(), there.end(), page) == there.end())
      there.push_back(page);
  return there;
}

std::string file_name(const std::string& page) {
  std::string name = page.empty() ? "home" : page;
  while (name.back() == '/') name.pop_back();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::string("/?=&: ").find(c) != std::string::npos; }, '-');
  return name;
}

}  // namespace

TEST_CASE("pictures: the top of each page at three widths, light and dark", "[.][pictures]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const std::string site = site_folder();
  const std::string folder = variable("DAYBOOK_PICTURES");
  REQUIRE(!folder.empty());
  const Served served(site);
  Page page(*browser);
  for (const auto& path : pages_to_see(site))
    for (const int width : {390, 820, 1440})
      for (const bool dark : {false, true}) {
        page.look({.width = width, .height = width == 390 ? 844 : 900, .dark = dark});
        page.open(served.address() + path);
        page.evaluate(
            "new Promise(done => setTimeout(done, 150))");  // what a script fetches comes after the load event
        const std::string name = file_name(path) + '-' + std::to_string(width) + (dark ? "-dark" : "") + ".png";
        put(folder + '/' + name, page.picture());
        std::printf("%s%s\n", name.c_str(), is_too_wide(page) ? " (scrolls sideways)" : "");
        std::printf("%s", page.faults().c_str());
      }
}

TEST_CASE("measure: what the goals for a site are about", "[.][measure]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  const std::string site = site_folder();
  const Served served(site);
  Page page(*browser);
  const auto days = days_of(site);
  std::vector<std::string> paths = pages_to_see(site);
  // A median day too.
  if (!days.empty() && variable("DAYBOOK_PAGES").empty()) paths.insert(paths.begin() + 2, days[days.size() / 2]);
  std::printf("%-28s %10s %8s %8s %7s %8s  (390 x 844)\n", "page", "3rd title", "screens", "papers", "gzip kB",
              "print");
  for (const auto& path : paths) {
    page.open(served.address() + path);
    const std::string file = path.substr(0, path.find('?'));
    const std::string bytes = bytes_of(site + '/' + file + (file.empty() || file.back() == '/' ? "index.html" : ""));
    std::printf("%-28s %7.0f px %8.1f %8s %7.1f %8d%s\n", path.empty() ? "(front page)" : path.c_str(),
                third_title_end(page), screens(page),
                page.evaluate("document.querySelectorAll('article').length").c_str(),
                static_cast<double>(gzip_bytes(bytes)) / 1e3, pdf_pages(page.pdf()),
                is_too_wide(page) ? " (scrolls sideways)" : "");
  }
  for (const auto& entry : fs::directory_iterator(site))
    if (const auto kind = entry.path().extension(); kind == ".js" || kind == ".css")
      std::printf("%-28s %7.1f kB gzip\n", entry.path().filename().c_str(),
                  static_cast<double>(gzip_bytes(bytes_of(entry.path().string()))) / 1e3);
}
