#include "site/day_page.h"

#include "site/markdown_page.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

// A day taken up again after its budget had ended: every kind of scorer, and all that is said of scores.
Day partial_day() {
  Day day = day_with(monday, 4);
  day.status = Status::partial;
  day.why = "The budget of $0.20 a day ended after 41 of 42 requests.";
  day.counts = {1006, 654, 12, 4};
  day.usage = Usage{"model-1", 41, 57367, 1024, 7731, {}, {}, {}, 512};
  Score& by_author = day.papers[0].score;
  by_author.scorer = Scorer::author;
  by_author.scored_by = Scorer::llm;
  by_author.h_index = 40;
  Score& by_llm = day.papers[1].score;
  by_llm.scorer = Scorer::llm;
  by_llm.namesake = "Ada <Imagined>";
  by_llm.rescored = Rescored{monday + 1, Scorer::local, 8, 5};
  day.papers[2].score.reason = "the budget of the day & its \"rest\" ended";
  day.papers[3].score = {{}, {}, "Author match", "", Scorer::author, {}};
  return day;
}

// A day that the cascade cut: one paper was explored, and four were missed, each for another reason.
Day cut_day() {
  Day day = day_with(monday, 2);
  day.status = Status::complete;
  day.cascade = Cascade{0.31, 0.04, 1184, 18, 470, 0.13};
  for (Entry& entry : day.papers) entry.score.scorer = Scorer::llm;
  day.papers[1].score.local_score = 0.12;
  day.papers[1].score.threshold = 0.31;
  day.near_misses = {entry("9901.00101", "maps", 9, monday), entry("9901.00102", "maps", 6, monday),
                     entry("9901.00103", "", 5, monday), entry("9901.00104", "", 3, monday)};
  day.near_misses[0].score.scorer = Scorer::llm;
  day.near_misses[0].missed = "beyond the day's 2";
  day.near_misses[1].score = day.papers[1].score;
  day.near_misses[1].score.relevance = 6;
  day.near_misses[1].missed = "relevance 6 of 7";
  day.near_misses[1].paper.authors = {"A. One", "B. Two", "C. Three", "D. Four", "E. Five"};
  day.near_misses[2].score = {{}, {}, "", "", Scorer::llm, {}};
  day.near_misses[2].score.reason = "rejected by its title";
  day.near_misses[2].missed = "rejected by its title";
  day.near_misses[2].paper.authors = {"A. One", "B. Two", "C. Three", "D. Four"};
  day.near_misses[3].score.local_score = 0.28;
  day.near_misses[3].score.threshold = 0.31;
  day.near_misses[3].missed = "discarded at 0.28, threshold 0.31";
  return day;
}

std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const auto start = text.find(from);
  if (start == std::string::npos) return "not there: " + from;
  return text.substr(start, text.find(to, start) - start);
}

std::string near_misses(const std::string& page) { return part(page, "<details class=\"near\"", "</details>"); }

std::string page_of(const Day& day) { return built({day}, parts()).at("2099/01/05/index.html"); }

// The paper at `index` as the page shows it.
std::string paper_of(const std::string& page, const Day& day, std::size_t index) {
  return part(page, "id=\"p" + day.papers[index].paper.id + '"', "</article>");
}

std::string meta_of(const std::string& page, const Day& day, std::size_t index) {
  return part(paper_of(page, day, index), "<p class=\"meta\">", "</p>");
}

// The notes in its body, a line each.
std::vector<std::string> notes_of(const std::string& page, const Day& day, std::size_t index) {
  const std::string paper = paper_of(page, day, index);
  const std::string start = "<p class=\"note\">";
  std::vector<std::string> notes;
  for (auto at = paper.find(start); at != std::string::npos; at = paper.find(start, at + 1))
    notes.push_back(paper.substr(at + start.size(), paper.find("</p>", at) - at - start.size()));
  return notes;
}

std::string facts_of(const Day& day) { return part(page_of(day), "<section class=\"facts\">", "</section>"); }

bool has(const std::string& text, const std::string& wanted) { return text.find(wanted) != std::string::npos; }

}  // namespace

TEST_CASE("day page: a day's page says how the day went, why, and what the LLM took", "[site]") {
  const Day day = partial_day();
  const std::string page = page_of(day);
  CHECK(part(page, "<p class=\"notice", "</p>") == "<p class=\"notice partial\">" +
                                                       std::string(status_sentence(Status::partial)) +
                                                       "<br>The budget of $0.20 a day ended after 41 of 42 requests.");
  CHECK(part(page, "<p class=\"sum\">", "</p>") ==
        "<p class=\"sum\"><b>4</b> of 654 new papers. <b>1</b> has a relevance of 9 or 10.");
  const std::string facts = facts_of(day);
  for (const char* fact :
       {"<dt>announced</dt><dd>1,006</dd>", "<dt>read</dt><dd>654</dd>", "<dt>shown before</dt><dd>12</dd>",
        "<dt>shown</dt><dd>4</dd>", "<dt>scored by</dt><dd>model-1</dd>", "<dt>cost</dt><dd>unknown</dd>",
        "<dt>requests</dt><dd>41</dd>", "<dt>prompt tokens</dt><dd>57,367</dd>",
        "<dt>of these cached</dt><dd>1,024</dd>", "<dt>of these reasoning</dt><dd>512</dd>"}) {
    INFO(fact);
    CHECK(has(facts, fact));
  }
  CHECK(!has(page, "$0.00"));
}

TEST_CASE("day page: a day that is as it should be has no notice", "[site]") {
  Day day = day_with(monday, 1);
  CHECK(!has(page_of(day), "class=\"notice"));
  CHECK(has(facts_of(day), "<dt>scored by</dt><dd>this site’s own model</dd>"));
  day.status = Status::complete;
  CHECK(!has(page_of(day), "class=\"notice"));
  day.status = Status::degraded;
  CHECK(has(page_of(day), "<p class=\"notice degraded\">"));
}

TEST_CASE("day page: papers of the same scores stand under one rule, which says once what orders them", "[site]") {
  Day day = day_with(monday, 4);
  for (std::size_t i = 0; i < 4; ++i) day.papers[i].score.relevance = i < 3 ? 9 : 8;
  const std::string page = page_of(day);
  CHECK(
      has(page, "<h2><span>Relevance 9, novelty 5 <small>best match first</small></span> <span class=\"c\">3</span>"));
  CHECK(has(page, "<h2><span>Relevance 8, novelty 5</span> <span class=\"c\">1</span>"));
  CHECK(has(page, "This site’s own model orders papers with equal scores."));
  day.papers[0].score.scorer = Scorer::author;
  day.papers[3].score.novelty.reset();
  const std::string other = page_of(day);
  CHECK(has(other, "<h2><span>Followed authors</span>"));
  CHECK(has(other, "<h2><span>Relevance 8</span>"));
  CHECK(has(meta_of(other, day, 3), "<span class=\"sc\" title=\"relevance 8\">8</span>"));
}

TEST_CASE("day page: a topic's chip leads to its page, the one with most papers first", "[site]") {
  Day day = day_with(monday, 3);
  CHECK(!has(page_of(day), "class=\"chips\""));
  day.papers[0].score.topic = "charts";
  day.topics = {{"charts", "Charts"}};
  CHECK(has(page_of(day),
            "<a href=\"?\" data-t=\"\" aria-current=\"true\">All <i>3</i></a> "
            "<a href=\"../../../topics/maps/\" data-t=\"maps\">Maps <i>2</i></a> "
            "<a href=\"../../../topics/charts/\" data-t=\"charts\">Charts <i>1</i></a></nav>"));
}

TEST_CASE("day page: more than five authors are cut short and unfold, from the 41st on a paper has its title",
          "[site]") {
  Day day = day_with(monday, 41);
  for (int i = 1; i <= 6; ++i) day.papers[0].paper.authors.push_back("Author " + std::to_string(i));
  const std::string page = page_of(day);
  CHECK(has(page,
            "<details class=\"au\"><summary>Ada Imagined, Author 1, Author 2, … Author 6 (7 authors)</summary>Ada "
            "Imagined, Author 1, Author 2, Author 3, Author 4, Author 5, Author 6</details>"));
  CHECK(has(paper_of(page, day, 39), "<p class=\"au\">Ada Imagined</p>"));
  CHECK(!has(paper_of(page, day, 40), "<details>"));
  CHECK(has(meta_of(page, day, 40), "PDF"));
}

TEST_CASE("day page: a paper that unfolds is answered by links, where there is an issue form", "[site]") {
  const Day day = day_with(monday, 41);
  SiteParts with_form = parts();
  with_form.feedback_form = feedback_form;
  const std::string page = built({day}, with_form).at("2099/01/05/index.html");
  const std::string form =
      "<a rel=\"nofollow\" href=\"https://github.com/ada/papers/issues/new?template=feedback.yml"
      "&amp;papers=";
  const std::string& id = day.papers[39].paper.id;
  CHECK(has(paper_of(page, day, 39), form + "%2B+" + id + "\">More like this</a> " + form + "-+" + id +
                                         "\">Not for me</a></p></div></details>"));
  CHECK(count(page, form) == 80);  // a brief one has none
  CHECK(!has(page_of(day), "More like this"));
}

TEST_CASE("day page: what is an exception is a badge, the rest a note in the paper's body", "[site]") {
  const Day day = partial_day();
  const std::string page = page_of(day);
  CHECK(has(meta_of(page, day, 0), "<span class=\"badge\">followed author</span>"));
  CHECK(notes_of(page, day, 0) ==
        std::vector<std::string>{"Highest h-index among its authors, from Semantic Scholar: 40."});
  CHECK(!has(meta_of(page, day, 1), "badge"));
  CHECK(notes_of(page, day, 1) ==
        std::vector<std::string>{
            "Re-scored on 2099-01-06; before: relevance 8, novelty 5, local.",
            "An author has the same name as Ada &lt;Imagined&gt;, whom you follow; it may be another person."});
  CHECK(has(meta_of(page, day, 2), "<span class=\"badge\">scored locally</span>"));
  CHECK(has(paper_of(page, day, 2), "Not scored by the LLM: the budget of the day &amp; its &quot;rest&quot; ended."));
  CHECK(!has(meta_of(page, day, 3), "class=\"sc\""));

  Day local = day_with(monday, 1);
  CHECK(!has(meta_of(page_of(local), local, 0), "scored locally"));
}

TEST_CASE("day page: a paper whose text speaks to the scorer says so", "[site]") {
  const std::string sentence =
      "Its text speaks to the scorer (it asks for a score); ranked by the local scorer's relevance + novelty, 5.";
  Day day = partial_day();
  day.papers[0].score.suspected_injection = "asks for a score";
  CHECK(page_of(day).find("speaks to the scorer") == std::string::npos);
  day.papers[0].score.ranked_as = 5;
  const std::string page = page_of(day);
  CHECK(has(page, "<p class=\"note\">" + sentence + "</p>"));
  CHECK(has(meta_of(page, day, 0), "its text speaks to the scorer"));
  CHECK(markdown_page(day, parts().site, "").find("**Not trusted:** " + sentence + "\n") != std::string::npos);
}

TEST_CASE("Markdown page: it says the same as the day's page", "[site]") {
  const Day day = partial_day();
  const std::string page = markdown_page(day, parts().site, "");
  CHECK(part(page, "**Status:**", "**Table of") ==
        "**Status:** partial. " + std::string(status_sentence(Status::partial)) +
            "\n\n**Why:** The budget of $0.20 a day ended after 41 of 42 requests.\n\n"
            "| *[model-1]* | Prompt | Completion | Total |\n| :---: | :---: | :---: | :---: |\n"
            "| **Token** | 57367 | 7731 | 65098 |\n| **Cost** | | | |\n\n"
            "Requests: 41 · Cached prompt tokens: 1024 · Reasoning tokens: 512 · Cost: unknown\n\n"
            "Total arXiv papers: 1006\n\nTotal scanned papers: 654\n\nTotal relevant papers: 4\n\n");
  CHECK(part(page, "**Relevance:** 9", "---") ==
        "**Relevance:** 9\n**Novelty:** 5\n\n**Scored:** author match, by an LLM\n\n**h-index:** 40\n\n");
  CHECK(part(page, "**Relevance:** 8", "---") ==
        "**Relevance:** 8\n**Novelty:** 5\n\n**Scored:** by an LLM\n\n**Re-scored:** 2099-01-06; before: relevance 8, "
        "novelty 5, local\n\n**Same name:** as Ada \\<Imagined>, whom you follow\n\n");
  CHECK(part(page, "**Relevance:** 7", "---") ==
        "**Relevance:** 7\n**Novelty:** 5\n\n**Scored:** locally\n\n**Not scored by the LLM:** the budget of the day & "
        "its \"rest\" ended\n\n");
  CHECK(part(page, "**Comment:** Author match", "---") == "**Comment:** Author match\n\n**Scored:** author match\n");
}

TEST_CASE("day page: a day's page says what was sent to the LLM, what was not, and what that saved", "[site]") {
  Day day = cut_day();
  const std::string line =
      "<dt>sent to the LLM</dt><dd>1,184</dd><dt>explored</dt><dd>18</dd><dt><a "
      "href=\"../../../about/#cascade\">discarded</a></dt><dd>470</dd>";
  CHECK(has(facts_of(day), line + "<dt>saved</dt><dd>about $0.13</dd></dl>"));
  CHECK(part(markdown_page(day, parts().site, ""), "Sent to", "\n") ==
        "Sent to the LLM: 1184 · Explored: 18 · Discarded: 470 · Saved: about $0.13");
  for (const auto& saved : {std::optional<double>(), std::optional(0.0), std::optional(0.00001), std::optional(-1.0)}) {
    day.cascade->saved = saved;
    CHECK(has(facts_of(day), line + "</dl>"));
    CHECK(part(markdown_page(day, parts().site, ""), "Sent to", "\n") ==
          "Sent to the LLM: 1184 · Explored: 18 · Discarded: 470");
  }
  day.cascade.reset();
  CHECK(!has(page_of(day), "discarded</a>"));
  CHECK(!has(markdown_page(day, parts().site, ""), "Sent to"));
}

TEST_CASE("day page: a paper that was explored says so", "[site]") {
  const Day day = cut_day();
  const std::string page = page_of(day);
  CHECK(notes_of(page, day, 0).empty());
  CHECK(notes_of(page, day, 1) == std::vector<std::string>{"This site’s own model: explored at 0.12, threshold 0.31."});
  const std::string markdown = markdown_page(day, parts().site, "");
  CHECK(count(markdown, "**Scored:** by an LLM\n") == 3);
  CHECK(count(markdown, "**Scored:** by an LLM (explored at 0.12, threshold 0.31)\n") == 2);
  CHECK(count(markdown, "**Scored:** locally (discarded at 0.28, threshold 0.31)\n") == 1);
}

TEST_CASE("day page: the near misses are folded below the papers, each with its reason", "[site]") {
  const Day day = cut_day();
  const std::string page = page_of(day);
  const std::string list = near_misses(page);
  CHECK(has(list, "<summary>4 near misses</summary>"));
  CHECK(page.find("<details class=\"near\" id=\"near\">") > page.rfind("</article>"));
  CHECK(part(list, "<a href=\"https://arxiv.org/abs/9901.00102\">", "</li>") ==
        "<a href=\"https://arxiv.org/abs/9901.00102\">" + part(list, "Paper 9901.00102", "</a>") +
            "</a>\n<p class=\"note\">A. One, B. Two, C. Three and 2 more</p>\n"
            "<p class=\"note\"><span class=\"missed\">relevance 6 of 7</span> · novelty 5 · scored by an LLM (explored "
            "at "
            "0.12, threshold 0.31)</p>\n<p class=\"note\">Fits: &lt;b&gt;not bold&lt;/b&gt;.</p>");
  CHECK(has(list, "<span class=\"missed\">beyond the day's 2</span> · relevance 9 · novelty 5 · scored by an LLM</p>"));
  CHECK(has(list,
            "<p class=\"note\">A. One, B. Two, C. Three, D. Four</p>\n<p class=\"note\"><span "
            "class=\"missed\">rejected by its title</span> · scored by an LLM</p>"));
  CHECK(has(list,
            "<span class=\"missed\">discarded at 0.28, threshold 0.31</span> · relevance 3 · novelty 5 · scored "
            "locally</p>"));
}

TEST_CASE("day page: what a near miss's reason says does not stand there a second time", "[site]") {
  Day day = cut_day();
  day.near_misses.resize(1);
  const auto line = [&](const std::string& missed) {
    day.near_misses[0].missed = missed;
    return part(near_misses(page_of(day)), "<p class=\"note\"><span class=\"missed\">", " · scored");
  };
  const std::string start = "<p class=\"note\"><span class=\"missed\">";
  CHECK(line("relevance 9 of 10") == start + "relevance 9 of 10</span> · novelty 5");
  CHECK(line("novelty 5 of 6") == start + "novelty 5 of 6</span> · relevance 9");
}

TEST_CASE("day page: a day without near misses shows no list of them, and one without papers shows its own", "[site]") {
  CHECK(!has(page_of(day_with(monday, 2)), "near miss"));
  Day day = cut_day();
  day.papers.clear();
  day.near_misses.resize(1);
  CHECK(has(page_of(day), "<details class=\"near\" id=\"near\" open><summary>1 near miss</summary>"));
}

TEST_CASE("day page: near misses are on the day's page, in its Markdown and its JSON alone", "[site]") {
  for (const auto& [path, text] : built({cut_day()}, parts())) {
    INFO(path);
    const bool shows =
        path == "2099/01/05/index.html" || path == "2099/01/05/index.md" || path == "api/v1/2099/01/05.json";
    CHECK((text.find("9901.00101") != std::string::npos) == shows);
  }
}

TEST_CASE("Markdown page: the near misses stand behind the papers", "[site]") {
  const Day day = cut_day();
  const std::string page = markdown_page(day, parts().site, "");
  const std::string list = page.substr(page.find("## Near misses\n"));
  CHECK(part(page, "Total relevant papers", "\n") == "Total relevant papers: 2");
  CHECK(page.substr(0, page.size() - list.size()).find("9901.0010") == std::string::npos);
  CHECK(count(list, "**Not selected:**") == 2);
  CHECK(list.find("**Not selected:** beyond the day's 2\n") != std::string::npos);
  CHECK(list.find("**Not selected:** relevance 6 of 7\n") != std::string::npos);
  CHECK(list.find("**Not scored by the LLM:** rejected by its title\n") != std::string::npos);
}

TEST_CASE("day page: an imported day without requests and with its cost shows what it showed", "[site]") {
  Day day = day_with(monday, 1);
  day.usage = Usage{"model-1", {}, 57367, {}, 7731, 0.14, 0.08, 0.22};
  const std::string facts = facts_of(day);
  CHECK(has(facts, "<dt>prompt tokens</dt><dd>57,367</dd><dt>completion tokens</dt><dd>7,731</dd>"));
  CHECK(has(facts, "<dt>cost</dt><dd>$0.22</dd>"));
  CHECK(!has(facts, "<dt>requests"));
  CHECK(part(markdown_page(day, parts().site, ""), "| *", "Total relevant") ==
        "| *[model-1]* | Prompt | Completion | Total |\n| :---: | :---: | :---: | :---: |\n"
        "| **Token** | 57367 | 7731 | 65098 |\n| **Cost** | $0.14 | $0.08 | $0.22 |\n\n");
}

TEST_CASE("day page: a link to an earlier day is there where the archive has that day", "[site]") {
  Day first = day_with(monday, 1);
  Day second = day_with(monday + 1, 1);
  second.papers[0].first_seen = monday;
  second.again = {{"9901.00007", 2, "Again", AnnounceType::replace, monday}};
  const std::string id = second.papers[0].paper.id;

  const std::string linked = built({second, first}, parts()).at("2099/01/06/index.html");
  CHECK(linked.find("first shown <a href=\"../../../2099/01/05/#p" + id + "\">2099-01-05</a>") != std::string::npos);
  CHECK(linked.find("<li><a href=\"../../../2099/01/05/#p9901.00007\">Again</a>") != std::string::npos);

  const std::string plain = built({second}, parts()).at("2099/01/06/index.html");
  CHECK(plain.find("first shown 2099-01-05</span>") != std::string::npos);
  CHECK(plain.find("<li>Again <span") != std::string::npos);
  CHECK(plain.find("2099/01/05") == std::string::npos);
}

TEST_CASE("day page: withdrawn papers are counted where there are any", "[site]") {
  Day day = day_with(monday, 1);
  CHECK(page_of(day).find("withdrawn") == std::string::npos);
  CHECK(built({day}, parts()).at("2099/01/05/index.md").find("withdrawn") == std::string::npos);
  day.counts.withdrawn = 2;
  CHECK(page_of(day).find("<dt>withdrawn</dt><dd>2</dd>") != std::string::npos);
  CHECK(built({day}, parts()).at("2099/01/05/index.md").find("\nTotal withdrawn papers: 2\n") != std::string::npos);
}

TEST_CASE("page: every page carries a strict policy, whose hash is that of its one inline script", "[site]") {
  const auto files = samples::built({partial_day()}, parts());
  for (const auto& [path, bytes] : files) {
    if (!path.ends_with(".html")) continue;
    INFO(path);
    // printf %s SCRIPT | openssl dgst -sha256 -binary | base64
    CHECK(bytes.find("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' "
                     "'sha256-H5GtyoEZZe8NGTbX95rJYhBVOX0WywP2qcrDHQGDD4c='; style-src 'self'; img-src 'self'; "
                     "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'\">") <
          bytes.find("<title>"));
    CHECK(count(bytes, "<script>") == 1);
    CHECK(has(bytes,
              "<script>try{document.documentElement.dataset.theme=localStorage[\"daybook.theme\"]||\"\"}catch{}"
              "</script>"));
    CHECK(!has(bytes, " style=\""));
  }
}

TEST_CASE("Markdown page: what an LLM or a service said has no live link, what an author wrote has", "[site]") {
  Day day = day_with(samples::monday, 1);
  day.why = "The endpoint says: [pay](https://evil.example) ![](https://evil.example/x.png) <a href=x>";
  day.papers[0].score.comment = "See [this](https://evil.example) or https://evil.example/y.";
  day.papers[0].paper.abstract = "Code: https://example.org/code and https://arxiv.org@evil.example/ as well.";
  const std::string page = markdown_page(day, parts().site, "");
  CHECK(page.find("**Why:** The endpoint says: \\[pay\\](https\\://evil.example) !\\[\\](https\\://evil.example/x.png) "
                  "\\<a href=x>") != std::string::npos);
  CHECK(page.find("**Comment:** See \\[this\\](https\\://evil.example) or https\\://evil.example/y.") !=
        std::string::npos);
  CHECK(page.find("Code: <https://example.org/code> and `https://arxiv.org@evil.example/` as well.") !=
        std::string::npos);
}
