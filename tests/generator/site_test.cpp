#include "generator/site.h"

#include <tinyxml2.h>

#include "core/json.h"
#include "core/text.h"
#include "feeds/feed_items.h"
#include "feeds/feeds.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

TEST_CASE("site: the templates that ship name nothing that isn't there", "[site]") {
  std::map<std::string, TemplateText> texts;
  for (const File& file : builtin_templates())
    if (file.path.find(".html") != std::string::npos) texts[file.path] = {file.path, file.bytes};
  Errors errors;
  const Templates templates(texts, {}, errors);
  check_templates(templates, parts(), errors);
  for (const Error& error : errors) FAIL_CHECK(describe(error));
}

TEST_CASE("site: without any day there still are all pages and valid, empty feeds", "[site]") {
  const Files files = built({}, parts());
  CHECK(files.at("index.html").find("No day has been recorded yet") != std::string::npos);
  for (const auto& [path, text] : files) {
    if (path.find(".xml") == std::string::npos) continue;
    tinyxml2::XMLDocument document;
    INFO(path);
    CHECK(document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS);
  }
}

TEST_CASE("site: the front page shows the newest day with papers, though a quiet one came after it", "[site]") {
  Day quiet;
  quiet.date = monday + 1;
  quiet.status = Status::quiet;
  const Files files = built({quiet, day_with(monday, 2)}, parts());
  CHECK(files.at("index.html").find("Monday<br><b><a href=\"./2099/01/05/\">5 January 2099</a>") != std::string::npos);
  CHECK(files.at("index.html").find("No papers since") == std::string::npos);
}

TEST_CASE("site: the three formats of a feed have the same entries", "[site]") {
  const Files files = built({day_with(monday + 1, 30), day_with(monday, 45), day_with(monday - 3, 10)}, parts());
  CHECK(count(files.at("atom.xml"), "<entry>") == 85);
  CHECK(count(files.at("rss.xml"), "<item>") == 85);
  CHECK(count(files.at("topics/maps/atom.xml"), "<entry>") == 85);
  CHECK(count(files.at("daily/atom.xml"), "<entry>") == 3);
}

TEST_CASE("site: a paper that a later day repeats is one entry, of the day that showed it first", "[site]") {
  Day first = day_with(monday, 1);
  Day second = day_with(monday + 1, 1);
  second.papers.push_back(first.papers[0]);
  const Files files = built({second, first}, parts());
  CHECK(count(files.at("atom.xml"), "<entry>") == 2);
  CHECK(count(files.at("atom.xml"), "/2099/01/05/#p") == 2);  // its link, and the one in its text
  CHECK(files.at("2099/01/06/index.html").find("first shown") != std::string::npos);
}

TEST_CASE("site: entries of one day have each a second of their own, the best the newest", "[site]") {
  const Day day = day_with(monday, 3);
  CHECK(entry_time(monday, 0, 3).rfc3339() == "2099-01-05T05:00:03Z");
  CHECK(entry_time(monday, 2, 3).rfc3339() == "2099-01-05T05:00:01Z");
  CHECK(entry_time(monday, 0, 0).rfc3339() == "2099-01-05T05:00:00Z");
}

TEST_CASE("site: the same days give the same bytes", "[site]") {
  const std::vector<Day> days = {day_with(monday + 1, 4), day_with(monday, 3)};
  CHECK(built(days, parts()) == built(days, parts()));
}

TEST_CASE("site: every link within the site leads to a file of the site, from any folder", "[site]") {
  SiteParts all = parts();
  all.prompts = {{"sha256:0a", "Judge."}, {"sha256:0b", "Judge well."}};
  std::vector<Day> days = {day_with(monday + 1, 4), day_with(monday, 3), day_with(monday - 40, 2)};
  days[0].prompt = "sha256:0b";
  days[1].prompt = "sha256:0a";
  const Files files = built(days, all);
  std::size_t links = 0;
  for (const auto& [path, text] : files) {
    if (path.find(".html") == std::string::npos || path == "404.html") continue;
    for (auto at = text.find("href=\""); at != std::string::npos; at = text.find("href=\"", at + 1)) {
      std::string link = text.substr(at + 6, text.find('"', at + 6) - at - 6);
      link = link.substr(0, link.find_first_of("#?"));
      if (link.empty() || link.find(':') != std::string::npos) continue;
      std::string target = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
      while (link.compare(0, 3, "../") == 0) {
        link.erase(0, 3);
        target.erase(
            target.rfind('/', target.size() - 2) == std::string::npos ? 0 : target.rfind('/', target.size() - 2) + 1);
      }
      if (link.compare(0, 2, "./") == 0) link.erase(0, 2);
      target += link;
      if (target.empty() || target.back() == '/') target += "index.html";
      INFO(path << " links to " << target);
      CHECK(files.count(target) == 1);
      ++links;
    }
  }
  CHECK(links > 100);
}

TEST_CASE("site: the Markdown page that the archive keeps is published as it stands", "[site]") {
  const Day day = day_with(monday, 1);
  const SiteParts all = parts();
  Errors errors;
  const Templates templates({}, {}, errors);
  Renderer renderer(templates);
  const std::string kept = "# Kept\n";
  const auto plan = plan_day(day, kept, {}, all);
  CHECK(plan[1].path == "2099/01/05/index.md");
  CHECK(plan[1].render(renderer) == "# Kept\n");
}

TEST_CASE("site: a topic that only an old day names keeps its page and its name", "[site]") {
  Day old = day_with(monday, 1, "lost-art");
  old.topics = {{"lost-art", "Lost Art"}};
  const Files files = built({old}, parts());
  CHECK(files.at("topics/lost-art/index.html").find("<h1>Lost Art</h1>") != std::string::npos);
  CHECK(files.count("topics/lost-art/atom.xml") == 1);
}

TEST_CASE("site: a page of the owner's is a page of the site, other files are published as they stand", "[site]") {
  const Files files = built({}, parts());
  CHECK(files.at("imprint/index.html").find("<p>It’s <em>us</em>.</p>") != std::string::npos);
  CHECK(files.at("imprint/index.html").find("<title>Imprint · Test &lt;Daybook&gt;</title>") != std::string::npos);
  CHECK(files.at("style.css") == "p{}");
}

TEST_CASE("site: the owner's accent is at the end of the style sheet, lighter on dark pages", "[site]") {
  SiteParts own = parts();
  own.site.accent = "#0b57a4";
  CHECK(built({}, own).at("style.css") ==
        "p{}\n/* == accent == */\n:root { --acc: #0b57a4; }\n:root[data-theme=\"dark\"] { --acc: #79a3cd; }\n"
        "@media (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) { --acc: #79a3cd; } }\n");
}

TEST_CASE("site: the owner's logo and links are on every page, from any folder", "[site]") {
  SiteParts own = parts();
  own.site.logo = "our.svg";
  own.site.menu = {{"Imprint & more", "imprint/"}, {"Group", "https://group.example.org/a"}};
  own.own_files.push_back({"our.svg", "<svg/>"});
  const Files files = built({day_with(monday, 1)}, own);
  const std::pair<const char*, std::string> roots[] = {
      {"archive/index.html", "../"}, {"2099/01/05/index.html", "../../../"}, {"404.html", "/papers/"}};
  for (const auto& [path, root] : roots) {
    INFO(path);
    const std::string& page = files.at(path);
    CHECK(page.find("<img src=\"" + root + "our.svg\" alt=\"Test &lt;Daybook&gt;\">") != std::string::npos);
    CHECK(page.find("<a href=\"" + root + "imprint/\">Imprint &amp; more</a>") != std::string::npos);
    CHECK(page.find("<a href=\"https://group.example.org/a\">Group</a>") != std::string::npos);
  }
}

TEST_CASE("site: the page for what is not found has paths from the host's root, so that it works anywhere", "[site]") {
  const std::pair<const char*, std::string> roots[] = {{"https://ada.example/papers/", "/papers/"},
                                                       {"https://ada.example/", "/"},
                                                       {"http://localhost:8000/a/b/", "/a/b/"}};
  for (const auto& [url, root] : roots) {
    SiteParts own = parts();
    own.site.url = url;
    const std::string page = built({}, own).at("404.html");
    CHECK(page.find("<link rel=\"stylesheet\" href=\"" + root + "style.css\">") != std::string::npos);
    for (const std::string_view start : {"href=\"", "src=\""})
      for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1)) {
        const std::string_view link = std::string_view(page).substr(at + start.size());
        INFO(link.substr(0, link.find('"')));
        CHECK((link.starts_with(root) || link.starts_with("http") || link.starts_with("#content")));
      }
  }
}

TEST_CASE("site: a JSON feed says what its Atom feed says", "[site]") {
  const Files files = built({day_with(monday, 2)}, parts());
  JsonDocument json;
  json.text = files.at("feed.json");
  REQUIRE_FALSE(parse_json(json, "feed.json"));
  const Json& items = *member(json.root, "items");
  REQUIRE(items.Size() == 2);
  CHECK(string_of(member(items[0], "title")) == "Paper 9901.42100 on x < y & Études");
  CHECK(string_of(member(items[0], "content_html")).find("a &lt; b &gt; c, 50% of the time, for $5 and $10.") !=
        std::string_view::npos);
  CHECK(string_of(member(items[0], "date_published")) == "2099-01-05T05:00:02Z");
}

TEST_CASE("site: no bidirectional control of a paper's or a scorer's reaches a page, a feed or the Markdown",
          "[site]") {
  const std::string turned = "x \u202Eevil\u2067";
  Day day = day_with(samples::monday, 1);
  day.why = turned;
  Entry& entry = day.papers[0];
  entry.paper.title = entry.paper.abstract = entry.paper.comments = entry.paper.journal_ref = entry.paper.doi = turned;
  entry.paper.authors = entry.paper.categories = {turned};
  entry.score.comment = entry.score.reason = turned;
  day.near_misses = day.papers;
  day.near_misses[0].paper.id = "9901.00001";
  for (const auto& [path, bytes] : samples::built({day}, samples::parts())) {
    INFO(path);
    for (const std::string_view line : split(bytes, '\n')) {
      CHECK(line.find("\u202E") == std::string::npos);
      CHECK(line.find("\u2067") == std::string::npos);
    }
  }
}
