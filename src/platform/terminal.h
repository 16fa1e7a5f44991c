// The voice of the commands: what a person at a terminal or a workflow's log gets to read.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/result.h"

namespace daybook {

// Where a Console speaks, and how. Tests make their own; surroundings() has the process's.
struct Surroundings {
  std::function<void(std::string_view)> out;  // standard output
  std::function<void(std::string_view)> err;  // standard error
  bool err_is_terminal = false;
  bool color = false;               // of err
  bool github = false;              // write workflow commands
  std::string summary_path;         // GITHUB_STEP_SUMMARY; empty: none
  int columns = 80;                 // of the terminal
  std::function<double()> seconds;  // a steady clock
};

// What is to be tried again later is a notice: no failure of a scheduled job, whose next run tries again.
enum class Severity { warning, notice, error };
std::string_view severity_name(Severity severity);  // "notice"

// A fault as a Console has said it: without secrets and control characters.
struct Message {
  Severity severity = Severity::warning;
  Error fault;
  bool operator==(const Message&) const = default;
};

// Colour where standard error is a terminal, unless NO_COLOR is set or TERM is "dumb".
Surroundings surroundings();

// Every secret is replaced by "***" in whatever is printed. Control characters in what is printed are left out (titles
// are other people's text), and in a workflow's log no line of it can pass for a workflow command. From any thread.
//
// In GitHub Actions all goes to standard output, so that what belongs together stays together; errors and warnings are
// annotations there (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
//
// A disk that is full is said of the first file that does not fit, and in the end of how many more; verbose, of each.
class Console {
 public:
  explicit Console(Loudness loudness, Surroundings where = surroundings(), std::vector<std::string> secrets = {});
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void mask(std::string secret);  // one more, that was found later; an empty one is none

  void print(std::string_view line);   // what was asked for: to standard output, however quiet
  void say(std::string_view line);     // what happens: to standard error, unless quiet
  void detail(std::string_view line);  // only when verbose

  void error(const Error& error);  // however quiet
  void errors(const Errors& all);
  void warning(const Error& warning);  // however quiet
  // What is found again and again in a run, in other numbers each time: `warning` the first time, nothing then.
  void warning_once(const Error& warning, const std::string& kind);

  // All faults that were said, in order.
  std::vector<Message> messages();

  // Appended to the job summary, in Markdown; nothing outside of GitHub Actions. An Error is a warning's worth.
  Result<Done> summarize(std::string_view markdown);

  Loudness loudness() const { return loudness_; }

 private:
  friend class Group;
  friend class Progress;
  void emit(std::string_view text, bool to_out);  // masked already; holds mutex_
  void write_described(const Error& error, Severity severity);
  std::string masked(std::string_view text) const;
  std::string cleaned(std::string_view text) const;
  void show_bar(const std::string& bar);  // empty: takes it away; holds mutex_

  Loudness loudness_;
  Surroundings where_;
  std::vector<std::string> secrets_;  // longest first
  std::mutex mutex_;
  Repeats disk_faults_;
  Repeats kinds_warned_of_;
  std::vector<Message> messages_;
  std::string bar_;  // what stands in the terminal's last line now
};

// What is said while it lives belongs together: a fold in a workflow's log, a heading elsewhere.
class Group {
 public:
  Group(Console& console, std::string_view title);
  ~Group();
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

 private:
  Console& console_;
};

// How far long work is: a bar on a terminal, a line every few seconds elsewhere ("fetching 2 of 5"), nothing when
// quiet.
class Progress {
 public:
  Progress(Console& console, const std::string& label, std::size_t total);
  ~Progress();  // takes the bar away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::size_t steps = 1);  // from any thread

 private:
  std::string bar() const;

  Console& console_;
  std::string label_;
  std::size_t total_;
  std::size_t done_ = 0;  // this and the next under the console's mutex
  double last_shown_;
};

}  // namespace daybook
