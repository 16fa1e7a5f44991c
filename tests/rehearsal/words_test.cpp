// Others' words in what GitHub shows an owner: a log, a summary, an issue.
#include <algorithm>

#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"
#include "support/llm_fault.h"
#include "support/loopback_server.h"
#include "tex/rendered.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const Date monday = *Date::parse("2099-01-05");

const Sentences nasty = {"[x](http://evil.example)",
                         "![](http://evil.example/i.png)",
                         "<a href=\"http://evil.example\">x</a>",
                         "<img src=x onerror=y>",
                         "<http://evil.example>",
                         "see http://evil.example/ or www.evil.example",
                         "mail eve@evil.example",
                         "dear @someone",
                         "as in #1, GH-2 and eve/x#3",
                         "```",
                         "`c` ~~gone~~ **b** _i_",
                         "a | b",
                         "$x$ &amp; &#64;someone",
                         "ends with \\",
                         "[x]: http://evil.example"};

// What a reader's browser, or GitHub, would make more of than text.
Sentences live_parts(const std::string& markdown) {
  Sentences found;
  const std::string html = rendered(markdown);
  const std::string own = "<a href=\"https://github.com/ada/papers/";
  for (const std::string tag : {"<img", "<code", "<pre", "<del", "<strong>b", "<em>i", "<script", "onerror=y>"})
    if (html.find(tag) != std::string::npos) found.push_back(tag);
  for (auto at = html.find("<a "); at != std::string::npos; at = html.find("<a ", at + 1))
    if (html.compare(at, own.size(), own) != 0) found.push_back(html.substr(at, 60));
  for (const std::string call : {"@someone", "@evil", "#1", "#3", "GH-2"})
    if (visible(html).find(call) != std::string::npos) found.push_back(call);
  for (const std::string sign : {"\r", "\x1b", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa7"})
    if (markdown.find(sign) != std::string::npos) found.push_back("a control character");
  return found;
}

// A script that has read say.sh, with `text` as its first argument.
std::string said(const std::string& script, const std::string& text) {
  Variables environment = plain_environment("/");
  environment.emplace_back("GITHUB_REPOSITORY", "ada/papers");
  return output_of(
      {{"bash", "-euc", ". .github/scripts/say.sh; " + script, "words", text}, environment, DAYBOOK_SOURCE_DIR, {}});
}

std::string without(std::string text, const std::string& part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
  return text;
}

std::string all_nasty() {
  std::string text;
  for (const std::string& one : nasty) text += one + ' ';
  return text + "\r\n# \x1b[31m \x7f \xc2\x9b \xe2\x80\xae \xe2\x81\xa7\t|end|";
}

std::string line_from(const std::string& text, const std::string& start) {
  const auto at = std::min(text.size(), text.find(start));
  return text.substr(at, text.find('\n', at) - at);
}

}  // namespace

TEST_CASE("words: others' text in Markdown is read as it was said, and nothing of it is live", "[rehearsal]") {
  for (const std::string& text : nasty) {
    const std::string markdown = said("markdown \"$1\"", text);
    INFO(markdown);
    CHECK(live_parts("**Error:** " + markdown) == Sentences{});
    CHECK(live_parts("| a | b |\n| :-- | :-- |\n| x | " + markdown + " |\n") == Sentences{});
    const std::string read = without(visible(rendered("x: " + markdown)), "\xe2\x80\x8b");
    CHECK(read == "x: " + text + "\n");
  }
  CHECK(live_parts("x: " + said("markdown \"$1\"", all_nasty())) == Sentences{});
}

TEST_CASE("words: in Markdown, addresses within this repository are links, and no others", "[rehearsal]") {
  const std::string page = "https://github.com/ada/papers/";
  CHECK(said("markdown \"$1\"", "open " + page + "settings/pages. Then") == "open <" + page + "settings/pages>. Then");
  for (const std::string path : {"../../eve/x", "a/../../../eve/x"})
    CHECK(rendered(said("markdown \"$1\"", "x " + page + path)).find("<a") == std::string::npos);
  CHECK(rendered(said("markdown \"$1\"", "https://github.com/ada/papers-of-eve/x")).find("<a") == std::string::npos);
}

TEST_CASE("words: an annotation is one command, whatever its text says", "[rehearsal]") {
  const std::string line = said("warning \"$1\"", "50%\r::error::x\n::add-mask::y ##[error]z \x1b[31m \xc2\x9b");
  CHECK(line == "::warning::50%25 ::error::x%0A: :add-mask::y # #[error]z  [31m  \n");
}

TEST_CASE("words: what git and GitHub answer starts no command in the log", "[rehearsal]") {
  const std::string log = said("visible <<<\"$1\"", "::error::x\n \xc2\xa0::add-mask::y\nstd::string ##[warning]z");
  CHECK(annotations_in(log) == Sentences{});
  CHECK(log == ": :error::x\n \xc2\xa0: :add-mask::y\nstd::string # #[warning]z\n");
}

TEST_CASE("words: what the state has of bad days is text in the issue", "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday + 1, 6);
  REQUIRE(owner.daily(monday, 0).result == "success");
  const std::string text = without(without(all_nasty(), "\n"), "\t");
  const std::string red = json_texts({{"day", "2099-01-01"}, {"colour", "red"}, {"message", text}});
  const std::string other = json_texts({{"day", "2099-01-02"}, {"colour", text}, {"message", text}});
  owner.origin.commit("state", {{"outcome.json", json_object({{"troubles", json_list({red, other})}})}}, "Theirs");
  REQUIRE(owner.daily(monday + 1, 0).result == "success");
  REQUIRE(owner.hub.issues().size() == 1);
  const std::string body = owner.hub.issues().front().body;
  INFO(body);
  CHECK(live_parts(body) == Sentences{});
  CHECK(body.find("/actions/runs/") != std::string::npos);
}

TEST_CASE("words: what an endpoint answers is text in the summary and in the issue", "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday + 3, 6);
  LoopbackServer endpoint;
  endpoint.answer_all([](const Received&) {
    return Answer{.status = 401,
                  .body = llm_error("no [x](http://evil.example) <a href=x>, @someone ``` #1", "x", "y")};
  });
  std::string settings = owner.origin.files("main").at("config/daybook.toml");
  const auto at = settings.find("\nbase_url = \"http") + 1;
  settings.replace(at, settings.find('\n', at) - at, "base_url = \"" + endpoint.url("/v1") + '"');
  owner.origin.commit("main", {{"config/daybook.toml", settings}}, "Another endpoint");
  for (int i = 0; i < 2; ++i) {
    const Played played = owner.daily(monday + i, 0);
    INFO(played.log());
    const std::string told = line_from(played.job("day").summary, "**What daybook said:**");
    INFO(told);
    CHECK(told.find("evil") != std::string::npos);
    CHECK(live_parts(told) == Sentences{});
  }
  REQUIRE(owner.hub.issues().size() == 1);
  INFO(owner.hub.issues().front().body);
  CHECK(owner.hub.issues().front().body.find("evil") != std::string::npos);
  CHECK(live_parts(owner.hub.issues().front().body) == Sentences{});
}

TEST_CASE("words: an import's inputs, and what is said of a predecessor's files, are text in the summary",
          "[rehearsal]") {
  Owner owner;
  owner.submit(monday - 4, monday, 6);
  REQUIRE(owner.daily(monday, 0).result == "success");
  const TemporaryFolder folder;
  Origin predecessor(folder / "old.git");
  predecessor.commit(
      "main",
      {{"![](http:evil.example) @someone.md", "# x\n"},
       {"docs/2098-05-06\r# ![](http:evil.example) <img src=x> ```.json", "{\"2098-05-06\": [\r\n\r\n```"}},
      "Old days");
  owner.runner.other_repositories["bob/old"] = predecessor.url();
  for (const std::string path : {"[x](http://evil.example)", "docs"}) {
    const Texts inputs = {{"repository", "bob/old"}, {"path", path}};
    const Played played = owner.play("import.yml", {"workflow_dispatch", new_york_time(monday, 9), inputs});
    const std::string summary = played.job("import").summary;
    INFO(summary);
    CHECK(summary.find("evil") != std::string::npos);
    if (path != "docs") CHECK(live_parts(summary) == Sentences{});
    CHECK(rendered(summary).find("<img") == std::string::npos);
    CHECK(rendered(summary).find("<h1") == std::string::npos);
  }
}
