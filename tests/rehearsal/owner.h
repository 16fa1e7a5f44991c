// An owner's life with Daybook: a repository copied from the template, arXiv, an LLM and GitHub, all on this machine.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rehearsal/player.h"
#include "rehearsal/site_check.h"
#include "store/archive.h"
#include "support/arxiv_server.h"
#include "support/folder.h"
#include "support/llm_server.h"

namespace daybook::rehearsal {

inline constexpr const char* owners_key = "sk-rehearsed-7hQ2mZx0419vTbN";

// The files of a repository, by their paths.
using Files = std::map<std::string, std::optional<std::string>>;

// What a copy of ours has at first.
Files copied_files();
// What `daybook init` writes, with these options more.
Files initialized_files(const std::vector<std::string>& options = {});

class Owner {
 public:
  // Settings are edited as the README says.
  explicit Owner(Files files = copied_files());

  // The weekdays' papers of these days, some on Saturdays too: so many a day, in both categories.
  void submit(Date from, Date to, int papers_a_day);

  // A scheduled run at that time in New York; its problems, if any, go to problems().
  Played daily(Date day, int hour, int minute = 23);
  Played play(const std::string& file, Event event);

  // The archive's records, as the branch has them now.
  std::optional<Day> record(Date day) const;
  std::string status(Date day) const;  // empty: there is no record

  // What must hold after every run: the site that is online is whole and fits the archive; the archive lost nothing;
  // the state is one commit; GitHub refused nothing. A sentence each.
  std::vector<std::string> problems();
  // Keys and tokens in logs, summaries, outputs, artifacts, issues, or anything that was ever pushed.
  std::vector<std::string> leaks() const;
  // The archive's branch was pushed over, knowingly.
  void forget_archive() { archive_files_.clear(); }
  // At the end: each announced paper in one record.
  std::vector<std::string> archive_problems(Date from, Date to) const;

  ArxivServer arxiv;
  LlmServer llm;
  Hub hub{"ada/papers"};

 private:
  TemporaryFolder folder_;

 public:
  Origin origin;
  Player runner;

 private:
  void write_branch(const std::string& branch, const std::string& folder) const;
  int last_paper_ = 0;
  std::set<std::string> archive_files_;
};

}  // namespace daybook::rehearsal
