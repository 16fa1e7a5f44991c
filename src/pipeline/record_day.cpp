// local scores -> the LLM's verdicts -> authors -> selection -> day -> archive.
#include "pipeline/record_day.h"

#include <algorithm>
#include <set>

#include "authors/authors.h"
#include "authors/semantic_scholar.h"
#include "core/text.h"
#include "day/select.h"
#include "day/usage.h"
#include "paper/announcement.h"
#include "pipeline/candidates.h"
#include "platform/clock.h"
#include "platform/environment.h"
#include "platform/rate_limited_client.h"
#include "site/links.h"
#include "site/markdown_page.h"
#include "store/archive.h"

namespace daybook {

namespace {

/// ScoredDay is a day's papers with their scores, as they are to be recorded.
struct ScoredDay {
  Day day;
  std::vector<Other> others;
  std::string warning;  // what the owner is to be told of the day; empty: nothing
  std::string hint;     // what the owner can do about that
};

constexpr std::string_view followed_words = ", an author followed. ";

// What each paper had before this run, where anything; parallel to the papers. Of a paper that the record does not have
// (a killed run may have renewed DATE.others.jsonl alone), the local score says what a day without an LLM gave it.
using EarlierScores = std::vector<std::optional<Score>>;

EarlierScores earlier_scores(const DayPlan& plan) {
  const std::vector<Paper>& papers = plan.candidates.papers;
  EarlierScores earlier(papers.size());
  if (!plan.existing) return earlier;
  const Day& day = plan.existing->day;
  const auto known = plan.existing->scores();
  const bool same_papers =
      is_to_be_rescored(day.status) && day.counts.scanned == static_cast<int>(plan.candidates.papers.size());
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    const auto found = known.find(papers[i].id);
    if (found != known.end()) {
      earlier[i] = found->second;
    } else if (same_papers) {
      earlier[i] = plan.scores[i];
    }
  }
  return earlier;
}

// The LLM's word in place of the local scorer's, whose own number stays for the order.
void take_outcome(Score& score, const PaperOutcome& asked, bool left_out) {
  if (left_out) {
    Score titled;
    titled.scorer = Scorer::llm;
    titled.local_score = score.local_score;
    titled.threshold = score.threshold;
    titled.reason = "rejected by its title";
    score = std::move(titled);
  } else if (asked.verdict) {
    score.scorer = Scorer::llm;
    score.relevance = asked.verdict->relevance;
    score.novelty = asked.verdict->novelty;
    score.comment = asked.verdict->comment;
    score.topic = asked.verdict->topic;
  } else {
    score.reason = asked.reason;
  }
}

bool reaches(const Score& score, const Cutoffs& cutoffs) {
  return score.relevance.value_or(0) >= cutoffs.relevance && score.novelty.value_or(0) >= cutoffs.novelty;
}

// The verdict on a text that may speak to the scorer is marked. Where it alone would show the paper, the LLM may have
// obeyed: the paper is shown, and ranks by the local scorer's numbers, which no order moves.
void mark_suspect(Score& score, const Score& local, const std::string& suspicion, const Cutoffs& cutoffs) {
  if (suspicion.empty() || scored_locally(score)) return;
  score.suspected_injection = suspicion;
  if (reaches(score, cutoffs) && !reaches(local, cutoffs))
    score.ranked_as = local.relevance.value_or(0) + local.novelty.value_or(0);
}

// What is left to be asked, and what no later run would be told either.
struct Unread {
  std::size_t sent = 0;
  std::size_t declined = 0;
  std::size_t unscored = 0;
  std::string first_reason;        // of the unscored
  std::set<std::string> refusals;  // reasons of the declined

  bool takes_none() const { return declined > 0 && declined == sent; }
};

Unread unread_in(const DayOutcome& outcome) {
  Unread unread;
  unread.sent = outcome.papers.size();
  for (std::size_t i = 0; i < outcome.papers.size(); ++i) {
    const PaperOutcome& asked = outcome.papers[i];
    if (asked.verdict || outcome.left_out[i]) continue;
    ++(asked.declined ? unread.declined : unread.unscored);
    if (asked.declined) unread.refusals.insert(asked.reason);
    if (!asked.declined && unread.first_reason.empty()) unread.first_reason = asked.reason;
  }
  return unread;
}

// Of a day that the LLM was to read.
Status status_of(const Unread& unread, bool out_of_budget) {
  if (unread.unscored == 0) return Status::complete;
  const bool none_read = unread.unscored == unread.sent - unread.declined;
  return none_read && !out_of_budget ? Status::degraded : Status::partial;
}

std::string sentence(std::string text) { return text.empty() || text.back() == '.' ? text : text + '.'; }

// "3 of 40 papers were scored locally: refused by the endpoint's moderation."
std::string declined_sentence(const Unread& unread) {
  if (unread.declined == 0) return {};
  std::string text = unread.takes_none() ? "All " : std::to_string(unread.declined) + " of ";
  text += counted(unread.sent, "paper", "papers") + (unread.declined == 1 ? " was" : " were") + " scored locally: ";
  return text + joined({unread.refusals.begin(), unread.refusals.end()}, " or ") + '.';
}

// What kept the LLM from scoring the day; `failure`: in the words of the log, or in those for readers.
std::string why_unscored(const Unread& unread, const std::string& failure, bool out_of_budget, double budget) {
  if (unread.unscored == 0) return declined_sentence(unread);
  const std::string papers = counted(unread.unscored, "paper was", "papers were") + " scored locally";
  const std::string wait = unread.unscored == 1 ? " and waits for a later run." : " and wait for a later run.";
  if (!failure.empty()) return sentence("The LLM could not be used: " + failure) + ' ' + sentence(papers);
  if (out_of_budget) return "The day's budget of " + money(budget) + " allows no further request. " + papers + wait;
  return "The LLM gave no verdict for some papers: " + unread.first_reason + ". " + papers + wait;
}

// The day's status and what the LLM took; its papers' scores go to `plan`.
ScoredDay by_llm(const RunContext& run, DayPlan& plan, const DayOutcome& outcome) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < plan.scores.size(); ++i) {
    if (!is_sent(plan.routing[i])) continue;
    const Score local = plan.scores[i];
    take_outcome(plan.scores[i], outcome.papers[next], outcome.left_out[next]);
    mark_suspect(plan.scores[i], local, plan.task.papers[next].suspicion, run.settings.interests.cutoffs);
    ++next;
  }
  const Unread unread = unread_in(outcome);
  const double budget = run.settings.llm.budget;
  ScoredDay scored{plan.candidates.day, {}, {}, {}};
  Day& day = scored.day;
  day.status = status_of(unread, outcome.out_of_budget);
  day.why = why_unscored(unread, outcome.failure_words, outcome.out_of_budget, budget);
  day.usage = plan.existing ? sum_of(plan.existing->day.usage, outcome.usage) : outcome.usage;
  if (day.usage || unread.unscored < unread.sent) day.prompt = run.llm.asked_on(day.date).prompt_hash;
  day.cascade = cascade_of(plan, day.usage);
  if (unread.unscored > 0 || unread.takes_none())
    scored.warning = why_unscored(unread, outcome.failure, outcome.out_of_budget, budget);
  scored.hint = outcome.out_of_budget && outcome.failure.empty()
                    ? "no action needed: later runs continue; raise budget in [llm] if that takes too long"
                    : outcome.hint;
  if (unread.takes_none())
    scored.hint = "set another model or base_url in [llm]: this one accepts none of the day's papers";
  return scored;
}

// Without an LLM to ask. What one has said of the day stays, and only papers that came later are scored locally.
ScoredDay by_local_scorer(const RunContext& run, DayPlan& plan, const EarlierScores& earlier) {
  ScoredDay scored{plan.candidates.day, {}, {}, {}};
  Day& day = scored.day;
  const bool quiet = day.counts.announced == 0 && day.cut_off.empty() && plan.candidates.papers.empty();
  day.status = quiet ? Status::quiet : run.llm.endpoint ? Status::complete : Status::local;
  if (!plan.existing || !is_unsettled(plan.existing->day)) return scored;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (!earlier[i] || scored_locally(*earlier[i]) || !earlier[i]->relevance) continue;
    Score& score = plan.scores[i];
    score = *earlier[i];
    score.comment = comment_of_llm(score);
    score.scorer = Scorer::llm;
    score.scored_by.reset();
    ++kept;
  }
  if (kept == 0) return scored;
  day.status = Status::partial;
  day.why = counted(earlier.size() - kept, "paper was", "papers were") + " missing at first, and scored locally.";
  scored.warning = day.why;
  day.usage = plan.existing->day.usage;
  day.cascade = plan.existing->day.cascade;
  day.prompt = plan.existing->day.prompt;
  return scored;
}

void match_author(Score& score, const AuthorMatch& match) {
  score.h_index = match.h_index;
  if (match.namesake != nullptr) score.namesake = match.namesake->name;
  if (match.followed == nullptr) return;
  if (score.scorer == Scorer::llm) score.scored_by = Scorer::llm;
  score.scorer = Scorer::author;
  score.comment = "By " + match.followed->name + std::string(followed_words) + score.comment;
}

// A paper that was scored locally before, and now by the LLM, says so; one that says so already goes on saying it.
void note_rescoring(Score& score, const std::optional<Score>& before, Date on) {
  if (!before || scored_locally(score)) return;
  if (scored_locally(*before)) {
    score.rescored = Rescored{on, before->scorer, before->relevance, before->novelty};
  } else {
    score.rescored = before->rescored;
  }
}

constexpr int lookup_timeout_seconds = 15;

// It is asked for a hint, not for the day: no long waits.
Manners hasty() {
  Manners manners;
  manners.seconds_between = 1;
  manners.retries = 1;
  manners.backoff_seconds = 1;
  manners.longest_wait = 30;
  return manners;
}

// The papers' authors as Semantic Scholar has them, where it is to be asked; one request for 500 papers. A service
// that fails is a warning, what it did not say is absent, and it is not asked again in this run.
KnownAuthors look_up_authors(RunContext& run, const std::vector<Paper>& papers) {
  const Settings& settings = run.settings;
  KnownAuthors known;
  if (!asks_semantic_scholar(settings) || papers.empty() || run.outages.semantic_scholar) return known;
  std::vector<std::string> ids;
  for (const Paper& paper : papers) ids.push_back(paper.id);
  RateLimitedClient client(hasty());
  auto requests = s2_requests(settings.scoring.s2_url, secret("S2_API_KEY").value_or(""), ids);
  std::size_t first = 0;
  for (Request& request : requests) {
    request.timeout_seconds = lookup_timeout_seconds;
    const std::size_t last = std::min(first + s2_ids_max, ids.size());
    const std::vector<std::string> asked(ids.begin() + static_cast<std::ptrdiff_t>(first),
                                         ids.begin() + static_cast<std::ptrdiff_t>(last));
    first = last;
    const auto reply = client.fetch(request);
    const auto& refused = client.refused();
    if (!reply && refused && s2_knows_none(*refused)) continue;
    const auto authors = reply ? read_s2_reply(reply->body, asked, request.url) : Result<KnownAuthors>(reply.error());
    if (authors) {
      KnownAuthors some = *authors;
      known.merge(some);
      continue;
    }
    Error warning = authors.error();
    warning.kind = Kind::failed;
    warning.hint = "no action needed: authors are matched by name for now";
    run.console.warning(warning);
    // A refusal of some papers, or an odd reply about them, says nothing of the next.
    const bool of_papers = reply || (refused && (refused->status == 400 || refused->status == 404));
    run.outages.semantic_scholar = !of_papers;
    if (!of_papers) break;
  }
  return known;
}

std::vector<Scored> with_authors(RunContext& run, DayPlan& plan, const EarlierScores& earlier) {
  std::vector<Paper>& papers = plan.candidates.papers;
  const KnownAuthors known_authors = look_up_authors(run, papers);
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    const auto known = known_authors.find(papers[i].id);
    match_author(plan.scores[i], match_authors(papers[i], run.settings.interests.authors,
                                               known == known_authors.end() ? nullptr : &known->second));
    note_rescoring(plan.scores[i], earlier[i], run.on);
    scored.push_back({std::move(papers[i]), std::move(plan.scores[i])});
  }
  return scored;
}

// By the LLM where one is configured and answered, and locally where not. What an LLM has said of a day stays.
ScoredDay scored_day(RunContext& run, DayPlan plan, const DayOutcome& outcome) {
  const EarlierScores earlier = earlier_scores(plan);
  const bool by_the_llm = run.llm.endpoint && !plan.candidates.papers.empty();
  ScoredDay scored = by_the_llm ? by_llm(run, plan, outcome) : by_local_scorer(run, plan, earlier);
  const Interests& interests = run.settings.interests;
  Selection selection = select(with_authors(run, plan, earlier), {interests.cutoffs, run.settings.scoring.h_index},
                               plan.candidates.day.date);
  Day& day = scored.day;
  day.counts.selected = static_cast<int>(selection.papers.size());
  if (selection.withdrawn > 0) day.counts.withdrawn = selection.withdrawn;
  day.papers = std::move(selection.papers);
  day.near_misses = std::move(selection.near_misses);
  name_topics(day, interests.topics);
  scored.others = std::move(selection.others);
  return scored;
}

std::string page_of(const RunContext& run, const Day& day) {
  const auto prompt = run.prompts.find(day.prompt);
  return markdown_page(day, run.settings.site, prompt == run.prompts.end() ? "" : prompt->second);
}

// What the LLM was paid for is in the record by now.
void end_journal(const RunContext& run, Date date) {
  if (const auto ended = run.state.end_journal(date); !ended) run.console.warning(ended.error());
}

// A paper that a day showed before it was scored anew, and shows no more, was not "shown before" on later days either:
// their links would lead nowhere. The ledger knows which days those are: reading all later records for each day that is
// rescored would be quadratic in a backfill.
void forget_reappearances(const RunContext& run, const Day& before, const Day& day, Errors& errors) {
  std::set<std::string> gone;
  for (const Entry& entry : before.papers) gone.insert(entry.paper.id);
  for (const Entry& entry : day.papers) gone.erase(entry.paper.id);
  std::set<Date> later_days;
  for (const std::string& id : gone)
    for (const Date date : run.past.ledger.days_again(id))
      if (date > day.date) later_days.insert(date);
  for (const Date date : later_days) {
    auto later = run.archive.read(date);
    if (!later) continue;  // the build names it
    const auto forgotten = std::erase_if(later->again, [&](const Reappearance& paper) {
      return paper.first_seen == day.date && gone.count(paper.id) != 0;
    });
    if (forgotten == 0) continue;
    if (later->counts.shown_before) *later->counts.shown_before -= static_cast<int>(forgotten);
    if (const auto wrote = run.archive.write(*later, page_of(run, *later)); !wrote) errors.push_back(wrote.error());
  }
}

std::string counts_words(const Day& day) {
  const auto number = [](const std::optional<int>& count) { return std::to_string(count.value_or(0)); };
  return day.date.iso() + " (" + std::string(status_name(day.status)) + "): " + number(day.counts.announced) +
         " announced, " + number(day.counts.scanned) + " scanned, " + number(day.counts.shown_before) +
         " shown before, " + number(day.counts.selected) + " selected";
}

// The record, its page, the prompt, the index.
Errors write_record(RunContext& run, const Day& day) {
  Errors errors;
  const auto note = [&](const auto& result) {
    if (!result) errors.push_back(result.error());
  };
  if (const Asked& asked = run.llm.asked_on(day.date); day.prompt == asked.prompt_hash) {
    note(run.archive.keep_prompt(asked.prompt));
    run.prompts.emplace(day.prompt, asked.prompt);
  }
  run.past.ledger.add(day);
  const auto wrote = run.archive.write(day, page_of(run, day));
  note(wrote);
  Summaries& summaries = run.past.summaries;
  std::erase_if(summaries, [&](const DaySummary& summary) { return summary.date == day.date; });
  const auto place = std::find_if(summaries.begin(), summaries.end(),
                                  [&](const DaySummary& summary) { return summary.date < day.date; });
  summaries.insert(place, summary_of(day));
  note(run.archive.write_index(summaries, run.settings.site));
  note(keep_id_base(run.options.archive, run.settings.site));
  if (wrote) run.console.say((*wrote ? "recorded " : "unchanged ") + counts_words(day));
  return errors;
}

Errors write_scored(RunContext& run, const ScoredDay& scored, const std::optional<ExistingRecord>& existing) {
  Errors errors;
  if (const auto wrote = run.archive.write_others(scored.day.date, scored.others); !wrote)
    errors.push_back(wrote.error());
  for (const Error& error : write_record(run, scored.day)) errors.push_back(error);
  if (existing) forget_reappearances(run, existing->day, scored.day, errors);
  return errors;
}

void warn_of_unscored(RunContext& run, const ScoredDay& scored, const DayOutcome& outcome) {
  if (scored.warning.empty() || (outcome.budget_is_too_small && run.outages.budget)) return;
  run.outages.budget = run.outages.budget || outcome.budget_is_too_small;
  run.console.warning(
      {Kind::failed,
       {},
       scored.day.date.iso() + " is " + std::string(status_name(scored.day.status)) + ". " + scored.warning,
       scored.hint.empty() ? "no action needed: later runs ask again for " + std::to_string(rescore_days) + " days"
                           : scored.hint});
}

std::set<std::string> shown_in(const Day& day) {
  std::set<std::string> ids;
  for (const Entry& entry : day.papers) ids.insert(entry.paper.id);
  return ids;
}

// When subscribers find something new in the day, where that is later than the day itself: a feed's window goes by it.
std::optional<Date> recorded_on(const RunContext& run, const std::optional<ExistingRecord>& existing, const Day& day) {
  if (existing && existing->day.status == day.status && shown_in(existing->day) == shown_in(day))
    return existing->day.recorded;
  // A run that was asked for an old day is of that day, and yet subscribers get it today.
  const auto present = now();
  const Date on = present ? std::max(run.on, announcement_day(*present)) : run.on;
  return on > day.date ? std::optional(on) : std::nullopt;
}

bool may_record(const RunContext& run, const std::optional<ExistingRecord>& existing, const Day& day) {
  if (!existing || may_replace(existing->day, day)) return true;
  run.console.warning({Kind::failed,
                       {},
                       day.date.iso() +
                           " already has a better record: " + std::string(status_name(existing->day.status)) +
                           " with " + counted(existing->day.papers.size(), "paper", "papers"),
                       "the record is left unchanged"});
  return false;
}

// Its page and the index may be missing, where a run was killed before it wrote them. What has been found out about the
// day's categories since is taken.
Exit record_standing(RunContext& run, Day day, const Day& seen) {
  if (!seen.categories.empty()) {
    day.categories = seen.categories;
    day.cut_off = seen.cut_off;
    day.counts.announced = std::max(day.counts.announced, seen.counts.announced);
  }
  return record_again(run, day);
}

// Once for all days, which later runs would find no other.
Exit fail_of_budget(RunContext& run, const DayOutcome& outcome) {
  const bool said = std::exchange(run.outages.budget, true);
  return said ? exit_failed : run.fail(Error{Kind::failed, {}, outcome.failure, outcome.hint});
}

DayOutcome plan_and_execute(RunContext& run, DayPlan& plan, Reach reach) {
  std::optional<Group> group;
  const bool any = !plan.candidates.papers.empty();
  if (any) group.emplace(run.console, "Scoring " + plan.candidates.day.date.iso());
  complete_plan(run, plan, reach);
  fill_local_scores(run, plan);
  if (any && run.llm.endpoint) run.console.say(routing_words(plan));
  return execute_live(run, plan);
}

}  // namespace

bool asks_semantic_scholar(const Settings& settings) {
  const auto& authors = settings.interests.authors;
  return settings.scoring.h_index > 0 || std::any_of(authors.begin(), authors.end(), [](const Author& author) {
           return !author.s2.empty() || !author.orcid.empty();
         });
}

std::string comment_of_llm(const Score& score) {
  const auto at = score.comment.find(followed_words);
  const bool prefixed = score.scorer == Scorer::author && at != std::string::npos;
  return prefixed ? score.comment.substr(at + followed_words.size()) : score.comment;
}

Exit record_day(RunContext& run, DayPlan plan, const DayOutcome& outcome) {
  const std::optional<ExistingRecord> existing = plan.existing;
  ScoredDay scored = scored_day(run, std::move(plan), outcome);
  scored.day.recorded = recorded_on(run, existing, scored.day);
  const Day& day = scored.day;
  warn_of_unscored(run, scored, outcome);
  if (may_record(run, existing, day)) {
    if (const Errors errors = write_scored(run, scored, existing); !errors.empty()) return run.fail(errors);
    if (const auto kept = keep_snapshot(run.options.state, run.evidence.snapshot); !kept)
      run.console.warning(kept.error());
    run.summarize(run, day);
  }
  end_journal(run, day.date);
  const bool unread = day.status == Status::local && run.options.scorer != ScorerChoice::local;
  const bool failed = day.status == Status::degraded || !outcome.failure.empty() || unread;
  return failed && run.settings.llm.required ? exit_failed : exit_done;
}

Exit score_and_record(RunContext& run, Candidates candidates) {
  auto plan = begin_plan(run, std::move(candidates));
  if (!plan) return exit_of(plan.error());  // the build that follows names it
  if (plan->stands) return record_standing(run, std::move(plan->existing->day), plan->candidates.day);
  const DayOutcome outcome = plan_and_execute(run, *plan, Reach::cascade);
  return record_day(run, std::move(*plan), outcome);
}

Exit record_today(RunContext& run, Candidates candidates) {
  const Date date = candidates.day.date;
  candidates = merged(std::move(candidates), kept_candidates(run.state, date));
  if (const auto kept = keep_candidates(run.state, candidates); !kept) run.console.warning(kept.error());
  const std::vector<std::string> missing = candidates.day.cut_off;
  const auto before = run.archive.has(date) ? run.archive.read(date) : Result<Day>(Error{});
  const bool nothing_new =
      before && before->counts.scanned && *before->counts.scanned >= static_cast<int>(candidates.papers.size());
  const Exit exit = score_and_record(run, std::move(candidates));
  if (missing.empty()) return exit;
  const Error is_short = {
      Kind::later,
      {},
      date.iso() + " is not complete yet: " + joined(missing, "; "),
      "no action needed: later runs look again; once the day has passed, arXiv's API is asked for the rest"};
  if (nothing_new && exit == exit_done) return run.fail(is_short);
  run.console.warning(is_short);
  return exit;
}

Exit rescore_day(RunContext& run, Candidates candidates) {
  if (run.outages.llm && run.archive.has(candidates.day.date)) return exit_done;
  leave_out_shown(run, candidates);
  return score_and_record(run, std::move(candidates));
}

Exit backfill_day(RunContext& run, Candidates candidates) {
  auto plan = begin_plan(run, std::move(candidates));
  if (!plan) return exit_of(plan.error());
  if (plan->stands) return record_standing(run, std::move(plan->existing->day), plan->candidates.day);
  const Date date = plan->candidates.day.date;
  const DayOutcome outcome = plan_and_execute(run, *plan, Reach::full);
  if (!outcome.is_whole() && !outcome.budget_is_too_small) return run.fail(waits(date, outcome));
  Exit exit = outcome.budget_is_too_small ? fail_of_budget(run, outcome) : exit_done;
  if (outcome.budget_is_too_small && plan->existing) return exit;
  return worse(exit, record_day(run, std::move(*plan), outcome));
}

Exit ask_about_day(RunContext& run, Candidates candidates) {
  const auto plan = plan_day(run, std::move(candidates), Reach::full);
  if (!plan) return exit_of(plan.error());
  if (plan->task.papers.empty()) return exit_done;
  const Group group(run.console, "Asking about " + plan->task.date.iso());
  const DayOutcome outcome = execute_live(run, plan->task);
  if (outcome.budget_is_too_small) return fail_of_budget(run, outcome);
  return outcome.is_whole() ? exit_done : run.fail(waits(plan->task.date, outcome));
}

Exit record_again(RunContext& run, const Day& day) {
  const Errors errors = write_record(run, day);
  end_journal(run, day.date);
  return errors.empty() ? exit_done : run.fail(errors);
}

void note_in_candidates(const RunContext& run, const Day& day) {
  auto candidates = kept_candidates(run.state, day.date);
  if (!candidates) return;
  candidates->day.categories = day.categories;
  candidates->day.cut_off = day.cut_off;
  if (const auto kept = keep_candidates(run.state, *candidates); !kept) run.console.warning(kept.error());
}

Exit finish_day(const RunContext& run, Date date) {
  const auto day = run.archive.read(date);
  if (!day) return exit_done;  // the build names it
  if (const auto wrote = run.archive.write(*day, page_of(run, *day)); !wrote) return run.fail(wrote.error());
  // The open end of a journal that is not in the record yet waits for the day's rescoring.
  if (!is_to_be_rescored(day->status)) end_journal(run, date);
  return exit_done;
}

}  // namespace daybook
