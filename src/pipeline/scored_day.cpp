// local scores -> the LLM's verdicts -> authors -> selection -> day.
#include "pipeline/scored_day.h"

#include <algorithm>
#include <set>

#include "authors/authors.h"
#include "core/text.h"
#include "day/select.h"
#include "day/usage.h"
#include "pipeline/look_up_authors.h"
#include "site/links.h"

namespace daybook {

namespace {

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
void take_outcome(Score& score, const Asked& asked, bool left_out) {
  if (left_out) {
    Score titled;
    titled.scorer = Scorer::llm;
    titled.local_score = score.local_score;
    titled.threshold = score.threshold;
    titled.reason = "left out by its title";
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
    const Asked& asked = outcome.papers[i];
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
  if (!failure.empty()) return sentence("The LLM was given up: " + failure) + ' ' + sentence(papers);
  if (out_of_budget) return "The day's budget of " + money(budget) + " allows no further request. " + papers + wait;
  return "The LLM left papers without a verdict: " + unread.first_reason + ". " + papers + wait;
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
  if (day.usage || unread.unscored < unread.sent) day.prompt = run.llm.prompt_hash;
  day.cascade = cascade_of(plan, day.usage);
  if (unread.unscored > 0 || unread.takes_none())
    scored.warning = why_unscored(unread, outcome.failure, outcome.out_of_budget, budget);
  scored.hint = outcome.out_of_budget && outcome.failure.empty()
                    ? "nothing: the runs of later days go on; raise budget in [llm] where that takes too long"
                    : outcome.hint;
  if (unread.takes_none())
    scored.hint = "set another model or base_url in [llm]: this one takes none of the day's papers";
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

}  // namespace

std::string comment_of_llm(const Score& score) {
  const auto at = score.comment.find(followed_words);
  const bool prefixed = score.scorer == Scorer::author && at != std::string::npos;
  return prefixed ? score.comment.substr(at + followed_words.size()) : score.comment;
}

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

}  // namespace daybook
