// What the journals in state/answers know of which papers, so that a year of them is not read anew for each of its
// days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/date.h"
#include "llm/exchange.h"

namespace daybook {

// What was ever asked about some papers, with their prompts and models.
struct Answers {
  KeptVerdicts kept;
  std::vector<Exchange> spent_on;  // exchanges of runs on a day, for that day's budget; without papers and verdicts
};

class JournalIndex {
 public:
  explicit JournalIndex(std::string state) : state_(std::move(state)), folder_(state_ + "/answers") {}

  // But for the open end of `except`'s journal. Journals only grow: one is read again where it is longer than it was.
  Answers answers(const std::set<std::string>& ids, Date except, Date day);

 private:
  struct Known {
    std::uintmax_t bytes = 0;
    std::vector<std::size_t> papers;  // hashes of their ids, sorted
    std::vector<Exchange> spent;
  };
  Known& known(const std::string& name);

  std::string state_;
  std::string folder_;
  std::map<std::string, Known> journals_;  // by file name
};

}  // namespace daybook
