#include "pipeline/announced.h"

#include "core/text.h"
#include "paper/announcement.h"
#include "platform/clock.h"

namespace daybook {

namespace {

Error not_of_today(Date day, Date today) {
  const std::string files = "give the feeds of that day as files with --feed";
  const std::string range = "--from " + day.iso() + " --to " + day.iso();
  return {Kind::misuse,
          {},
          "arXiv's feeds are of today, " + today.iso() + ", not of " + day.iso(),
          day < today ? "daybook backfill " + range + " fetches that day from arXiv's API; or " + files : files};
}

// Files say themselves which day they are of, unless --date does.
Result<Announced> from_files(const CommandContext& context) {
  auto feeds = read_feed_files(context);
  if (!feeds) return feeds.error();
  const Feed* dated = nullptr;
  for (const CategoryFeed& one : *feeds) {
    const Feed& feed = *one.feed;
    if (!feed.announced && feed.kind != FeedKind::api && !context.options.date)
      return Error{Kind::misuse,
                   {feed.source, 0, 0},
                   "this feed has no date that can be read",
                   "say with --date which day it is of"};
    if (!feed.announced) continue;
    if (dated != nullptr && feed.announced != dated->announced && !context.options.date)
      return Error{
          Kind::misuse,
          {feed.source, 0, 0},
          "this feed is of " + feed.announced->iso() + ", but " + dated->source + " is of " + dated->announced->iso(),
          "run once for each day, or say with --date which day they are to be"};
    dated = &feed;
  }
  if (context.options.date) {
    for (CategoryFeed& one : *feeds) one.feed->announced = context.options.date;
    return Announced{*context.options.date, std::move(*feeds)};
  }
  if (dated != nullptr) return Announced{*dated->announced, std::move(*feeds)};
  const auto today = now();
  if (!today) return today.error();
  return Announced{announcement_day(*today), std::move(*feeds)};
}

Result<Announced> from_network(const CommandContext& context, const Settings& settings, PoliteClient& arxiv) {
  const auto present = now();
  if (!present) return present.error();
  const Date today = announcement_day(*present);
  const Date day = context.options.date.value_or(today);
  if (day != today) return not_of_today(day, today);
  if (day.is_weekend()) return Announced{day, {}};
  if (settings.arxiv.categories.empty()) return no_categories(context.options.config);
  auto feeds = fetch_feeds(context, settings.arxiv, arxiv);
  if (!feeds) return feeds.error();
  return Announced{day, std::move(*feeds)};
}

}  // namespace

Result<Announced> read_announced(const CommandContext& context, const Settings& settings, PoliteClient& arxiv) {
  return context.options.feeds.empty() ? from_network(context, settings, arxiv) : from_files(context);
}

std::optional<Error> clock_behind(const CommandContext& context, const Announced& announced) {
  if (!context.options.feeds.empty()) return std::nullopt;
  for (const CategoryFeed& one : announced.feeds)
    if (one.feed && one.feed->announced && *one.feed->announced > announced.date)
      return Error{Kind::later,
                   {},
                   "arXiv's feed of " + one.category + " is of " + one.feed->announced->iso() +
                       ", but here it is still " + announced.date.iso() +
                       " in New York: this machine's clock is behind",
                   "set the clock; nothing was recorded"};
  return std::nullopt;
}

Error not_announced_yet(Date day, const Coverage& coverage) {
  std::string what = "arXiv has not announced the papers of " + day.iso() + " yet";
  const std::vector<std::string> doubts = doubts_of(coverage.categories);
  if (!doubts.empty()) what += " (" + joined(doubts, "; ") + ')';
  return {Kind::later,
          {},
          std::move(what),
          "nothing was recorded; run again later, announcements appear shortly after midnight in New York"};
}

Error no_categories(const std::string& source) {
  return {Kind::misuse,
          {source, 0, 0},
          "[arxiv] has no categories",
          "add categories = [\"cs.LG\"], or those that you read"};
}

}  // namespace daybook
