// papers -> local scores -> authors -> LLM -> selection -> day.
#include "pipeline/score_day.h"

#include <algorithm>
#include <map>
#include <set>

#include "authors/authors.h"
#include "core/text.h"
#include "day/usage.h"
#include "pipeline/look_up_authors.h"
#include "pipeline/triage.h"
#include "site/links.h"

namespace daybook {

namespace {

constexpr std::string_view followed_words = ", an author followed. ";

// The LLM's word in place of the local scorer's, whose own number stays for the order.
void take_verdict(Score& score, const Verdict& verdict) {
  score.scorer = Scorer::llm;
  score.relevance = verdict.relevance;
  score.novelty = verdict.novelty;
  score.comment = verdict.comment;
  score.topic = verdict.topic;
}

void leave_out_by_title(Score& score) {
  Score left_out;
  left_out.scorer = Scorer::llm;
  left_out.local_score = score.local_score;
  left_out.threshold = score.threshold;
  left_out.reason = "left out by its title";
  score = std::move(left_out);
}

void match_author(Score& score, const AuthorMatch& match) {
  score.h_index = match.h_index;
  if (match.namesake != nullptr) score.namesake = match.namesake->name;
  if (match.followed == nullptr) return;
  if (score.scorer == Scorer::llm) score.scored_by = Scorer::llm;
  score.scorer = Scorer::author;
  score.comment = "By " + match.followed->name + std::string(followed_words) + score.comment;
}

// Without what an author match put before it.
std::string comment_of_llm(const Score& score) {
  const auto at = score.comment.find(followed_words);
  const bool prefixed = score.scorer == Scorer::author && at != std::string::npos;
  return prefixed ? score.comment.substr(at + followed_words.size()) : score.comment;
}

// What each paper had before this run, where anything; parallel to the papers. Of a paper that the record does not have
// (a killed run may have renewed DATE.others.jsonl alone), the local score says what a day without an LLM gave it.
using Earlier = std::optional<Score>;
std::vector<Earlier> earlier_of(const std::optional<Holder>& holder, const Candidates& candidates,
                                const std::vector<Score>& local) {
  const EarlierScores known = earlier_scores(holder);
  const bool same_papers = holder && is_to_be_healed(holder->day.status) &&
                           holder->day.counts.scanned == static_cast<int>(candidates.papers.size());
  std::vector<Earlier> earlier(candidates.papers.size());
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    const auto found = known.find(candidates.papers[i].id);
    if (found != known.end()) {
      earlier[i] = found->second;
    } else if (same_papers) {
      earlier[i] = local[i];
    }
  }
  return earlier;
}

// A paper that was scored locally before, and now by the LLM, says so; one that says so already goes on saying it.
void note_rescoring(Score& score, const Earlier& before, Date on) {
  if (!before || scored_locally(score)) return;
  if (scored_locally(*before)) {
    score.rescored = Rescored{on, before->scorer, before->relevance, before->novelty};
  } else {
    score.rescored = before->rescored;
  }
}

// `sent`: papers that the LLM was to read, and would; `unscored`: those of them that it did not.
Status status_of_day(const Candidates& candidates, std::size_t sent, std::size_t unscored, const Llm& llm,
                     bool out_of_budget) {
  const Day& day = candidates.day;
  if (day.counts.announced == 0 && day.cut_off.empty() && candidates.papers.empty()) return Status::quiet;
  if (!llm.endpoint) return Status::local;
  if (unscored == 0) return Status::complete;
  return unscored == sent && !out_of_budget ? Status::degraded : Status::partial;
}

std::string sentence(std::string text) { return text.empty() || text.back() == '.' ? text : text + '.'; }

// What no later run would be told either, and what is left to be asked.
struct Unread {
  std::size_t declined = 0;
  std::size_t unscored = 0;
  std::string first_reason;        // of the unscored
  std::set<std::string> refusals;  // reasons of the declined
};

Unread unread_in(const Answered& answered) {
  Unread unread;
  for (std::size_t i = 0; i < answered.asked.size(); ++i) {
    const Asked& asked = answered.asked[i];
    if (asked.verdict || answered.left_out[i]) continue;
    ++(asked.declined ? unread.declined : unread.unscored);
    if (asked.declined) unread.refusals.insert(asked.reason);
    if (!asked.declined && unread.first_reason.empty()) unread.first_reason = asked.reason;
  }
  return unread;
}

// "3 of 40 papers were scored locally: refused by the endpoint's moderation."
std::string declined_sentence(const Unread& unread, std::size_t sent) {
  if (unread.declined == 0) return {};
  std::string text = unread.declined == sent ? "All " : std::to_string(unread.declined) + " of ";
  text += counted(sent, "paper", "papers") + (unread.declined == 1 ? " was" : " were") + " scored locally: ";
  return text + joined({unread.refusals.begin(), unread.refusals.end()}, " or ") + '.';
}

// What kept the LLM from scoring the day; `failure`: in the words of the log, or in those for readers.
std::string why_unscored(const Answered& answered, const Unread& unread, const std::string& failure, double budget) {
  const std::size_t unscored = unread.unscored;
  if (unscored == 0) return declined_sentence(unread, answered.asked.size());
  const std::string papers = counted(unscored, "paper was", "papers were") + " scored locally";
  const std::string wait = unscored == 1 ? " and waits for a later run." : " and wait for a later run.";
  if (!failure.empty()) return sentence("The LLM was given up: " + failure) + ' ' + sentence(papers);
  if (answered.out_of_budget)
    return "The day's budget of " + money(budget) + " allows no further request. " + papers + wait;
  return "The LLM left papers without a verdict: " + unread.first_reason + ". " + papers + wait;
}

void take_answer(Score& score, const Asked& asked, bool left_out) {
  if (left_out) {
    leave_out_by_title(score);
  } else if (asked.verdict) {
    take_verdict(score, *asked.verdict);
  } else {
    score.reason = asked.reason;
  }
}

// Answers are parallel to the papers that were sent.
void take_answers(Triage& triage, const Answered& answered) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < triage.scores.size(); ++i) {
    if (!is_sent(triage.fates[i])) continue;
    take_answer(triage.scores[i], answered.asked[next], answered.left_out[next]);
    ++next;
  }
}

// The day without its papers: its status, and what the LLM took.
Day told_by(const Answered& answered, const Candidates& candidates, const std::optional<Holder>& holder,
            const Settings& settings, const Llm& llm) {
  const Unread unread = unread_in(answered);
  const std::size_t sent = answered.asked.size();
  Day day = candidates.day;
  day.status = status_of_day(candidates, sent - unread.declined, unread.unscored, llm, answered.out_of_budget);
  day.why = why_unscored(answered, unread, answered.failure_words, settings.llm.budget);
  day.usage = answered.usage;
  if (holder) day.usage = sum_of(holder->day.usage, answered.usage);
  if (day.usage || unread.unscored < sent) day.prompt = llm.prompt_hash;
  return day;
}

std::vector<Scored> matched(const CommandContext& context, const Settings& settings, std::vector<Paper> papers,
                            std::vector<Score> scores, const std::vector<Earlier>& earlier, Date on, Outages& outages) {
  const KnownAuthors known_authors = look_up_authors(context, settings, papers, outages);
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    const auto known = known_authors.find(papers[i].id);
    match_author(scores[i], match_authors(papers[i], settings.interests.authors,
                                          known == known_authors.end() ? nullptr : &known->second));
    note_rescoring(scores[i], earlier[i], on);
    scored.push_back({std::move(papers[i]), std::move(scores[i])});
  }
  return scored;
}

// What an LLM has said of a day stays where none is there to ask, and only papers that came later are scored locally.
void keep_verdicts(Recorded& recorded, Triage& triage, const Holder& holder, const std::vector<Earlier>& earlier) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (!earlier[i] || scored_locally(*earlier[i]) || !earlier[i]->relevance) continue;
    Score& score = triage.scores[i];
    score = *earlier[i];
    score.comment = comment_of_llm(score);
    score.scorer = Scorer::llm;
    score.scored_by.reset();
    ++kept;
  }
  if (kept == 0) return;
  Day& day = recorded.day;
  day.status = Status::partial;
  day.why = counted(earlier.size() - kept, "paper was", "papers were") + " missing at first, and scored locally.";
  recorded.warning = day.why;
  day.usage = holder.day.usage;
  day.cascade = holder.day.cascade;
  day.prompt = holder.day.prompt;
}

void take_selection(Recorded& recorded, Selection selection, const Interests& interests) {
  Day& day = recorded.day;
  day.counts.selected = static_cast<int>(selection.papers.size());
  if (selection.withdrawn > 0) day.counts.withdrawn = selection.withdrawn;
  day.papers = std::move(selection.papers);
  day.near_misses = std::move(selection.near_misses);
  name_topics(day, interests.topics);
  recorded.others = std::move(selection.others);
}

}  // namespace

EarlierScores earlier_scores(const std::optional<Holder>& holder) {
  EarlierScores scores;
  if (!holder) return scores;
  for (const Entry& entry : holder->day.papers) scores.emplace(entry.paper.id, entry.score);
  for (const Entry& entry : holder->day.near_misses) scores.emplace(entry.paper.id, entry.score);
  for (const Other& other : holder->others) scores.emplace(other.id, other.score);
  return scores;
}

Exchange verdicts_in(const Holder& holder, const Candidates& candidates, const Settings& settings, const Llm& llm) {
  Exchange known;
  known.prompt = llm.scores_hash;
  known.model = settings.llm.model;
  const EarlierScores earlier = earlier_scores(holder);
  for (const Paper& paper : candidates.papers) {
    const auto found = earlier.find(paper.id);
    if (found == earlier.end()) continue;
    const Score& score = found->second;
    if (scored_locally(score) || !score.relevance || !score.novelty) continue;
    known.asked.push_back({paper.id, paper.version});
    known.verdicts.push_back({paper.id, *score.relevance, *score.novelty, score.topic, comment_of_llm(score), true});
  }
  return known;
}

Recorded score_day(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                   Candidates candidates, Triage triage, const std::optional<Holder>& holder, Date on,
                   Outages& outages) {
  const Date date = candidates.day.date;
  Recorded recorded;
  const std::vector<Earlier> earlier = earlier_of(holder, candidates, triage.scores);
  if (llm.endpoint && !candidates.papers.empty()) {
    context.console.say(triage_words(triage));
    Exchange known = holder ? verdicts_in(*holder, candidates, settings, llm) : Exchange();
    const Answered answered = ask(context, settings, llm, state,
                                  {candidates.day.date, on, sent_papers(triage, candidates.papers), std::move(known)});
    take_answers(triage, answered);
    recorded.day = told_by(answered, candidates, holder, settings, llm);
    recorded.day.cascade = cascade_of(triage, recorded.day.usage);
    const Unread unread = unread_in(answered);
    const bool takes_none = unread.declined > 0 && unread.declined == answered.asked.size();
    if (unread.unscored > 0 || takes_none)
      recorded.warning = why_unscored(answered, unread, answered.failure, settings.llm.budget);
    recorded.failure = answered.failure;
    recorded.out_of_budget = answered.out_of_budget;
    recorded.budget_is_too_small = answered.budget_is_too_small;
    outages.llm = outages.llm || !answered.failure.empty();
    recorded.mend = answered.out_of_budget && answered.failure.empty()
                        ? "nothing: the runs of later days go on; raise budget in [llm] where that takes too long"
                        : answered.mend;
    if (takes_none) recorded.mend = "set another model or base_url in [llm]: this one takes none of the day's papers";
  } else {
    recorded.day = candidates.day;
    recorded.day.status = status_of_day(candidates, 0, 0, llm, false);
    if (holder && is_unsettled(holder->day)) keep_verdicts(recorded, triage, *holder, earlier);
  }
  std::vector<Scored> scored =
      matched(context, settings, std::move(candidates.papers), std::move(triage.scores), earlier, on, outages);
  take_selection(recorded, select(std::move(scored), {settings.interests.cutoffs, settings.scoring.h_index}, date),
                 settings.interests);
  return recorded;
}

}  // namespace daybook
