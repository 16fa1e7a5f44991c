#include "store/deliveries.h"

#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "day/json_fields.h"

namespace daybook {

namespace {

constexpr std::array<std::string_view, 7> state_names = {"claimed", "sending", "sent",   "failed",
                                                         "skipped", "partly",  "unknown"};

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
                    field("run", &DeliveryLine::run), field("left", &DeliveryLine::left));
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
    // Of two machines that claim at once, the second one's ledger has both lines when it is to send.
    if (line.state == DeliveryState::claimed && standing.last.state == DeliveryState::claimed &&
        !standing.last.run.empty())
      continue;
    const bool is_left = line.state == DeliveryState::failed || line.state == DeliveryState::partly;
    if (is_left && !standing.failing_since) standing.failing_since = line.at;
    if (line.state == DeliveryState::partly) standing.left = line.left;
    if (line.state == DeliveryState::sent) standing = {};
    standing.last = line;
  }
  return standings;
}

std::string scores_mark(const DaySummary& day) {
  std::string scores;
  for (const PaperSummary& paper : day.papers)
    scores += paper.id + ' ' + std::to_string(paper.relevance.value_or(0)) + ' ' +
              std::to_string(paper.novelty.value_or(0)) + '\n';
  return short_hash(scores);
}

}  // namespace daybook
