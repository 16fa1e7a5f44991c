// The reader of day pages behind import_file, and what it has in common with those of JSON. For legacy/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "legacy/import.h"

namespace daybook {

// The predecessors' day pages, of every generation since January 2025.
bool is_old_page(std::string_view text);
Result<Imported> read_old_page(std::string_view text, const std::string& source);

// The last YYYY-MM-DD in the name of the file.
std::optional<Date> date_in_name(std::string_view source);
Error no_date(const std::string& source);

// Authors as the predecessors joined them, affiliations and all.
void set_authors(Paper& paper, std::string_view joined);
// For a time their abstracts began as arXiv's RSS has them: "arXiv:9901.00001v1 Announce Type: new  Abstract: ". That
// goes to the fields where it belongs.
void set_abstract(Paper& paper, std::string_view abstract);
// A score as digits, where it is on the scale.
std::optional<int> score_in(std::string_view digits);
// The predecessors showed followed authors' papers without scores.
Scorer scorer_of_import(const Score& score);
// Sets what all imported days have: each paper seen on the day, one entry an id (the first), topics' names once.
void complete_import(Day& day);

}  // namespace daybook
