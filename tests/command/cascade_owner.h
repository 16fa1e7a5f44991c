// An owner of whose papers the local scorer can learn which ones an LLM turns down, and the program run on them day by
// day: 80 invented papers a weekday, of which the LLM wants 17, those on bees. So on the seventh day there are five
// label days, a hundred selected papers, and a week since the interests were new.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "day/day.h"
#include "paper/paper.h"
#include "support/folder.h"
#include "support/llm_server.h"

namespace daybook {

namespace bees {
inline constexpr int papers_a_day = 80;
inline constexpr int wanted_a_day = 17;
inline constexpr int first_of_cascade = 6;  // counted from 0

Date day(int number);                   // weekdays of 2099, counted from 0
std::vector<Paper> papers(int number);  // of that day
bool are_in(const std::string& id);     // what decides whether the LLM wants a paper
bool on_music(const std::string& id);   // of the others some, which have words of their own
std::string labelled(int days);         // the first days, as `daybook replay` reads them
LlmBehaviour judge();                   // an LLM that answers by are_in()
}  // namespace bees

// The ids that an LLM was asked about, each as often as it was.
std::multiset<std::string> asked_ids(const LlmServer& server, std::size_t from = 0);

class CascadeOwner {
 public:
  struct Interests {
    std::string keep = "bees, and what they make";
    std::string model = "model-1";
    int relevance = 6;  // the cut-off
  };
  CascadeOwner();
  void settle(const Interests& interests);

  // The exit code of a run of that day, counted from 0; with no base_url there is no LLM.
  int run(int number, const std::string& base_url, const std::vector<std::string>& options = {});
  int run_days(int from, int to, const std::string& base_url);  // up to `to` - 1; the last one's exit code
  int command(const std::vector<std::string>& arguments, const std::string& base_url = "");
  std::string output() const;  // of the last command; the folder's name is taken out

  Day record(int number) const;
  std::map<std::string, Score> scores(int number) const;  // of all its papers, by id
  std::map<std::string, std::string> archive() const { return contents(folder_ / "archive"); }
  std::string operator/(const std::string& name) const { return folder_ / name; }
  void become(const CascadeOwner& other);  // its archive and state are that one's

 private:
  TemporaryFolder folder_;
};

// One whose first days are recorded, as judge() wants it: the next one is the cascade's first.
class LearnedOwner : public CascadeOwner {
 public:
  LearnedOwner();
};

}  // namespace daybook
