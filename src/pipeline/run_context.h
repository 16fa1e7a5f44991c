// What the archive holds before a command adds to it, and what all days of a run share.
#pragma once

#include <optional>
#include <vector>

#include "day/coverage.h"
#include "day/select.h"
#include "pipeline/llm.h"
#include "platform/rate_limited_client.h"
#include "rank/local.h"
#include "settings/settings.h"
#include "store/archive.h"
#include "store/context.h"
#include "store/settings_snapshot.h"
#include "store/state.h"

namespace daybook {

// How long a paper that was scanned and not shown is remembered: what comes again, comes within weeks.
inline constexpr int days_scanned = 60;

struct Past {
  Ledger ledger;            // which papers were shown; and, of the last days before `on`, which were scanned and not
  CategoryHistory history;  // what the last days have of each category
  Summaries summaries;      // of each day, newest first, for the archive's index
};

// A record that can't be read is passed over here, and named by the build that follows; its papers may be shown again.
Result<Past> read_past(const CommandContext& context, const Archive& archive, Date on);

// What was found to be down in this run: one day's wait is enough for all.
struct Outages {
  bool llm = false;
  bool semantic_scholar = false;
  bool budget = false;  // too small for any request, and said to be
};

// What the local scorer goes by besides the archive and the state.
struct Evidence {
  std::vector<Tasted> tasted;  // what the owner likes and dislikes
  SettingsSnapshot snapshot;   // the interests, the prompt, the cut-offs and the model of this run, and since when
  bool knows_before = false;   // whether state/ says which were in force before
};

/// RunContext is what all days of a run share: where things lie, what was loaded, what the archive holds, and what
/// this run has found out so far. It is made once a command and passed to every step.
struct RunContext : CommandContext {
  const Settings& settings;
  const Llm& llm;
  const Archive& archive;
  const State& state;
  RateLimitedClient& arxiv;
  PromptTexts& prompts;
  Date on;                                               // the day of this run
  void (*summarize)(const CommandContext&, const Day&);  // a day that was recorded, for the job's summary
  Past past;
  Evidence evidence;
  Outages outages = {};

  // What is recorded of a day; null where nothing is, or nothing that can be read.
  const DaySummary* recorded(Date date) const;
  bool is_recorded_as(Status status, Date date) const;
};

// What can't be read of it is said; nothing is an error. `arxiv`, where given, is asked about papers that the owner
// likes.
Evidence read_evidence(const CommandContext& context, const Settings& settings, const Llm& llm, Date on,
                       RateLimitedClient* arxiv);

// The settings that recorded scores were made with, from state/. A file that can't be read is a warning, and as good as
// none.
std::optional<SettingsSnapshot> known_snapshot(const CommandContext& context);

}  // namespace daybook
