// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include <algorithm>
#include <mutex>

#include "command/build.h"
#include "command/fetch.h"
#include "command/job_summary.h"
#include "day/select.h"
#include "outside/clock.h"
#include "outside/environment.h"
#include "outside/lock.h"
#include "outside/parallel.h"
#include "paper/announcement.h"
#include "score/local.h"

namespace daybook {

namespace {

// What was announced, and the day it belongs to. No feeds: the day is quiet.
struct Announced {
  Date date;
  std::vector<Feed> feeds;
};

Error not_announced_yet(Date day) {
  return {Kind::later,
          {},
          "arXiv has not announced the papers of " + day.iso() + " yet",
          "nothing was recorded; run again later, announcements appear shortly after midnight in New York"};
}

// Files say themselves which day they are of, unless --date does.
Result<Announced> from_files(const World& world) {
  auto feeds = read_feed_files(world);
  if (!feeds) return feeds.error();
  const Feed* dated = nullptr;
  for (const Feed& feed : *feeds) {
    if (!feed.announced && feed.kind != FeedKind::api && !world.options.date)
      return Error{Kind::misuse,
                   {feed.source, 0, 0},
                   "this feed has no date that can be read",
                   "say with --date which day it is of"};
    if (!feed.announced) continue;
    if (dated != nullptr && feed.announced != dated->announced && !world.options.date)
      return Error{
          Kind::misuse,
          {feed.source, 0, 0},
          "this feed is of " + feed.announced->iso() + ", but " + dated->source + " is of " + dated->announced->iso(),
          "run once for each day, or say with --date which day they are to be"};
    dated = &feed;
  }
  if (world.options.date) return Announced{*world.options.date, std::move(*feeds)};
  if (dated != nullptr) return Announced{*dated->announced, std::move(*feeds)};
  const auto today = now();
  if (!today) return today.error();
  return Announced{announcement_day(*today), std::move(*feeds)};
}

Result<Announced> from_network(const World& world, const Settings& settings) {
  const auto present = now();
  if (!present) return present.error();
  const Date today = announcement_day(*present);
  const Date day = world.options.date.value_or(today);
  if (day != today)
    return Error{Kind::misuse,
                 {},
                 "arXiv's feeds are of today, " + today.iso() + ", not of " + day.iso(),
                 "give the feeds of that day as files with --feed"};
  if (day.is_weekend()) return Announced{day, {}};
  if (settings.arxiv.categories.empty()) return no_categories(world.options.config);
  auto feeds = fetch_feeds(world, settings.arxiv);
  if (!feeds) return feeds.error();
  switch (announcement_of(*feeds, day)) {
    case Announcement::not_yet:
      return not_announced_yet(day);
    case Announcement::quiet:
      return Announced{day, {}};
    case Announcement::ready:
      break;
  }
  return Announced{day, std::move(*feeds)};
}

int announced_count(const std::vector<Feed>& feeds) {
  std::vector<std::string> ids;
  for (const Feed& feed : feeds)
    for (const Paper& paper : feed.papers) ids.push_back(paper.id);
  std::sort(ids.begin(), ids.end());
  return static_cast<int>(std::unique(ids.begin(), ids.end()) - ids.begin());
}

// What the archive holds: which papers were shown, and a summary of each day for its index.
struct Past {
  Ledger ledger;
  Summaries summaries;  // newest first
};

// A record that can't be read is passed over here, and named by the build that follows; its papers may be shown again.
Past read_past(const World& world, const Archive& archive, const std::vector<Date>& dates) {
  const DaysRead read = archive.read_all(dates, world.jobs());
  Past past;
  for (const Date date : dates) {
    const auto day = read.days.find(date);
    if (day != read.days.end()) past.ledger.add(day->second);
    past.summaries.push_back(day != read.days.end() ? summary_of(day->second) : unreadable_day(date));
  }
  return past;
}

std::vector<Scored> score_all(const World& world, const Interests& interests, std::vector<Paper> papers) {
  const Group group(world.console, "Scoring");
  const LocalScorer scorer(interests);
  std::vector<Scored> scored(papers.size());
  Progress progress(world.console, "scoring", papers.size());
  for_each_parallel(papers.size(), world.jobs(), [&](std::size_t i, std::size_t) {
    Score score = scorer.score(papers[i]);
    if (const Author* author = followed_author(papers[i], interests.authors)) {
      score.scorer = Scorer::author;
      score.comment = "By " + author->name + ", an author followed. " + score.comment;
    }
    scored[i] = {std::move(papers[i]), std::move(score)};
    progress.advance();
  });
  return scored;
}

struct Recorded {
  Day day;
  std::vector<Other> others;
};

Recorded make_day(const World& world, const Settings& settings, const Announced& announced, const Ledger& ledger) {
  Recorded recorded;
  Day& day = recorded.day;
  day.date = announced.date;
  day.counts.announced = announced_count(announced.feeds);
  for (const Feed& feed : announced.feeds)
    if (feed.cut_off) day.cut_off.push_back(feed.cut_off->what);
  std::vector<Paper> fresh;
  for (Paper& paper : wanted_papers(announced.feeds, settings.arxiv)) {
    if (const auto first = ledger.shown_before(paper.id, day.date)) {
      day.again.push_back({paper.id, paper.version, paper.title, paper.announce_type, *first});
    } else {
      fresh.push_back(std::move(paper));
    }
  }
  day.status = *day.counts.announced == 0 && day.cut_off.empty() ? Status::quiet : Status::local;
  day.counts.scanned = static_cast<int>(fresh.size());
  day.counts.shown_before = static_cast<int>(day.again.size());
  Selection selection = select(score_all(world, settings.interests, std::move(fresh)),
                               {settings.interests.cutoffs, settings.scoring.h_index}, day.date);
  day.counts.selected = static_cast<int>(selection.papers.size());
  day.papers = std::move(selection.papers);
  day.near_misses = std::move(selection.near_misses);
  name_topics(day, settings.interests.topics);
  recorded.others = std::move(selection.others);
  return recorded;
}

// What the archive has of that day already, and whether the new record may take its place: a good day is never
// replaced by a worse one, and a record that can't be read (damaged, or a newer Daybook's) by none.
Result<bool> may_record(const World& world, const Archive& archive, const Day& day) {
  if (!archive.has(day.date)) return true;
  const auto holder = archive.read(day.date);
  if (!holder) return holder.error();
  if (may_replace(*holder, day)) return true;
  world.console.warning({Kind::failed,
                         {},
                         day.date.iso() +
                             " is recorded already, and better: " + std::string(status_name(holder->status)) +
                             " with " + counted(holder->papers.size(), "paper", "papers"),
                         "the record was left as it is"});
  return false;
}

Errors record_day(const World& world, const Settings& settings, const Archive& archive, const Recorded& recorded,
                  Summaries summaries) {
  Errors errors;
  const auto note = [&](const auto& result) {
    if (!result) errors.push_back(result.error());
  };
  const Day& day = recorded.day;
  note(archive.write_others(day.date, recorded.others));
  const auto wrote = archive.write(day, markdown_page(day, settings.site, ""));
  note(wrote);
  std::erase_if(summaries, [&](const DaySummary& summary) { return summary.date == day.date; });
  const auto place = std::find_if(summaries.begin(), summaries.end(),
                                  [&](const DaySummary& summary) { return summary.date < day.date; });
  summaries.insert(place, summary_of(day));
  note(archive.write_index(summaries, settings.site));
  if (wrote)
    world.console.say((*wrote ? "recorded " : "unchanged ") + day.date.iso() + " (" +
                      std::string(status_name(day.status)) + "): " + std::to_string(*day.counts.announced) +
                      " announced, " + std::to_string(*day.counts.scanned) + " scanned, " +
                      std::to_string(*day.counts.shown_before) + " shown before, " +
                      std::to_string(*day.counts.selected) + " selected");
  return errors;
}

// No LLM speaks in this version; who asks for one must not get something else in silence.
std::optional<Error> scorer_refused(ScorerChoice scorer) {
  if (scorer != ScorerChoice::llm) return std::nullopt;
  return Error{Kind::misuse, {}, "this version of Daybook has no LLM scorer", "use --scorer local, or leave it out"};
}

}  // namespace

Exit run_command(const World& world) {
  if (const auto refused = scorer_refused(world.options.scorer)) return world.fail(*refused);
  const auto settings = load_settings(world);
  if (!settings) return exit_misuse;
  const auto publishing = load_publishing(world, *settings);
  if (!publishing) return exit_misuse;

  if (const auto misplaced = misplaced_output(world, *settings)) return world.fail(*misplaced);
  warn_of_settings(world, *settings);
  const auto announced = world.options.feeds.empty() ? from_network(world, *settings) : from_files(world);
  if (!announced) return world.fail(announced.error());

  const auto lock = FolderLock::take(world.options.archive);
  if (!lock) return world.fail(lock.error());
  const Archive archive(world.options.archive);
  const auto dates = archive.dates();
  if (!dates) return world.fail(dates.error());
  const Past past = read_past(world, archive, *dates);

  const Recorded recorded = make_day(world, *settings, *announced, past.ledger);
  const auto may = may_record(world, archive, recorded.day);
  if (!may) return world.fail(may.error());
  if (*may) {
    const Errors errors = record_day(world, *settings, archive, recorded, past.summaries);
    if (!errors.empty()) return world.fail(errors);
    summarize_job(world, recorded.day);
  }
  return build_site(world, *publishing);
}

}  // namespace daybook
