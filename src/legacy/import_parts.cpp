#include <charconv>
#include <unordered_set>

#include "core/text.h"
#include "legacy/import_kinds.h"
#include "paper/feed.h"

namespace daybook {

namespace {

// Takes `expected` and blanks behind it off the front.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  const auto next = text.find_first_not_of(" \n");
  text.remove_prefix(next == std::string_view::npos ? text.size() : next);
  return true;
}

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \n"));
  take(text, word);
  return word;
}

}  // namespace

std::optional<Date> date_in_name(std::string_view source) {
  constexpr std::size_t length = 10;                             // YYYY-MM-DD
  std::string_view name = source.substr(source.rfind('/') + 1);  // npos + 1 is 0
  for (std::size_t end = name.size(); end >= length; --end) {
    const std::size_t start = end - length;
    if ((end < name.size() && is_digit(name[end])) || (start > 0 && is_digit(name[start - 1]))) continue;
    if (const auto date = Date::parse(name.substr(start, length))) return date;
  }
  return std::nullopt;
}

void set_authors(Paper& paper, std::string_view joined) {
  Names names = split_authors(joined);
  paper.authors = std::move(names.names);
  paper.affiliations = std::move(names.affiliations);
}

void set_abstract(Paper& paper, std::string_view abstract) {
  abstract = trim(abstract);
  paper.abstract = abstract;
  if (!abstract.starts_with("arXiv:")) return;
  std::string_view rest = abstract;
  const auto id = ArxivId::parse(take_word(rest));
  if (!id || !take(rest, "Announce Type:")) return;
  const auto type = announce_type_of(take_word(rest));
  if (!type || !take(rest, "Abstract:")) return;
  paper.version = id->version;
  paper.announce_type = type;
  paper.abstract = rest;
}

std::optional<int> score_in(std::string_view digits) {
  int score = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), score);
  if (fault != std::errc() || end != digits.data() + digits.size() || score < 1 || score > 10) return std::nullopt;
  return score;
}

Scorer scorer_of_import(const Score& score) {
  return !score.relevance && score.comment == "Author match" ? Scorer::author : Scorer::llm;
}

// A day that selected nothing had its papers scored only where the LLM answered. Where not even the number of papers is
// known (an empty store), it is taken for lost and not for quiet: the predecessors wrote nothing on days without
// announcements, and a lost day gives way to any other reading of it.
Status status_of_import(const Day& day) {
  if (!day.papers.empty()) return Status::complete;
  const Counts& counts = day.counts;
  if (counts.announced.value_or(counts.scanned.value_or(1)) == 0 && counts.scanned.value_or(0) == 0)
    return Status::quiet;
  const bool answered = day.usage && day.usage->completion_tokens.value_or(0) > 0;
  return answered ? Status::complete : Status::lost;
}

void complete_import(Day& day) {
  std::unordered_set<std::string> ids;
  std::vector<Entry> papers;
  papers.reserve(day.papers.size());
  for (Entry& entry : day.papers) {
    if (!ids.insert(entry.paper.id).second) continue;
    entry.first_seen = day.date;
    papers.push_back(std::move(entry));
  }
  day.papers = std::move(papers);
  if (!day.counts.selected) day.counts.selected = static_cast<int>(day.papers.size());
  day.status = status_of_import(day);
}

}  // namespace daybook
