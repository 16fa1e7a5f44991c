// An owner of whom runs are missed: settings that follow an arXiv and an LLM on loopback, and the program run on them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "support/arxiv_server.h"
#include "support/folder.h"
#include "support/program.h"

namespace daybook {

Date day_named(std::string_view iso);

// Papers that are submitted on each day of New York's calendar, from five days before `from` to `to`: one in the
// morning, one in the last minute before 14:00, one at 14:00. Every second one has its primary category elsewhere.
void submit_daily(ArxivServer& arxiv, Date from, Date to);

class BackfillOwner {
 public:
  // `llm`: further lines of [llm]; `arxiv_lines`: of [arxiv]; `pause`: its
  // seconds_between.
  explicit BackfillOwner(const ArxivServer& arxiv, const std::string& llm = "", const std::string& arxiv_lines = "",
                         const std::string& pause = "0", const std::string& categories = "\"cs.LG\"");

  // Whose endpoint's address all later commands get, with a key; empty: none.
  void use_llm(const std::string& base_url) { base_url_ = base_url; }

  // The hour in New York at which commands run: 1 unless set.
  void set_hour(int hour) { hour_ = hour; }
  Program start(Date day, const std::vector<std::string>& arguments) const;
  int command(Date day, const std::vector<std::string>& arguments);
  int run(Date day, const std::vector<std::string>& options = {});
  int backfill(Date day, Date from, Date to, const std::vector<std::string>& options = {});
  const std::string& output() const { return output_; }  // of the last command

  bool has(Date day) const;
  Day record(Date day) const;                 // fails the test where there is none
  std::set<std::string> ids(Date day) const;  // of all that the day scanned: shown, near misses and others
  std::map<std::string, std::string> archive() const { return contents(folder_ / "archive"); }
  std::map<std::string, std::string> site() const { return contents(folder_ / "public"); }
  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  std::string path(Date day, const std::string& ending) const;

  TemporaryFolder folder_;
  std::string base_url_;
  int hour_ = 1;
  std::string output_;
};

}  // namespace daybook
