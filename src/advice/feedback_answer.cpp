#include "advice/feedback_answer.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/escape.h"
#include "core/text.h"
#include "site/links.h"
#include "site/markdown_page.h"
#include "site/summary.h"

namespace daybook {

namespace {

constexpr std::size_t faults_told = 10;
constexpr std::size_t papers_told = 10;
constexpr std::size_t fault_bytes = 200;
constexpr std::size_t title_bytes = 160;

// As code, in which GitHub sees no markup, mention, address or number of an issue.
std::string code(std::string_view foreign) {
  std::string text(abridged(one_line(printable(repaired_utf8(foreign))), fault_bytes));
  std::replace(text.begin(), text.end(), '`', '\'');
  return '`' + text + '`';
}

// The text of a link is no place for mentions either.
std::string link(const std::string& id, const std::string& title) {
  const std::string text = title.empty() ? id : foreign_markdown(abridged(one_line(printable(title)), title_bytes));
  return '[' + text + "](" + abstract_url(id) + ')';
}

std::string bold_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "**" : ", **") + foreign_markdown(name) + "**";
  return text;
}

std::string more(std::size_t all, std::size_t told, std::string_view what) {
  return all > told ? "- and " + std::to_string(all - told) + " more" + std::string(what) + '\n' : std::string();
}

std::string papers_list(const std::vector<Paper>& papers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(papers.size(), papers_told); ++i)
    text += "- " + link(papers[i].id, papers[i].title) + '\n';
  return text + more(papers.size(), papers_told, "") + '\n';
}

std::string sum_of(const std::vector<Opinion>& opinions) {
  const auto count = [&](Stance stance) {
    return std::count_if(opinions.begin(), opinions.end(), [&](const Opinion& one) { return one.stance == stance; });
  };
  std::vector<std::string> parts;
  const auto add = [&](Stance stance, const std::string& words) {
    if (const auto number = count(stance); number > 0) parts.push_back(std::to_string(number) + ' ' + words);
  };
  add(Stance::like, "liked");
  add(Stance::dislike, "not for you");
  add(Stance::forget, "taken back");
  return "**" + counted(opinions.size(), "paper", "papers") + " noted:** " + joined(parts, ", ") + '.';
}

std::string stance_words(Stance stance) {
  return stance == Stance::like ? "liked" : stance == Stance::dislike ? "not for you" : "taken back";
}

std::string noted_list(const FeedbackAnswer& answer) {
  std::map<std::string, std::string> titles;
  for (const auto* tastes : {&answer.before, &answer.known})
    for (const Taste& taste : *tastes) titles.emplace(taste.paper.id, taste.paper.title);
  std::string text;
  for (const Opinion& opinion : answer.issue.opinions) {
    const auto title = titles.find(opinion.id);
    const auto file = std::find_if(answer.overruled.begin(), answer.overruled.end(),
                                   [&](const Opinion& other) { return other.id == opinion.id; });
    text += "- " + stance_words(opinion.stance) + ": " + link(opinion.id, title == titles.end() ? "" : title->second);
    if (title == titles.end() && opinion.stance != Stance::forget)
      text += " (not in this archive: the next run asks arXiv for it)";
    if (file != answer.overruled.end())
      text += " (but your `config/feedback.txt` has it as " + stance_words(file->stance) + ", and the file wins)";
    text += '\n';
  }
  return text + '\n';
}

std::string faults_of(const FeedbackIssue& issue) {
  std::string text;
  if (!issue.beyond.empty()) {
    text = "An issue has " + std::to_string(opinions_per_issue) +
           " papers at most. These did not count, put them into another one:";
    for (const Opinion& opinion : issue.beyond) {
      if (text.size() > 10000) break;
      text += ' ' + opinion.id;
    }
    text += "\n\n";
  }
  if (issue.faults.empty()) return text;
  text += "Not taken:\n\n";
  for (std::size_t i = 0; i < std::min(issue.faults.size(), faults_told); ++i)
    text += "- " + code(issue.faults[i].what) + '\n';
  return text + more(issue.faults.size(), faults_told, " lines") + '\n';
}

std::string order_words(const TasteEffect& effect) {
  if (effect.up.empty() && effect.down.empty()) return {};
  const std::string up = effect.up.empty() ? "" : bold_names(effect.up) + " up";
  const std::string down = effect.down.empty() ? "" : bold_names(effect.down) + " down";
  return "The next day's order: " + up + (up.empty() || down.empty() ? "" : "; ") + down + ".\n\n";
}

std::string days_words(const TasteEffect& effect) {
  const std::string days = effect.days == 1 ? "the last day" : "the last " + std::to_string(effect.days) + " days";
  std::string text;
  if (!effect.added.empty()) text += "With it, " + days + " would also have shown:\n\n" + papers_list(effect.added);
  if (!effect.dropped.empty())
    text += (text.empty() ? "With it, " + days + " would no longer have shown:\n\n" : "And no longer:\n\n") +
            papers_list(effect.dropped);
  if (text.empty()) text = "With it, " + days + " would have shown the same papers: one opinion moves little.\n\n";
  if (effect.read_anew > 0)
    text += counted(effect.read_anew, "other paper", "other papers") + " would have been read by the LLM.\n\n";
  return text;
}

std::string effect_words(const std::optional<TasteEffect>& effect) {
  if (!effect)
    return "It counts from the next run on. What it changes is not told here: `daybook check` finds faults in "
           "your settings.\n\n";
  if (effect->days == 0) return "It counts from the next run on.\n\n";
  return order_words(*effect) + days_words(*effect);
}

}  // namespace

std::string answer_of(const FeedbackAnswer& answer) {
  return sum_of(answer.issue.opinions) + "\n\n" + noted_list(answer) + effect_words(answer.effect) +
         faults_of(answer.issue);
}

std::string answer_of_nothing(const FeedbackIssue& issue) {
  return "**Nothing noted:** no line of this issue is an opinion on a paper. Write one a line: `+ 2401.12345` for a "
         "paper that you like, `- 2401.12345` for one that is not for you, `forget 2401.12345` to take back what you "
         "said of it.\n\n" +
         faults_of(issue);
}

std::string answer_to_stranger() {
  return "Thank you. Only opinions of those who may write to this repository count here, and your account may not, so "
         "nothing has changed. To have papers by your own taste, make a copy of this repository.\n";
}

}  // namespace daybook
