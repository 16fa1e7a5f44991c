// daybook feedback --issue FILE [--permission FILE] [--answer FILE]: what the owner says of papers through an issue.
//
// The issue is as GitHub's REST API returns it, or the payload of a workflow's event with it under "issue"
// (https://docs.github.com/en/rest/issues/issues). The permission is the reply of
// GET /repos/OWNER/NAME/collaborators/LOGIN/permission for the issue's author
// (https://docs.github.com/en/rest/collaborators/collaborators). Without one the issue counts as the owner's own, which
// is for use by hand.
//
// What became of it is the first word of the last line of standard output:
//
//   recorded           archive/feedback.jsonl has it now
//   already-recorded   it had it before: nothing is added, and the answer is made anew
//   nothing-to-record  no line of it is an opinion
//   stranger           its author may not write to the repository: nothing is recorded
//   not-feedback       a pull request, or an issue of another form: not ours to answer
//
// Each is exit 0. After all but the last FILE of --answer has the answer in Markdown, fit for a comment: post it, and
// close the issue. After `already-recorded` it may have been posted before. After `not-feedback` there is no such file:
// leave the issue alone. Exit 1: a file can't be read or is no issue; nothing is recorded or answered. Exit 75:
// another process holds the archive; try again.
//
// An issue may be handed in any number of times: it is known by its number. Its lines count from the moment it was
// opened (created_at), in whatever order issues come, and those that are edited later from when they are read.
//
// Nothing of an issue's text is ever run, sent or put into a path. It is read as lines of opinions, and what the answer
// repeats of it stands there as code, in which GitHub sees neither markup nor mentions.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "advice/feedback_answer.h"
#include "advice/taste_effect.h"
#include "command/command.h"
#include "command/load.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "platform/lock.h"
#include "store/feedback_log.h"
#include "taste/feedback.h"
#include "taste/feedback_issue.h"

namespace daybook {

namespace {

constexpr std::size_t permission_bytes_max = 1U << 20U;

Result<std::optional<FeedbackIssue>> read_issue(const Options& options) {
  auto json = read_file(options.issue_file, issue_bytes_max);
  if (!json) return json.error();
  return read_feedback_issue(std::move(*json), options.issue_file);
}

Result<bool> may_give_feedback(const Options& options, const FeedbackIssue& issue) {
  if (options.permission_file.empty()) return true;
  auto json = read_file(options.permission_file, permission_bytes_max);
  if (!json) return json.error();
  return may_write(std::move(*json), options.permission_file, issue.author);
}

// The lines of an issue that the log has not: all of them, unless a write was cut off. What was edited since counts
// from now on. Lines that are older than the issue are another repository's, whose archive this was.
std::vector<FeedbackLine> missing_lines(const FeedbackLog& log, const FeedbackIssue& issue, Instant present) {
  const Instant opened = issue.opened.value_or(present);
  std::map<std::string, Stance> known;
  for (const FeedbackLine& line : log.lines_of(issue.number))
    if (!issue.opened || line.at.seconds >= opened.seconds) known.insert_or_assign(line.id, line.stance);
  std::vector<FeedbackLine> lines;
  for (const Opinion& opinion : issue.opinions) {
    const auto said = known.find(opinion.id);
    if (said == known.end() || said->second != opinion.stance)
      lines.push_back({opinion.id, opinion.stance, said == known.end() ? opened : present, issue.number});
  }
  return lines;
}

// The log as it is then, and whether anything was added.
struct Recorded {
  FeedbackLog log;
  bool is_new = false;
};

Result<Recorded> record(const CommandContext& context, const FeedbackIssue& issue) {
  const auto present = now();
  if (!present) return present.error();
  const auto lock = FolderLock::take(context.options.archive);
  if (!lock) return lock.error();
  Errors damaged;
  auto log = FeedbackLog::open(context.options.archive, damaged);
  if (!log) return log.error();
  for (const Error& fault : damaged) context.console.warning(fault);
  const auto lines = missing_lines(*log, issue, *present);
  if (!lines.empty())
    if (auto wrote = log->append(lines); !wrote) return wrote.error();
  return Recorded{std::move(*log), !lines.empty()};
}

std::vector<Opinion> overruled(const CommandContext& context, const FeedbackIssue& issue, Errors& faults) {
  std::vector<Opinion> file = read_feedback_file(context, faults);
  std::erase_if(file, [&](const Opinion& opinion) {
    return std::none_of(issue.opinions.begin(), issue.opinions.end(),
                        [&](const Opinion& said) { return said.id == opinion.id && said.stance != opinion.stance; });
  });
  return file;
}

std::string answer(const CommandContext& context, const FeedbackIssue& issue, const FeedbackLog& log) {
  Errors faults;  // of files that a run or a check names
  Settings settings = read_all_settings(context, faults);
  if (const auto present = now()) settings.interests = interests_on(settings.interests, new_york_date(*present));
  const bool is_usable = faults.empty();
  const auto known = [&](const std::vector<FeedbackLine>& said) {
    return tastes(context, settings.arxiv, read_feedback(context, settings.zotero, said, faults), Date(), nullptr);
  };
  const std::vector<Taste> before = known(log.newest_without(issue.number));
  FeedbackAnswer answer{issue, overruled(context, issue, faults), before, known(log.newest()), std::nullopt};
  if (is_usable) answer.effect = taste_effect(context, settings, {read_tastes(before), read_tastes(answer.known)});
  return answer_of(answer);
}

// Of an issue that is ours to answer.
struct Outcome {
  std::string word;
  std::string answer;
};

Result<Outcome> take(const CommandContext& context, const FeedbackIssue& issue) {
  const auto may = may_give_feedback(context.options, issue);
  if (!may) return may.error();
  if (!*may) return Outcome{"stranger", answer_to_stranger()};
  if (issue.opinions.empty()) return Outcome{"nothing-to-record", answer_of_nothing(issue)};
  const auto recorded = record(context, issue);
  if (!recorded) return recorded.error();
  return Outcome{recorded->is_new ? "recorded" : "already-recorded", answer(context, issue, recorded->log)};
}

Result<Done> leave_alone(const Options& options) {
  return options.answer_file.empty() ? Done{} : remove_file(options.answer_file);
}

}  // namespace

Exit feedback_command(const CommandContext& context) {
  const Options& options = context.options;
  const auto issue = read_issue(options);
  if (!issue) return context.fail(issue.error());
  if (!*issue) {
    if (const auto left = leave_alone(options); !left) return context.fail(left.error());
    context.console.print("not-feedback: the issue is not of the form for feedback");
    return exit_done;
  }
  const auto outcome = take(context, **issue);
  if (!outcome) return context.fail(outcome.error());
  if (options.answer_file.empty()) {
    context.console.print(outcome->answer);
  } else if (const auto wrote = write_atomically(options.answer_file, outcome->answer); !wrote) {
    return context.fail(wrote.error());
  }
  context.console.print(outcome->word + ": issue #" + std::to_string((*issue)->number));
  return exit_done;
}

}  // namespace daybook
