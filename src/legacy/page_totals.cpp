#include "legacy/page_totals.h"

#include <charconv>
#include <string>
#include <vector>

#include "core/text.h"

namespace daybook {

namespace {

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

void read_line(std::string_view line, PageTotals& totals) {
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

}  // namespace

PageTotals read_totals(std::string_view head) {
  PageTotals totals;
  Cells cells = markdown_cells(head);
  if (cells.empty()) cells = html_cells(head);
  if (!cells.empty()) read_table(cells, totals);
  for (const std::string_view line : split(head, '\n')) read_line(line, totals);
  return totals;
}

}  // namespace daybook
