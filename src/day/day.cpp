#include "day/day.h"

#include <algorithm>
#include <array>
#include <utility>

namespace daybook {

namespace {

struct StatusWords {
  std::string_view name;
  std::string_view sentence;
  int worth;  // the higher takes the lower's place
};

// In the order of Status.
constexpr std::array<StatusWords, 6> statuses = {{
    {"complete", "All of the day's papers were scored.", 4},
    {"quiet", "arXiv announced nothing that day.", 0},
    {"partial",
     "The LLM failed or the budget ran out, so some papers were scored locally; the next run scores them again.", 3},
    {"local", "Scored by the local scorer, without an LLM.", 2},
    {"degraded", "Scored by the local scorer: the LLM was down for the whole day.", 1},
    {"lost", "Papers were announced, but none was scored.", 0},
}};

constexpr std::array<std::string_view, 5> category_states = {"complete", "stale", "empty", "cut_off", "unknown"};

const StatusWords& words_of(Status status) { return statuses.at(static_cast<std::size_t>(status)); }

int worth(Status status) { return words_of(status).worth; }

bool had_papers(const Day& day) {
  return !day.papers.empty() || day.counts.announced.value_or(0) > 0 || day.counts.scanned.value_or(0) > 0;
}

// More of a day of which something is missing, read at least in part where the holder was.
bool completes(const Day& holder, const Day& challenger) {
  const int had = holder.counts.scanned.value_or(0);
  return is_unsettled(holder) && challenger.counts.scanned.value_or(0) > had &&
         (had == 0 || worth(challenger.status) >= worth(holder.status) || challenger.status == Status::partial);
}

}  // namespace

std::string_view status_name(Status status) { return words_of(status).name; }
std::string_view status_sentence(Status status) { return words_of(status).sentence; }

std::optional<Status> status_of(std::string_view name) {
  const auto found = std::find_if(statuses.begin(), statuses.end(), [&](const auto& one) { return one.name == name; });
  if (found == statuses.end()) return std::nullopt;
  return static_cast<Status>(found - statuses.begin());
}

std::string_view category_state_name(CategoryState state) {
  return category_states.at(static_cast<std::size_t>(state));
}

std::optional<CategoryState> category_state_of(std::string_view name) {
  const auto found = std::find(category_states.begin(), category_states.end(), name);
  if (found == category_states.end()) return std::nullopt;
  return static_cast<CategoryState>(found - category_states.begin());
}

bool is_unsettled(const Day& day) {
  if (day.categories.empty()) return !day.cut_off.empty();
  return std::any_of(day.categories.begin(), day.categories.end(),
                     [](const CategoryCount& count) { return count.state != CategoryState::complete; });
}

bool has_unknown_cost(const Usage& usage) {
  const auto some = [](const std::optional<long long>& count) { return count.value_or(0) > 0; };
  return !usage.cost && (some(usage.requests) || some(usage.prompt_tokens) || some(usage.completion_tokens));
}

bool may_replace(const Day& holder, const Day& challenger) {
  if (challenger.status == Status::quiet) return holder.status == Status::quiet;
  if (holder.status == Status::quiet) return had_papers(challenger);
  if (completes(holder, challenger)) return true;
  // Half a day, however well scored, is not the day; but of a lost one there is nothing to lose.
  const bool made_whole = !holder.cut_off.empty() && challenger.cut_off.empty();
  if (holder.status != Status::lost && !made_whole && challenger.counts.scanned && holder.counts.scanned &&
      *challenger.counts.scanned < *holder.counts.scanned)
    return false;
  if (worth(challenger.status) != worth(holder.status)) return worth(challenger.status) > worth(holder.status);
  if (challenger.cut_off.empty() != holder.cut_off.empty()) return challenger.cut_off.empty();
  // A count that isn't known is no better than none.
  return challenger.counts.scanned.value_or(0) >= holder.counts.scanned.value_or(0);
}

}  // namespace daybook
