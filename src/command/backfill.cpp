// daybook backfill: settings -> days -> candidates of all days -> scores -> days -> records -> build.
#include <algorithm>

#include "advice/job_summary.h"
#include "advice/settings_warnings.h"
#include "command/build.h"
#include "command/command.h"
#include "command/load.h"
#include "paper/announcement.h"
#include "pipeline/candidates.h"
#include "pipeline/execute_batch.h"
#include "pipeline/fetch.h"
#include "pipeline/missed.h"
#include "pipeline/record_day.h"
#include "pipeline/run_context.h"
#include "platform/clock.h"
#include "platform/lock.h"

namespace daybook {

namespace {

bool is_sharded(const Options& options) { return options.shard.of > 1; }

std::optional<Error> wrong_range(const Options& options, Date today) {
  if (options.to < options.from)
    return Error{Kind::misuse,
                 {},
                 "--from " + options.from.iso() + " is after --to " + options.to.iso(),
                 "give the first day with --from and the last with --to"};
  if (options.to >= today)
    return Error{Kind::misuse,
                 {},
                 "--to " + options.to.iso() + " has not passed: in New York it is " + today.iso(),
                 "give --to " + (today - 1).iso() + " or earlier; daybook run covers today"};
  return std::nullopt;
}

std::optional<Error> nothing_to_ask_for(const CommandContext& context, const ArxivSettings& arxiv) {
  if (arxiv.categories.empty()) return no_categories(context.options.config);
  if (wants_submissions(arxiv)) return std::nullopt;
  return Error{Kind::misuse,
               {context.options.config, 0, 0},
               "[arxiv] announce lists only replacements, which arXiv's API does not report",
               "there is nothing to backfill; add \"new\" or \"cross\" to announce"};
}

// The shard's days of the range, oldest first, so that each knows what was shown before it.
std::vector<Date> days_of(const Options& options) {
  std::vector<Date> days;
  for (Date day = options.from; day <= options.to; day = day + 1)
    if ((day.days() - options.from.days()) % options.shard.of == options.shard.number - 1) days.push_back(day);
  return days;
}

// Of which no paper is recorded, though there may have been some: a quiet weekday (a holiday, or a day of which arXiv's
// API knew nothing; asked about again each time), or an imported day whose predecessor had failed.
bool is_without_papers(const RunContext& run, Date date) {
  return (!date.is_weekend() && run.is_recorded_as(Status::quiet, date)) || run.is_recorded_as(Status::lost, date);
}

bool is_incomplete(const RunContext& run, Date date) {
  const DaySummary* day = run.recorded(date);
  return day != nullptr && day->unsettled && !date.is_weekend();
}

// A day without a record or without papers, one of which something is missing, or one that the LLM has not read where
// there is one to read it (or may be later).
bool is_due(const RunContext& run, Date date) {
  if (!run.archive.has(date) || is_without_papers(run, date) || is_incomplete(run, date)) return true;
  const DaySummary* day = run.recorded(date);
  return (run.llm.endpoint || run.options.fetch_only) && day != nullptr && is_to_be_rescored(day->status);
}

// From state/ alone, where all of them are there.
std::optional<Candidates> kept_for(const RunContext& run, Date date) {
  if (run.archive.has(date) && !is_without_papers(run, date)) return kept_papers_of(run, date);
  auto kept = kept_candidates(run.state, date);
  if (!kept && date.is_weekend()) return candidates_of(date, {}, run.settings.arxiv, run.past.ledger);
  return kept;
}

Result<Done> fetch_day(const RunContext& run, MissedDays& missed, Date date) {
  const auto kept = kept_for(run, date);
  if (is_without_papers(run, date) && (!kept || kept->papers.empty())) return missed.fetch(date);
  if (is_incomplete(run, date)) {
    const auto completed = missed.complete(date);
    if (!completed) return completed.error();
    return Done{};
  }
  if (kept) return Done{};
  if (!run.archive.has(date)) return missed.fetch(date);
  if (papers_of(run, date)) return Done{};
  return Error{Kind::later, {}, "the papers of " + date.iso() + " can't be fetched now", "run the command again later"};
}

// All before the first is scored: one machine fetches, and many may score. What can't be fetched now does not keep the
// other days waiting, unless arXiv does not answer at all. Added to `due`: the days that there is something to do for.
Exit fetch_candidates(RunContext& run, const std::vector<Date>& days, std::vector<Date>& due) {
  constexpr int failures_at_most = 3;  // one after the other
  const auto count =
      static_cast<std::size_t>(std::count_if(days.begin(), days.end(), [&](Date date) { return is_due(run, date); }));
  const Group group(run.console, "Fetching the papers of " + counted(count, "day", "days"));
  Progress progress(run.console, "fetching", count);
  MissedDays missed(run);
  Exit worst = exit_done;
  int failures = 0;
  for (const Date date : days) {
    // Asked when its turn comes: what is learned of one day may leave a later one in doubt.
    if (!is_due(run, date)) continue;
    due.push_back(date);
    if (failures == failures_at_most) continue;
    const auto fetched = fetch_day(run, missed, date);
    progress.advance();
    failures = fetched ? 0 : failures + 1;
    if (!fetched) worst = worse(worst, run.fail(fetched.error()));
  }
  return worst;
}

// A shard: other machines ask about other days, and one records them all.
Exit ask_about_days(RunContext& run, const std::vector<Date>& days) {
  if (!run.llm.endpoint) {
    run.console.say("no LLM is configured, so a shard has nothing to do");
    return exit_done;
  }
  Exit worst = exit_done;
  for (const Date date : days) {
    auto candidates = kept_for(run, date);
    if (!candidates) continue;
    leave_out_shown(run, *candidates);
    worst = worse(worst, ask_about_day(run, std::move(*candidates)));
    if (worst != exit_done) break;
  }
  return worst;
}

// Until one has to wait for the LLM: the next would wait too.
Exit record_days(RunContext& run, const std::vector<Date>& days) {
  Exit worst = exit_done;
  if (!days.empty()) summarize_head(run);
  for (const Date date : days) {
    auto candidates = kept_for(run, date);
    if (!candidates) continue;  // what can't be had was said
    leave_out_shown(run, *candidates);
    const bool was_lost = run.is_recorded_as(Status::lost, date);
    const Exit exit = backfill_day(run, std::move(*candidates));
    if (was_lost && exit == exit_done && !run.is_recorded_as(Status::lost, date))
      run.console.say(date.iso() + " was lost and is now scored");
    worst = worse(worst, exit);
    if (exit == exit_later) break;
  }
  return worst;
}

// What a killed backfill may have left undone of days that it had recorded.
Exit finish_days(const RunContext& run, const std::vector<Date>& days) {
  const std::vector<Date> kept = run.state.candidate_dates();
  const auto may_be_half = [&](Date date) {
    return run.archive.read_page(date).empty() || std::find(kept.begin(), kept.end(), date) != kept.end();
  };
  Exit worst = exit_done;
  for (const Date date : days)
    if (run.archive.has(date) && may_be_half(date)) worst = worse(worst, finish_day(run, date));
  if (run.past.summaries.empty()) return worst;
  const auto wrote = run.archive.write_index(run.past.summaries, run.settings.site);
  return wrote ? worst : worse(worst, run.fail(wrote.error()));
}

}  // namespace

Exit backfill_command(const CommandContext& context) {
  auto loaded = load_for_scoring(context);
  if (!loaded) return exit_misuse;
  const Settings& settings = loaded->settings;
  const Options& options = context.options;
  const auto present = now();
  if (!present) return context.fail(present.error());
  const Date today = announcement_day(*present);
  if (const auto misplaced = misplaced_output(context, settings)) return context.fail(*misplaced);
  if (const auto wrong = wrong_range(options, today)) return context.fail(*wrong);
  if (const auto none = nothing_to_ask_for(context, settings.arxiv)) return context.fail(*none);
  warn_of_settings(context, settings);
  warn_of_llm(context, settings, loaded->llm);

  // Lock the archive, and read what it holds.
  const auto lock = FolderLock::take(options.archive);
  if (!lock) return context.fail(lock.error());
  const Archive archive(options.archive);
  const State state(options.state);
  auto past = read_past(context, archive, today);
  if (!past) return context.fail(past.error());
  RateLimitedClient arxiv = arxiv_client(context, settings.arxiv);
  // Who only fetches or asks does not need arXiv for what the owner likes.
  RateLimitedClient* for_library = options.fetch_only || is_sharded(options) ? nullptr : &arxiv;
  RunContext run{context,
                 settings,
                 loaded->llm,
                 archive,
                 state,
                 arxiv,
                 loaded->prompts(),
                 today,
                 summarize_row,
                 *past,
                 read_evidence(context, settings, loaded->llm, today, for_library)};

  // Fetch all days, before the first is scored.
  const std::vector<Date> days = days_of(options);
  std::vector<Date> due;
  Exit exit = fetch_candidates(run, days, due);
  if (options.fetch_only) return exit;

  // Ask in batches; days that wait for them are left alone.
  const InBatches in_batches = execute_batch(run, due, options.wait * 60);
  exit = worse(exit, in_batches.exit);
  std::erase_if(due, [&](Date date) { return in_batches.waiting.count(date) != 0; });

  // Ask about the rest, record and publish. A shard only asks.
  if (is_sharded(options)) {
    exit = worse(exit, ask_about_days(run, due));
    context.console.say("a shard asks and records nothing: merge all shards' copies of " + options.state +
                        ", then run without --shard");
    return exit;
  }
  exit = worse(exit, record_days(run, due));
  exit = worse(exit, finish_days(run, days));
  return worse(exit, build_site(context, loaded->publishing));
}

}  // namespace daybook
