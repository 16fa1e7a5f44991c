// Archive is the folder archive/, the permanent part of an owner's data; all pages and feeds are made from it.
//
//   archive/2025/2025-08-05.json          the day's record; a day exists if it has one
//   archive/2025/2025-08-05.md            its page in Markdown, for reading it at GitHub
//   archive/2025/2025-08-05.others.jsonl  a line for each paper that was scanned and not shown
//   archive/README.md                     an index of the days
//   archive/prompts/HASH.md               each prompt that was used, once
//   archive/site.json                     the address that feed ids are made from
//   archive/deliveries.jsonl              what was sent to whom (store/deliveries.h)
//   archive/feedback.jsonl                what the owner said through issues (store/feedback_log.h)
//
// Files are plain text with a stable layout, so that the folder is kept in Git with small diffs. Each is written to a
// temporary name and renamed: after a kill a file is old or new, never half. A file whose bytes would not change is not
// written. The record comes before its page, which can be made again from it.
//
// The folder may come from a branch that others can write to, so symbolic links in it are refused: one could publish
// any file of the machine. A record that can't be read is an error and never replaced; it may be a newer Daybook's.
//
// site.json keeps the first address because feed ids must not change when the site moves: every reader would show all
// entries as new.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "day/day.h"
#include "settings/settings.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// Days read together: those that can be read, and the faults of the others in the order asked for.
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

  // The Markdown page beside the record; empty if there is none.
  std::string read_page(Date date) const;

  // The record, then its Markdown page. Returns whether the record changed.
  Result<bool> write(const Day& day, const std::string& markdown) const;
  // Empty if the day has no such file.
  Result<std::vector<Other>> read_others(Date date) const;
  Result<bool> write_others(Date date, const std::vector<Other>& others) const;
  Result<bool> write_index(const Summaries& days, const SiteSettings& site) const;

  // Stores a prompt under its hash, once, and returns the hash.
  Result<std::string> keep_prompt(const std::string& text) const;
  Result<PromptTexts> prompts() const;

 private:
  // Refuses a path that a symbolic link leads to.
  Result<bool> write(const std::string& path, std::string_view bytes) const;
  std::string path_of(Date date, std::string_view ending) const;
  std::string folder_;
};

// The address that the archive's feed ids are made from; empty: it has none.
Result<std::string> kept_id_base(const std::string& archive);

// Writes the settings' address into an archive that has none, unless [site] url is not a site's address yet. Only
// commands that record call it: a build leaves the archive alone.
Result<bool> keep_id_base(const std::string& archive, const SiteSettings& site);

}  // namespace daybook
