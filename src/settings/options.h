// The command line as a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/error.h"

namespace daybook {

enum class ScorerChoice { automatic, llm, local };

// Which labels a replay lets the scorer see: none ever, each day's after the day, or those of papers that it sent.
enum class Labels { none, all, sent };

// The days of a range whose place in it, counted from 0, is number - 1 modulo `of`.
struct Shard {
  int number = 1;
  int of = 1;
  // "2/8"
  static std::optional<Shard> parse(std::string_view text);
};

struct Options {
  std::string command;  // "run", "build" ...

  std::string config = "config/daybook.toml";
  bool config_given = false;  // else a missing file means the settings that ship with the program
  std::string interests;      // a file that takes the place of the settings' own; empty: none
  std::string archive = "archive";
  std::string state = "state";
  std::string out = "public";
  int jobs = 0;  // 0: as many as there are processors
  ScorerChoice scorer = ScorerChoice::automatic;
  Loudness loudness = Loudness::normal;

  std::optional<Date> date;        // run
  std::vector<std::string> feeds;  // run: files in place of the network
  bool dry_run = false;            // run, deliver
  Date from, to;                   // backfill: the first day and the last
  Shard shard;                     // backfill
  bool fetch_only = false;         // backfill
  double wait = 0;                 // backfill: minutes for batches of the Batch API
  bool online = false;             // check
  std::vector<std::string> paths;  // import
  int port = 8000;                 // serve
  std::string folder;              // init: where the owner's repository is made
  std::string repository;          // init: "ada/papers", what it will be called at GitHub; empty: not known
  std::string program;             // init: "owner/name", whose releases the workflow uses
  std::string field;               // init: "astro-ph", whose topics it writes; empty: as shipped
  std::vector<std::string> workflows = {"daily", "feedback"};  // init: by name, without ".yml"
  int days = 14;                                               // preview: how many recorded days
  std::string labelled;                                        // replay: a file of labelled papers
  std::string scores_file;                                     // replay: where the scores and decisions go
  Labels labels = Labels::sent;                                // replay
  std::vector<std::string> warmups;                            // replay: files of labelled papers to learn from before
  std::string mail_file;        // deliver: where the newest day's mail goes; empty: it is sent
  std::string claim;            // deliver: by which run what is due is claimed; empty: sent at once
  std::string issue_file;       // feedback: an issue, as GitHub's API returns it
  std::string permission_file;  // feedback: what its author may do; empty: it is the owner's
  std::string answer_file;      // feedback: where the answer goes; empty: standard output
  std::string claimed;          // deliver: the run whose claims are sent; empty: what is due
};

}  // namespace daybook
