#include "library/opinion_lines.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t comment_bytes_max = 300;

// What follows the '#', on one line and not without end.
std::string comment_of(std::string_view line) {
  const auto hash = line.find('#');
  if (hash == line.npos) return {};
  std::string comment;
  const std::string_view text = trim(line.substr(hash + 1));
  for (std::size_t at = 0; at < text.size() && comment.size() < comment_bytes_max;) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    comment.append(c < 0x20 || c == 0x7F ? " " : text.substr(start, at - start));
  }
  return comment.empty() ? "" : "  # " + comment;
}

std::optional<Opinion> opinion_in(std::string_view line) {
  Errors not_asked;
  auto found = read_opinions_of_issue(line, "", not_asked);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace

std::string with_opinions(std::string_view file, std::string_view said, const std::vector<Opinion>& opinions) {
  const auto said_lines = split(said, '\n');
  const std::string end = file.find("\r\n") == file.npos ? "\n" : "\r\n";
  // With the comment of the line that it takes the place of, since that is the owner's.
  const auto written = [&](const Opinion& opinion, std::string_view line_before = {}) {
    std::string comment = comment_of(line_before);
    if (comment.empty()) comment = comment_of(said_lines[static_cast<std::size_t>(opinion.line - 1)]);
    return (opinion.stance == Stance::like ? "+ " : "- ") + opinion.id + comment + end;
  };
  std::map<std::string_view, const Opinion*> by_id;
  for (const Opinion& opinion : opinions) by_id.emplace(opinion.id, &opinion);
  std::map<std::string_view, bool> is_there;  // of these
  std::string out;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t next = std::min(file.find('\n', at), file.size() - 1) + 1;
    const std::string_view line = file.substr(at, next - at);
    at = next;
    const auto had = opinion_in(line);
    const auto now = had ? by_id.find(had->id) : by_id.end();
    if (now == by_id.end()) {
      out += line;
    } else if (now->second->stance != Stance::forget && !std::exchange(is_there[now->first], true)) {
      out += had->stance == now->second->stance ? std::string(line) : written(*now->second, line);
    }
  }
  if (!out.empty() && out.back() != '\n') out += end;
  for (const Opinion& opinion : opinions)
    if (opinion.stance != Stance::forget && !is_there[opinion.id]) out += written(opinion);
  return out;
}

}  // namespace daybook
