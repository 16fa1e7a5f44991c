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

std::string near_misses(const std::string& page) { return part(page, "<details class=\"near\">", "</details>"); }

std::string page_of(const Day& day) { return built({day}, parts()).at("2099/01/05/index.html"); }

// Without the empty lines that sections leave behind.
std::string dense(std::string text) {
  for (auto at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at)) text.erase(at, 1);
  return text;
}

// What is said of the scores of the paper at `index`.
std::string scores(const std::string& page, const Day& day, std::size_t index) {
  const std::string paper = part(page, "id=\"p" + day.papers[index].paper.id + '"', "</article>");
  return dense(part(paper, "<p class=\"scores\">", "<p class=\"comment\">"));
}

const std::string local_badge =
    "<span class=\"badge local\" title=\"An estimate from the words of the title and the abstract; no LLM has read "
    "it\">scored locally</span>\n";
const std::string topic_link = "<a class=\"topic\" href=\"../../../topics/maps/\">Maps</a>\n";

}  // namespace

TEST_CASE("day page: a day's page says how the day went, why, and what the LLM took", "[site]") {
  const std::string page = page_of(partial_day());
  CHECK(dense(part(page, "<p class=\"status", "</header>")) ==
        "<p class=\"status partial\"><b>partial</b> " + std::string(status_sentence(Status::partial)) +
            "<br>The budget of $0.20 a day ended after 41 of 42 requests.</p>\n"
            "<p class=\"totals\"><span>1006 announced</span> <span>654 scanned</span> <span>12 shown before</span> "
            "<span>4 selected</span> <a href=\"../../../2099/01/05/index.md\">Markdown<span class=\"unseen\"> copy of "
            "this page</span></a></p>\n"
            "<p class=\"totals\"><span>model-1</span> <span>41 requests</span> <span>57,367 prompt tokens (1,024 "
            "cached)</span> <span>7,731 completion tokens (512 reasoning)</span> <span>cost unknown</span></p>\n");
  CHECK(page.find("$0.00") == std::string::npos);
}

TEST_CASE("day page: each paper says who scored it, why not the LLM, and what was said of it before", "[site]") {
  const Day day = partial_day();
  const std::string page = page_of(day);
  CHECK(scores(page, day, 0) ==
        "<p class=\"scores\">\n<span class=\"badge match\">Followed author</span>\n<span>Relevance <b>9</b></span>\n"
        "<span>Novelty <b>5</b></span>\n<span title=\"The highest among its authors, from Semantic Scholar\">h-index "
        "<b>40</b></span>\n<span>scored by an LLM</span>\n" +
            topic_link + "</p>\n");
  CHECK(scores(page, day, 1) ==
        "<p class=\"scores\">\n<span>Relevance <b>8</b></span>\n<span>Novelty <b>5</b></span>\n"
        "<span>scored by an LLM</span>\n<span class=\"badge\" title=\"A name alone is not a match: it may be another "
        "person\">same name as Ada &lt;Imagined&gt;, whom you follow</span>\n" +
            topic_link +
            "</p>\n<p class=\"remark\">Re-scored on 2099-01-06; before: relevance 8, novelty 5, local.</p>\n");
  CHECK(scores(page, day, 2) ==
        "<p class=\"scores\">\n<span>Relevance <b>7</b></span>\n<span>Novelty <b>5</b></span>\n" + local_badge +
            topic_link +
            "</p>\n<p class=\"remark\">Not scored by the LLM: the budget of the day &amp; its &quot;rest&quot; "
            "ended.</p>\n");
  CHECK(scores(page, day, 3) == "<p class=\"scores\">\n<span class=\"badge match\">Followed author</span>\n</p>\n");
}

TEST_CASE("day page: a paper whose text speaks to the scorer says so", "[site]") {
  const std::string sentence =
      "Its text speaks to the scorer (it asks for a score); ranked by the local scorer's relevance + novelty, 5.";
  Day day = partial_day();
  day.papers[0].score.suspected_injection = "asks for a score";
  CHECK(page_of(day).find("speaks to the scorer") == std::string::npos);
  day.papers[0].score.ranked_as = 5;
  CHECK(page_of(day).find("<p class=\"remark\">" + sentence + "</p>") != std::string::npos);
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
      "<p class=\"totals\"><span>1,184 sent to the LLM</span> <span title=\"Below the threshold, but chosen at random "
      "to be sent\">18 explored</span> <a href=\"../../../about/#cascade\" title=\"Below the threshold of the local "
      "scorer, so not sent\">470 discarded</a>";
  CHECK(part(page_of(day), "<p class=\"totals\"><span>1,184", "\n") == line + " <span>about $0.13 saved</span></p>");
  CHECK(part(markdown_page(day, parts().site, ""), "Sent to", "\n") ==
        "Sent to the LLM: 1184 · Explored: 18 · Discarded: 470 · Saved: about $0.13");
  for (const auto& saved : {std::optional<double>(), std::optional(0.0), std::optional(0.00001), std::optional(-1.0)}) {
    day.cascade->saved = saved;
    CHECK(part(page_of(day), "<p class=\"totals\"><span>1,184", "\n") == line + "</p>");
    CHECK(part(markdown_page(day, parts().site, ""), "Sent to", "\n") ==
          "Sent to the LLM: 1184 · Explored: 18 · Discarded: 470");
  }
  day.cascade.reset();
  CHECK(page_of(day).find("discarded</a>") == std::string::npos);
  CHECK(markdown_page(day, parts().site, "").find("Sent to") == std::string::npos);
}

TEST_CASE("day page: a paper that was explored says so, and all others their scorer alone", "[site]") {
  const Day day = cut_day();
  const std::string page = page_of(day);
  CHECK(scores(page, day, 0).find("<span>scored by an LLM</span>") != std::string::npos);
  CHECK(scores(page, day, 1).find("<span>scored by an LLM (explored at 0.12, threshold 0.31)</span>") !=
        std::string::npos);
  const std::string markdown = markdown_page(day, parts().site, "");
  CHECK(count(markdown, "**Scored:** by an LLM\n") == 3);
  CHECK(count(markdown, "**Scored:** by an LLM (explored at 0.12, threshold 0.31)\n") == 2);
  CHECK(count(markdown, "**Scored:** locally (discarded at 0.28, threshold 0.31)\n") == 1);
}

TEST_CASE("day page: the near misses are folded below the papers, each with its reason", "[site]") {
  const Day day = cut_day();
  const std::string page = page_of(day);
  const std::string list = near_misses(page);
  CHECK(list.find("<summary>4 near misses</summary>") != std::string::npos);
  CHECK(page.find("<details class=\"near\">") > page.rfind("</article>"));
  CHECK(part(list, "<a href=\"https://arxiv.org/abs/9901.00102\">", "</li>") ==
        "<a href=\"https://arxiv.org/abs/9901.00102\">" + part(list, "Paper 9901.00102", "</a>") +
            "</a>\n<p class=\"authors\">A. One, B. Two, C. Three and 2 more</p>\n"
            "<p class=\"scores\"><span class=\"missed\">relevance 6 of 7</span> <span>Novelty <b>5</b></span> "
            "<span>scored "
            "by an LLM (explored at 0.12, threshold 0.31)</span></p>\n"
            "<p class=\"quiet-text\">Fits: &lt;b&gt;not bold&lt;/b&gt;.</p>\n");
  CHECK(part(list, "<p class=\"scores\"><span class=\"missed\">beyond", "\n") ==
        "<p class=\"scores\"><span class=\"missed\">beyond the day's 2</span> <span>Relevance <b>9</b></span> "
        "<span>Novelty <b>5</b></span> <span>scored by an LLM</span></p>");
  CHECK(part(list, "<p class=\"authors\">A. One, B. Two, C. Three, D. Four</p>", "</li>") ==
        "<p class=\"authors\">A. One, B. Two, C. Three, D. Four</p>\n<p class=\"scores\"><span "
        "class=\"missed\">rejected by its title</span> <span>scored by an LLM</span></p>\n");
  CHECK(part(list, "<p class=\"scores\"><span class=\"missed\">discarded", "\n") ==
        "<p class=\"scores\"><span class=\"missed\">discarded at 0.28, threshold 0.31</span> <span>Relevance "
        "<b>3</b></span> <span>Novelty <b>5</b></span> <span class=\"badge local\">scored locally</span></p>");
}

TEST_CASE("day page: what a near miss's reason says does not stand there a second time", "[site]") {
  Day day = cut_day();
  day.near_misses.resize(1);
  const auto line = [&](const std::string& missed) {
    day.near_misses[0].missed = missed;
    return part(near_misses(page_of(day)), "<p class=\"scores\">", "<span>scored");
  };
  const std::string start = "<p class=\"scores\"><span class=\"missed\">";
  const std::string relevance = "<span>Relevance <b>9</b></span> ";
  const std::string novelty = "<span>Novelty <b>5</b></span> ";
  CHECK(line("relevance 9 of 10") == start + "relevance 9 of 10</span> " + novelty);
  CHECK(line("novelty 5 of 6") == start + "novelty 5 of 6</span> " + relevance);
  CHECK(line("") == "<p class=\"scores\">" + relevance + novelty);
}

TEST_CASE("day page: a day without near misses shows no list of them, and one without papers shows its own", "[site]") {
  CHECK(page_of(day_with(monday, 2)).find("near") == std::string::npos);
  Day day = cut_day();
  day.papers.clear();
  day.near_misses.resize(1);
  CHECK(page_of(day).find("<details class=\"near\" open><summary>1 near miss</summary>") != std::string::npos);
}

TEST_CASE("day page: near misses are on the day's page and in its Markdown alone", "[site]") {
  for (const auto& [path, text] : built({cut_day()}, parts())) {
    INFO(path);
    const bool shows = path == "index.html" || path == "2099/01/05/index.html" || path == "2099/01/05/index.md";
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
  CHECK(part(page_of(day), "<span>model-1", "\n") ==
        "<span>model-1</span> <span>57,367 prompt tokens</span> <span>7,731 completion tokens</span> "
        "<span>$0.22</span></p>");
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
  CHECK(linked.find("first shown on <a href=\"../../../2099/01/05/#p" + id + "\">2099-01-05</a>") != std::string::npos);
  CHECK(linked.find("<li><a href=\"../../../2099/01/05/#p9901.00007\">Again</a>") != std::string::npos);

  const std::string plain = built({second}, parts()).at("2099/01/06/index.html");
  CHECK(plain.find("first shown on 2099-01-05</span>") != std::string::npos);
  CHECK(plain.find("<li>Again <span") != std::string::npos);
  CHECK(plain.find("2099/01/05") == std::string::npos);
}

TEST_CASE("day page: withdrawn papers are counted where there are any", "[site]") {
  Day day = day_with(monday, 1);
  CHECK(page_of(day).find("withdrawn") == std::string::npos);
  CHECK(built({day}, parts()).at("2099/01/05/index.md").find("withdrawn") == std::string::npos);
  day.counts.withdrawn = 2;
  CHECK(page_of(day).find("<span>2 withdrawn</span>") != std::string::npos);
  CHECK(built({day}, parts()).at("2099/01/05/index.md").find("\nTotal withdrawn papers: 2\n") != std::string::npos);
}

TEST_CASE("page: every page carries a strict policy, so that nothing could run or fetch anything", "[site]") {
  const auto files = samples::built({partial_day()}, parts());
  for (const auto& [path, bytes] : files) {
    if (path.size() < 5 || path.compare(path.size() - 5, 5, ".html") != 0) continue;
    INFO(path);
    CHECK(bytes.find("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; "
                     "img-src 'self'; base-uri 'none'; form-action 'none'\">") < bytes.find("<title>"));
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
