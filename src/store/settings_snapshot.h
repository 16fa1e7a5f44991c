// The settings that the recorded scores were made with, kept as state/interests.json: who knows them can tell an edit,
// and what it would change.
#pragma once

#include <optional>
#include <string>

#include "core/date.h"
#include "core/result.h"
#include "settings/settings.h"

namespace daybook {

struct SettingsSnapshot {
  Interests interests;  // interests_on() its day
  std::string model;    // [llm] model, whether an LLM was asked or not
  std::string prompt;   // Asked::scores_hash
  Date since;           // the day of the run that first met them
  bool operator==(const SettingsSnapshot&) const = default;
};

// What is in force once `day` was scored with these settings. Topics, words to skip, cut-offs, prompt and model count:
// where one of them is another than before, or nothing is known of before, it is in force since `day`. Authors do not
// count: their papers are shown whatever their scores. A clock that was ahead for a while does not leave a `since` in
// the future.
SettingsSnapshot snapshot_after(const std::optional<SettingsSnapshot>& before, const Settings& settings,
                                const std::string& prompt, Date day);

// What counts and is another: "topics, cut-offs and model"; empty: nothing. Where only the prompt's template was
// edited: "prompt"; it is not named beside topics, from which it is made.
std::string difference(const SettingsSnapshot& before, const SettingsSnapshot& after);

// From the folder state/; nothing where there is none.
Result<std::optional<SettingsSnapshot>> kept_snapshot(const std::string& state);
// Atomically; nothing is written where nothing is another.
Result<bool> keep_snapshot(const std::string& state, const SettingsSnapshot& snapshot);

}  // namespace daybook
