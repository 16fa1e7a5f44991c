// The members of a record, each named once, in the order in which they are written. For day/, legacy/ and store/.
#pragma once

#include <climits>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "day/day.h"
#include "day/json_fields.h"

namespace daybook {

void read_value(const FoundMember& from, Scorer& to);
void read_value(const FoundMember& from, AnnounceType& to);
void read_value(const FoundMember& from, Status& to);
void read_value(const FoundMember& from, CategoryState& to);
void write_value(JsonText& out, Scorer scorer);
void write_value(JsonText& out, AnnounceType type);
void write_value(JsonText& out, Status status);
void write_value(JsonText& out, CategoryState state);

// An object with a member for each category.
void read_value(const FoundMember& from, std::vector<CategoryCount>& to);
void write_value(JsonText& out, const std::vector<CategoryCount>& categories);
// One a line, so that a diff shows the papers that changed.
void write_value(JsonText& out, const std::vector<Entry>& entries);

void check_id(const FoundMember& from, std::string& id);
void check_topic(const FoundMember& from, std::string& slug);  // it becomes a folder of the site

constexpr auto json_fields(Type<Paper>) {
  return std::tuple(required("id", &Paper::id, check_id), field("version", &Paper::version, WholeRange{1}),
                    required("title", &Paper::title), field("authors", &Paper::authors),
                    field("affiliations", &Paper::affiliations), field("abstract", &Paper::abstract),
                    field("categories", &Paper::categories), field("listed_in", &Paper::listed_in),
                    field("announce_type", &Paper::announce_type), field("comments", &Paper::comments),
                    field("journal_ref", &Paper::journal_ref), field("doi", &Paper::doi),
                    field("license", &Paper::license), field("published", &Paper::published));
}

inline constexpr WholeRange score_range = {1, 10};

constexpr auto json_fields(Type<Rescored>) {
  return std::tuple(required("on", &Rescored::on), required("before", &Rescored::before),
                    field("relevance", &Rescored::relevance, score_range),
                    field("novelty", &Rescored::novelty, score_range));
}

// A score in parts: a record and a line of others put them in another order, and name `reason` otherwise.
constexpr auto scores_fields() {
  return std::tuple(field("relevance", &Score::relevance, score_range), field("novelty", &Score::novelty, score_range));
}
constexpr auto scorer_fields() {
  return std::tuple(required("scorer", &Score::scorer), field("scored_by", &Score::scored_by));
}
constexpr auto local_score_fields() {
  return std::tuple(field("local_score", &Score::local_score), field("threshold", &Score::threshold));
}
constexpr auto remark_fields(std::string_view reason) {
  return std::tuple(field(reason, &Score::reason), field("namesake", &Score::namesake),
                    field("h_index", &Score::h_index), field("rescored", &Score::rescored),
                    field("suspected_injection", &Score::suspected_injection), field("ranked_as", &Score::ranked_as));
}

constexpr auto json_fields(Type<Score>) {
  return std::tuple_cat(scores_fields(),
                        std::tuple(field("comment", &Score::comment), field("topic", &Score::topic, check_topic)),
                        scorer_fields(), local_score_fields(), remark_fields("reason"));
}

constexpr auto json_fields(Type<Entry>) {
  return std::tuple(inlined(&Entry::paper, json_fields(Type<Paper>())),
                    inlined(&Entry::score, json_fields(Type<Score>())), field("missed", &Entry::missed),
                    field("first_seen", &Entry::first_seen));
}

// Here "reason" says why the paper was not selected, as it did before there was an LLM.
constexpr auto json_fields(Type<Other>) {
  return std::tuple(required("id", &Other::id, check_id), field("title", &Other::title),
                    field("categories", &Other::categories),
                    inlined(&Other::score, std::tuple_cat(scorer_fields(), scores_fields(), local_score_fields())),
                    field("reason", &Other::reason), inlined(&Other::score, remark_fields("unscored")));
}

constexpr auto json_fields(Type<Counts>) {
  return std::tuple(field("announced", &Counts::announced), field("scanned", &Counts::scanned),
                    field("shown_before", &Counts::shown_before), field("selected", &Counts::selected),
                    field("withdrawn", &Counts::withdrawn));
}

constexpr auto json_fields(Type<ListingPage>) {
  return std::tuple(field("date", &ListingPage::date), required("new", &ListingPage::new_papers),
                    required("cross", &ListingPage::cross), required("replaced", &ListingPage::replaced));
}

constexpr auto json_fields(Type<CategoryCount>) {
  return std::tuple(required("announced", &CategoryCount::announced), required("new", &CategoryCount::new_papers),
                    required("cross", &CategoryCount::cross), required("state", &CategoryCount::state),
                    field("doubt", &CategoryCount::doubt), field("batch", &CategoryCount::batch),
                    field("witness", &CategoryCount::witness));
}

constexpr auto json_fields(Type<Usage>) {
  return std::tuple(field("model", &Usage::model), field("requests", &Usage::requests),
                    field("prompt_tokens", &Usage::prompt_tokens), field("cached_tokens", &Usage::cached_tokens),
                    field("completion_tokens", &Usage::completion_tokens),
                    field("reasoning_tokens", &Usage::reasoning_tokens), field("prompt_cost", &Usage::prompt_cost),
                    field("completion_cost", &Usage::completion_cost), field("cost", &Usage::cost));
}

constexpr auto json_fields(Type<Certificate>) {
  return std::tuple(required("recall", &Certificate::recall), required("least", &Certificate::least),
                    field("least_by_sample", &Certificate::least_by_sample),
                    required("explored", &Certificate::explored));
}

constexpr auto json_fields(Type<Cascade>) {
  return std::tuple(field("threshold", &Cascade::threshold), field("explore", &Cascade::explore),
                    required("sent", &Cascade::sent), required("explored", &Cascade::explored),
                    required("discarded", &Cascade::discarded), field("saved", &Cascade::saved),
                    field("certificate", &Cascade::certificate));
}

constexpr auto json_fields(Type<TopicName>) {
  return std::tuple(required("slug", &TopicName::slug), always("name", &TopicName::name));
}

constexpr auto json_fields(Type<Reappearance>) {
  return std::tuple(required("id", &Reappearance::id, check_id),
                    field("version", &Reappearance::version, WholeRange{1}), field("title", &Reappearance::title),
                    field("announce_type", &Reappearance::announce_type),
                    required("first_seen", &Reappearance::first_seen));
}

constexpr auto json_fields(Type<Day>) {
  return std::tuple(required("date", &Day::date), field("recorded", &Day::recorded), required("status", &Day::status),
                    field("why", &Day::why), field("counts", &Day::counts), field("categories", &Day::categories),
                    field("usage", &Day::usage), field("cascade", &Day::cascade), field("prompt", &Day::prompt),
                    field("topics", &Day::topics), field("cut_off", &Day::cut_off), always("papers", &Day::papers),
                    always("near_misses", &Day::near_misses), field("again", &Day::again));
}

// A record that is parsed already; faults are left in the document.
void read_day(LocatedJson& document, Day& day);

}  // namespace daybook
