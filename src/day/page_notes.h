// The hidden lines of a day's Markdown page, by which the page reads back exactly.
//
// What a page shows is for people: TeX made Unicode, white space folded. The rest stands in link reference definitions
// that nothing refers to (CommonMark 0.31, 4.7), which no renderer shows: [//]: # "day {...}" once, and
// [//]: # "paper {...}" below each paper. Each is one line and needs an empty line before it. The JSON has the members
// of the record (README, "The archive"); what the page's visible text gives back exactly is left out of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "day/day.h"

namespace daybook {

// The line that makes a page ours, below its first heading.
inline constexpr std::string_view page_mark = "[//]: # \"daybook page 1\"";

// A paper's texts as the page shows them, in Markdown, each on one line: authors are the names' Markdown joined by
// ", ". Empty where the page doesn't show one.
struct VisibleEntry {
  std::string title;
  std::string authors;
  std::string abstract;
  std::string comment;
};

// Whole lines, without the newline. The paper's scores are not in its note: the page shows them.
std::string day_note(const Day& day);
std::string paper_note(const Entry& entry, const VisibleEntry& visible);

// The prompt for the page's foot: every line behind "> ", the last with its newline. Read back exactly.
std::string quoted_prompt(std::string_view prompt);
std::string unquoted_prompt(std::string_view quoted);

// The JSON of a hidden line that starts with `word` ("day", "paper"), escapes undone; nothing for any other line.
std::optional<std::string> note_text(std::string_view line, std::string_view word);

// The visible texts read back into the entry, as far as they can be.
void read_visible(const VisibleEntry& visible, Entry& entry);

struct NotedDay {
  Day day;  // without papers and near misses
  std::size_t papers = 0;
  std::size_t near_misses = 0;
};
// `place` is the line's. Errors name the fault, and that line.
Result<NotedDay> read_day_note(std::string json, const Place& place);
// Sets in `entry` what the note has, over what was read from the visible texts.
std::optional<Error> read_paper_note(std::string json, const Place& place, Entry& entry);

}  // namespace daybook
