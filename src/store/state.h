// state/: what may be deleted at any time. Losing it costs warmth, and money at most for days that are not complete.
//
//   state/candidates/DATE.json   a day's papers in full, as a record, so that a later run can score them again
//   state/answers/DATE.jsonl     the journal of what an LLM was paid for (llm/llm_call.h)
//   state/batches/DATE-N.jsonl   what is asked through the Batch API (BatchJob)
//   state/endpoints.json         what was found out about endpoints
//   state/interests.json         the settings that the recorded scores were made with (store/settings_snapshot.h)
//   state/listings.json          when arXiv's listing pages were asked (pipeline/fetch.cpp)
//   state/library.json           what arXiv said of the owner's library (store/library_cache.h)
//   state/outcome.json           what the last run or backfill came to (pipeline/outcome.h)
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
  std::string end;                // how it came to its end, "completed" for one; empty: it has not
  bool without_schema = false;    // the endpoint refused its requests, maybe for their schema
  long long queue_tokens = 0;     // it was refused since no more tokens than so many may wait; 0: it was not
  std::vector<LlmCall> requests;  // as they wait for their replies, each with its name in the batch
  bool operator==(const BatchJob&) const = default;

  bool is_open() const { return end.empty(); }
  std::string name() const { return date.iso() + '-' + std::to_string(number); }  // "2099-01-05-1"
};

// Ends that are ours, besides the endpoint's words.
inline constexpr const char* end_refused = "failed";         // it asked nothing, and another will not either
inline constexpr const char* end_queue_full = "queue full";  // it asked nothing; another may, later
inline constexpr const char* end_lost = "lost";              // the endpoint does not know it, or never ends it

std::string write_batch_job(const BatchJob& job);
// Nothing where it can't be read.
std::optional<BatchJob> read_batch_job(std::string_view text);

// What was ever asked about some papers, with their prompts and models.
struct Answers {
  KeptVerdicts kept;
  std::vector<LlmCall> spent_on;  // calls of runs on a day, for that day's budget; without papers and verdicts
};

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
  explicit State(std::string folder) : folder_(std::move(folder)) {}

  // The day as a record whose papers are all that were to be scored.
  Result<bool> keep_candidates(const Day& day) const;
  std::optional<Day> candidates(Date date) const;

  // The days that have any, newest first.
  std::vector<Date> candidate_dates() const;

  Result<Journal> journal(Date date) const;
  // What it holds is in the day's record now.
  Result<Done> end_journal(Date date) const;
  JournalFile journal_file(Date date) const { return JournalFile(journal_path(date)); }

  // What was ever asked about these papers; but for the open end of `except`'s journal. What was spent: on `day`.
  Answers answers(const std::set<std::string>& ids, Date except, Date day) const;

  // By day, and by their numbers.
  const std::vector<BatchJob>& batch_jobs() const;
  Result<Done> keep(const BatchJob& job) const;
  Result<Done> forget(const BatchJob& job) const;

  SchemaUse schema_use(const std::string& endpoint) const;
  Result<bool> remember(const std::string& endpoint, SchemaUse schema) const;

  // Files of days more than 60 days before `today` go; but a journal and a batch only when they are that old
  // themselves, and candidates only of days that have a record: a backfill still wants the others.
  void prune(Date today, const std::function<bool(Date)>& is_recorded) const;

 private:
  std::string journal_path(Date date) const { return folder_ + "/answers/" + date.iso() + ".jsonl"; }
  std::string candidates_path(Date date) const { return folder_ + "/candidates/" + date.iso() + ".json"; }
  std::string job_path(const BatchJob& job) const { return folder_ + "/batches/" + job.name() + ".jsonl"; }
  void drop(const BatchJob& job) const;

  // So that a year of journals is not read anew for each of its days. They only grow: one is read again where it is
  // longer than it was.
  struct KnownJournal {
    std::uintmax_t bytes = 0;
    std::vector<std::size_t> papers;  // hashes of their ids, sorted
    std::vector<LlmCall> spent;
  };
  KnownJournal& known_journal(const std::string& name) const;

  std::string folder_;
  // What was read already: a folder is one process's at a time.
  mutable std::map<std::string, KnownJournal> journals_;  // by file name
  mutable std::optional<std::vector<BatchJob>> jobs_;
};

}  // namespace daybook
