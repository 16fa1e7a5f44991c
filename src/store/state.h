// state/: what may be deleted at any time. Losing it costs warmth, and money at most for days that are not complete.
//
//   state/candidates/DATE.json   a day's papers in full, as a record, so that a later run can score them again
//   state/answers/DATE.jsonl     the journal of what an LLM was paid for (llm/exchange.h)
//   state/batches/DATE-N.jsonl   what is asked through the Batch API (store/submission.h)
//   state/endpoints.json         what was found out about endpoints
//   state/interests.json         the settings that the recorded scores were made with (store/in_force.h)
//   state/listings.json          when arXiv's listing pages were asked (pipeline/witness.cpp)
//   state/library.json           what arXiv said of the owner's library (store/library_cache.h)
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "day/day.h"
#include "llm/asking.h"
#include "llm/exchange.h"
#include "platform/disk.h"
#include "store/journal_index.h"
#include "store/submission.h"

namespace daybook {

// A journal to add to. Each line outlives the process at once, and a power failure after a second: to wait for the disk
// with every answer would keep the next ones waiting where a killed run loses them.
class JournalFile {
 public:
  explicit JournalFile(std::string path) : path_(std::move(path)) {}
  Result<Done> open();  // where it is not; to be done before the first question, since it takes a while
  Result<Done> append(const std::string& line);
  Result<Done> sync();

 private:
  std::string path_;
  std::optional<AppendedFile> file_;
  double synced_ = 0;  // when; seconds of the steady clock
};

class State {
 public:
  explicit State(std::string folder) : folder_(std::move(folder)), index_(folder_) {}

  // The day as a record whose papers are all that were to be scored.
  Result<Done> keep_candidates(const Day& day) const;
  std::optional<Day> candidates(Date date) const;

  // The days that have any, newest first.
  std::vector<Date> candidate_dates() const;

  Result<Journal> journal(Date date) const;
  // What it holds is in the day's record now.
  Result<Done> end_journal(Date date) const;
  JournalFile journal_file(Date date) const { return JournalFile(journal_path(date)); }

  // What was ever asked about these papers; but for the open end of `except`'s journal. What was spent: on `day`.
  Answers answers(const std::set<std::string>& ids, Date except, Date day) const {
    return index_.answers(ids, except, day);
  }

  // By day, and by their numbers.
  const std::vector<Submission>& submissions() const;
  Result<Done> keep(const Submission& submission) const;
  Result<Done> forget(const Submission& submission) const;

  SchemaUse schema_use(const std::string& endpoint) const;
  Result<Done> remember(const std::string& endpoint, SchemaUse schema) const;

  // Files of days more than 60 days before `today` go; but a journal and a submission only when they are that old
  // themselves, and candidates only of days that have a record: a backfill still wants the others.
  void prune(Date today, const std::function<bool(Date)>& is_recorded) const;

 private:
  std::string journal_path(Date date) const { return folder_ + "/answers/" + date.iso() + ".jsonl"; }
  std::string candidates_path(Date date) const { return folder_ + "/candidates/" + date.iso() + ".json"; }
  std::string submission_path(const Submission& submission) const {
    return folder_ + "/batches/" + submission.name() + ".jsonl";
  }
  void drop(const Submission& submission) const;

  std::string folder_;
  // What was read already: a folder is one process's at a time.
  mutable JournalIndex index_;
  mutable std::optional<std::vector<Submission>> submissions_;
};

}  // namespace daybook
