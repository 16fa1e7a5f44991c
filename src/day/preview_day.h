// What a recorded day would show by edited settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "day/select.h"
#include "llm/verdict.h"
#include "rank/local.h"

namespace daybook {

struct RecordedPaper {
  Paper paper;
  Score score;
  bool was_shown = false;
  bool has_abstract = false;
  std::string missed;  // why it was not shown: "relevance 6 < 7"
};

struct RecordedDay {
  Date date;
  std::vector<RecordedPaper> papers;  // the shown ones in their order, then the others in theirs
};

// The record, with what state/ still has of its papers: without it others have a title and no abstract.
RecordedDay recorded_day(Day day, const std::vector<Other>& others, std::vector<Paper> kept);

// A paper's score by other settings.
struct Expected {
  Score score;
  std::string why;  // what made it another, in words; empty: it is the recorded one
};

// The recorded score, moved by what the local scorer makes of the edit. It goes by what the two interests say of the
// paper, and not by its numbers alone, since a topic more moves all of them a little:
//
//   - the same topic and words decide before and after: as recorded
//   - no LLM has read it: the local scorer's new relevance
//   - it fits a topic that is new: that relevance too, if it is more; the LLM was not asked for that topic
//   - its topic is gone, and it fits no other: that relevance too, if it is less
//   - else: the LLM's relevance, moved by as much as the local scorer's
//
// Followed authors' papers are matched as recorded, but for authors who are gone or came; those by name.
class Expectation {
 public:
  // `before`: the interests that the scores were made with; none: not known, then only cut-offs can be compared.
  Expectation(const std::optional<Interests>& before, const Interests& after);

  // Of all days' papers, which are scored among each other. A vector a day, parallel to its papers.
  std::vector<std::vector<Expected>> of(const std::vector<RecordedDay>& days) const;
  // The same, where an LLM has said its word on the new interests.
  Expected by_llm(const RecordedPaper& recorded, const Verdict& verdict) const;
  Expected left_out_by_title(const RecordedPaper& recorded) const;

 private:
  struct Edited {  // what the local scorer says by the interests of before and after
    Score before, after;
  };
  Expected of(const RecordedPaper& recorded, const Edited* edited) const;
  void match_author(const RecordedPaper& recorded, Expected& expected) const;
  bool is_gone(const std::string& slug) const;
  bool is_new(const std::string& slug) const;

  std::optional<Interests> before_;
  Interests after_;
  std::vector<Author> to_match_;  // of the new authors, those whose match is not in the record
  bool words_edited_ = false;
};

// A paper that comes or goes.
struct Turn {
  std::string id;
  std::string title;
  std::optional<int> before, after;  // relevance
  std::string missed;                // why it was not shown, or will not be
  std::string why;                   // what made its score another; empty: it is the same
};

struct DayPreview {
  Date date;
  std::size_t before = 0;  // papers shown
  std::size_t after = 0;
  std::vector<Turn> added;    // best first
  std::vector<Turn> dropped;  // in the record's order
};

// `expected` is parallel to the day's papers.
DayPreview preview_of(const RecordedDay& day, const std::vector<Expected>& expected, const Ranking& ranking);

}  // namespace daybook
