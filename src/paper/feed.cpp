#include "paper/feed.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/category.h"
#include "paper/formats.h"
#include "paper/merge.h"
#include "paper/reply.h"

namespace daybook {

namespace {

// Of a feed of several categories, those that the paper has; all where it has none of them.
std::vector<std::string> listed_in(const std::string& feed_category, const Paper& paper) {
  std::vector<std::string> all, own;
  for (const auto category : split(feed_category, '+')) {
    if (category.empty()) continue;
    all.emplace_back(category);
    const bool has = std::any_of(paper.categories.begin(), paper.categories.end(),
                                 [&](const auto& one) { return is_within(one, category); });
    if (has) own.emplace_back(category);
  }
  return own.empty() ? all : own;
}

Result<Feed> read_any(std::string_view body, const std::string& source, Errors& errors) {
  if (auto error = refusal(body, source)) return *std::move(error);
  const std::string text = as_utf8(body, source, errors);
  Feed feed;
  feed.source = source;
  tinyxml2::XMLDocument document;
  if (auto error = parse_feed_xml(text, source, document, feed.cut_off, errors)) return *std::move(error);
  const std::size_t told_before = errors.size();
  if (auto error = read_entries(*document.RootElement(), feed, errors)) return *std::move(error);
  // Silence would make a quiet day of it.
  if (feed.entries > 0 && feed.papers.empty()) {
    const Error& first = errors[told_before];
    return Error{Kind::failed, first.place, "none of the feed's entries is a paper: " + first.what,
                 "check that the address belongs to an arXiv feed"};
  }
  PaperMerge merge;
  for (Paper& paper : feed.papers) {
    paper.listed_in = listed_in(feed.category, paper);
    merge.add(paper);
  }
  feed.papers = merge.take();
  return feed;
}

}  // namespace

Result<Feed> read_feed(std::string_view body, const std::string& source, Errors& errors) {
  auto feed = read_any(body, source, errors);
  if (feed && feed->kind == FeedKind::api && feed->entries == 0 && feed->total_results <= 0)
    return Error{Kind::failed,
                 {source, 0, 0},
                 "the query of arXiv's API found nothing",
                 "check the ids and dates that were asked for"};
  return feed;
}

Result<Feed> read_found(std::string_view body, const std::string& source, Errors& errors) {
  auto feed = read_any(body, source, errors);
  if (feed && (feed->kind != FeedKind::api || feed->total_results < 0))
    return Error{Kind::failed,
                 {source, 0, 0},
                 "this reply of arXiv's API does not say how many papers it found",
                 "check api_url in the settings"};
  return feed;
}

}  // namespace daybook
