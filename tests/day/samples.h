// Days that don't exist, with every field that a day can have.
#pragma once

#include <string>

#include "day/day.h"

namespace daybook::samples {

inline Date date(const char* iso) { return *Date::parse(iso); }

inline Entry entry(const std::string& id) {
  Entry entry;
  entry.paper.id = id;
  entry.paper.title = "On Paper " + id;
  entry.paper.authors = {"Ann Example", "Bo Sample"};
  entry.paper.abstract = "What is said here is said of nothing.";
  entry.paper.categories = {"cs.LG"};
  entry.score.relevance = 8;
  entry.score.novelty = 7;
  entry.score.comment = "Fits the first topic.";
  entry.score.scorer = Scorer::llm;
  entry.first_seen = date("2099-01-05");
  return entry;
}

// Every field set, and every kind of text that files and pages choke on.
inline Entry full_entry() {
  Entry entry = samples::entry("9901.00002");
  Paper& paper = entry.paper;
  paper.version = 3;
  paper.title = "Weird \"text\" \\ $x^2$ <b> & [a](b) *c* _d_ `e` \xE2\x80\xA8 end";
  paper.authors = {"J. \\'Ecrivain", "Smith, Jr.", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "A (B)"};
  paper.affiliations = {"Institute, of Things", "", "", "x"};
  paper.abstract =
      "First line\nsecond\t\x01 control\x7F \xF0\x9F\x98\x80.\n\n**Comment:** no comment\n---\n# Paper Selection "
      "Prompt";
  paper.categories = {"cs.LG", "math.OC"};
  paper.listed_in = {"cs.LG", "cs.AI"};
  paper.announce_type = AnnounceType::replace_cross;
  paper.comments = "12 pages, 3 figures";
  paper.journal_ref = "J. Nothing 1 (2099) 1-2";
  paper.doi = "10.0000/nothing";
  paper.license = "http://creativecommons.org/licenses/by/4.0/";
  paper.published = Instant::parse_rfc3339("2099-01-03T17:59:59Z");
  entry.score.comment = "Good: \"yes\"; a < b && c > d. \xE2\x80\xAE";
  entry.score.topic = "model-compression";
  entry.score.local_score = 0.1 + 0.2;
  entry.score.threshold = 0.31;
  entry.score.scored_by = Scorer::llm;
  entry.score.reason = "its reply broke off at \"[x](\": $5 & <b>";
  entry.score.namesake = "J. \\'Ecrivain";
  entry.score.h_index = 42;
  entry.score.rescored = Rescored{date("2099-01-07"), Scorer::local, 8, {}};
  entry.score.suspected_injection = "asks for a score";
  entry.score.ranked_as = 5;
  entry.first_seen = date("2099-01-02");
  return entry;
}

inline Day full_day() {
  Day day;
  day.date = date("2099-01-05");
  day.status = Status::partial;
  day.counts = {1006, 654, 12, 2, 3};
  day.usage = Usage{"model-1", 41, 57367, 0, 7731, 0.14, 0.08, 0.22, 512};
  day.cascade = Cascade{0.31, 0.04, 184, 18, 470, 0.13, Certificate{0.957, 0.939, 0.82, 112}};
  day.prompt = "sha256:0123456789abcdef";
  day.topics = {{"model-compression", "Model [Compression] & \"more\""}, {"theory", "Theory"}};
  day.why = "The day's budget of $0.20 ended after \"40\" of 41 requests, [so] *far*.";
  day.categories = {{"cs.LG", 486, 212, 200, CategoryState::complete, "", "0123456789abcdef",
                     ListingPage{date("2099-01-05"), 212, 200, 74}},
                    {"cs", 0, 0, 0, CategoryState::cut_off, "cs: the feed \"broke\" off", "", ListingPage{}},
                    {"math.KT", 0, 0, 0, CategoryState::empty, "", "", {}}};
  day.cut_off = {"feed.xml:12:3: the feed broke off"};
  day.papers = {samples::entry("9901.00001"), full_entry(), samples::entry("hep-th/9901001")};
  day.papers[0].score = {{}, {}, "Author match", "", Scorer::author, {}};
  day.near_misses = {samples::entry("9901.00009")};
  day.near_misses[0].score.scorer = Scorer::local;
  day.near_misses[0].score.local_score = 0.28;
  day.near_misses[0].score.threshold = 0.31;
  day.near_misses[0].missed = "discarded at 0.28, threshold [0.31]";
  day.again = {{"9812.00001", 2, "Shown \"before\"", AnnounceType::replace, date("2098-12-01")},
               {"9812.00002", 0, "", {}, date("2098-12-02")}};
  return day;
}

}  // namespace daybook::samples
