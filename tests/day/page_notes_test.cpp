#include "day/page_notes.h"

#include "day/samples.h"
#include "legacy/import.h"
#include "support/catch.h"
#include "tex/tex.h"

using namespace daybook;

namespace {

VisibleEntry visible(const Entry& entry) {
  VisibleEntry shown;
  shown.title = markdown(entry.paper.title);
  for (const std::string& name : entry.paper.authors)
    shown.authors += (shown.authors.empty() ? "" : ", ") + markdown(name);
  shown.abstract = markdown(entry.paper.abstract);
  shown.comment = markdown(entry.score.comment);
  return shown;
}

void append_entries(std::string& page, const std::vector<Entry>& entries) {
  int number = 0;
  for (const Entry& entry : entries) {
    const VisibleEntry shown = visible(entry);
    page +=
        "## " + std::to_string(++number) + ". [" + shown.title + "](https://arxiv.org/abs/" + entry.paper.id + ")\n\n";
    page += "**ArXiv ID:** " + entry.paper.id + "\n\n**Authors:** " + shown.authors + "\n\n";
    page += "**Abstract:** " + shown.abstract + "\n\n";
    if (!shown.comment.empty()) page += "**Comment:** " + shown.comment + "\n\n";
    if (entry.score.relevance) page += "**Relevance:** " + std::to_string(*entry.score.relevance) + "\n";
    if (entry.score.novelty) page += "**Novelty:** " + std::to_string(*entry.score.novelty) + "\n";
    page += "\n" + paper_note(entry, shown) + "\n\n---\n\n";
  }
}

// A page as the site writes it.
std::string page_of(const Day& day, const std::string& prompt) {
  std::string page = "# Daybook " + day.date.iso() + "\n\n" + std::string(page_mark) + "\n\n";
  page += "| *[model-1]* | Prompt |\n|:---:|:---:|\n\nTotal arXiv papers: 1006\n\n" + day_note(day) + "\n\n";
  page += "**Table of contents with paper titles:**\n\n1. [T](#t)\n**Authors:** A\n\n---\n\n";
  append_entries(page, day.papers);
  if (!day.near_misses.empty()) page += "## Near misses\n\n";
  append_entries(page, day.near_misses);
  if (!prompt.empty()) page += "## Paper Selection Prompt\n\n" + quoted_prompt(prompt);
  return page;
}

std::string fault_of(const std::string& text) {
  const auto result = import_file(text, "2099-01-05.md");
  return result ? "no error" : describe(result.error());
}

std::string without(std::string text, std::string_view start) {
  const auto at = text.find(start);
  return text.erase(at, text.find('\n', at) + 1 - at);
}

}  // namespace

TEST_CASE("our own page gives back the day, byte for byte") {
  const Day day = samples::full_day();
  const std::string prompt = "You are to read.\n\n> quoted\n## 1. [T](https://arxiv.org/abs/1)\n";
  const auto read = import_file(page_of(day, prompt), "x");
  if (!read) FAIL(describe(read.error()));
  CHECK(read->day == day);
  CHECK(read->prompt == prompt);
}

TEST_CASE("our own page with Windows line ends gives back the day") {
  std::string page;
  for (const char c : page_of(samples::full_day(), "")) page += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto read = import_file(page, "x");
  if (!read) FAIL(describe(read.error()));
  CHECK(read->day == samples::full_day());
}

TEST_CASE("our own page of a quiet day gives back the day") {
  Day day;
  day.date = samples::date("2099-01-05");
  day.status = Status::quiet;
  const auto read = import_file(page_of(day, ""), "x");
  if (!read) FAIL(describe(read.error()));
  CHECK(read->day == day);
}

TEST_CASE("a prompt is quoted line by line and reads back exactly") {
  CHECK(quoted_prompt("a\n\n> b\n") == "> a\n>\n> > b\n>\n");
  for (const std::string prompt : {"", "a", "a\n", "\n", "\n\na\n\n", ">", "> a\n>b", " a "})
    CHECK(unquoted_prompt(quoted_prompt(prompt)) == prompt);
}

TEST_CASE("a hidden line is one line, with nothing that Markdown could take for markup") {
  const std::string note = paper_note(samples::full_entry(), {});
  CHECK(note.find('\n') == std::string::npos);
  CHECK(note.substr(0, 16) == "[//]: # \"paper {");
  const std::string special = "\"\\$<>&[]*_`";
  for (std::size_t i = 9; i + 1 < note.size(); ++i) {
    if (note[i] == '\\') {
      ++i;
      continue;
    }
    CHECK(special.find(note[i]) == std::string::npos);
  }
}

TEST_CASE("a paper's hidden line leaves out what the page shows exactly") {
  Entry entry = samples::entry("9901.00001");
  CHECK(note_text(paper_note(entry, visible(entry)), "paper") ==
        R"({"id": "9901.00001", "categories": ["cs.LG"], "scorer": "llm", "first_seen": "2099-01-05"})");
  VisibleEntry shown = visible(entry);
  shown.title = "On";
  shown.comment = "";
  CHECK(
      note_text(paper_note(entry, shown), "paper") ==
      R"({"id": "9901.00001", "title": "On Paper 9901.00001", "categories": ["cs.LG"], "comment": "Fits the first topic.", "scorer": "llm", "first_seen": "2099-01-05"})");
}

TEST_CASE("a text that is empty stays empty where the page shows words in its place") {
  Entry entry = samples::entry("9901.00001");
  entry.paper.authors.clear();
  entry.paper.abstract.clear();
  VisibleEntry shown = visible(entry);
  shown.authors = "unknown";
  shown.abstract = "no abstract";
  Entry read = samples::entry("9901.00001");
  REQUIRE_FALSE(read_paper_note(*note_text(paper_note(entry, shown), "paper"), {"x", 1, 1}, read));
  CHECK(read == entry);
}

TEST_CASE("other lines are no hidden lines") {
  CHECK_FALSE(note_text("", "day"));
  CHECK_FALSE(note_text("[//]: # \"", "day"));
  CHECK_FALSE(note_text("[//]: # \"day", "day"));
  CHECK_FALSE(note_text("[//]: # \"day {}", "day"));
  CHECK_FALSE(note_text("[//]: # \"days {}\"", "day"));
  CHECK_FALSE(note_text("[//]: # \"paper {}\"", "day"));
  CHECK(note_text("  [//]: # \"day {\\\"a\\\": \\\"\\\\n\\\"}\" ", "day") == "{\"a\": \"\\n\"}");
}

TEST_CASE("a page of ours that was damaged is refused with the line") {
  const std::string page = page_of(samples::full_day(), "Read.");
  const std::string mend = "  mend: restore the page from its history\n";
  CHECK(fault_of(without(page, "[//]: # \"paper")) ==
        "2099-01-05.md:19:1: error: the paper below this heading has no hidden \"paper\" line\n" + mend);
  CHECK(fault_of(without(page, "## 1.")) ==
        "2099-01-05.md:29:1: error: the hidden \"paper\" line belongs to no paper\n" + mend);
  CHECK(fault_of(page.substr(0, page.find("## 3."))) ==
        "2099-01-05.md:50:1: error: the page holds 2 papers and 0 near misses, where its hidden \"day\" line names 3 "
        "papers and 1 near misses\n" +
            mend);
  std::string wrong = page;
  wrong.replace(wrong.find("partial"), 7, "fine");
  CHECK(fault_of(wrong) ==
        "2099-01-05.md:10:1: error: \"status\" is \"fine\", not complete, quiet, partial, local, degraded or lost\n" +
            mend);
}

TEST_CASE("a page of ours without its hidden day is refused") {
  const std::string page = without(page_of(samples::full_day(), ""), "[//]: # \"day {");
  CHECK(fault_of(page) ==
        "2099-01-05.md:1:1: error: the page has no hidden \"day\" line\n  mend: restore the page from its history\n");
}

TEST_CASE("a page of ours without its mark is still ours") {
  const auto read = import_file(without(page_of(samples::full_day(), ""), page_mark), "2099-01-05.md");
  REQUIRE(read);
  CHECK(read->day == samples::full_day());
}

TEST_CASE("a page of a newer Daybook is refused") {
  std::string page = page_of(samples::full_day(), "");
  page.replace(page.find("page 1"), 6, "page 2");
  CHECK(fault_of(page) == "2099-01-05.md: error: the page was written by a newer Daybook\n  mend: upgrade Daybook\n");
}

TEST_CASE("a page of ours cut off or overwritten at any byte is refused or read whole, and never crashes") {
  const std::string page = page_of(samples::full_day(), "Read.");
  const auto prompt = page.find("## Paper Selection Prompt");
  for (std::size_t at = 0; at < page.size(); ++at) {
    const auto read = import_file(page.substr(0, at), "2099-01-05");
    if (at + 8 < prompt) CHECK_FALSE((read && read->day.status == Status::partial && read->day.papers.size() < 3));
    std::string broken = page;
    broken[at] = static_cast<char>(at * 37);
    (void)import_file(broken, "2099-01-05");
  }
}
