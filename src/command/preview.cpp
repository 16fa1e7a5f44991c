// daybook preview: record + kept papers -> scores by the edited settings -> selection -> what comes and goes.
#include <algorithm>

#include "advice/preview_words.h"
#include "command/command.h"
#include "command/load.h"
#include "core/text.h"
#include "llm/prompt_hash.h"
#include "paper/announcement.h"
#include "pipeline/candidates.h"
#include "pipeline/execute_live.h"
#include "platform/clock.h"
#include "platform/lock.h"
#include "rank/phrases.h"
#include "store/settings_snapshot.h"

namespace daybook {

namespace {

// The settings as they are now beside those that the recorded scores were made with.
struct Edit {
  std::optional<SettingsSnapshot> before;
  SettingsSnapshot after;
  std::string what;           // "topics and cut-offs, authors"; empty: nothing, or not known
  bool words = false;         // topics or words to skip
  bool beyond_words = false;  // the prompt's template or the model, of which the local scorer knows nothing
};

bool same_authors(std::vector<Author> a, std::vector<Author> b) {
  const auto by_slug = [](const Author& one, const Author& other) { return one.slug < other.slug; };
  std::sort(a.begin(), a.end(), by_slug);
  std::sort(b.begin(), b.end(), by_slug);
  return a == b;
}

Edit edit_of(const CommandContext& context, const Settings& settings, const Llm& llm, const Templates& templates,
             Date today) {
  Edit edit{known_snapshot(context), {}, {}};
  edit.after = snapshot_after(edit.before, settings, llm.asked.scores_hash, today);
  if (!edit.before) return edit;
  const Interests& before = edit.before->interests;
  std::vector<std::string> parts;
  if (const std::string counting = difference(*edit.before, edit.after); !counting.empty()) parts.push_back(counting);
  if (!same_authors(before.authors, settings.interests.authors)) parts.emplace_back("authors");
  edit.what = joined(parts, ", ");
  edit.words = before.topics != settings.interests.topics || before.skip_keywords != settings.interests.skip_keywords;
  const std::string same_topics =
      prompt_hash(prompt_text(scoring_prompts(before, words_against(before), templates), FirstPass::none));
  edit.beyond_words = same_topics != edit.before->prompt || edit.before->model != edit.after.model;
  return edit;
}

// The last days that have papers, oldest first; what can't be read goes to `faults`.
std::vector<RecordedDay> recorded_days(const Archive& archive, const State& state, const std::vector<Date>& dates,
                                       int at_most, Errors& faults) {
  std::vector<RecordedDay> days;
  for (const Date date : dates) {
    if (static_cast<int>(days.size()) == at_most) break;
    auto day = archive.read(date);
    auto others = archive.read_others(date);
    if (!day) faults.push_back(day.error());
    if (!others) faults.push_back(others.error());
    if (!day) continue;
    auto kept = kept_candidates(state, date);
    RecordedDay recorded = recorded_day(std::move(*day), others ? *others : std::vector<Other>(),
                                        kept ? std::move(kept->papers) : std::vector<Paper>());
    if (!recorded.papers.empty()) days.push_back(std::move(recorded));
  }
  std::reverse(days.begin(), days.end());
  return days;
}

template <typename Is>
std::size_t count_papers(const std::vector<RecordedDay>& days, Is is) {
  std::size_t count = 0;
  for (const RecordedDay& day : days)
    count += static_cast<std::size_t>(std::count_if(day.papers.begin(), day.papers.end(), is));
  return count;
}

std::string what_was_edited(const Edit& edit) {
  if (!edit.before) return "the settings these days were scored with are unknown: only the cut-offs are compared";
  const std::string since = " (since " + edit.before->since.iso() + ")";
  if (edit.what.empty()) return "no edit affects the scores" + since;
  return "edited, compared with the settings the days were scored with" + since + ": " + edit.what;
}

std::string how_it_was_told(const Edit& edit, bool by_llm) {
  if (by_llm)
    return "The LLM was asked with the edited prompt. Its answers are kept and not paid for again; nothing was "
           "recorded.";
  if (!edit.words) return "Based on the recorded scores; no LLM was asked.";
  return "An estimate by the local scorer, which matches words; no LLM was asked. A paper that matches the same words "
         "as before keeps its relevance. Any other paper's relevance changes by as much as its local score; if the "
         "paper fits a new topic, or no LLM has read it, it gets the local score. An LLM may decide differently: "
         "--scorer llm asks it.";
}

std::vector<std::string> notes_of(const Edit& edit, const std::vector<RecordedDay>& days, bool by_llm) {
  std::vector<std::string> notes = {how_it_was_told(edit, by_llm)};
  if (edit.beyond_words && !by_llm)
    notes.emplace_back(
        "The prompt's template or the model changed. The local scorer can't tell what difference that makes; --scorer "
        "llm asks.");
  const auto old = [&](const RecordedDay& day) { return edit.before && day.date < edit.before->since; };
  if (const auto count = static_cast<std::size_t>(std::count_if(days.begin(), days.end(), old)); count > 0)
    notes.push_back(counted(count, "day is", "days are") + " from before " + edit.before->since.iso() + " and " +
                    (count == 1 ? "was" : "were") +
                    " scored with yet older settings: changes there are not all due to this edit.");
  const std::size_t titles = count_papers(days, [](const RecordedPaper& paper) { return !paper.has_abstract; });
  if ((edit.words || by_llm) && titles > 0)
    notes.push_back("Of " + counted(titles, "paper", "papers") + " only the title is kept: " +
                    (by_llm ? "the LLM was not asked about them." : "only the others' abstracts are compared."));
  const std::size_t unread = count_papers(days, [](const RecordedPaper& paper) { return is_discarded(paper.score); });
  if (!by_llm && unread > 0)
    notes.push_back(counted(unread, "paper was", "papers were") +
                    " not sent to the LLM: a change of cut-offs alone brings none of them in.");
  return notes;
}

void say(const CommandContext& context, const Edit& edit, const std::vector<DayPreview>& previews,
         const std::vector<std::string>& notes) {
  for (const DayPreview& day : previews) context.console.print(preview_text(day));
  context.console.print(preview_sum(previews));
  for (const std::string& note : notes) context.console.print(note);
  std::vector<std::string> all = {what_was_edited(edit)};
  all.insert(all.end(), notes.begin(), notes.end());
  if (const auto said = context.console.summarize(preview_markdown(previews, all)); !said)
    context.console.warning(said.error());
}

}  // namespace

Exit preview_command(const CommandContext& context) {
  auto loaded = load_for_scoring(context);
  if (!loaded) return exit_misuse;
  Settings& settings = loaded->settings;
  const auto present = now();
  if (!present) return context.fail(present.error());
  const Date today = announcement_day(*present);
  // Older days are compared as if they were scored today: a topic that has ended since counts on none.
  settings.interests = interests_on(settings.interests, today);
  loaded->llm.asked = loaded->llm.asked_on(today);
  loaded->llm.until.clear();

  // Read the last days that have papers.
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) return context.fail(dates.error());
  const State state(context.options.state);
  Errors faults;
  const std::vector<RecordedDay> days = recorded_days(archive, state, *dates, context.options.days, faults);
  const Exit exit = faults.empty() ? exit_done : context.fail(faults);
  if (days.empty()) {
    context.console.print("no day with papers is recorded in " + context.options.archive +
                          ": there is nothing to compare with");
    return exit;
  }

  // Score them by the edited settings.
  const Edit edit = edit_of(context, settings, loaded->llm, loaded->publishing.templates, today);
  context.console.print(what_was_edited(edit));
  std::optional<Interests> before;
  if (edit.before) before = edit.before->interests;
  const Expectation expectation(before, settings.interests);
  const bool by_llm = context.options.scorer == ScorerChoice::llm;
  AskedDays asked;
  if (by_llm) {
    warn_of_llm(context, settings, loaded->llm);
    const auto lock = FolderLock::take(context.options.archive);
    if (!lock) return context.fail(lock.error());
    RateLimitedClient nobody;
    const RunContext run{context,           settings, loaded->llm, archive, state, nobody,
                         loaded->prompts(), today,    nullptr,     {},      {}};
    asked = ask_anew(run, days, expectation);
  } else {
    asked.expected = expectation.of(days);
  }

  // Say what comes and what goes.
  const Ranking ranking{settings.interests.cutoffs, settings.scoring.h_index};
  std::vector<DayPreview> previews;
  for (std::size_t d = 0; d < days.size(); ++d) previews.push_back(preview_of(days[d], asked.expected[d], ranking));
  say(context, edit, previews, notes_of(edit, days, by_llm));
  return worse(exit, asked.exit);
}

}  // namespace daybook
