// The readers behind import_file, one a kind, and what their kinds have in common. For day/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "day/located_json.h"
#include "legacy/import.h"

namespace daybook {

// The predecessors' day pages, of every generation since January 2025.
bool is_old_page(std::string_view text);
Result<Imported> read_old_page(std::string_view text, const std::string& source);

// Our own Markdown page (page_notes.h).
bool is_own_page(std::string_view text);
Result<Imported> read_own_page(std::string_view text, const std::string& source);

// The predecessors' JSON: a map of papers by arXiv id, and the later bundle around such a map (schema_version 2).
// Faults are left in the document.
bool is_store(const Json& root);
Day read_store(LocatedJson& document);
bool is_bundle(const Json& root);
Day read_bundle(LocatedJson& document);

// A paper as both have it. `where` is the paper's place.
void read_stored_paper(Members& members, std::string_view id, Entry& entry);

// The last YYYY-MM-DD in the name of the file.
std::optional<Date> date_in_name(std::string_view source);
Error no_date(const std::string& source);

// Authors as the predecessors joined them, affiliations and all.
void set_authors(Paper& paper, std::string_view joined);
// For a time their abstracts began as arXiv's RSS has them: "arXiv:9901.00001v1 Announce Type: new  Abstract: ". That
// goes to the fields where it belongs.
void set_abstract(Paper& paper, std::string_view abstract);
// A score, where it is on the scale.
std::optional<int> on_scale(std::optional<long long> score);
// The predecessors showed followed authors' papers without scores.
Scorer scorer_of_import(const Score& score);
// What became of a day: the predecessors did not record it.
Status status_of_import(const Day& day);
// Sets what all imported days have: each paper seen on the day, one entry an id (the first), topics' names once.
void complete_import(Day& day);

}  // namespace daybook
