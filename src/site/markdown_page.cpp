#include "site/markdown_page.h"

#include "core/text.h"
#include "site/links.h"
#include "site/paper_fields.h"
#include "site/usage_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// Beyond ASCII: the ranges of the Unicode blocks that hold no letters, marks or digits, or nearly none.
bool is_symbol(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (in(0x80, 0xBF)) return c != 0xAA && c != 0xB5 && c != 0xBA;
  // Superscript letters are letters to Unicode, superscript digits and fractions no digits.
  if (in(0x2070, 0x209F)) return c != 0x2071 && c != 0x207F && !in(0x2090, 0x209C);
  return c == 0xD7 || c == 0xF7 || in(0x2C2, 0x2C5) || in(0x2D2, 0x2DF) || c == 0x37E || c == 0x387 || c == 0x3F6 ||
         in(0x2000, 0x206F) || in(0x20A0, 0x20CF) || in(0x2150, 0x215F) || in(0x2190, 0x245F) || in(0x249C, 0x24E9) ||
         in(0x2500, 0x2775) || in(0x2794, 0x2BFF) || in(0x2E00, 0x2E7F) || in(0x3001, 0x3004) || in(0x3008, 0x3020) ||
         in(0xFE10, 0xFE1F) || in(0xFE30, 0xFE32) || in(0xFF01, 0xFF0F) || in(0xFF1A, 0xFF20) || c == 0xFFFD ||
         in(0x1D6C1, 0x1D6C1) || in(0x1F000, 0x1FAFF) || in(0xE000, 0xF8FF);
}

char32_t lower(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (in('A', 'Z') || (in(0xC0, 0xDE) && c != 0xD7)) return c + 0x20;
  if ((in(0x100, 0x137) && c != 0x130) || in(0x14A, 0x177)) return c | 1U;
  if (in(0x139, 0x148) || in(0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c == 0x178) return 0xFF;
  if (in(0x391, 0x3A9)) return c + 0x20;
  if (in(0x410, 0x42F)) return c + 0x20;
  if (in(0x400, 0x40F)) return c + 0x50;
  return c;
}

// Every line behind "> ".
std::string quoted(std::string_view prompt) {
  std::string quoted;
  for (const std::string_view line : split(prompt, '\n')) {
    quoted += line.empty() ? ">" : "> ";
    quoted.append(line).append("\n");
  }
  return quoted;
}

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
      block(quoted(prompt));
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
    remark("Status", std::string(status_name(day_.status)) + ". " + std::string(status_sentence(day_.status)));
    remark("Why", foreign_markdown(day_.why));
    for (const std::string& message : day_.cut_off) remark("Cut off", foreign_markdown(message));
    if (day_.usage) usage(*day_.usage);
    if (day_.cascade) cascade(*day_.cascade);
    total("Total arXiv papers", day_.counts.announced);
    total("Total scanned papers", day_.counts.scanned);
    total("Total withdrawn papers", day_.counts.withdrawn);
    total("Total relevant papers", static_cast<int>(day_.papers.size()));
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
    return "| " + (usage.model.empty() ? std::string() : "*[" + markdown_cell(usage.model) + "]* ") +
           "| Prompt | Completion | Total |\n| :---: | :---: | :---: | :---: |\n" +
           row("Token", usage.prompt_tokens, usage.completion_tokens, tokens, digits) +
           row("Cost", usage.prompt_cost, usage.completion_cost, usage.cost, money);
  }

  void contents() {
    if (day_.papers.empty()) return;
    block("**Table of contents with paper titles:**");
    std::size_t number = 0;
    for (const Entry& entry : day_.papers) {
      const std::string title = markdown(entry.paper.title, MarkdownPlace::link_text);
      const std::string place = std::to_string(++number) + ". ";
      block(place + '[' + title + "](#" + heading_slug(place + title) + ")\n" + std::string(place.size(), ' ') +
            "**Authors:** " + authors(entry.paper));
    }
  }

  static std::string authors(const Paper& paper) { return markdown(joined(paper.authors, ", ")); }

  void paper(const Entry& entry) {
    const Paper& paper = entry.paper;
    block("---");
    block("## " + std::to_string(++number_) + ". [" + markdown(paper.title, MarkdownPlace::link_text) + "](" +
          abstract_url(paper.id) + ')');
    remark("ArXiv ID", paper.id);
    if (!entry.score.topic.empty()) remark("Primary Topic", markdown(topic_name(entry.score.topic, day_.topics, {})));
    remark("Authors", authors(paper));
    remark("Abstract", markdown(paper.abstract));
    remark("Comment", foreign_markdown(entry.score.comment));
    scores(entry.score);
    // Where nothing else says it already.
    if (entry.missed != entry.score.reason && entry.missed != cascade_words(entry.score))
      remark("Not selected", foreign_markdown(entry.missed));
  }

  void scores(const Score& score) {
    std::string text;
    if (score.relevance) text += "**Relevance:** " + std::to_string(*score.relevance) + '\n';
    if (score.novelty) text += "**Novelty:** " + std::to_string(*score.novelty) + '\n';
    if (!text.empty()) block(text);
    remark("Scored", who_scored(score));
    if (!score.reason.empty()) remark("Not scored by the LLM", foreign_markdown(score.reason));
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

std::string heading_slug(std::string_view heading) {
  std::string slug;
  for (std::size_t i = 0; i < heading.size();) {
    const char32_t c = next_code_point(heading, i);
    const bool word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (c == ' ') {
      slug += '-';
    } else if (word || (c >= 0x80 && !is_symbol(c))) {
      append_utf8(slug, lower(c));
    }
  }
  return slug;
}

std::string foreign_markdown(std::string_view tex) { return markdown(tex, MarkdownPlace::link_text); }

std::string markdown_cell(std::string_view tex) {
  std::string cell;
  for (const char c : foreign_markdown(tex)) {
    if (c == '|' && (cell.empty() || cell.back() != '\\')) cell += '\\';
    cell += c;
  }
  return cell;
}

std::string markdown_page(const Day& day, const SiteSettings& site, const std::string& prompt) {
  return PageWriter(day, site).write(prompt);
}

std::string markdown_index(const Summaries& days, const SiteSettings& site) {
  std::string out = "# " + markdown(site.title) + "\n\n";
  out += days.empty() ? "No day has been recorded yet.\n" : "One page per day, newest first.\n";
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
