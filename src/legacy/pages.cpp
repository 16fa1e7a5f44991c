// The predecessors wrote texts into their pages as they came, unescaped: an abstract may hold headings, rules and the
// page's own labels. So a paper begins only at a heading that ends in its arXiv link and anchor; its labels are looked
// for from both ends of its text; and the prompt begins only behind the last paper.
#include <algorithm>
#include <charconv>
#include <vector>

#include "core/text.h"
#include "legacy/import_kinds.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::string_view link = "](https://arxiv.org/abs/";
constexpr std::string_view anchor = ") <a id=\"";
constexpr std::string_view anchor_end = "\"></a>";

// "## 1. [TITLE](https://arxiv.org/abs/ID) <a id="link1"></a>", with two or three #.
struct Heading {
  std::string_view title;
  std::string_view id;
};

std::optional<Heading> heading_of(std::string_view line) {
  line = trim(line);
  if (!line.starts_with("## ") && !line.starts_with("### ")) return std::nullopt;
  if (!line.ends_with(anchor_end)) return std::nullopt;
  const auto title = line.find(". [");
  const auto title_end = line.rfind(link);
  if (title_end == std::string_view::npos || title >= title_end) return std::nullopt;
  const auto id = title_end + link.size();
  const auto id_end = line.find(anchor, id);
  if (id_end == std::string_view::npos) return std::nullopt;
  return Heading{line.substr(title + 3, title_end - title - 3), line.substr(id, id_end - id)};
}

// "## Some Topic (4) <a id="topic-some-topic"></a>"
bool is_section(std::string_view line) {
  return line.starts_with("## ") && line.find("<a id=\"topic-") != std::string_view::npos && line.ends_with(anchor_end);
}

bool is_prompt_heading(std::string_view line) { return equal_ignoring_case(trim(line), "# paper selection prompt"); }

bool is_contents_heading(std::string_view line) {
  return line.starts_with("**Table of contents") || line.starts_with("Table of contents");
}

using Lines = std::vector<std::string_view>;

std::string joined(Lines::const_iterator from, Lines::const_iterator to) {
  std::string text;
  for (auto line = from; line != to; ++line) text.append(line == from ? "" : "\n").append(*line);
  return std::string(trim(text));
}

// The value behind "**NAME:**", where the line has that label.
std::optional<std::string_view> labelled(std::string_view line, std::string_view name) {
  if (!line.starts_with("**") || line.substr(2, name.size()) != name) return std::nullopt;
  line.remove_prefix(2 + name.size());
  if (!line.starts_with(":**")) return std::nullopt;
  return trim(line.substr(3));
}

// Takes from the end of a paper's lines what stands between it and the next: rules, blank lines, a topic's heading.
void drop_rule(Lines& lines) {
  while (!lines.empty()) {
    const std::string_view last = trim(lines.back());
    if (!last.empty() && last != "---" && !is_section(last)) return;
    lines.pop_back();
  }
}

void take_scores(Lines& lines, Score& score) {
  for (; !lines.empty(); lines.pop_back()) {
    const std::string_view last = trim(lines.back());
    const auto novelty = labelled(last, "Novelty");
    const auto relevance = labelled(last, "Relevance");
    if (!last.empty() && !novelty && !relevance) return;
    if (novelty) score.novelty = score_in(*novelty);
    if (relevance) score.relevance = score_in(*relevance);
  }
}

// Takes the last label of that name off the end, with all lines behind it.
std::string take_last(Lines& lines, std::string_view name) {
  for (auto at = lines.size(); at-- > 0;) {
    const auto first = labelled(lines[at], name);
    if (!first) continue;
    lines[at] = *first;
    std::string text = joined(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end());
    lines.resize(at);
    return text;
  }
  return {};
}

struct PagePaper {
  Entry entry;
  TopicName topic;
};

PagePaper read_paper(const Heading& heading, const ArxivId& id, Lines lines) {
  PagePaper read;
  Entry& entry = read.entry;
  drop_rule(lines);
  take_scores(lines, entry.score);
  take_last(lines, "Topic Match");
  entry.score.comment = take_last(lines, "Comment");
  std::string_view authors;
  auto line = lines.begin();
  for (; line != lines.end(); ++line) {
    if (const auto abstract = labelled(*line, "Abstract")) {
      *line = *abstract;
      break;
    }
    if (const auto names = labelled(*line, "Authors")) authors = *names;
    if (const auto topic = labelled(*line, "Primary Topic")) read.topic.name = *topic;
  }
  entry.paper.id = id.text;
  entry.paper.version = id.version;
  entry.paper.title = trim(heading.title);
  set_authors(entry.paper, authors);
  set_abstract(entry.paper, joined(line, lines.end()));
  entry.score.scorer = scorer_of_import(entry.score);
  if (!read.topic.name.empty()) read.topic.slug = slug(read.topic.name);
  entry.score.topic = read.topic.slug;
  return read;
}

// The heading's day: "2025-08-05", "01/17/2025" or "3/24/2025", as its last word.
std::optional<Date> date_in(std::string_view heading) {
  const std::string_view word = trim(heading).substr(trim(heading).rfind(' ') + 1);
  if (const auto date = Date::parse(word)) return date;
  const auto parts = split(word, '/');
  if (parts.size() != 3) return std::nullopt;
  int numbers[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const char* end = parts[i].data() + parts[i].size();
    const auto [stop, fault] = std::from_chars(parts[i].data(), end, numbers[i]);
    if (fault != std::errc() || stop != end) return std::nullopt;
  }
  return Date::from_parts(numbers[2], numbers[0], numbers[1]);
}

// From early 2025 on the prompt is quoted, but for the headings of its two halves. Before, it stood there as it was,
// with quotations of its own.
std::string prompt_in(const Lines& lines, std::size_t from) {
  const auto is_quoted = [](std::string_view line) {
    return trim(line).empty() || line[0] == '>' || line == "## System Prompt" || line == "## User Prompt";
  };
  const auto first = lines.begin() + static_cast<std::ptrdiff_t>(std::min(from, lines.size()));
  const bool quoted = std::all_of(first, lines.end(), is_quoted);
  std::string prompt;
  for (auto line = first; line != lines.end(); ++line) {
    std::string_view text = *line;
    if (quoted && text.starts_with(">")) text.remove_prefix(text.starts_with("> ") ? 2 : 1);
    prompt.append(text).append("\n");
  }
  return std::string(trim(prompt));
}

// Where the parts of a page begin.
struct Outline {
  std::vector<std::size_t> headings;  // of papers
  std::size_t contents = 0;           // the table of contents, or the first paper: the head ends there
  std::size_t prompt = 0;             // its heading
};

Outline outline_of(const Lines& lines) {
  Outline outline;
  outline.contents = outline.prompt = lines.size();
  std::size_t rule = 0;  // how many lines since a rule, blank ones not counted
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (is_prompt_heading(line) && rule == 1) {
      outline.prompt = i;
      break;
    }
    if (line == "---") {
      rule = 1;
    } else if (!line.empty()) {
      ++rule;
    }
    if (heading_of(line)) outline.headings.push_back(i);
    if (outline.contents == lines.size() && (is_contents_heading(line) || !outline.headings.empty()))
      outline.contents = i;
  }
  outline.contents = std::min(outline.contents, outline.prompt);
  return outline;
}

Lines lines_of(std::string_view text) {
  Lines lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (line.ends_with("\r")) line.remove_suffix(1);
  return lines;
}

// The head of a page: what the LLM took, and how many papers there were.
struct PageTotals {
  Counts counts;
  std::optional<Usage> usage;
  bool any() const { return usage.has_value() || counts != Counts{}; }
};

// A number as the pages have it: "$1,234.50", "57367".
template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  std::string digits;
  for (const char c : trim(text))
    if (c != '$' && c != ',') digits += c;
  Number number{};
  const char* end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, number);
  if (fault != std::errc() || stop != end || !(number >= 0)) return std::nullopt;
  return number;
}

// Emphasis, code marks and brackets around a cell's text: "**Token**", "*[gpt-4o]*".
std::string_view bare(std::string_view cell) {
  constexpr std::string_view marks = "*[]`";
  cell = trim(cell);
  while (!cell.empty() && marks.find(cell.front()) != std::string_view::npos) cell.remove_prefix(1);
  while (!cell.empty() && marks.find(cell.back()) != std::string_view::npos) cell.remove_suffix(1);
  return cell;
}

using Cells = std::vector<std::string>;

// The cells of every Markdown table row, one after the other.
Cells markdown_cells(std::string_view head) {
  Cells cells;
  for (const std::string_view line : split(head, '\n')) {
    std::string_view row = trim(line);
    if (row.size() < 2 || row.front() != '|' || row.back() != '|') continue;
    row = row.substr(1, row.size() - 2);
    for (const std::string_view cell : split(row, '|')) cells.emplace_back(bare(cell));
  }
  return cells;
}

std::string without_tags(std::string_view html) {
  std::string text;
  bool inside = false;
  for (const char c : html) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return std::string(trim(text));
}

// The data cells of the first HTML table.
Cells html_cells(std::string_view head) {
  Cells cells;
  head = head.substr(0, head.find("</table>"));
  for (auto start = head.find("<td"); start != std::string_view::npos; start = head.find("<td", start)) {
    const auto end = head.find("</td>", start);
    if (end == std::string_view::npos) break;
    cells.push_back(without_tags(head.substr(start, end - start)));
    start = end;
  }
  return cells;
}

std::size_t find_cell(const Cells& cells, std::string_view a, std::string_view b) {
  std::size_t at = 0;
  while (at < cells.size() && cells[at] != a && cells[at] != b) ++at;
  return at;
}

std::string_view cell(const Cells& cells, std::size_t at) {
  return at < cells.size() ? std::string_view(cells[at]) : std::string_view();
}

// The model's name is the first cell of both kinds of table.
void read_table(const Cells& cells, PageTotals& totals) {
  const std::size_t tokens = find_cell(cells, "Token", "Tokens");
  const std::size_t costs = find_cell(cells, "Cost", "Costs");
  if (tokens == cells.size() && costs == cells.size()) return;
  Usage& usage = totals.usage.emplace();
  usage.model = cells.front();
  usage.prompt_tokens = number_in<long long>(cell(cells, tokens + 1));
  usage.completion_tokens = number_in<long long>(cell(cells, tokens + 2));
  usage.prompt_cost = number_in<double>(cell(cells, costs + 1));
  usage.completion_cost = number_in<double>(cell(cells, costs + 2));
  usage.cost = number_in<double>(cell(cells, costs + 3));
  if (costs == tokens + 7) {
    totals.counts.announced = number_in<int>(cell(cells, tokens + 4));
    totals.counts.scanned = number_in<int>(cell(cells, tokens + 5));
    totals.counts.selected = number_in<int>(cell(cells, tokens + 6));
  }
}

void read_total(std::string_view line, PageTotals& totals) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string label = ascii_lower(trim(line.substr(0, colon)));
  const std::string_view value = line.substr(colon + 1);
  if (label == "total arxiv papers") totals.counts.announced = number_in<int>(value);
  if (label == "total scanned papers") totals.counts.scanned = number_in<int>(value);
  if (label == "total relevant papers") totals.counts.selected = number_in<int>(value);
  if (label != "total cost") return;
  const auto cost = number_in<double>(value);
  if (cost) totals.usage.emplace().cost = cost;
}

// The usage is a line ("Total cost: $0.98"), a Markdown table or an HTML table, which has the counts as well.
PageTotals read_totals(std::string_view head) {
  PageTotals totals;
  Cells cells = markdown_cells(head);
  if (cells.empty()) cells = html_cells(head);
  if (!cells.empty()) read_table(cells, totals);
  for (const std::string_view line : split(head, '\n')) read_total(line, totals);
  return totals;
}

PageTotals totals_of(const Lines& lines, const Outline& outline) {
  return read_totals(joined(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(outline.contents)));
}

Error bad_id(std::string_view id, std::size_t line, const std::string& source) {
  return {Kind::failed,
          {source, static_cast<int>(line) + 1, 1},
          '"' + std::string(id) + "\" is not an arXiv id",
          "correct the link of this heading"};
}

std::string holds(const Day& day) {
  return "the page names " + std::to_string(*day.counts.selected) + " papers but holds " +
         std::to_string(day.papers.size()) + ", so it was cut off";
}

// Papers are missing, or the last one's end is and so is the prompt.
bool is_cut_off(const Day& day, bool no_prompt) {
  if (static_cast<int>(day.papers.size()) < *day.counts.selected) return true;
  if (!no_prompt || day.papers.empty()) return false;
  const Score& last = day.papers.back().score;
  return last.scorer == Scorer::llm && !last.novelty;
}

void add_topic(std::vector<TopicName>& topics, TopicName topic) {
  if (topic.name.empty() || std::find(topics.begin(), topics.end(), topic) != topics.end()) return;
  topics.push_back(std::move(topic));
}

}  // namespace

bool is_old_page(std::string_view text) {
  const std::string_view body = trim(text);
  if (!body.starts_with("# ")) return false;
  for (auto at = body.find(link); at != std::string_view::npos; at = body.find(link, at + 1)) {
    const auto start = body.rfind('\n', at) + 1;
    if (heading_of(body.substr(start, body.find('\n', at) - start))) return true;
  }
  const Lines lines = lines_of(body);
  return totals_of(lines, outline_of(lines)).any();
}

Result<Imported> read_old_page(std::string_view text, const std::string& source) {
  const Lines lines = lines_of(text);
  const Outline outline = outline_of(lines);
  Imported imported;
  Day& day = imported.day;
  const auto title =
      std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return !trim(line).empty(); });
  const auto date = title == lines.end() ? std::nullopt : date_in(*title);
  const auto named = date ? date : date_in_name(source);
  if (!named) return no_date(source);
  day.date = *named;
  PageTotals totals = totals_of(lines, outline);
  day.counts = totals.counts;
  day.usage = std::move(totals.usage);
  for (std::size_t i = 0; i < outline.headings.size(); ++i) {
    const std::size_t start = outline.headings[i];
    const std::size_t end = i + 1 < outline.headings.size() ? outline.headings[i + 1] : outline.prompt;
    const auto heading = heading_of(lines[start]);
    const auto id = ArxivId::parse(heading->id);
    if (!id) return bad_id(heading->id, start, source);
    const auto at = [&](std::size_t line) { return lines.begin() + static_cast<std::ptrdiff_t>(line); };
    PagePaper paper = read_paper(*heading, *id, Lines(at(start + 1), at(end)));
    day.papers.push_back(std::move(paper.entry));
    add_topic(day.topics, std::move(paper.topic));
  }
  complete_import(day);
  if (day.papers.empty() && *day.counts.selected > 0)
    return Error{Kind::failed, {source}, holds(day), "restore the page from its history"};
  if (is_cut_off(day, outline.prompt == lines.size())) day.cut_off.push_back(holds(day));
  imported.prompt = prompt_in(lines, outline.prompt + 1);
  return imported;
}

}  // namespace daybook
