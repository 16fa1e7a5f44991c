#include "legacy/import.h"

#include "day/record.h"
#include "day/samples.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

// The oldest layout: numbers from 0, one cost, abstracts with arXiv's prefix, the prompt as it was.
const std::string first_page = R"(# Personalized Daily Arxiv Papers 01/17/2099
Total cost: $0.980125

Total relevant papers: 2

Paper selection prompt and criteria at the bottom

Table of contents with paper titles:

0. [A First Title](#user-content-link0)
**Authors:** Ann Example (Institute, of Things), Bo Sample

1. [A Second](#user-content-link1)
**Authors:** Cy Instance

---
## 0. [A First Title](https://arxiv.org/abs/9901.00001) <a id="link0"></a>
**ArXiv ID:** 9901.00001
**Authors:** Ann Example (Institute, of Things), Bo Sample

**Abstract:** arXiv:9901.00001v2 Announce Type: replace-cross  Abstract: What is said.

**Comment:** Fits.
**Relevance:** 10
**Novelty:** 9

---

## 1. [A Second](https://arxiv.org/abs/9901.00002) <a id="link1"></a>
**ArXiv ID:** 9901.00002
**Authors:** Cy Instance

**Abstract:** arXiv: a word of this abstract.

**Comment:** Fits too.
**Relevance:** 7
**Novelty:** 6

---


---

# Paper selection prompt
You are to read.

> *Note: a quotation of the prompt's own*

## Relevant Topics
)";

// The layout of most of the time.
const std::string page = R"(# Personalized Daily ArXiv Papers 2099-08-05

| *[model-1]*  | Prompt   | Completion   | Total   |
|:------------:|:--------:|:------------:|:-------:|
| **Token**    | 57367    | 7731         | 65098   |
| **Cost**     | $0.14    | $0.08        | $0.22   |

Total arXiv papers: 1006

Total scanned papers: 654

Total relevant papers: 2

**Table of contents with paper titles:**

1. [Total arXiv papers: 7](#user-content-link1)
**Authors:** Ann Example

2. [Links [like](this) and $x_1$](#user-content-link2)
**Authors:** Bo Sample

---

## 1. [Total arXiv papers: 7](https://arxiv.org/abs/9908.00001) <a id="link1"></a>

**ArXiv ID:** 9908.00001

**Authors:** Ann Example

**Abstract:** First paragraph ](https://arxiv.org/abs/1) **bold**

**Comment:** not the comment

## 7. [No heading](https://arxiv.org/abs/9908.00009)
---
# Paper Selection Prompts
**Relevance:** 1
last line.

**Comment:** Author match



---

## 2. [Links [like](this) and $x_1$](https://arxiv.org/abs/hep-th/9901001) <a id="link2"></a>

**ArXiv ID:** hep-th/9901001

**Authors:** Bo Sample

**Abstract:** Short.

**Comment:** Fits the topic.

**Relevance:** 9
**Novelty:** 8

---

# Paper Selection Prompt

## System Prompt

> You are to read.
> And to score.

## User Prompt

> ## Topics
>
> > quoted twice
)";

const std::string topics_page = R"(# Personalized Daily ArXiv Papers 2099-04-09

<table>
    <thead>
        <tr><th rowspan="2">Model</th><th>Prompt</th></tr>
    </thead>
    <tbody>
        <tr>
            <td rowspan="2" align="center"><code>model-5.4</code></td>
            <td align="center"><strong>Tokens</strong></td>
            <td align="center">182502</td>
            <td align="center">23623</td>
            <td align="center">206125</td>
            <td rowspan="2" align="center">613</td>
            <td rowspan="2" align="center">403</td>
            <td rowspan="2" align="center">2</td>
        </tr>
        <tr>
            <td align="center"><strong>Cost</strong></td>
            <td align="center">$0.46</td>
            <td align="center">$0.35</td>
            <td align="center">$0.81</td>
        </tr>
    </tbody>
</table>

**Topic Coverage:**

<table>
    <tbody><tr><td><a href="#topic-b">Big, Bold Training</a></td><td align="center">1</td></tr></tbody>
</table>

**Table of contents by topic:**

## [Big, Bold Training](#topic-b) (1)

1. [One](#paper-9904-00001)
**Authors:** Ann Example

---

## Big, Bold Training (1) <a id="topic-b"></a>

### 1. [One](https://arxiv.org/abs/9904.00001) <a id="paper-9904-00001"></a>

**ArXiv ID:** 9904.00001

**Primary Topic:** Big, Bold Training

**Also Matches:** Architecture

**Authors:** Ann Example

**Abstract:** One.

**Comment:** First.

**Topic Match:** Because.

**Relevance:** 9
**Novelty:** 8

---

## Architecture (1) <a id="topic-a"></a>

### 1. [Two](https://arxiv.org/abs/9904.00002) <a id="paper-9904-00002"></a>

**ArXiv ID:** 9904.00002

**Primary Topic:** Architecture

**Authors:** Bo Sample

**Abstract:** Two.

**Comment:** Second.

**Topic Match:** Why not.

**Relevance:** 8
**Novelty:** 8

---

# Paper Selection Prompt

## System Prompt

> Read.
)";

const std::string store = R"json({
 "9901.00001": {"authors": ["Ann Example (Institute", "of Things)", "Bo Sample"], "title": "A First Title",
   "abstract": "arXiv:9901.00001v2 Announce Type: replace-cross  Abstract: What is said.", "arxiv_id": "9901.00001",
   "ARXIVID": "9901.00001", "COMMENT": "Fits.", "RELEVANCE": 10, "NOVELTY": "9"},
 "9901.00002": {"SCORE": 20.0, "authors": ["Cy Instance"], "title": "A Second ", "abstract": " Abstract.\n\nMore.",
   "COMMENT": "Author match"}
})json";

const std::string bundle = R"json({"schema_version": 2,
 "meta": {"date": "2099-04-09", "usage": {"model": "model-5.4", "prompt_tokens": 182502, "completion_tokens": 23623,
   "prompt_cost": 0.5, "completion_cost": 0.25, "total_arxiv_papers": 613, "total_scanned_papers": 403,
   "total_relevant_papers": 3}},
 "papers": {
  "9904.00003": {"title": "Three", "authors": [], "abstract": "Three.", "COMMENT": "Third.", "RELEVANCE": 8, "NOVELTY": 8},
  "9904.00002": {"title": "Two", "authors": ["Bo Sample"], "abstract": "Two.", "COMMENT": "Second.", "RELEVANCE": 8,
    "NOVELTY": 8, "PRIMARY_TOPIC_LABEL": "Architecture"},
  "9904.00001": {"title": "One", "authors": ["Ann Example"], "abstract": "One.", "COMMENT": "First.", "RELEVANCE": 9,
    "NOVELTY": 8, "PRIMARY_TOPIC_LABEL": "Big, Bold Training"}},
 "topic_sections": [{"topic_id": "b", "paper_ids": ["9904.00001"]}, {"topic_id": "a", "paper_ids": ["9904.00002"]}]})json";

Imported imported(const std::string& text, const std::string& source) {
  auto result = import_file(text, source);
  if (!result) FAIL(describe(result.error()));
  return *std::move(result);
}

std::string fault_of(const std::string& text, const std::string& source) {
  const auto result = import_file(text, source);
  return result ? "no error" : describe(result.error());
}

const std::string accepted =
    "  hint: import accepts records of days, day pages in Markdown, stores of papers by arXiv id, and bundles of "
    "schema "
    "2\n";

}  // namespace

TEST_CASE("import: a page of the oldest layout is read", "[import]") {
  const Imported read = imported(first_page, "x.md");
  const Day& day = read.day;
  CHECK(day.date == samples::date("2099-01-17"));
  CHECK(day.status == Status::complete);
  CHECK(day.counts == Counts{{}, {}, {}, 2});
  CHECK(day.usage == Usage{"", {}, {}, {}, {}, {}, {}, 0.980125});
  CHECK(day.cut_off.empty());
  REQUIRE(day.papers.size() == 2);
  const Entry& first = day.papers[0];
  CHECK(first.paper.id == "9901.00001");
  CHECK(first.paper.version == 2);
  CHECK(first.paper.announce_type == AnnounceType::replace_cross);
  CHECK(first.paper.title == "A First Title");
  CHECK(first.paper.authors == std::vector<std::string>{"Ann Example", "Bo Sample"});
  CHECK(first.paper.affiliations == std::vector<std::string>{"Institute, of Things", ""});
  CHECK(first.paper.abstract == "What is said.");
  CHECK(first.score == Score{10, 9, "Fits.", "", Scorer::llm, {}});
  CHECK(first.first_seen == day.date);
  CHECK(day.papers[1].paper.abstract == "arXiv: a word of this abstract.");
  CHECK(day.papers[1].paper.version == 0);
  CHECK(read.prompt == "You are to read.\n\n> *Note: a quotation of the prompt's own*\n\n## Relevant Topics");
}

TEST_CASE("import: a page is read by its structure, whatever its texts look like", "[import]") {
  const Imported read = imported(page, "x.md");
  const Day& day = read.day;
  CHECK(day.date == samples::date("2099-08-05"));
  CHECK(day.counts == Counts{1006, 654, {}, 2});
  CHECK(day.usage == Usage{"model-1", {}, 57367, {}, 7731, 0.14, 0.08, 0.22});
  CHECK(day.cut_off.empty());
  REQUIRE(day.papers.size() == 2);
  CHECK(day.papers[0].paper.title == "Total arXiv papers: 7");
  CHECK(day.papers[0].paper.abstract ==
        "First paragraph ](https://arxiv.org/abs/1) **bold**\n\n**Comment:** not the comment\n\n"
        "## 7. [No heading](https://arxiv.org/abs/9908.00009)\n---\n# Paper Selection Prompts\n**Relevance:** 1\n"
        "last line.");
  CHECK(day.papers[0].score == Score{{}, {}, "Author match", "", Scorer::author, {}});
  CHECK(day.papers[1].paper.id == "hep-th/9901001");
  CHECK(day.papers[1].paper.title == "Links [like](this) and $x_1$");
  CHECK(day.papers[1].score == Score{9, 8, "Fits the topic.", "", Scorer::llm, {}});
  CHECK(read.prompt ==
        "## System Prompt\n\nYou are to read.\nAnd to score.\n\n## User Prompt\n\n## Topics\n\n> quoted twice");
}

TEST_CASE("import: a page with Windows line ends is the same page", "[import]") {
  const Imported read = imported(replaced(page, "\n", "\r\n"), "x.md");
  CHECK(read.day == imported(page, "x.md").day);
  CHECK(read.prompt == imported(page, "x.md").prompt);
}

TEST_CASE("import: a page by topics has its usage and counts from the HTML table, and topics", "[import]") {
  const Imported read = imported(topics_page, "x.md");
  const Day& day = read.day;
  CHECK(day.date == samples::date("2099-04-09"));
  CHECK(day.counts == Counts{613, 403, {}, 2});
  CHECK(day.usage == Usage{"model-5.4", {}, 182502, {}, 23623, 0.46, 0.35, 0.81});
  CHECK(day.topics ==
        std::vector<TopicName>{{"big-bold-training", "Big, Bold Training"}, {"architecture", "Architecture"}});
  REQUIRE(day.papers.size() == 2);
  CHECK(day.papers[0].score == Score{9, 8, "First.", "big-bold-training", Scorer::llm, {}});
  CHECK(day.papers[1].score == Score{8, 8, "Second.", "architecture", Scorer::llm, {}});
  CHECK(day.papers[1].paper.abstract == "Two.");
}

TEST_CASE("import: a page's day is its heading's in any of its forms, or else its name's", "[import]") {
  const auto day_of = [](const std::string& heading, const std::string& source) {
    return imported(replaced(page, "# Personalized Daily ArXiv Papers 2099-08-05", heading), source).day.date.iso();
  };
  CHECK(day_of("# Papers 3/24/2099", "2001-01-01.md") == "2099-03-24");
  CHECK(day_of("# Papers", "old/2099-01-02/notes-2099-03-04.md") == "2099-03-04");
  CHECK(day_of("# Papers 13/24/2099", "2099-03-04.md") == "2099-03-04");
  CHECK(fault_of(replaced(page, " 2099-08-05", ""), "old/page.md") ==
        "old/page.md: error: neither the file nor its name says which day it is\n"
        "  hint: put the day into the file's name as YYYY-MM-DD\n");
}

TEST_CASE("import: a page without papers tells a lost day from a quiet one", "[import]") {
  const auto day_of = [](const std::string& totals) {
    return imported("# Papers 2099-08-05\n\n" + totals + "\n\n---\n\n# Paper Selection Prompt\n\n> Read.\n", "x.md")
        .day;
  };
  const Day lost = day_of("Total cost: $0.00\n\nTotal arXiv papers: 572\n\nTotal relevant papers: 0");
  CHECK(lost.status == Status::lost);
  CHECK(lost.usage->cost == 0.0);
  CHECK(lost.counts == Counts{572, {}, {}, 0});
  CHECK(day_of("Total scanned papers: 353").status == Status::lost);
  CHECK(day_of("Total arXiv papers: 0\n\nTotal scanned papers: 0").status == Status::quiet);
  CHECK(day_of("Total arXiv papers: 0").status == Status::quiet);
  // The LLM answered, and kept none.
  CHECK(day_of("|m|P|C|T|\n|Token|5|7|12|\n\nTotal arXiv papers: 572").status == Status::complete);
}

TEST_CASE("import: a page that breaks off keeps its whole papers and says so", "[import]") {
  const Day day = imported(page.substr(0, page.find("## 2. [")), "x.md").day;
  CHECK(day.papers.size() == 1);
  CHECK(day.cut_off == std::vector<std::string>{"the page names 2 papers but holds 1, so it was cut off"});
  CHECK(fault_of(page.substr(0, page.find("## 1. [")), "x.md") ==
        "x.md: error: the page names 2 papers but holds 0, so it was cut off\n  hint: restore the page from its "
        "history\n");
  const Day last = imported(page.substr(0, page.find("**Relevance:** 9")), "x.md").day;
  CHECK(last.cut_off.size() == 1);
}

TEST_CASE("import: a store of papers is read, names and prefixes put right", "[import]") {
  const Day day = imported(store, "days/2099-01-17.json").day;
  CHECK(day.date == samples::date("2099-01-17"));
  CHECK(day.status == Status::complete);
  CHECK(day.counts == Counts{{}, {}, {}, 2});
  CHECK_FALSE(day.usage);
  REQUIRE(day.papers.size() == 2);
  CHECK(day.papers[0] == imported(first_page, "x.md").day.papers[0]);
  CHECK(day.papers[1].paper.title == "A Second");
  CHECK(day.papers[1].paper.abstract == "Abstract.\n\nMore.");
  CHECK(day.papers[1].score == Score{{}, {}, "Author match", "", Scorer::author, {}});
}

TEST_CASE("import: an empty store is a day of which nothing is known: lost", "[import]") {
  const Day day = imported("{}", "2099-01-17.json").day;
  CHECK(day.status == Status::lost);
  CHECK(day.papers.empty());
}

TEST_CASE("import: a bundle is read in its page's order", "[import]") {
  const Day day = imported(bundle, "x.json").day;
  CHECK(day.date == samples::date("2099-04-09"));
  CHECK(day.counts == Counts{613, 403, {}, 3});
  CHECK(day.usage == Usage{"model-5.4", {}, 182502, {}, 23623, 0.5, 0.25, 0.75});
  const Day shown = imported(topics_page, "x.md").day;
  CHECK(day.topics == shown.topics);
  REQUIRE(day.papers.size() == 3);
  CHECK(std::vector<Entry>(day.papers.begin(), day.papers.begin() + 2) == shown.papers);
  CHECK(day.papers[2].paper.id == "9904.00003");
  CHECK(day.papers[2].score.topic.empty());
}

TEST_CASE("import: our own record is read as it is", "[import]") {
  CHECK(imported(write_record(samples::full_day()), "x").day == samples::full_day());
  CHECK(imported("\xEF\xBB\xBF\n " + write_record(samples::full_day()), "x").day == samples::full_day());
}

TEST_CASE("import: scores off the scale are unknown", "[import]") {
  const Day day = imported(replaced(replaced(store, "10,", "0,"), "\"9\"", "11"), "2099-01-17.json").day;
  CHECK(day.papers[0].score == Score{{}, {}, "Fits.", "", Scorer::llm, {}});
}

TEST_CASE("import: a paper that a file has twice is imported once", "[import]") {
  const auto heading = page.find("## 2. [");
  const auto end = page.find("# Paper Selection Prompt\n");
  const std::string entry = page.substr(heading, end - heading);
  const Day day = imported(page.substr(0, end) + entry + page.substr(end), "x.md").day;
  CHECK(day.papers.size() == 2);
}

TEST_CASE("import: what can't be imported is said, with what can", "[import]") {
  const auto like = [](const std::string& text) { return fault_of(text, "a/b"); };
  const std::string start = "a/b: error: this is not a day that can be imported: it looks like ";
  CHECK(like("") == start + "an empty file\n" + accepted);
  CHECK(like(" \n\n") == start + "an empty file\n" + accepted);
  CHECK(like("<!DOCTYPE html><html></html>") == start + "an HTML page\n" + accepted);
  CHECK(like("<?xml version=\"1.0\"?><rss/>") == start + "XML or HTML\n" + accepted);
  CHECK(like("\x1F\x8B\x08 gzip") == start + "a binary file\n" + accepted);
  CHECK(like("# Notes\n\nNothing here.\n") == start + "a Markdown page without papers or totals\n" + accepted);
  CHECK(like("[1, 2]") == start + "a list in JSON\n" + accepted);
  CHECK(like("hello") == start + "text of some other kind\n" + accepted);
  CHECK(like("{\"id\": \"a\"}\n{\"id\": \"b\"}\n") == start + "JSON Lines\n" + accepted);
  CHECK(like("{\"colour\": {}}") == start + "some other JSON\n" + accepted);
}

TEST_CASE("import: a page that Daybook wrote is refused, of this version and of older ones", "[import]") {
  const std::string paper = "## 1. [T](https://arxiv.org/abs/9901.00001)\n\n**ArXiv ID:** 9901.00001\n";
  for (const std::string mark : {"", "[//]: # \"daybook page 1\"\n\n"}) {
    const std::string own = "# Daybook 2099-01-05\n\n" + mark + "**Status:** complete. All.\n\n" + paper;
    CHECK(is_own_page(own));
    CHECK(fault_of(own, "2099-01-05.md") ==
          "2099-01-05.md: error: this page was made from a day's record and has only part of it\n"
          "  hint: import the record, the .json file beside it in the archive\n");
  }
  for (const std::string& other : {first_page, page, topics_page, page + "\n**Status:** none\n"})
    CHECK_FALSE(is_own_page(other));
}

TEST_CASE("import: faults of imported JSON are named with their place", "[import]") {
  const std::string hint = "  hint: correct it there, or restore the file from its history\n";
  CHECK(fault_of("{\"9901.00001\": {}", "2099-01-01.json") ==
        "2099-01-01.json:1:18: error: this is not valid JSON: Missing a comma or '}' after an object member.\n" + hint);
  CHECK(fault_of("{\"9901.00001\":\n {}}", "2099-01-01.json") ==
        "2099-01-01.json:2:2: error: \"title\" is missing\n" + hint);
  CHECK(fault_of("{\"9901.00001\":\n {\"title\": []}}", "2099-01-01.json") ==
        "2099-01-01.json:2:12: error: \"title\" is a list, not a string\n" + hint);
  CHECK(fault_of(replaced(bundle, "\"schema_version\": 2", "\"schema_version\": 3"), "x.json") ==
        "x.json:1:20: error: \"schema_version\" is 3, not a schema that is known (up to 2)\n" + hint);
  CHECK(fault_of(replaced(bundle, "\"2099-04-09\"", "\"soon\""), "x.json") ==
        "x.json:2:19: error: \"date\" is \"soon\", not a day as YYYY-MM-DD\n" + hint);
  CHECK(fault_of(replaced(bundle, "\"9904.00003\":", "\"99\":"), "x.json") ==
        "x.json:6:9: error: \"99\" is not an arXiv id\n" + hint);
  CHECK(fault_of(store, "days.json") ==
        "days.json: error: neither the file nor its name says which day it is\n"
        "  hint: put the day into the file's name as YYYY-MM-DD\n");
  CHECK(fault_of(replaced(page, "abs/hep-th/9901001", "abs/x"), "x.md") ==
        "x.md:46:1: error: \"x\" is not an arXiv id\n  hint: correct the link of this heading\n");
}

TEST_CASE("import: files cut off or overwritten at any byte are imported or refused, and never crash", "[import]") {
  const std::vector<std::string> texts = {first_page, page,   topics_page,
                                          store,      bundle, write_record(samples::full_day())};
  for (const std::string& text : texts)
    for (std::size_t at = 0; at < text.size(); at += 1) {
      (void)import_file(text.substr(0, at), "2099-01-01");
      std::string broken = text;
      broken[at] = static_cast<char>(at * 37);
      const auto read = import_file(broken, "2099-01-01");
      if (read) {
        REQUIRE(read_record(write_record(read->day), "x"));
      }
    }
}
