#include "feeds/feed_items.h"

#include "site/samples.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

// A renderer of the templates that ship.
class Items {
 public:
  Items() : templates_(texts(), {}, errors_), renderer_(templates_) { REQUIRE(errors_.empty()); }
  FeedItem of_paper(const Day& day, const SiteParts& with = parts()) {
    const DaySummary summary = site_summary(day, with);
    return paper_item({&summary, 0}, day, with, renderer_);
  }
  FeedItem of_day(const DaySummary& day) { return day_item(day, parts(), renderer_); }
  FeedItem of_week(const std::vector<PaperRef>& best) { return week_item(monday, best, parts(), renderer_); }

 private:
  static std::map<std::string, TemplateText> texts() {
    std::map<std::string, TemplateText> texts;
    for (const File& file : builtin_templates()) texts[file.path] = {file.path, file.bytes};
    return texts;
  }
  Errors errors_;
  Templates templates_;
  Renderer renderer_;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Day complete_day(int papers) {
  Day day = day_with(monday, papers);
  day.status = Status::complete;
  for (Entry& entry : day.papers) entry.score.scorer = Scorer::llm;
  return day;
}

}  // namespace

TEST_CASE("feed items: a paper's entry says what it is in plain characters, and where it is", "[site]") {
  Day day = complete_day(1);
  Paper& paper = day.papers[0].paper;
  paper.id = "9901.00001";
  paper.title = "A 2$\\frac{1}{2}$D\n  $x^{n+q}$";
  paper.authors.assign(12, "\\'Eva");
  paper.abstract = "We show that $x_i<1$. See https://github.com/ada/maps.";
  day.papers[0].score.comment = "Fits $k$.";
  const FeedItem item = Items().of_paper(day);
  CHECK(item.id == "tag:daybook.example,2026:/papers/papers/9901.00001");
  CHECK(item.url == "https://arxiv.org/abs/9901.00001");
  CHECK(item.page_url == "https://daybook.example/papers/2099/01/05/#p9901.00001");
  CHECK(item.title == "A 2½D x^(n+q)");
  REQUIRE(item.authors.size() == 11);
  CHECK(item.authors[0] == "Éva");
  CHECK(item.authors[10] == "and 2 more");
  CHECK(item.summary == "9·5 · Maps — Fits k.");
  CHECK(item.html ==
        "<p>9·5 · Maps — <i>Fits <i>k</i>.</i></p>\n"
        "<p><b>We show that <i>x</i><sub><i>i</i></sub>&lt;1.</b> See https://github.com/ada/maps.</p>\n"
        "<p><a href=\"https://arxiv.org/pdf/9901.00001\">PDF</a> · "
        "<a href=\"https://arxiv.org/html/9901.00001\">HTML</a> · <a href=\"https://github.com/ada/maps\">Code</a> · "
        "<a href=\"https://daybook.example/papers/2099/01/05/#p9901.00001\">Test &lt;Daybook&gt;</a></p>\n");
  REQUIRE(item.categories.size() == 2);
  CHECK(item.categories[0].term == "maps");
  CHECK(item.categories[0].scheme == "https://daybook.example/papers/topics/");
  CHECK(item.categories[0].label == "Maps");
  CHECK(item.categories[1].term == "cs.LG");
}

TEST_CASE("feed items: a paper's entry ends with the owner's answers, where there is an issue form", "[site]") {
  Day day = complete_day(1);
  day.papers[0].paper.id = "9901.00001";
  SiteParts with_form = parts();
  with_form.feedback_form = feedback_form;
  const std::string html = Items().of_paper(day, with_form).html;
  const std::string form =
      "<a rel=\"nofollow\" href=\"https://github.com/ada/papers/issues/new?template=feedback.yml"
      "&amp;papers=";
  CHECK(html.ends_with("</p>\n<p>" + form + "%2B+9901.00001\">More like this</a> · " + form +
                       "-+9901.00001\">Not for me</a></p>\n"));
}

TEST_CASE("feed items: badges name exceptions only", "[site]") {
  struct Case {
    void (*change)(Entry&);
    const char* badges;
  };
  static const Case table[] = {
      {[](Entry&) {}, ""},
      {[](Entry& entry) {
         entry.score.scorer = Scorer::author;
         entry.score.scored_by = Scorer::llm;
       },
       "followed author"},
      {[](Entry& entry) { entry.paper.announce_type = AnnounceType::cross; }, "cross-list"},
      {[](Entry& entry) {
         entry.paper.announce_type = AnnounceType::replace;
         entry.paper.version = 3;
       },
       "new version v3"},
      {[](Entry& entry) {
         entry.score.scorer = Scorer::local;
         entry.score.reason = "no reply named it";
       },
       "scored locally: no reply named it"},
      {[](Entry& entry) {
         entry.score.rescored = Rescored{monday + 1, Scorer::local, 8, {}};
       },
       "re-scored on 2099-01-06, before: relevance 8, local"},
      {[](Entry& entry) {
         entry.score.ranked_as = 4;
         entry.score.suspected_injection = "asks for a score";
       },
       "Its text speaks to the scorer (it asks for a score); ranked by the local scorer's relevance + novelty, 4."},
  };
  for (const auto& [change, badges] : table) {
    Day day = complete_day(1);
    change(day.papers[0]);
    const std::string html = Items().of_paper(day).html;
    INFO(html);
    const bool any = *badges != '\0';
    CHECK(has(html, "<small>") == any);
    if (any) CHECK(has(html, "<p><small>" + std::string(badges) + "</small></p>\n"));
  }
  Day local = day_with(monday, 1);  // a site without an LLM
  CHECK_FALSE(has(Items().of_paper(local).html, "<small>"));
}

TEST_CASE("feed items: a paper's short title is what stands before its colon", "[site]") {
  CHECK(short_title("Cognifold: Folding Minds") == "Cognifold");
  CHECK(short_title("On Maps") == "On Maps");
  CHECK(short_title("A title of so many words that nobody would want to read them all in another one") ==
        "A title of so many words that nobody would want to read them …");
  CHECK(short_title("So many words before the colon that they would not fit beside a date: no") ==
        "So many words before the colon that they would not fit …");
  CHECK(short_title("").empty());
}

TEST_CASE("feed items: a day's entry names its best paper and lists all in order", "[site]") {
  Day day = complete_day(4);
  for (int i = 0; i < 4; ++i) day.papers[static_cast<std::size_t>(i)].paper.title = "P" + std::to_string(i) + ": $x^2$";
  const FeedItem item = Items().of_day(summary_of(day));
  CHECK(item.title == "5 January: P0 and 3 more");
  CHECK(item.summary == "P0: x² · P1: x² · P2: x²");
  CHECK(item.url == "https://daybook.example/papers/2099/01/05/");
  CHECK(item.id == "tag:daybook.example,2026:/papers/days/2099-01-05");
  CHECK(item.html.substr(0, 4) == "<ol>");
  CHECK(has(item.html, "\">P3: <i>x</i><sup>2</sup></a> 6·5 · Maps<br>\nFits: &lt;b&gt;not bold&lt;/b&gt;.</li>"));
  CHECK(item.published == entry_time(monday, 0, 0));
  CHECK(item.updated.seconds > item.published.seconds);  // moves where a later run of the day brings more papers

  DaySummary one = summary_of(complete_day(1));
  one.papers[0].title = "Alone";
  CHECK(Items().of_day(one).title == "5 January: Alone");
  one.papers.clear();
  CHECK(Items().of_day(one).title == "5 January: no paper was selected");
}

TEST_CASE("feed items: a day's entry says how it went only where it is not complete", "[site]") {
  DaySummary day = summary_of(complete_day(1));
  const std::string before = Items().of_day(day).html;
  CHECK_FALSE(has(before, std::string(status_sentence(Status::complete))));
  day.status = Status::partial;
  day.cut_off = true;
  CHECK(Items().of_day(day).html == "<p>" + std::string(status_sentence(Status::partial)) +
                                        "</p>\n<p>Part of the announcement is missing.</p>\n" + before);
}

TEST_CASE("feed items: a day that is scored again keeps id and publication", "[site]") {
  DaySummary day = summary_of(complete_day(1));
  const FeedItem before = Items().of_day(day);
  day.rescored = monday + 3;
  const FeedItem after = Items().of_day(day);
  CHECK(after.id == before.id);
  CHECK(after.published == before.published);
  CHECK(after.updated == rescored_time(before.published, monday, monday + 3));
  CHECK(has(after.html, "<p>Scored again on 8 January 2099.</p>"));
}

TEST_CASE("feed items: lost days in a row are one entry", "[site]") {
  DaySummary lost;
  lost.status = Status::lost;
  std::vector<DaySummary> run;
  for (int back = 4; back >= 0; --back) {
    lost.date = monday + back;
    run.push_back(lost);
  }
  const FeedItem item = lost_days_item(run, parts());
  CHECK(item.title == "5–9 January: 5 days were lost");
  CHECK(item.id == "tag:daybook.example,2026:/papers/days/2099-01-05");
  CHECK(item.summary == status_sentence(Status::lost));
  CHECK(item.published == entry_time(monday, 0, 0));
  CHECK(item.updated == entry_time(monday + 4, 0, 0));
  run[1].status = Status::quiet;
  CHECK(lost_days_item(run, parts()).title == "5–9 January: 4 days were lost");
  CHECK(lost_days_item(DaySpan(run).last(1), parts()).title == "5 January: lost");
}

TEST_CASE("feed items: a week's entry is out on its Saturday", "[site]") {
  DaySummary day = summary_of(complete_day(2));
  day.papers[0].title = "Cognifold: Folding";
  FeedItem item = Items().of_week({{&day, 0}, {&day, 1}});
  CHECK(item.title == "Best of 5–9 January: Cognifold and 1 more");
  CHECK(item.id == "tag:daybook.example,2026:/papers/weeks/2099-w02");
  CHECK(item.url == "https://daybook.example/papers/2099/w02/");
  CHECK(item.published == new_york_midnight(monday + 5));
  CHECK(item.updated == item.published);
  day.rescored = monday + 8;
  CHECK(Items().of_week({{&day, 0}}).updated == rescored_time(item.published, monday + 5, monday + 8));
  day.rescored = monday + 4;
  CHECK(Items().of_week({{&day, 0}}).updated == item.published);
}
