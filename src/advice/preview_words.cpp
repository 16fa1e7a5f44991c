#include "advice/preview_words.h"

#include <algorithm>
#include <cmath>

#include "site/links.h"
#include "site/markdown_page.h"
#include "site/summary.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// GitHub takes 1 MiB a step. https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
constexpr std::size_t summary_bytes_max = 900'000;

std::string number(const std::optional<int>& score) { return score ? std::to_string(*score) : "unknown"; }

std::string moved(std::size_t before, std::size_t after) {
  return std::to_string(before) + " -> " + counted(after, "paper", "papers");
}

std::string counts(std::size_t added, std::size_t dropped) {
  if (added == 0 && dropped == 0) return "none added, none dropped";
  return std::to_string(added) + " added, " + std::to_string(dropped) + " dropped";
}

std::string head_of(const DayPreview& day) {
  return day.date.iso() + ": " + moved(day.before, day.after) + ": " + counts(day.added.size(), day.dropped.size());
}

// "relevance 4 -> 7; left out before: relevance 4 < 7", with what made it so behind it.
std::string reasons_of(const Turn& turn, std::string_view when) {
  std::string text = "relevance " + number(turn.before);
  if (turn.after != turn.before) text += " -> " + number(turn.after);
  if (!turn.missed.empty()) text += "; left out " + std::string(when) + ": " + turn.missed;
  return text;
}

std::string lines_of(const Turn& turn, char sign, std::string_view when) {
  std::string text =
      std::string("\n  ") + sign + ' ' + turn.id + "  " + plain_text(turn.title) + "\n      " + reasons_of(turn, when);
  if (!turn.why.empty()) text += "\n      " + plain_text(turn.why);
  return text;
}

std::string item_of(const Turn& turn, const char* what, std::string_view when) {
  std::string text = std::string("- ") + what + " [" + foreign_markdown(turn.title) + "](" + abstract_url(turn.id) +
                     "): " + foreign_markdown(reasons_of(turn, when));
  return text + (turn.why.empty() ? "" : ". " + foreign_markdown(turn.why)) + '\n';
}

std::string tenths(std::size_t sum, std::size_t days) {
  const long long tenth = std::llround(10 * static_cast<double>(sum) / static_cast<double>(days));
  return std::to_string(tenth / 10) + '.' + std::to_string(tenth % 10);
}

struct Sum {
  std::size_t before = 0, after = 0, added = 0, dropped = 0;
};

Sum sum_of(const std::vector<DayPreview>& days) {
  Sum sum;
  for (const DayPreview& day : days) {
    sum.before += day.before;
    sum.after += day.after;
    sum.added += day.added.size();
    sum.dropped += day.dropped.size();
  }
  return sum;
}

}  // namespace

std::string preview_text(const DayPreview& day) {
  std::string text = head_of(day);
  for (const Turn& turn : day.added) text += lines_of(turn, '+', "before");
  for (const Turn& turn : day.dropped) text += lines_of(turn, '-', "now");
  return text;
}

std::string preview_sum(const std::vector<DayPreview>& days) {
  const Sum sum = sum_of(days);
  return counted(days.size(), "day", "days") + ": " + moved(sum.before, sum.after) + ", " +
         tenths(sum.before, days.size()) + " -> " + tenths(sum.after, days.size()) +
         " a day: " + counts(sum.added, sum.dropped);
}

std::string preview_markdown(const std::vector<DayPreview>& days, const std::vector<std::string>& notes) {
  std::string text = "## Preview\n\n" + markdown(preview_sum(days)) + "\n\n";
  for (const std::string& note : notes) text += foreign_markdown(note) + "\n\n";
  text += "| day | before | after | added | dropped |\n| :-- | --: | --: | --: | --: |\n";
  for (const DayPreview& day : days)
    text += "| " + day.date.iso() + " | " + std::to_string(day.before) + " | " + std::to_string(day.after) + " | " +
            std::to_string(day.added.size()) + " | " + std::to_string(day.dropped.size()) + " |\n";
  text += '\n';
  for (const DayPreview& day : days) {
    if (day.added.empty() && day.dropped.empty()) continue;
    std::string part = "**" + day.date.iso() + "**\n\n";
    for (const Turn& turn : day.added) part += item_of(turn, "added:", "before");
    for (const Turn& turn : day.dropped) part += item_of(turn, "dropped:", "now");
    if (text.size() + part.size() > summary_bytes_max) return text + "The log has the rest.\n";
    text += part + '\n';
  }
  return text;
}

}  // namespace daybook
