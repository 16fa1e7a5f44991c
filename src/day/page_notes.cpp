#include "day/page_notes.h"

#include <climits>

#include "core/byte_set.h"
#include "core/text.h"
#include "day/record_json.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::string_view opening = "[//]: # \"";

// Beyond what ends the title, whatever a Markdown reader with extensions could take for markup or math.
constexpr ByteSet escaped("\"\\$<>&[]*_`");

std::string hidden_line(std::string_view word, std::string_view json) {
  std::string line(opening);
  line.append(word).append(" ");
  line.reserve(line.size() + json.size() + json.size() / 4);
  std::size_t copied = 0;
  for (std::size_t i = escaped.find_in(json); i != std::string_view::npos; i = escaped.find_in(json, i + 1)) {
    line.append(json, copied, i - copied).append(1, '\\');
    copied = i;
  }
  line.append(json, copied);
  return line += '"';
}

bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// Blanks at the ends are left out on both ways, as editors take them off.
std::string visible_text(std::string_view markdown) { return from_markdown(trim(markdown)); }

std::vector<std::string> visible_names(std::string_view markdown) {
  std::vector<std::string> names;
  std::string_view rest = trim(markdown);
  while (!rest.empty()) {
    const auto end = rest.find(", ");
    names.push_back(visible_text(rest.substr(0, end)));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  return names;
}

Writing unless(bool readable) { return readable ? Writing::never : Writing::always; }

// A fault's own line and column are those in the JSON; the page's line is what helps.
Error in_page(Error fault, const Place& place) {
  fault.place = place;
  fault.mend = "restore the page from its history";
  return fault;
}

}  // namespace

std::string day_note(const Day& day) {
  std::string json;
  JsonLine line(json);
  put_head(line, day);
  line.put("papers", static_cast<long long>(day.papers.size()));
  line.put("near_misses", static_cast<long long>(day.near_misses.size()));
  put_again(line, day);
  line.close();
  return hidden_line("day", json);
}

std::string paper_note(const Entry& entry, const VisibleEntry& visible) {
  EntryParts parts;
  parts.title = unless(visible_text(visible.title) == entry.paper.title);
  parts.authors = unless(visible_names(visible.authors) == entry.paper.authors);
  parts.abstract = unless(visible_text(visible.abstract) == entry.paper.abstract);
  parts.comment = unless(visible_text(visible.comment) == entry.score.comment);
  parts.scores = Writing::never;
  std::string json;
  append_entry(json, entry, parts);
  return hidden_line("paper", json);
}

std::string quoted_prompt(std::string_view prompt) {
  std::string quoted;
  for (const std::string_view line : split(prompt, '\n')) {
    quoted += line.empty() ? ">" : "> ";
    quoted.append(line).append("\n");
  }
  return quoted;
}

std::string unquoted_prompt(std::string_view quoted) {
  std::string prompt;
  bool first = true;
  for (std::string_view line : split(quoted, '\n')) {
    if (line.empty() || line[0] != '>') continue;
    line.remove_prefix(line.substr(0, 2) == "> " ? 2 : 1);
    if (!first) prompt += '\n';
    first = false;
    prompt.append(line);
  }
  return prompt;
}

std::optional<std::string> note_text(std::string_view line, std::string_view word) {
  line = trim(line);
  if (line.substr(0, opening.size()) != opening || line.back() != '"') return std::nullopt;
  line.remove_prefix(opening.size());
  if (line.substr(0, word.size()) != word || line.substr(word.size(), 1) != " ") return std::nullopt;
  line.remove_prefix(word.size() + 1);
  if (line.empty()) return std::nullopt;  // the line was cut off: its last quotation mark is its first
  line.remove_suffix(1);
  std::string text;
  text.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && is_ascii_punctuation(line[i + 1])) ++i;
    text += line[i];
  }
  return text;
}

void read_visible(const VisibleEntry& visible, Entry& entry) {
  entry.paper.title = visible_text(visible.title);
  entry.paper.authors = visible_names(visible.authors);
  entry.paper.abstract = visible_text(visible.abstract);
  entry.score.comment = visible_text(visible.comment);
}

Result<NotedDay> read_day_note(std::string json, const Place& place) {
  LocatedJson document(std::move(json), place.source);
  NotedDay noted;
  if (!document.fault) {
    Members members(document, document.root, nullptr);
    read_head(members, noted.day);
    const auto count = [&](std::string_view name) {
      members.required(name);
      return static_cast<std::size_t>(members.whole(name, 0, INT_MAX, "a whole number from 0 on").value_or(0));
    };
    noted.papers = count("papers");
    noted.near_misses = count("near_misses");
    read_again(members, noted.day);
  }
  if (document.fault) return in_page(*std::move(document.fault), place);
  return noted;
}

std::optional<Error> read_paper_note(std::string json, const Place& place, Entry& entry) {
  LocatedJson document(std::move(json), place.source);
  if (!document.fault) {
    EntryParts parts;
    parts.title = Writing::when_set;
    Members members(document, document.root, nullptr);
    read_entry(members, entry, parts);
  }
  if (!document.fault) return std::nullopt;
  return in_page(*std::move(document.fault), place);
}

}  // namespace daybook
