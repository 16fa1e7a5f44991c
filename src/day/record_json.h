// The parts of a record that the archive and the Markdown page's hidden lines share. For day/ only.
#pragma once

#include "day/day.h"
#include "day/json_line.h"
#include "day/located_json.h"

namespace daybook {

// Which of an entry's fields are written. A page shows some of them to its readers already.
enum class Writing { never, when_set, always };
struct EntryParts {
  Writing title = Writing::always;
  Writing authors = Writing::when_set;
  Writing abstract = Writing::when_set;
  Writing scores = Writing::when_set;  // relevance and novelty
  Writing comment = Writing::when_set;
};
void append_entry(std::string& out, const Entry& entry, const EntryParts& parts);

// The members of a day other than its papers: those before them ("schema" to "cut_off") and those behind ("again").
void put_head(JsonLine& line, const Day& day);
void put_again(JsonLine& line, const Day& day);

// A score in parts: relevance and novelty; scorer and scored_by; local_score and threshold; what else there is to say
// of it ("namesake" to "rescored"), where `reason` names the member that holds Score::reason.
void put_scores(JsonLine& line, const Score& score);
void put_scorer(JsonLine& line, const Score& score);
void put_local(JsonLine& line, const Score& score);
void put_remarks(JsonLine& line, const Score& score, std::string_view reason);
void read_scores(Members& members, Score& score);
void read_scorer(Members& members, Score& score);
void read_local(Members& members, Score& score);
void read_remarks(Members& members, Score& score, std::string_view reason);

void read_id(Members& members, std::string& id);

// Members that aren't there leave `entry` as it is. What an entry must have is required where `parts` says always.
void read_entry(Members& members, Entry& entry, const EntryParts& parts);
void read_head(Members& members, Day& day);
void read_again(Members& members, Day& day);

// read_record, with the text parsed already.
void read_day(LocatedJson& document, Day& day);

}  // namespace daybook
