// State is the folder state/, which may be deleted at any time. Losing it costs repeated work, and money only for days
// that are not complete: what a complete day needs is in its record (store/archive.h).
//
//   state/candidates/DATE.json   a day's papers in full, as a record, so that a later run can score them again
//   state/answers/DATE.jsonl     the journal of what an LLM was paid for (llm/llm_call.h)
//   state/batches/DATE-N.jsonl   a batch of the Batch API (BatchJob)
//   state/endpoints.json         whether an endpoint takes a JSON schema
//   state/interests.json         the settings that the recorded scores were made with (store/settings_snapshot.h)
//   state/listings.json          when arXiv's listing pages were asked (pipeline/fetch.cpp)
//   state/library.json           what arXiv said of the owner's library (store/library_cache.h)
//   state/zotero.json            the papers of the owner's Zotero library (taste/zotero.h)
//   state/outcome.json           how the last run or backfill went (pipeline/outcome.h)
//
// A journal is appended to and never rewritten while a day is open. It is not synced with every answer: a killed
// process loses nothing, since each line is with the kernel before the answer is used, and a power failure loses at
// most a second. Waiting for the disk each time would keep the next requests waiting, to save very little.
//
// The folder has one process at a time, which holds the lock of the archive. Journals only grow, so that one that was
// read is read again only if it is longer than it was: a backfill of a year does not read a year of journals for each
// of its days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "llm/llm_call.h"
#include "llm/request_scheduler.h"
#include "platform/disk.h"

namespace daybook {

/// BatchJob is a batch of the Batch API as state/batches/2099-01-05-1.jsonl has it: a line about the batch, then one
/// for each of its requests. It is written before the batch is made, and again when it is made and when it has ended,
/// so that a run that was killed in between finds the batch by its token and does not pay for another one.
struct BatchJob {
  Date date;                      // of the papers' announcement
  int number = 1;                 // of the day's batches
  Date on;                        // the day of the run that made it: its money counts against that day's budget
  std::string endpoint;           // its base URL
  std::string token;              // by which the endpoint's list of batches names it
  std::string id;                 // the endpoint's; empty: it is not known whether the batch was made
  std::string end;                // how it ended: "completed"; empty: it is open
  bool without_schema = false;    // the endpoint refused its requests, maybe for their schema
  long long queue_tokens = 0;     // the limit of waiting tokens that it was refused for; 0: it was not
  std::vector<LlmCall> requests;  // waiting for their replies, each with its name in the batch
  bool operator==(const BatchJob&) const = default;

  bool is_open() const { return end.empty(); }
  std::string name() const { return date.iso() + '-' + std::to_string(number); }  // "2099-01-05-1"
};

// Values of `end` that are ours, besides the endpoint's words.
inline constexpr const char* end_refused = "failed";         // nothing was asked, and a retry would not help
inline constexpr const char* end_queue_full = "queue full";  // nothing was asked; a retry may help later
inline constexpr const char* end_lost = "lost";              // the endpoint does not know it, or it never ends

std::string write_batch_job(const BatchJob& job);
// Nothing if it can't be read.
std::optional<BatchJob> read_batch_job(std::string_view text);

// All that was ever asked about some papers, with prompts and models.
struct Answers {
  KeptVerdicts kept;
  std::vector<LlmCall> spent_on;  // calls of runs on a day, for that day's budget; without papers and verdicts
};

// A journal open for appending. A line outlives the process when append() returns, and a power failure a second later.
class JournalFile {
 public:
  explicit JournalFile(std::string path) : path_(std::move(path)) {}
  Result<Done> open();  // if it is not open; call it before the first request, since it takes a while
  Result<Done> append(const std::string& line);
  Result<Done> sync();

 private:
  std::string path_;
  std::optional<AppendedFile> file_;
  double synced_ = 0;  // when; seconds of the steady clock
};

class State {
 public:
  explicit State(std::string folder) : folder_(std::move(folder)) {}

  // A record whose papers are all that are to be scored.
  Result<bool> keep_candidates(const Day& day) const;
  std::optional<Day> candidates(Date date) const;

  // The days that have candidates, newest first.
  std::vector<Date> candidate_dates() const;

  Result<Journal> journal(Date date) const;
  // Called when the day's record has what the journal holds.
  Result<Done> end_journal(Date date) const;
  JournalFile journal_file(Date date) const { return JournalFile(journal_path(date)); }

  // All that was ever asked about these papers, except the open end of the journal of `except`; spent_on: on `day`.
  Answers answers(const std::set<std::string>& ids, Date except, Date day) const;

  // Sorted by day and number.
  const std::vector<BatchJob>& batch_jobs() const;
  Result<Done> keep(const BatchJob& job) const;
  Result<Done> forget(const BatchJob& job) const;

  SchemaUse schema_use(const std::string& endpoint) const;
  Result<bool> remember(const std::string& endpoint, SchemaUse schema) const;

  // Removes files of days more than 60 days before `today`: journals and batches only if they are that old themselves,
  // and candidates only of days with a record, since a backfill still needs the others.
  void prune(Date today, const std::function<bool(Date)>& is_recorded) const;

 private:
  std::string journal_path(Date date) const { return folder_ + "/answers/" + date.iso() + ".jsonl"; }
  std::string candidates_path(Date date) const { return folder_ + "/candidates/" + date.iso() + ".json"; }
  std::string job_path(const BatchJob& job) const { return folder_ + "/batches/" + job.name() + ".jsonl"; }
  void drop(const BatchJob& job) const;

  // A journal that was read; read again only if it has more bytes.
  struct KnownJournal {
    std::uintmax_t bytes = 0;
    std::vector<std::size_t> papers;  // hashes of their ids, sorted
    std::vector<LlmCall> spent;
  };
  KnownJournal& known_journal(const std::string& name) const;

  std::string folder_;
  // Caches of what was read.
  mutable std::map<std::string, KnownJournal> journals_;  // by file name
  mutable std::optional<std::vector<BatchJob>> jobs_;
};

}  // namespace daybook
