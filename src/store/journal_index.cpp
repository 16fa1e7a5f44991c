#include "store/journal_index.h"

#include <algorithm>
#include <functional>

#include "platform/disk.h"

namespace daybook {

namespace {

void sort_out(std::vector<std::size_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool have_common(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() && b != other.end() && *a != *b) *a < *b ? ++a : ++b;
  return a != one.end() && b != other.end();
}

bool concerns(const Exchange& exchange, const std::set<std::string>& ids) {
  return std::any_of(exchange.asked.begin(), exchange.asked.end(),
                     [&](const PaperVersion& paper) { return ids.count(paper.id) != 0; });
}

}  // namespace

JournalIndex::Known& JournalIndex::known(const std::string& name) {
  const std::string path = folder_ + '/' + name;
  const std::uintmax_t bytes = file_size(path).value_or(0);
  Known& known = journals_[name];
  if (known.bytes == bytes) return known;
  known = {bytes, {}, {}};
  const auto text = read_file_below(state_, path);
  if (!text) return known;
  for (Exchange& exchange : read_journal(*text).exchanges) {
    for (const PaperVersion& paper : exchange.asked) known.papers.push_back(std::hash<std::string>()(paper.id));
    exchange.asked = {};
    exchange.verdicts = {};
    known.spent.push_back(std::move(exchange));
  }
  sort_out(known.papers);
  return known;
}

Answers JournalIndex::answers(const std::set<std::string>& ids, Date except, Date day) {
  std::vector<std::size_t> wanted;
  for (const std::string& id : ids) wanted.push_back(std::hash<std::string>()(id));
  sort_out(wanted);
  Answers answers;
  const auto names = exists(folder_) ? files_in(folder_) : Result<std::vector<std::string>>(Error{});
  if (!names) return answers;
  for (const std::string& name : *names) {
    const Known& journal = known(name);
    for (const Exchange& exchange : journal.spent)
      if (exchange.on == day) answers.spent_on.push_back(exchange);
    if (!have_common(journal.papers, wanted)) continue;
    const auto text = read_file_below(state_, folder_ + '/' + name);
    if (!text) continue;
    const Journal whole = read_journal(*text);
    const bool is_open = Date::parse(name.substr(0, name.find('.'))) == except;
    const std::size_t count = is_open ? whole.ended : whole.exchanges.size();
    for (std::size_t i = 0; i < count; ++i)
      if (concerns(whole.exchanges[i], ids)) answers.kept.add(whole.exchanges[i]);
  }
  return answers;
}

}  // namespace daybook
