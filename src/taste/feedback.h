// What the owner likes and dislikes: from files beside the settings (feedback.txt, and library/ with BibTeX and RIS),
// and from issues, which the archive's log has.
#pragma once

#include <vector>

#include "library/opinions.h"
#include "library/reference.h"
#include "paper/paper.h"
#include "platform/rate_limited_client.h"
#include "rank/local.h"
#include "store/context.h"
#include "store/feedback_log.h"

namespace daybook {

// A paper and the owner's word on it. Its text is there as far as the owner's files have it.
struct OwnersPaper {
  Reference reference;
  bool liked = true;
  Place place;
};

struct Feedback {
  // feedback.txt, issues, then library/ by file name; each paper once, the first word counts
  std::vector<OwnersPaper> papers;
};

// The folder beside --config. Faults go to `errors` (Kind::failed: they must not keep a day from being recorded), what
// can be read is returned. Files that are neither .bib nor .ris are a warning, and so are damaged lines of the log,
// which nobody can mend. Without such files: nothing.
Feedback read_feedback(const CommandContext& context, Errors& errors);
// The same with `said` in place of the log: the newest line of each id.
Feedback read_feedback(const CommandContext& context, const std::vector<FeedbackLine>& said, Errors& errors);

// What feedback.txt says, which no issue can change.
std::vector<Opinion> read_feedback_file(const CommandContext& context, Errors& errors);

// For commands that go on without what could not be read: the first few of its faults, as warnings.
void warn_of_feedback(const CommandContext& context, const Errors& errors);

// "your taste is learned from 12 papers that you like and 3 that you don't"; empty where there are none.
std::string feedback_words(const Feedback& feedback);

// What the owner thinks of a paper, for the scorer to learn from.
struct Taste {
  Paper paper;  // id (empty: none is known), title, abstract (empty: none is known), authors, categories
  bool liked = true;
  bool operator==(const Taste&) const = default;
};

// The papers with their texts, in the order of `feedback`. A text is the library's own where it has an abstract; else
// it comes from state/library.json, which has what arXiv's API said before (first, so that a library of old papers does
// not make every run read the whole archive), from the archive's records, from state/candidates, or from the API: where
// `client` is given (and not with --feed or --dry-run), for 500 ids at most. What the API does not know is remembered
// in state/library.json too, and asked about again after 30 days by `on`. A paper without any text but its title counts
// by that; one with none is left out. Whatever goes wrong is said as a warning.
std::vector<Taste> tastes(const CommandContext& context, const ArxivSettings& arxiv, const Feedback& feedback, Date on,
                          RateLimitedClient* client);

// As the scorer learns from them.
std::vector<Tasted> read_tastes(const std::vector<Taste>& tastes);

}  // namespace daybook
