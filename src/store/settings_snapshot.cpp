#include "store/settings_snapshot.h"

#include <algorithm>

#include "core/text.h"
#include "day/json_fields.h"
#include "platform/disk.h"

namespace daybook {

constexpr auto json_fields(Type<Cutoffs>) {
  constexpr WholeRange any = {0, 1'000'000};
  return std::tuple(required("relevance", &Cutoffs::relevance, any), required("novelty", &Cutoffs::novelty, any),
                    required("at_most", &Cutoffs::at_most, any));
}
constexpr auto json_fields(Type<Topic>) {
  return std::tuple(required("slug", &Topic::slug), required("name", &Topic::name), required("keep", &Topic::keep),
                    required("skip", &Topic::skip), required("keywords", &Topic::keywords));
}
constexpr auto json_fields(Type<Author>) {
  return std::tuple(required("slug", &Author::slug), required("name", &Author::name), required("s2", &Author::s2),
                    required("orcid", &Author::orcid));
}
constexpr auto json_fields(Type<SettingsSnapshot>) {
  return std::tuple(
      required("since", &SettingsSnapshot::since), required("model", &SettingsSnapshot::model),
      required("prompt", &SettingsSnapshot::prompt),
      inlined(&SettingsSnapshot::interests,
              std::tuple(required("cutoffs", &Interests::cutoffs), required("skip_keywords", &Interests::skip_keywords),
                         required("topics", &Interests::topics), required("authors", &Interests::authors))));
}

namespace {

std::string path_in(const std::string& state) { return state + "/interests.json"; }

}  // namespace

SettingsSnapshot snapshot_after(const std::optional<SettingsSnapshot>& before, const Settings& settings,
                                const std::string& prompt, Date day) {
  SettingsSnapshot after{interests_on(settings.interests, day), settings.llm.model, prompt, day};
  if (before && difference(*before, after).empty()) after.since = std::min(before->since, day);
  return after;
}

std::string difference(const SettingsSnapshot& before, const SettingsSnapshot& after) {
  std::vector<std::string> parts;
  const bool topics = before.interests.topics != after.interests.topics;
  const bool skipped = before.interests.skip_keywords != after.interests.skip_keywords;
  if (topics) parts.emplace_back("topics");
  if (skipped) parts.emplace_back("words to skip");
  if (before.interests.cutoffs != after.interests.cutoffs) parts.emplace_back("cut-offs");
  if (!topics && !skipped && before.prompt != after.prompt) parts.emplace_back("prompt");
  if (before.model != after.model) parts.emplace_back("model");
  if (parts.size() < 2) return joined(parts, "");
  const std::string last = " and " + parts.back();
  parts.pop_back();
  return joined(parts, ", ") + last;
}

Result<std::optional<SettingsSnapshot>> kept_snapshot(const std::string& state) {
  const std::string path = path_in(state);
  if (!exists(path)) return std::optional<SettingsSnapshot>();
  auto text = read_file_below(state, path);
  auto snapshot = text ? read_json<SettingsSnapshot>(std::move(*text), path) : Result<SettingsSnapshot>(text.error());
  if (snapshot) return std::optional(std::move(*snapshot));
  Error fault = snapshot.error();
  fault.hint = "no action needed: the next run rewrites it; until then all settings count as new";
  return fault;
}

Result<bool> keep_snapshot(const std::string& state, const SettingsSnapshot& snapshot) {
  return write_atomically(path_in(state), write_json(snapshot) + '\n');
}

}  // namespace daybook
