#include "site/about.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

const std::string digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const std::string newer = "sha256:fedcba987654" + digits.substr(12);
const std::string older = "sha256:" + digits;

SiteParts parts_with_prompts() {
  SiteParts all = parts();
  all.prompts = {{newer, "## System Prompt\n\nYou *read*.\n\n## User Prompt\n\n### Scores\n\n- 1 < 2 & <b>no</b>\n"},
                 {older, "# Task\n\nJudge.\n"},
                 {"sha256:unused", "Never asked."}};
  return all;
}

Day asked(Date date, const std::string& prompt, const std::optional<Usage>& usage = {}) {
  Day day = day_with(date, 1);
  day.prompt = prompt;
  day.usage = usage;
  return day;
}

// The newest day asked a prompt whose text is not kept, the oldest was not asked.
std::vector<Day> days() {
  return {asked(monday + 4, "sha256:lost"), asked(monday + 3, newer, Usage{"model-1", 2, 900, {}, 70, {}, {}, 0.25}),
          asked(monday + 2, older), asked(monday + 1, newer), day_with(monday, 1)};
}

std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const auto start = text.find(from);
  if (start == std::string::npos) return "not there: " + from;
  return text.substr(start, text.find(to, start) - start);
}

std::string prompt_link(const Files& files, const std::string& day) {
  const std::string links = part(files.at(day + "index.html"), "<p class=\"links\">", "</p>");
  const auto at = links.find("prompts/");
  return at == std::string::npos ? "" : links.substr(at, links.find('"', at) - at);
}

}  // namespace

TEST_CASE("prompt page: a prompt's page tells its whole hash, the days that used it and its text", "[site]") {
  const Files files = built(days(), parts_with_prompts());
  const std::string& page = files.at("prompts/fedcba987654/index.html");
  CHECK(part(page, "<title>", "<meta name=\"color") ==
        "<title>Prompt fedcba987654 · Test &lt;Daybook&gt;</title>\n"
        "<meta name=\"description\" content=\"What the LLM was asked on 2 days\">\n");
  CHECK(part(page, "<link rel=\"canonical\"", "\n") ==
        "<link rel=\"canonical\" href=\"https://daybook.example/papers/prompts/fedcba987654/\">");
  CHECK(part(page, "<main", "</main>") ==
        "<main id=\"content\">\n<h1>Prompt fedcba987654</h1>\n<nav class=\"around\" aria-label=\"Prompts\">\n"
        "<a href=\"../../about/#prompt\">All prompts</a>\n</nav>\n"
        "<p class=\"totals\"><span>current</span> <span>2 days</span> <span>first <a "
        "href=\"../../2099/01/06/\">2099-01-06</a></span> "
        "<span>last <a href=\"../../2099/01/08/\">2099-01-08</a></span></p>\n"
        "<p>What the LLM was asked; the day’s papers followed it. The records call it <code>" +
            newer +
            "</code>.</p>\n<div class=\"prompt\">\n<h2>System Prompt</h2>\n<p>You <em>read</em>.</p>\n"
            "<h2>User Prompt</h2>\n<h3>Scores</h3>\n<ul>\n<li>1 &lt; 2 &amp; <!-- raw HTML omitted -->no"
            "<!-- raw HTML omitted --></li>\n</ul>\n\n</div>\n");
}

TEST_CASE("prompt page: a prompt of one day and no longer in force says so, its headings below the page's own",
          "[site]") {
  const Files files = built(days(), parts_with_prompts());
  CHECK(part(files.at("prompts/0123456789ab/index.html"), "<h1>", "</main>") ==
        "<h1>Prompt 0123456789ab</h1>\n<nav class=\"around\" aria-label=\"Prompts\">\n"
        "<a href=\"../../about/#prompt\">All prompts</a>\n</nav>\n"
        "<p class=\"totals\"><span>1 day</span> <a href=\"../../2099/01/07/\">2099-01-07</a></p>\n"
        "<p>What the LLM was asked; the day’s papers followed it. The records call it <code>" +
            older + "</code>.</p>\n<div class=\"prompt\">\n<h2>Task</h2>\n<p>Judge.</p>\n\n</div>\n");
}

TEST_CASE("prompt page: only a used prompt whose text is kept has a page, which the sitemap names", "[site]") {
  const Files files = built(days(), parts_with_prompts());
  std::vector<std::string> paths;
  for (const auto& [path, text] : files)
    if (path.compare(0, 8, "prompts/") == 0) paths.push_back(path);
  CHECK(paths == std::vector<std::string>{"prompts/0123456789ab/index.html", "prompts/fedcba987654/index.html"});
  CHECK(count(files.at("sitemap.xml"), "<loc>https://daybook.example/papers/prompts/") == 2);
  CHECK(count(files.at("sitemap.xml"), "<loc>https://daybook.example/papers/prompts/fedcba987654/</loc>") == 1);
}

TEST_CASE("prompt page: a day's page links to its prompt, with usage and without", "[site]") {
  const Files files = built(days(), parts_with_prompts());
  CHECK(prompt_link(files, "2099/01/08/") == "prompts/fedcba987654/");
  CHECK(prompt_link(files, "2099/01/07/") == "prompts/0123456789ab/");
  CHECK(prompt_link(files, "2099/01/09/").empty());  // its text is not kept
  CHECK(prompt_link(files, "2099/01/05/").empty());  // it had none
}

TEST_CASE("prompt page: a prompt whose text is not kept has no path", "[site]") {
  CHECK(prompt_path("sha256:lost", parts_with_prompts().prompts).empty());
  CHECK(prompt_path("", {}).empty());
}

TEST_CASE("prompt page: the about page shows the prompt in force, and links to its page and to the older ones",
          "[site]") {
  std::vector<Day> all = days();
  all.push_back(asked(monday - 10, older));
  const Files files = built(all, parts_with_prompts());
  CHECK(part(files.at("about/index.html"), "<h2 id=\"prompt\">", "</main>") ==
        "<h2 id=\"prompt\">The prompt</h2>\n"
        "<p>The latest prompt, of <a href=\"../2099/01/08/\">2099-01-08</a>; the papers followed it. "
        "The records call it <code>" +
            newer +
            "</code>; it has <a href=\"../prompts/fedcba987654/\">a page of its own</a>.</p>\n"
            "<details><summary>What the LLM was asked</summary>\n<div class=\"prompt\">\n"
            "<h3>System Prompt</h3>\n<p>You <em>read</em>.</p>\n<h3>User Prompt</h3>\n<h4>Scores</h4>\n"
            "<ul>\n<li>1 &lt; 2 &amp; <!-- raw HTML omitted -->no<!-- raw HTML omitted --></li>\n</ul>\n\n"
            "</div>\n</details>\n<h3>Older prompts</h3>\n<ul>\n"
            "<li><a href=\"../prompts/0123456789ab/\">0123456789ab</a> "
            "<span class=\"quiet-text\">2 days: 2098-12-26 to 2099-01-07</span></li>\n</ul>\n");
}

TEST_CASE("prompt page: a site whose days were asked nothing has no page of a prompt", "[site]") {
  const Files files = built({day_with(monday, 1)}, parts_with_prompts());
  CHECK(files.at("about/index.html").find("id=\"prompt\"") == std::string::npos);
  CHECK(files.lower_bound("prompts/")->first.compare(0, 8, "prompts/") != 0);
}
