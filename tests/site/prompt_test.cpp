#include "llm/prompt.h"

#include "generator/site.h"
#include "rank/phrases.h"
#include "site/about.h"
#include "site/builtin.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Templates shipped(const std::map<std::string, TemplateText>& owners = {}) {
  std::map<std::string, TemplateText> ours;
  for (const File& file : builtin_templates()) ours[file.path] = {"templates/" + file.path, file.bytes};
  Errors errors;
  Templates templates(ours, owners, errors);
  CHECK(errors.empty());
  return templates;
}

Interests gardening() {
  Interests interests;
  interests.topics = {
      {"roses-thorns", "Roses & Thorns", "How <em>roses</em> grow.\n", "bouquets", {"rose", "pruning", "{{grafting}}"}},
      {"soil", "Soil", "Soil itself", "", {"soil"}}};
  interests.skip_keywords = {"lawn", "survey"};
  return interests;
}

Interests shipped_interests() {
  Errors errors;
  for (const File& file : builtin_config())
    if (file.path == "daybook.toml") return read_settings(file.bytes, "daybook.toml", errors).interests;
  return {};
}

std::string behind(const std::string& text, const std::string& heading) {
  const auto at = text.find(heading);
  return at == std::string::npos ? "" : text.substr(at);
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::string rest = behind(text, from);
  return rest.substr(0, rest.find(to));
}

std::string all(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) text += describe(error);
  return text;
}

Prompts prompts_of(const Interests& interests, const Templates& templates) {
  return scoring_prompts(interests, words_against(interests), templates);
}

}  // namespace

TEST_CASE("prompt: topics stand in the prompt as the owner wrote them, each keyword once", "[prompt]") {
  const Prompts prompts = prompts_of(gardening(), shipped());
  const std::string wanted =
      "## Topics\n\n"
      "### Roses & Thorns (slug: roses-thorns)\n\nKeep: How <em>roses</em> grow.\nSkip: bouquets\n"
      "Keywords: pruning, {{grafting}}\n\n"
      "### Soil (slug: soil)\n\nKeep: Soil itself\n\n"
      "### Against a paper, whichever topic it fits\n\nlawn, survey. Weigh these";
  CHECK(between(prompts.scoring.instructions, "## Topics", ": a paper about") == wanted);
  CHECK(between(prompts.titles.instructions, "## Topics", ": a paper about") == wanted);
}

TEST_CASE("prompt: a word to skip that is a topic's own keyword is not held against papers", "[prompt]") {
  Interests interests = gardening();
  interests.skip_keywords = {"Prunings", "lawn"};
  const Prompts prompts = prompts_of(interests, shipped());
  for (const std::string& text : {prompts.scoring.instructions, prompts.titles.instructions}) {
    CHECK(between(text, "### Against a paper", ". Weigh these") ==
          "### Against a paper, whichever topic it fits\n\nlawn");
  }
  interests.skip_keywords = {"pruning"};
  CHECK(prompts_of(interests, shipped()).scoring.instructions.find("### Against a paper") == std::string::npos);
}

TEST_CASE("prompt: without topics the prompt says that there are none", "[prompt]") {
  const Prompts prompts = prompts_of({}, shipped());
  CHECK(between(prompts.scoring.instructions, "## Topics", "\n\n## Papers") ==
        "## Topics\n\nNone is named: nothing is relevant for its topic.");
}

TEST_CASE("prompt: it begins with what no owner changes and ends where the papers follow", "[prompt]") {
  const std::string text = prompts_of(gardening(), shipped()).scoring.instructions;
  std::size_t last = 0;
  for (const std::string heading : {"## Task", "## Relevance", "## Novelty", "## Topics", "## Papers"}) {
    INFO(heading);
    const auto at = text.find(heading);
    REQUIRE(at != std::string::npos);
    CHECK((at == 0 || at > last));
    last = at;
  }
  CHECK(text.find("## Task") == 0);
  CHECK(text.back() != '\n');
  CHECK(text.find("\n\n\n") == std::string::npos);
  CHECK(behind(text, "## Papers").find("never instructions") != std::string::npos);
}

TEST_CASE("prompt: every field of the reply is named in the prompt, and the two steps of each score", "[prompt]") {
  const Prompts prompts = prompts_of(shipped_interests(), shipped());
  for (const std::string field : {"ARXIVID", "COMMENT", "RELEVANCE", "NOVELTY", "TOPIC"})
    CHECK(prompts.scoring.instructions.find("\n- " + field + ": ") != std::string::npos);
  for (const std::string heading : {"## Relevance", "## Novelty"})
    for (const std::string step : {"9-10", "7-8", "5-6", "3-4", "1-2"})
      CHECK(behind(prompts.scoring.instructions, heading).find("\n- " + step + ": ") != std::string::npos);
  for (const std::string field : {"ARXIVID", "KEEP"})
    CHECK(prompts.titles.instructions.find("\n- " + field + ": ") != std::string::npos);
  for (const Topic& topic : shipped_interests().topics)
    CHECK(prompts.scoring.instructions.find("(slug: " + topic.slug + ")") != std::string::npos);
  CHECK(prompts.titles.system == prompts.scoring.system);
}

TEST_CASE("prompt: a comment is asked to say what the paper does and what is new, with a good and a bad example",
          "[prompt]") {
  const std::string comment =
      between(prompts_of(gardening(), shipped()).scoring.instructions, "\n- COMMENT: ", "\n- RELEVANCE: ");
  for (const std::string part :
       {"what it does", "what is new", "Not a word on topics, criteria or relevance", "Good: \"", "Bad: \""})
    CHECK(comment.find(part) != std::string::npos);
}

// It is paid for in each of a day's forty requests.
TEST_CASE("prompt: the shipped prompt is short", "[prompt]") {
  const Prompts prompts = prompts_of(shipped_interests(), shipped());
  CHECK(prompts.scoring.system.size() + prompts.scoring.instructions.size() < 6250);
  CHECK(prompts.titles.system.size() + prompts.titles.instructions.size() < 4700);
}

TEST_CASE("prompt: an owner's file takes the place of one part, and a wrong name in it is told with its line",
          "[prompt]") {
  const Templates mine =
      shipped({{"prompts/criteria.md", {"mine/prompts/criteria.md", "## Marks\n\nRoses {{skip_keywords}}\n"}}});
  const std::string text = prompts_of(gardening(), mine).scoring.instructions;
  CHECK(between(text, "## Marks", "\n\n## Topics") == "## Marks\n\nRoses lawn, survey");
  CHECK(text.find("## Novelty") == std::string::npos);
  CHECK(text.find("## Task") == 0);

  Errors errors;
  SiteParts parts;
  parts.site.url = "https://daybook.example/";
  check_templates(shipped({{"prompts/criteria.md", {"mine/prompts/criteria.md", "## Marks\n\n{{skip_keyword}}\n"}}}),
                  parts, errors);
  CHECK(all(errors) ==
        "mine/prompts/criteria.md:3:1: error: there is no \"skip_keyword\" to show here\n"
        "  hint: did you mean \"skip_keywords\"?\n");
}

TEST_CASE("prompt: what is kept of a prompt has its headings", "[prompt]") {
  const Prompts prompts{{"You read.", "## Task\n\n> Judge.\n\n- ARXIVID: the id"}, {"You read.", "Look at titles."}};
  CHECK(prompt_text(prompts, FirstPass::none) ==
        "# Prompt\n\n## System Prompt\n\nYou read.\n\n## User Prompt\n\n## Task\n\n> Judge.\n\n- ARXIVID: the id\n");
  const std::string both = prompt_text(prompts, FirstPass::titles);
  CHECK(both ==
        "# Prompt\n\n## System Prompt\n\nYou read.\n\n## User Prompt\n\n## Task\n\n> Judge.\n\n- ARXIVID: the id\n\n"
        "## Titles\n\nLook at titles.\n");
}

TEST_CASE("prompt: the about page shows the newest day's known prompt, with its day and name", "[prompt]") {
  DaySummary older = summary_of(Day{});
  older.date = *Date::from_parts(2099, 1, 5);
  older.prompt = "sha256:0a";
  DaySummary newer = older;
  newer.date = older.date + 1;
  newer.prompt = "sha256:0b";
  SiteParts parts;
  parts.site.url = "https://daybook.example/";
  parts.prompts = {{"sha256:0a", "## System Prompt\n\nYou *read*."}};
  Renderer renderer(shipped());
  const std::string page = renderer.render("about.html", about_page_fields({newer, older}, parts));
  CHECK(between(page, "<h2 id=\"prompt\">", "</div>") ==
        "<h2 id=\"prompt\">The prompt</h2>\n"
        "<p>The latest prompt, of <a href=\"../2099/01/05/\">2099-01-05</a>; the papers followed it. "
        "The records call it <code>sha256:0a</code>; it has <a href=\"../prompts/0a/\">a page of its "
        "own</a>.</p>\n"
        "<details><summary>What the LLM was asked</summary>\n<div class=\"prompt\">\n"
        "<h3>System Prompt</h3>\n<p>You <em>read</em>.</p>\n\n");
  CHECK(renderer.render("about.html", about_page_fields({newer}, parts)).find("The prompt") == std::string::npos);
}
