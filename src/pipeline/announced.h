// What was announced: from files, or from arXiv.
#pragma once

#include "day/coverage.h"
#include "pipeline/fetch.h"

namespace daybook {

/// Announced is what the feeds of a run hold, and the day that they are read for.
struct Announced {
  Date date;
  std::vector<CategoryFeed> feeds;  // none at weekends
};

// From the files that --feed names, or over the network. Kind::later: arXiv is down.
Result<Announced> read_announced(const CommandContext& context, const Settings& settings, PoliteClient& arxiv);

// A feed of a later day than today in New York: the clock of this machine is behind, and no day is what it seems.
std::optional<Error> clock_behind(const CommandContext& context, const Announced& announced);

// That a day has no papers yet, and which of its categories lack what.
Error not_announced_yet(Date day, const Coverage& coverage);

Error no_categories(const std::string& source);

}  // namespace daybook
