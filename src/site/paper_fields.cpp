#include "site/paper_fields.h"

#include <algorithm>
#include <functional>

#include "core/text.h"
#include "paper/claim.h"
#include "site/coins.h"
#include "site/links.h"
#include "tex/addresses.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t authors_shown = 5;   // some papers have thousands
constexpr std::size_t authors_listed = 3;  // where there are more than are shown
constexpr std::size_t papers_on_top = 3;   // a day's best, in larger letters
constexpr std::size_t papers_unfolding = 40;

std::string authors_text(const std::vector<std::string>& authors, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    if (i > from) text += ", ";
    text += plain_text(authors[i]);
  }
  return text;
}

// "A, B, C, … Z (384 authors)" where there are more than five.
std::string short_authors(const std::vector<std::string>& authors) {
  if (authors.size() <= authors_shown) return authors_text(authors, 0, authors.size());
  return authors_text(authors, 0, authors_listed) + ", … " + plain_text(authors.back()) + " (" +
         std::to_string(authors.size()) + " authors)";
}

// Where no LLM is, it is no exception.
bool is_unexpectedly_local(const PaperView& view) {
  return scored_locally(view.entry.score) && view.day.status != Status::local;
}

bool has_day(const std::vector<Date>& newest_first, Date date) {
  return std::binary_search(newest_first.begin(), newest_first.end(), date, std::greater<>());
}

// An author match may have no scores at all, and then nobody gave them.
bool scored_by_llm(const Score& score) {
  return score.scorer == Scorer::author ? score.scored_by == Scorer::llm : score.scorer == Scorer::llm;
}

void set_scores(Fields& fields, const Score& score) {
  fields.set("score", score_text(score.relevance, score.novelty));
  fields.set("score_label", score_words(score.relevance, score.novelty));
  fields.set("relevance", score.relevance);
  fields.set("novelty", score.novelty);
  fields.flag("has_scores", score.relevance.has_value() || score.novelty.has_value());
  fields.flag("scored_locally", scored_locally(score));
  fields.flag("scored_by_llm", scored_by_llm(score));
  fields.set("cascade", cascade_words(score));
  fields.flag("author_match", score.scorer == Scorer::author);
  fields.set("reason", score.reason);
  fields.set("namesake", score.namesake);
  fields.set("h_index", score.h_index);
  fields.set("speaks_to_scorer", injection_words(score));
  fields.set("rescored_on", score.rescored ? score.rescored->on.iso() : "");
  fields.set("rescored_before", score.rescored ? said_before(*score.rescored) : "");
}

// A cross-list or a new version is a badge, and so is a paper that an earlier day showed.
void set_badges(Fields& fields, const PaperView& view) {
  set_announce_badges(fields, view.entry.paper.announce_type, view.entry.paper.version);
  const bool again = view.entry.first_seen < view.day.date;
  fields.set("first_seen", again ? view.entry.first_seen.iso() : "");
  const bool has_page = again && has_day(view.parts.days, view.entry.first_seen);
  fields.set("first_seen_path", has_page ? day_path(view.entry.first_seen) : "");
}

// With the sentence that says what the paper does in bold; `markup` makes HTML of TeX.
std::string abstract_html(const std::string& abstract, std::string (*markup)(std::string_view)) {
  const auto claim = find_claim(abstract);
  if (!claim) return markup(abstract);
  const std::string_view text = abstract;
  return markup(text.substr(0, claim->begin)) + "<b>" + markup(text.substr(claim->begin, claim->end - claim->begin)) +
         "</b>" + markup(text.substr(claim->end));
}

// What a feed says of a paper where it is an exception: "followed author · new version v2".
std::string feed_badges(const PaperView& view) {
  const Score& score = view.entry.score;
  const auto type = view.entry.paper.announce_type;
  const bool replaced = type == AnnounceType::replace || type == AnnounceType::replace_cross;
  std::vector<std::string> badges;
  if (score.scorer == Scorer::author) badges.emplace_back("followed author");
  if (replaced) badges.push_back("new version v" + std::to_string(view.entry.paper.version));
  if (type == AnnounceType::cross || type == AnnounceType::replace_cross) badges.emplace_back("cross-list");
  if (is_unexpectedly_local(view))
    badges.push_back("scored locally" + (score.reason.empty() ? "" : ": " + score.reason));
  if (score.rescored)
    badges.push_back("re-scored on " + score.rescored->on.iso() + ", before: " + said_before(*score.rescored));
  if (score.ranked_as) badges.push_back(injection_words(score));
  return joined(badges, " · ");
}

// Where its code is, by its abstract or its authors' remark.
std::string code_url(const Paper& paper) {
  std::string address = code_address(paper.abstract);
  return address.empty() ? code_address(paper.comments) : address;
}

void set_common(Fields& fields, const PaperView& view) {
  const Paper& paper = view.entry.paper;
  const std::string& slug = view.entry.score.topic;
  fields.set("number", static_cast<long long>(view.number));
  fields.set("id", paper.id);
  fields.set("anchor", anchor(paper.id));
  fields.set("abstract_url", abstract_url(paper.id));
  fields.set("pdf_url", pdf_url(paper.id));
  fields.set("categories", joined(paper.categories, ", "));
  fields.set("doi", paper.doi);
  fields.set("topic", topic_name(slug, view.day.topics, view.parts.interests.topics));
  fields.set("topic_slug", slug);
  fields.set("topic_path", slug.empty() ? "" : topic_path(slug));
  fields.flag("local_badge", is_unexpectedly_local(view));
  set_scores(fields, view.entry.score);
  set_badges(fields, view);
}

void set_answers(Fields& fields, const PaperView& view) {
  fields.set("like_url", like_url(view.parts.feedback_form, view.entry.paper.id));
  fields.set("dislike_url", dislike_url(view.parts.feedback_form, view.entry.paper.id));
}

}  // namespace

std::string paper_path(std::string_view id, Date date, const std::vector<Date>& days) {
  return has_day(days, date) ? day_path(date) + '#' + anchor(id) : "";
}

void set_announce_badges(Fields& fields, std::optional<AnnounceType> type, int version) {
  const bool replaced = type == AnnounceType::replace || type == AnnounceType::replace_cross;
  fields.flag("cross_list", type == AnnounceType::cross || type == AnnounceType::replace_cross);
  fields.set("new_version", replaced && version > 0 ? "v" + std::to_string(version) : "");
}

std::string who_scored(const Score& score) {
  const std::string_view by = scored_locally(score) ? "locally" : scored_by_llm(score) ? "by an LLM" : "";
  std::string text(score.scorer == Scorer::author ? "author match" : "");
  if (!text.empty() && !by.empty()) text += ", ";
  text += by;
  const std::string cascade = cascade_words(score);
  return cascade.empty() ? text : text + " (" + cascade + ')';
}

std::string injection_words(const Score& score) {
  if (!score.ranked_as) return {};
  return "Its text speaks to the scorer (it " + score.suspected_injection +
         "); ranked by the local scorer's relevance + novelty, " + std::to_string(*score.ranked_as) + '.';
}

std::string said_before(const Rescored& rescored) {
  std::string text;
  if (rescored.relevance) text += "relevance " + std::to_string(*rescored.relevance) + ", ";
  if (rescored.novelty) text += "novelty " + std::to_string(*rescored.novelty) + ", ";
  return text.append(scorer_name(rescored.before));
}

std::string topic_name(std::string_view slug, const std::vector<TopicName>& days, const std::vector<Topic>& settings) {
  for (const TopicName& topic : days)
    if (topic.slug == slug) return topic.name;
  for (const Topic& topic : settings)
    if (topic.slug == slug) return topic.name;
  return std::string(slug);
}

std::string score_text(std::optional<int> relevance, std::optional<int> novelty) {
  const std::string first = relevance ? std::to_string(*relevance) : "";
  return novelty ? (first.empty() ? "?" : first) + "·" + std::to_string(*novelty) : first;
}

std::string score_words(std::optional<int> relevance, std::optional<int> novelty) {
  const std::string first = relevance ? "relevance " + std::to_string(*relevance) : "";
  if (!novelty) return first;
  return first + (first.empty() ? "" : ", ") + "novelty " + std::to_string(*novelty);
}

std::string score_line(std::optional<int> relevance, std::optional<int> novelty, const std::string& topic) {
  const std::string text = score_text(relevance, novelty);
  return text + (text.empty() || topic.empty() ? "" : " · ") + topic;
}

Fields paper_fields(const PaperView& view) {
  const Paper& paper = view.entry.paper;
  const std::string& comment = view.entry.score.comment;
  const std::string why = why_of(view.entry);
  Fields fields;
  set_common(fields, view);
  fields.set("title_html", html(paper.title));
  fields.set("html_url", html_url(paper.id));
  fields.set("code_url", code_url(paper));
  fields.set("coins", coins(view.entry));
  fields.set("doi_url", doi_url(paper.id));
  fields.flag("top", view.number <= papers_on_top);
  const bool brief = view.number > papers_unfolding;
  fields.flag("brief", brief);
  if (brief) return fields;
  set_answers(fields, view);
  fields.set("why_html", html(why));
  fields.set("words_html", scored_locally(view.entry.score) && comment != why ? html(comment) : "");
  fields.set("authors", short_authors(paper.authors));
  fields.set("all_authors",
             paper.authors.size() > authors_shown ? authors_text(paper.authors, 0, paper.authors.size()) : "");
  fields.set("abstract_html", abstract_html(paper.abstract, html_paragraph));
  fields.set("comments_html", html(paper.comments));
  fields.set("journal_html", html(paper.journal_ref));
  return fields;
}

Fields line_fields(const PaperRef& ref, const SiteParts& parts) {
  const PaperSummary& paper = ref.paper();
  Fields fields;
  fields.set("id", paper.id);
  fields.set("title_html", html(paper.title));
  fields.set("why_html", html(paper.why));
  fields.set("date", ref.day->date.iso());
  fields.set("place", day_path(ref.day->date) + '#' + anchor(paper.id));
  fields.set("score", score_text(paper.relevance, paper.novelty));
  fields.set("score_label", score_words(paper.relevance, paper.novelty));
  fields.set("topic", topic_name(paper.topic, ref.day->topics, parts.interests.topics));
  fields.set("topic_slug", paper.topic);
  fields.set("topic_path", paper.topic.empty() ? "" : topic_path(paper.topic));
  fields.set("pdf_url", pdf_url(paper.id));
  fields.set("html_url", html_url(paper.id));
  fields.flag("author_match", paper.scorer == Scorer::author);
  fields.flag("local_badge", paper.scored_locally && ref.day->status != Status::local);
  return fields;
}

Fields near_miss_fields(const Entry& entry) {
  const std::vector<std::string>& authors = entry.paper.authors;
  // One that is left out takes as much room as its number.
  const std::size_t shown = authors.size() > authors_listed + 1 ? authors_listed : authors.size();
  const std::size_t more = authors.size() - shown;
  Fields fields;
  fields.set("id", entry.paper.id);
  fields.set("abstract_url", abstract_url(entry.paper.id));
  fields.set("title_html", html(entry.paper.title));
  fields.set("authors", authors_text(authors, 0, shown) + (more > 0 ? " and " + std::to_string(more) + " more" : ""));
  fields.set("missed", entry.missed);
  for (const std::string_view said : {"relevance", "novelty"})
    if (entry.missed.starts_with(said)) fields.set(said, "");  // the first counts: no number stands there twice
  set_scores(fields, entry.score);
  fields.flag("local_badge", scored_locally(entry.score));
  fields.set("comment_html", html(entry.score.comment));
  return fields;
}

Fields feed_paper_fields(const PaperView& view) {
  const Paper& paper = view.entry.paper;
  Fields fields;
  set_common(fields, view);
  set_answers(fields, view);
  fields.set("title_html", simple_html(paper.title));
  const std::string topic = topic_name(view.entry.score.topic, view.day.topics, view.parts.interests.topics);
  const Score& score = view.entry.score;
  fields.set("score_line", score_line(score.relevance, score.novelty, topic));
  fields.set("why_html", simple_html(view.entry.score.comment));
  fields.set("abstract_html", abstract_html(paper.abstract, simple_html));
  fields.set("badges", feed_badges(view));
  fields.set("html_url", html_url(paper.id));
  fields.set("code_url", code_url(paper));
  fields.set("url", absolute_url(view.parts.site, day_path(view.day.date) + '#' + anchor(paper.id)));
  fields.set("site_title", view.parts.site.title);
  return fields;
}

}  // namespace daybook
