#include "rehearsal/site_check.h"

#include <tinyxml2.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "core/json.h"
#include "store/archive.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

namespace fs = std::filesystem;
using Faults = std::vector<std::string>;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string day_folder(Date date) {
  std::string path = date.iso();
  std::replace(path.begin(), path.end(), '-', '/');
  return path + '/';
}

// The values of href and src in a page.
std::vector<std::string> links_in(const std::string& html) {
  std::vector<std::string> links;
  for (const std::string attribute : {" href=\"", " src=\""})
    for (auto at = html.find(attribute); at != std::string::npos; at = html.find(attribute, at)) {
      at += attribute.size();
      links.push_back(html.substr(at, html.find('"', at) - at));
    }
  return links;
}

bool leads_outside(const std::string& link) {
  return link.empty() || link[0] == '#' || link.find(':') != std::string::npos;
}

void check_links(const fs::path& site, const fs::path& page, const std::string& html, Faults& faults) {
  for (const std::string& link : links_in(html)) {
    if (leads_outside(link)) continue;
    const std::string target = link.substr(0, link.find_first_of("?#"));
    fs::path file = target.empty() ? page : (page.parent_path() / target).lexically_normal();
    // 404.html is shown at any depth, so its links begin at the host, of which the site is a folder.
    if (target.starts_with('/')) file = site / target.substr(std::min(target.find('/', 1), target.size() - 1) + 1);
    if (fs::is_directory(file)) file /= "index.html";
    if (!fs::exists(file))
      faults.push_back(page.lexically_relative(site).string() + " links to " + link + ", which is not there");
  }
}

// The ids of a feed's entries; an Atom feed's own stands before them.
std::vector<std::string> ids_of_feed(const std::string& text) {
  std::vector<std::string> ids;
  for (const std::string& name : {std::string("<guid"), std::string("<id>")})
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const auto start = text.find('>', at) + 1;
      ids.push_back(text.substr(start, text.find('<', start) - start));
    }
  return ids;
}

void check_xml(const std::string& name, const std::string& text, Faults& faults) {
  tinyxml2::XMLDocument xml;
  if (xml.Parse(text.data(), text.size()) != tinyxml2::XML_SUCCESS)
    faults.push_back(name + " is no XML: " + xml.ErrorStr());
  std::set<std::string> seen;
  for (const std::string& id : ids_of_feed(text))
    if (!seen.insert(id).second) faults.push_back(name + " has two entries " + id);
}

void check_json(const std::string& name, const std::string& text, Faults& faults) {
  JsonDocument document;
  document.text = text;
  if (const auto error = parse_json(document, name)) faults.push_back(name + " is no JSON: " + error->what);
}

void check_file(const fs::path& site, const fs::path& path, Faults& faults) {
  const std::string text = bytes_of(path.string());
  const std::string name = path.lexically_relative(site).string();
  if (ends_with(name, ".html")) {
    if (!ends_with(text, "</html>\n")) faults.push_back(name + " is not whole");
    check_links(site, path, text, faults);
  }
  if (ends_with(name, ".xml") || ends_with(name, ".opml")) check_xml(name, text, faults);
  if (ends_with(name, ".json")) check_json(name, text, faults);
}

void check_day(const fs::path& site, const Day& day, Faults& faults) {
  const std::string page = bytes_of((site / day_folder(day.date) / "index.html").string());
  if (page.empty()) faults.push_back(day.date.iso() + " has no page");
  for (const Entry& entry : day.papers)
    if (page.find(entry.paper.id) == std::string::npos)
      faults.push_back("the page of " + day.date.iso() + " lacks " + entry.paper.id);
}

}  // namespace

Faults site_faults(const std::string& site, const std::string& archive_folder) {
  Faults faults;
  const Archive archive(archive_folder);
  const auto dates = archive.dates();
  if (!dates) return {dates.error().what};
  const std::string front = bytes_of(site + "/index.html");
  for (const char* feed : {"atom.xml", "rss.xml", "feed.json", "daily/atom.xml", "daily/rss.xml", "daily/feed.json"})
    if (!fs::exists(fs::path(site) / feed)) faults.push_back(std::string(feed) + " is missing");
  const std::string newest = bytes_of(site + "/feed.json");
  bool is_newest = true;  // of those with papers: the others have no place on the front page
  for (const Date date : *dates) {
    const auto day = archive.read(date);
    if (!day) continue;  // its page says so
    check_day(site, *day, faults);
    if (!is_newest || day->papers.empty()) continue;
    is_newest = false;
    if (front.find(day_folder(date)) == std::string::npos) faults.push_back("the front page is not of " + date.iso());
    for (const Entry& entry : day->papers)
      if (newest.find(entry.paper.id) == std::string::npos)
        faults.push_back("feed.json lacks " + entry.paper.id + " of " + date.iso());
  }
  for (const auto& file : fs::recursive_directory_iterator(site))
    if (file.is_regular_file()) check_file(site, file.path(), faults);
  return faults;
}

Faults archive_faults(const std::string& archive_folder, const std::vector<std::string>& announced) {
  Faults faults;
  const Archive archive(archive_folder);
  const auto dates = archive.dates();
  if (!dates) return {dates.error().what};
  std::map<std::string, std::set<std::string>> found;  // a near miss stands among the others too
  for (const Date date : *dates) {
    const auto day = archive.read(date);
    const auto others = archive.read_others(date);
    if (!day || !others) {
      faults.push_back("the record of " + date.iso() + " can't be read");
      continue;
    }
    for (const auto* entries : {&day->papers, &day->near_misses})
      for (const Entry& entry : *entries) found[entry.paper.id].insert(date.iso());
    for (const Other& other : *others) found[other.id].insert(date.iso());
  }
  for (const std::string& id : announced)
    if (found.count(id) == 0) faults.push_back(id + " is in no record");
  for (const auto& [id, days] : found) {
    if (days.size() > 1) faults.push_back(id + " is in the records of " + *days.begin() + " and " + *days.rbegin());
    if (std::find(announced.begin(), announced.end(), id) == announced.end())
      faults.push_back(id + " of " + *days.begin() + " was never announced");
  }
  return faults;
}

}  // namespace daybook::rehearsal
