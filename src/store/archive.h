// The archive on disk: archive/2025/2025-08-05.{json,md,others.jsonl}, archive/README.md, archive/prompts/HASH.md,
// archive/site.json.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "day/day.h"
#include "settings/settings.h"
#include "site/site.h"
#include "site/summary.h"

namespace daybook {

// Days read at once: those that can be read, and the faults of the rest in the order asked for.
struct DaysRead {
  std::map<Date, Day> days;
  Errors faults;
};

class Archive {
 public:
  explicit Archive(std::string folder) : folder_(std::move(folder)) {}

  // The days that have a record, newest first. A folder that does not exist is an empty archive.
  Result<std::vector<Date>> dates() const;
  bool has(Date date) const;
  Result<Day> read(Date date) const;
  DaysRead read_all(const std::vector<Date>& dates, int jobs) const;

  // The Markdown page beside the record; empty where there is none.
  std::string read_page(Date date) const;

  // The record, then its Markdown page. Returns whether the record changed.
  Result<bool> write(const Day& day, const std::string& markdown) const;
  // A day without such a file has none.
  Result<std::vector<Other>> read_others(Date date) const;
  Result<bool> write_others(Date date, const std::vector<Other>& others) const;
  Result<bool> write_index(const Summaries& days, const SiteSettings& site) const;

  // Keeps a prompt once, under its hash, which is returned.
  Result<std::string> keep_prompt(const std::string& text) const;
  Result<PromptTexts> prompts() const;

 private:
  // Into no folder that a symbolic link leads to.
  Result<bool> write(const std::string& path, std::string_view bytes) const;
  std::string path_of(Date date, std::string_view ending) const;
  std::string folder_;
};

// The archive's; empty where it has none.
Result<std::string> kept_id_base(const std::string& archive);

// Writes that of the settings into an archive that has none, unless [site] url is no site's address yet. Only commands
// that record do so: a build leaves the archive alone.
Result<bool> keep_id_base(const std::string& archive, const SiteSettings& site);

}  // namespace daybook
