// The record of a day as JSON: archive/2025/2025-08-05.json, schema 1. See docs/formats.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "day/day.h"

namespace daybook {

inline constexpr int record_schema = 1;

// A record, and a file to import, may have so many bytes: in memory it takes a dozen times as much. A year's largest
// day has less than 1 MB.
inline constexpr std::size_t record_bytes_max = std::size_t{32} << 20U;

// Reads a record; the text is parsed in place and given up. Errors name line and column, and what was expected there. A
// newer schema is refused ("was written by a newer Daybook"). Members it does not know are passed over.
Result<Day> read_record(std::string text, const std::string& source);

// One line a paper, members in a fixed order, UTF-8, ends in a newline. read_record(write_record(d)) == d.
std::string write_record(const Day& day);

// DATE.others.jsonl, a line a paper. Errors name the line: it is cut off, or a member is wrong.
// read_others(write_others(o))
// == o where the scores have no comment and no topic, which are not kept.
std::string write_others(const std::vector<Other>& others);
Result<std::vector<Other>> read_others(const std::string& text, const std::string& source);

}  // namespace daybook
