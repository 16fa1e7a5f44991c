#include "command/job_summary.h"

#include "tex/tex.h"

namespace daybook {

namespace {

std::string cell(const std::optional<int>& number) { return number ? std::to_string(*number) : "–"; }

}  // namespace

void summarize_job(const World& world, const Day& day) {
  std::string text = "## " + day.date.iso() + ": " + std::string(status_name(day.status)) + "\n\n" +
                     std::string(status_sentence(day.status)) + "\n\n";
  for (const std::string& message : day.cut_off) text += "**Cut off:** " + markdown(message) + "\n\n";
  text += "| announced | scanned | shown before | selected |\n| --: | --: | --: | --: |\n| " +
          cell(day.counts.announced) + " | " + cell(day.counts.scanned) + " | " + cell(day.counts.shown_before) +
          " | " + cell(day.counts.selected) + " |\n\n";
  if (!day.papers.empty()) text += "| | relevance | novelty | scored by |\n| :-- | --: | --: | :-- |\n";
  for (const Entry& entry : day.papers)
    text += "| " + markdown(entry.paper.title) + " | " + cell(entry.score.relevance) + " | " +
            cell(entry.score.novelty) + " | " + std::string(scorer_name(entry.score.scorer)) + " |\n";
  const auto said = world.console.summarize(text + '\n');
  if (!said) world.console.warning(said.error());
}

}  // namespace daybook
