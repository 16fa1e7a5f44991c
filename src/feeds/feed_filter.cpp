#include "feeds/feed_filter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "authors/names.h"
#include "core/text.h"
#include "rank/lexicon.h"
#include "rank/phrases.h"
#include "site/author_pages.h"

namespace daybook {

namespace {

using Strings = std::vector<std::string>;

bool is_of_topic(const std::string& topic, const Strings& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) { return slug(name) == topic; });
}

bool is_of_category(const Strings& categories, const Strings& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::any_of(categories.begin(), categories.end(), [&](const std::string& category) {
      return category == name || category.starts_with(name + '.');
    });
  });
}

bool is_by(const Strings& authors, const Strings& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    const PersonName person = person_name(name);
    return std::any_of(authors.begin(), authors.end(),
                       [&](const std::string& author) { return same_person(person_name(author), person); });
  });
}

// "C++" and the like: what words leave out makes the difference.
bool is_literal(const std::string& expression) {
  return std::any_of(expression.begin(), expression.end(), [](char c) {
    return !is_alnum(c) && c != ' ' && c != '-' && static_cast<unsigned char>(c) < 0x80;
  });
}

bool is_in(const Text& text, const std::string& expression) {
  if (is_literal(expression)) return ascii_lower(text.plain).find(ascii_lower(expression)) != std::string::npos;
  Phrases phrases;
  bool found = false;
  if (phrases.add(phrase_of(expression), 0))
    phrases.find(text.words.stems, [&](std::uint32_t, std::size_t, std::size_t) { found = true; });
  return found;
}

bool has_one_of(const Paper& paper, const Strings& expressions) {
  const Text title = read_text(paper.title);
  const Text abstract = read_text(paper.abstract);
  return std::any_of(expressions.begin(), expressions.end(),
                     [&](const std::string& words) { return is_in(title, words) || is_in(abstract, words); });
}

bool wants(const FeedFilter& filter, const Paper& paper, const PaperSummary& summary) {
  const int relevance = summary.relevance.value_or(0);
  const int novelty = summary.novelty.value_or(0);
  return relevance >= filter.relevance && novelty >= filter.novelty && relevance + novelty >= filter.sum &&
         (filter.topics.empty() || is_of_topic(summary.topic, filter.topics)) &&
         (filter.categories.empty() || is_of_category(paper.categories, filter.categories)) &&
         (filter.authors.empty() || is_by(paper.authors, filter.authors)) &&
         (filter.words.empty() || has_one_of(paper, filter.words)) &&
         (filter.without.empty() || !has_one_of(paper, filter.without));
}

}  // namespace

void note_feeds(DaySummary& summary, const Day& day, const FeedSettings& feeds) {
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    PaperSummary& paper = summary.papers[i];
    paper.feeds.push_back(wants(feeds.best, day.papers[i].paper, paper));
    for (const OwnFeed& own : feeds.own) paper.feeds.push_back(wants(own, day.papers[i].paper, paper));
  }
}

DaySummary site_summary(const Day& day, const SiteParts& parts) {
  DaySummary summary = summary_of(day);
  note_followed(summary, day, parts.interests.authors);
  note_feeds(summary, day, parts.feeds);
  return summary;
}

}  // namespace daybook
