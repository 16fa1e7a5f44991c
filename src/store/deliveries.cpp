#include "store/deliveries.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "day/json_fields.h"

namespace daybook {

namespace {

constexpr std::array<std::string_view, 6> state_names = {"claimed", "sending", "sent", "failed", "skipped", "unknown"};

std::optional<DeliveryState> state_of(std::string_view name) {
  for (std::size_t i = 0; i < state_names.size(); ++i)
    if (state_names[i] == name) return static_cast<DeliveryState>(i);
  return std::nullopt;
}

}  // namespace

std::string_view delivery_state_name(DeliveryState state) { return state_names.at(static_cast<std::size_t>(state)); }

void read_value(const FoundMember& from, DeliveryState& to) {
  const std::string_view name = string_of(&from.value);
  read_as(from, state_of(name), "a state of a delivery", to);
}

void write_value(JsonText& out, DeliveryState state) { write_value(out, delivery_state_name(state)); }

constexpr auto json_fields(Type<DeliveryLine>) {
  return std::tuple(required("key", &DeliveryLine::key), required("target", &DeliveryLine::target),
                    required("at", &DeliveryLine::at), required("state", &DeliveryLine::state),
                    field("why", &DeliveryLine::why), field("scores", &DeliveryLine::scores),
                    field("run", &DeliveryLine::run));
}

DeliveryLedger::DeliveryLedger(AppendedLines file, std::vector<DeliveryLine> lines)
    : file_(std::move(file)), lines_(std::move(lines)) {}

Result<DeliveryLedger> DeliveryLedger::open(const std::string& archive, Errors& damaged) {
  auto file = AppendedLines::open(archive, "deliveries.jsonl");
  if (!file) return file.error();
  auto lines = file->lines<DeliveryLine>("no action needed; a day whose sending it ended is not sent again", damaged);
  return DeliveryLedger(std::move(*file), std::move(lines));
}

Result<Done> DeliveryLedger::append(const DeliveryLine& line) {
  if (auto wrote = file_.append(std::vector{line}); !wrote) return wrote;
  lines_.push_back(line);
  return Done{};
}

Standings DeliveryLedger::of(std::string_view target) const {
  Standings standings;
  for (const DeliveryLine& line : lines_) {
    if (line.target != target) continue;
    Standing& standing = standings[line.key];
    if (line.state == DeliveryState::failed && !standing.failing_since) standing.failing_since = line.at;
    if (line.state == DeliveryState::sent) standing.failing_since.reset();
    standing.last = line;
  }
  return standings;
}

std::string scores_mark(const DaySummary& day) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  };
  for (const PaperSummary& paper : day.papers)
    add(paper.id + ' ' + std::to_string(paper.relevance.value_or(0)) + ' ' + std::to_string(paper.novelty.value_or(0)) +
        '\n');
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

}  // namespace daybook
