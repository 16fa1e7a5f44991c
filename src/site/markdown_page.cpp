#include <algorithm>

#include "day/page_notes.h"
#include "site/cascade_fields.h"
#include "site/day_page.h"
#include "site/heading_slug.h"
#include "site/links.h"
#include "site/markdown_index.h"
#include "site/paper_fields.h"
#include "site/usage_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// What the LLM and the services said: their links are nobody's wish. An abstract's are its authors'.
std::string foreign(std::string_view text) { return markdown(text, MarkdownPlace::link_text); }

class PageWriter {
 public:
  PageWriter(const Day& day, const SiteSettings& site) : day_(day), site_(site) {}

  std::string write(const std::string& prompt) {
    head();
    contents();
    for (const Entry& entry : day_.papers) paper(entry);
    if (!day_.near_misses.empty()) {
      block("## Near misses");
      for (const Entry& entry : day_.near_misses) paper(entry);
    }
    if (!prompt.empty()) {
      block("## Paper Selection Prompt");
      block(quoted_prompt(prompt));
    }
    return std::move(out_);
  }

 private:
  // Paragraphs and all else are parted by one empty line.
  void block(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    out_ += text;
    if (text.empty() || text.back() != '\n') out_ += '\n';
  }

  void head() {
    block("# " + markdown(site_.title) + ' ' + day_.date.iso());
    block(page_mark);
    block("**Status:** " + std::string(status_name(day_.status)) + ". " + std::string(status_sentence(day_.status)));
    if (!day_.why.empty()) block("**Why:** " + foreign(day_.why));
    for (const std::string& message : day_.cut_off) block("**Cut off:** " + foreign(message));
    if (day_.usage) usage(*day_.usage);
    if (day_.cascade) cascade(*day_.cascade);
    total("Total arXiv papers", day_.counts.announced);
    total("Total scanned papers", day_.counts.scanned);
    total("Total withdrawn papers", day_.counts.withdrawn);
    total("Total relevant papers", static_cast<int>(day_.papers.size()));
    block(day_note(day_));
  }

  void total(const std::string& label, const std::optional<int>& count) {
    if (count) block(label + ": " + std::to_string(*count));
  }

  template <typename Number, typename Text>
  static std::string row(std::string_view label, const std::optional<Number>& prompt,
                         const std::optional<Number>& completion, const std::optional<Number>& sum, Text text) {
    std::string line = "| **" + std::string(label) + "** |";
    for (const auto& number : {prompt, completion, sum}) line += ' ' + (number ? text(*number) + ' ' : "") + '|';
    return line + '\n';
  }

  void usage(const Usage& usage) {
    block(usage_table(usage));
    std::string line;
    const auto add = [&](std::string_view label, const std::optional<long long>& number) {
      if (number) line.append(line.empty() ? "" : " · ").append(label).append(": ").append(std::to_string(*number));
    };
    add("Requests", usage.requests);
    add("Cached prompt tokens", usage.cached_tokens);
    add("Reasoning tokens", usage.reasoning_tokens);
    if (has_unknown_cost(usage)) line.append(line.empty() ? "" : " · ").append("Cost: unknown");
    if (!line.empty()) block(line);
  }

  void cascade(const Cascade& cascade) {
    const std::string saved = saved_text(cascade);
    block("Sent to the LLM: " + std::to_string(cascade.sent) + " · Explored: " + std::to_string(cascade.explored) +
          " · Discarded: " + std::to_string(cascade.discarded) + (saved.empty() ? "" : " · Saved: " + markdown(saved)));
  }

  static std::string usage_table(const Usage& usage) {
    const auto digits = [](long long number) { return std::to_string(number); };
    std::optional<long long> tokens;
    if (usage.prompt_tokens && usage.completion_tokens) tokens = *usage.prompt_tokens + *usage.completion_tokens;
    return "| " + (usage.model.empty() ? std::string() : "*\\[" + markdown(usage.model) + "\\]* ") +
           "| Prompt | Completion | Total |\n| :---: | :---: | :---: | :---: |\n" +
           row("Token", usage.prompt_tokens, usage.completion_tokens, tokens, digits) +
           row("Cost", usage.prompt_cost, usage.completion_cost, usage.cost, escaped_money);
  }

  static std::string escaped_money(double dollars) { return '\\' + money(dollars); }

  void contents() {
    if (day_.papers.empty()) return;
    block("**Table of contents with paper titles:**");
    std::size_t number = 0;
    for (const Entry& entry : day_.papers) {
      const std::string title = markdown(entry.paper.title, MarkdownPlace::link_text);
      const std::string place = std::to_string(++number) + ". ";
      block(place + '[' + title + "](#" + heading_slug(place + from_markdown(title)) + ")\n" +
            std::string(place.size(), ' ') + "**Authors:** " + authors(entry.paper));
    }
  }

  static std::string authors(const Paper& paper) {
    std::string text;
    for (const std::string& name : paper.authors) {
      if (!text.empty()) text += ", ";
      append_markdown(text, name);
    }
    return text;
  }

  void paper(const Entry& entry) {
    const Paper& paper = entry.paper;
    const VisibleEntry visible{markdown(paper.title, MarkdownPlace::link_text), authors(paper),
                               markdown(paper.abstract), foreign(entry.score.comment)};
    block("---");
    block("## " + std::to_string(++number_) + ". [" + visible.title + "](" + abstract_url(paper.id) + ')');
    block("**ArXiv ID:** " + paper.id);
    if (!entry.score.topic.empty())
      block("**Primary Topic:** " + markdown(topic_name(entry.score.topic, day_.topics, {})));
    if (!visible.authors.empty()) block("**Authors:** " + visible.authors);
    if (!visible.abstract.empty()) block("**Abstract:** " + visible.abstract);
    if (!visible.comment.empty()) block("**Comment:** " + visible.comment);
    scores(entry.score);
    // Where nothing else says it already.
    if (entry.missed != entry.score.reason && entry.missed != cascade_words(entry.score))
      remark("Not selected", foreign(entry.missed));
    block(paper_note(entry, visible));
  }

  void scores(const Score& score) {
    std::string text;
    if (score.relevance) text += "**Relevance:** " + std::to_string(*score.relevance) + '\n';
    if (score.novelty) text += "**Novelty:** " + std::to_string(*score.novelty) + '\n';
    if (!text.empty()) block(text);
    remark("Scored", who_scored(score));
    if (!score.reason.empty()) remark("Not scored by the LLM", foreign(score.reason));
    if (score.rescored) remark("Re-scored", score.rescored->on.iso() + "; before: " + said_before(*score.rescored));
    remark("Not trusted", injection_words(score));
    if (!score.namesake.empty()) remark("Same name", "as " + markdown(score.namesake) + ", whom you follow");
    if (score.h_index) remark("h-index", std::to_string(*score.h_index));
  }

  void remark(std::string_view label, const std::string& text) {
    if (!text.empty()) block("**" + std::string(label) + ":** " + text);
  }

  const Day& day_;
  const SiteSettings& site_;
  std::string out_;
  std::size_t number_ = 0;  // near misses go on counting, so that no two headings have one anchor
};

}  // namespace

std::string markdown_page(const Day& day, const SiteSettings& site, const std::string& prompt) {
  return PageWriter(day, site).write(prompt);
}

std::string markdown_index(const Summaries& days, const SiteSettings& site) {
  std::string out = "# " + markdown(site.title) + "\n\n";
  out += days.empty() ? "No day has been recorded yet.\n" : "One page a day, the newest first.\n";
  int year = 0;
  for (const DaySummary& day : days) {
    if (day.date.year() != year) {
      year = day.date.year();
      out += "\n## " + std::to_string(year) + "\n\n";
    }
    const std::string iso = day.date.iso();
    out += "- [" + iso + "](" + iso.substr(0, 4) + '/' + iso + ".md): " +
           (day.readable ? counted(day.papers.size(), "paper", "papers") + ", " + std::string(status_name(day.status))
                         : "unreadable") +
           (day.cut_off ? ", cut off" : "") + '\n';
  }
  return out;
}

}  // namespace daybook
