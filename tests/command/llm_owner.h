// An owner with an LLM: settings, a feed of invented papers, and the program run on them.
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "paper/paper.h"
#include "support/folder.h"
#include "support/program.h"

namespace daybook {

inline constexpr const char* invented_key = "sk-invented-QzXw9012345678";

class LlmOwner {
 public:
  // `llm`: further lines of [llm]; `more`: further sections.
  explicit LlmOwner(std::string llm = "", std::string more = "");

  // The feed of a day with these papers; run() takes it.
  void announce(Date day, const std::vector<Paper>& papers);
  void settings(const std::string& llm, const std::string& more = "");
  void want_replacements();              // besides new papers and cross-lists
  void use_api(const std::string& url);  // from the next settings() on; before that, arXiv's API is nowhere

  // Starts a run of that day against the endpoint; an empty base_url: no endpoint, no key.
  Program start(Date day, const std::string& base_url, const std::vector<std::string>& options = {}) const;
  int run(Date day, const std::string& base_url, const std::vector<std::string>& options = {});
  const std::string& output() const { return output_; }  // of the last run()

  Day record(Date day) const;  // fails the test where there is none
  std::map<std::string, std::string> archive() const { return contents(folder_ / "archive"); }
  std::map<std::string, std::string> everything() const { return contents(folder_.path()); }
  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
  std::string output_;
  std::string arxiv_ = "api_url = \"http://127.0.0.1:9/api/query\"\nseconds_between = 0\nretries = 0\n";
};

}  // namespace daybook
