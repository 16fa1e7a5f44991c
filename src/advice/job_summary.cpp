#include "advice/job_summary.h"

#include "site/markdown_page.h"
#include "site/paper_fields.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr std::string_view unknown = "–";

template <typename Number>
std::string cell(const std::optional<Number>& number) {
  return number ? grouped(*number) : std::string(unknown);
}

std::string usage_table(const Usage& usage) {
  const std::string cost = cost_text(usage);
  return "| model | requests | prompt tokens | of them cached | completion tokens | of them reasoning | cost |\n"
         "| :-- | --: | --: | --: | --: | --: | --: |\n| " +
         markdown_cell(usage.model) + " | " + cell(usage.requests) + " | " + cell(usage.prompt_tokens) + " | " +
         cell(usage.cached_tokens) + " | " + cell(usage.completion_tokens) + " | " + cell(usage.reasoning_tokens) +
         " | " + (cost.empty() ? std::string(unknown) : cost) + " |\n\n";
}

std::string cascade_table(const Cascade& cascade) {
  const std::string saved = saved_text(cascade);
  return "| sent to the LLM | of them explored | discarded | saved |\n| --: | --: | --: | --: |\n| " +
         cell(std::optional(cascade.sent)) + " | " + cell(std::optional(cascade.explored)) + " | " +
         cell(std::optional(cascade.discarded)) + " | " + (saved.empty() ? std::string(unknown) : saved) + " |\n\n";
}

std::string scored_cell(const Score& score) {
  return who_scored(score) + (score.reason.empty() ? "" : ": " + markdown_cell(score.reason));
}

std::string papers_table(const std::vector<Entry>& papers) {
  if (papers.empty()) return {};
  std::string text = "| | relevance | novelty | scored |\n| :-- | --: | --: | :-- |\n";
  for (const Entry& entry : papers)
    text += "| " + markdown_cell(entry.paper.title) + " | " + cell(entry.score.relevance) + " | " +
            cell(entry.score.novelty) + " | " + scored_cell(entry.score) + " |\n";
  return text;
}

void add(const CommandContext& context, const std::string& markdown_text) {
  const auto said = context.console.summarize(markdown_text);
  if (!said) context.console.warning(said.error());
}

}  // namespace

void summarize_job(const CommandContext& context, const Day& day) {
  std::string text = "## " + day.date.iso() + ": " + std::string(status_name(day.status)) + "\n\n" +
                     std::string(status_sentence(day.status)) + "\n\n";
  if (!day.why.empty()) text += foreign_markdown(day.why) + "\n\n";
  for (const std::string& message : day.cut_off) text += "**Cut off:** " + foreign_markdown(message) + "\n\n";
  text += "| announced | scanned | shown before | selected |\n| --: | --: | --: | --: |\n| " +
          cell(day.counts.announced) + " | " + cell(day.counts.scanned) + " | " + cell(day.counts.shown_before) +
          " | " + cell(day.counts.selected) + " |\n\n";
  if (day.usage) text += usage_table(*day.usage);
  if (day.cascade) text += cascade_table(*day.cascade) + certificate_text(*day.cascade, day.date) + "\n\n";
  add(context, text + papers_table(day.papers) + '\n');
}

void summarize_head(const CommandContext& context) {
  add(context,
      "| day | status | announced | scanned | shown before | selected |\n| :-- | :-- | --: | --: | --: | --: |\n");
}

void summarize_row(const CommandContext& context, const Day& day) {
  const Counts& counts = day.counts;
  add(context, "| " + day.date.iso() + " | " + std::string(status_name(day.status)) + " | " + cell(counts.announced) +
                   " | " + cell(counts.scanned) + " | " + cell(counts.shown_before) + " | " + cell(counts.selected) +
                   " |\n");
}

}  // namespace daybook
