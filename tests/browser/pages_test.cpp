// What every page of a site keeps, whatever is on it.
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "browser/invented_site.h"
#include "browser/measures.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::browser;

namespace {

// Folders are asked for by their names, as links do.
std::string address_of(const std::string& path) {
  const auto folder = path.rfind("index.html");
  return the_site().address(path.substr(0, folder));
}

// What went wrong on a page that was opened, a line each.
std::string faults_of(const std::string& path, const Page& page) {
  std::string text = page.faults().empty() ? "" : path + ": " + page.faults();
  for (const auto& request : page.requests())
    if (request.rfind(the_site().address(), 0) != 0 && request.rfind("data:", 0) != 0 && request.rfind("blob:", 0) != 0)
      text += path + ": asks for " + request + '\n';
  return text;
}

// What a page without script shows that only script could bring to life, a line each.
std::string dead_controls(const std::string& path, Page& page) {
  const std::string found =
      page.evaluate(R"([...document.querySelectorAll("button, input, select, textarea, [onclick]")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !(e.closest("form[action]") && !e.closest("[hidden]")))
    .map(e => e.outerHTML.slice(0, 120)).join("\n"))");
  return found.empty() ? "" : path + ": is dead: " + found + '\n';
}

struct Links {
  std::set<std::string> places;                      // what can be linked to: pages, and their ids after '#'
  std::map<std::string, std::string> leads_to_from;  // an address inside of the site, and a page with a link to it
};

void add_links(Links& links, const std::string& path, Page& page) {
  const std::string here = address_of(path);
  std::istringstream ids(page.evaluate(R"([...document.querySelectorAll("[id]")].map(e => e.id).join("\n"))"));
  links.places.insert(here);
  for (std::string id; std::getline(ids, id);) links.places.insert(here + '#' + id);
  std::istringstream targets(
      page.evaluate(R"([...document.querySelectorAll("a[href]")].map(e => e.href.replace(/\?[^#]*/, "")).join("\n"))"));
  for (std::string target; std::getline(targets, target);)
    if (target.rfind(the_site().address(), 0) == 0) links.leads_to_from.emplace(target, path);
}

// Links to what is not there, a line each. Files that are no pages need only be in the folder.
std::string broken(const Links& links) {
  std::string text;
  for (const auto& [target, path] : links.leads_to_from) {
    const std::string file = target.substr(the_site().address().size());
    const bool is_other_file = !file.empty() && file.back() != '/' && file.find('#') == std::string::npos;
    if (links.places.count(target) == 0 && !(is_other_file && exists(the_site().folder() + '/' + file)))
      text += path + ": leads nowhere: " + target + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("pages: with script nothing fails, no other host is asked, none scrolls sideways", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  std::string found;
  for (const auto& path : the_site().pages()) {
    page.open(address_of(path));
    if (is_too_wide(page)) found += path + ": is wider than a telephone\n";
    found += faults_of(path, page);
  }
  CHECK(found == "");
}

TEST_CASE("pages: without script the content is there, no control is dead, all links lead somewhere", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser, {.script = false});
  std::string found;
  Links links;
  for (const auto& path : the_site().pages()) {
    page.open(address_of(path));
    if (!page.is(R"(document.querySelector("main").checkVisibility() && document.querySelector("main").innerText)"))
      found += path + ": has no content\n";
    found += faults_of(path, page) + dead_controls(path, page);
    add_links(links, path, page);
  }
  CHECK(links.leads_to_from.size() > 20);
  CHECK(found + broken(links) == "");
}

TEST_CASE("pages: what is not there has the site's style at any depth", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open(the_site().address("no/such/page"));
  CHECK(page.is("document.styleSheets.length === 1 && document.querySelector('main a[href]')"));
}

TEST_CASE("pages: a site works from a folder, without a server", "[browser]") {
  Browser* browser = the_browser();
  if (browser == nullptr) return;
  Page page(*browser);
  page.open("file://" + the_site().folder() + "/index.html");
  CHECK(page.faults() == "");
  CHECK(page.is("document.styleSheets.length === 1 && document.styleSheets[0].href.startsWith('file:')"));
}
