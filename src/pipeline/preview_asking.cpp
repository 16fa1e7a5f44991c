#include "pipeline/preview_asking.h"

#include <algorithm>

#include "guard/guarded.h"
#include "pipeline/estimate.h"
#include "pipeline/to_ask.h"
#include "site/links.h"

namespace daybook {

namespace {

// What a day's papers of which there is an abstract are, and where they stand in the day.
struct DayToAsk {
  ToAsk to_ask;
  std::vector<std::size_t> places;
};

DayToAsk day_to_ask(const RecordedDay& day, Date on) {
  DayToAsk one{{day.date, on, {}, {}}, {}};
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    if (!day.papers[i].has_abstract) continue;
    one.to_ask.papers.push_back(day.papers[i].paper);
    one.places.push_back(i);
  }
  return one;
}

// Without a word: those who ask say what they took out.
std::vector<AskedPaper> words_of(const std::vector<Paper>& papers) {
  std::vector<AskedPaper> asked;
  for (const Paper& paper : papers) {
    Guarded words = guarded(paper);
    asked.push_back(
        {{paper.id, paper.version}, std::move(words.title), std::move(words.abstract), !words.removed.empty()});
  }
  return asked;
}

std::string what_it_takes(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                          const std::vector<DayToAsk>& to_ask) {
  Estimate estimate;
  std::size_t papers = 0;
  for (const DayToAsk& one : to_ask) {
    const Known known = known_of(context, settings, llm, state, one.to_ask);
    const std::vector<AskedPaper> words = words_of(one.to_ask.papers);
    papers += words.size();
    estimate.add(
        make_asking(assignment_for(settings, llm, state, one.to_ask, known, Pass::scores), known, words).estimate());
    if (settings.llm.title_filter)
      estimate.add(make_asking(assignment_for(settings, llm, state, one.to_ask, known, Pass::titles), known,
                               judged_by_title(settings, one.to_ask, words))
                       .estimate());
  }
  return "asking about " + counted(papers, "paper", "papers") + " of " + counted(to_ask.size(), "day", "days") + ": " +
         (estimate.requests() == 0 ? "no request: all is answered already" : estimate.words(settings.llm, llm.prices)) +
         (settings.llm.title_filter ? ", less what titles leave out" : "");
}

// What was asked here is no part of the day, which must not be told that a run of it was killed. But where one was, and
// the day waits to be scored again, its answers are that run's to take up.
bool may_end_journal(const State& state, const Archive& archive, Date date) {
  const auto journal = state.journal(date);
  if (!journal || journal->ended == journal->exchanges.size()) return true;
  const auto day = archive.read(date);
  return day && !is_to_be_healed(day->status);
}

Error cut_short(const Answered& answered) {
  const std::string why = answered.failure.empty() ? "the day's budget allows no further request" : answered.failure;
  return {answered.budget_is_too_small ? Kind::failed : Kind::later,
          {},
          "the LLM did not answer for all papers: " + why,
          answered.mend.empty() ? "repeat the command later; answers are kept, and it goes on where it was"
                                : answered.mend};
}

}  // namespace

AskedDays ask_anew(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                   const Archive& archive, const std::vector<RecordedDay>& days, const Expectation& expectation,
                   Date on) {
  std::vector<DayToAsk> to_ask;
  AskedDays result;
  for (const RecordedDay& day : days) {
    to_ask.push_back(day_to_ask(day, on));
    std::vector<Expected>& expected = result.expected.emplace_back();
    for (const RecordedPaper& paper : day.papers) expected.push_back(expectation.of(paper));
  }
  context.console.print(what_it_takes(context, settings, llm, state, to_ask));
  for (std::size_t d = 0; d < days.size() && result.exit == exit_done; ++d) {
    const DayToAsk& one = to_ask[d];
    if (one.places.empty()) continue;
    const Group group(context.console, "Asking about " + days[d].date.iso());
    const bool may_end = may_end_journal(state, archive, days[d].date);
    const Answered answered = ask(context, settings, llm, state, one.to_ask);
    if (may_end)
      if (const auto ended = state.end_journal(days[d].date); !ended) context.console.warning(ended.error());
    for (std::size_t k = 0; k < one.places.size(); ++k) {
      const std::size_t i = one.places[k];
      if (answered.left_out[k]) {
        result.expected[d][i] = expectation.left_out_by_title(days[d].papers[i]);
      } else if (answered.asked[k].verdict) {
        result.expected[d][i] = expectation.by_llm(days[d].papers[i], *answered.asked[k].verdict);
      }
    }
    if (!answered.failure.empty() || answered.out_of_budget) result.exit = context.fail(cut_short(answered));
  }
  return result;
}

}  // namespace daybook
