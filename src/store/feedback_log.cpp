#include "store/feedback_log.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "day/json_fields.h"
#include "paper/paper.h"

namespace daybook {

namespace {

auto order_of(const FeedbackLine& line) { return std::tie(line.at, line.issue, line.id); }

void check_id(const FoundMember& from, std::string& id) {
  const auto read = ArxivId::parse(id);
  if (!read || read->text != id) from.add_fault("an arXiv id");
}

std::vector<FeedbackLine> newest_of(const std::vector<FeedbackLine>& lines) {
  std::map<std::string, FeedbackLine> by_id;
  for (const FeedbackLine& line : lines) {
    const auto [known, is_new] = by_id.emplace(line.id, line);
    if (!is_new && order_of(known->second) <= order_of(line)) known->second = line;
  }
  std::vector<FeedbackLine> all;
  for (auto& [id, line] : by_id) all.push_back(std::move(line));
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  return all;
}

}  // namespace

void read_value(const FoundMember& from, Stance& to) {
  const std::string_view name = string_of(&from.value);
  read_as(from, stance_of(name), "like, dislike or forget", to);
}

void write_value(JsonText& out, Stance stance) { write_value(out, stance_name(stance)); }

constexpr auto json_fields(Type<FeedbackLine>) {
  return std::tuple(required("id", &FeedbackLine::id, check_id), required("opinion", &FeedbackLine::stance),
                    required("at", &FeedbackLine::at), field("issue", &FeedbackLine::issue));
}

FeedbackLog::FeedbackLog(AppendedLines file, std::vector<FeedbackLine> lines)
    : file_(std::move(file)), lines_(std::move(lines)) {}

Result<FeedbackLog> FeedbackLog::open(const std::string& archive, Errors& damaged) {
  auto file = AppendedLines::open(archive, "feedback.jsonl");
  if (!file) return file.error();
  auto lines = file->lines<FeedbackLine>("no action needed; say it again if you miss it", damaged);
  return FeedbackLog(std::move(*file), std::move(lines));
}

Result<Done> FeedbackLog::append(const std::vector<FeedbackLine>& lines) {
  if (auto wrote = file_.append(lines); !wrote) return wrote;
  lines_.insert(lines_.end(), lines.begin(), lines.end());
  return Done{};
}

std::vector<FeedbackLine> FeedbackLog::lines_of(int issue) const {
  std::vector<FeedbackLine> found;
  std::copy_if(lines_.begin(), lines_.end(), std::back_inserter(found),
               [&](const FeedbackLine& line) { return line.issue == issue; });
  return found;
}

std::vector<FeedbackLine> FeedbackLog::newest() const { return newest_of(lines_); }

std::vector<FeedbackLine> FeedbackLog::newest_without(int issue) const {
  std::vector<FeedbackLine> others = lines_;
  std::erase_if(others, [&](const FeedbackLine& line) { return line.issue == issue; });
  return newest_of(others);
}

}  // namespace daybook
