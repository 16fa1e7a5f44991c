// GitHub's API and Pages for one repository, on 127.0.0.1. A token may do what the job that it was made for may, and no
// more, as GitHub's reference says of each call:
// https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps Calls that the rehearsal does not
// know are answered with 501 and remembered as refusals.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "rehearsal/value.h"
#include "support/loopback_server.h"

namespace daybook::rehearsal {

inline constexpr const char* bot = "github-actions[bot]";

struct Issue {
  int number = 0;
  std::string title;
  std::string body;
  std::string creator = bot;
  std::string state = "open";
  std::string state_reason = {};
  std::vector<std::string> labels = {};
  std::vector<std::string> comments = {};
};

struct Dispatch {
  std::string workflow;  // "backfill.yml"
  std::string ref;
  Texts inputs;
};

// A line of the list of a workflow's runs.
struct RunEntry {
  int number = 0;
  std::string workflow;
  std::string event;
  std::string created;  // "2099-01-05T06:00:00Z"
  std::string status;   // "in_progress", "completed"
  std::string conclusion;
};

struct Release {
  std::string tag;
  std::map<std::string, std::string> assets;  // name -> bytes
};

// A commit's files and folders, as `git ls-tree -r -t` prints them.
struct CommitTree {
  std::string entries;
  bool truncated = false;  // GitHub lists no more than 100,000
};

struct PagesSetting {
  bool on = true;
  std::string build_type = "workflow";  // "legacy": a branch
};

class Hub {
 public:
  explicit Hub(std::string repository);  // "ada/daybook"

  const std::string& repository() const { return repository_; }
  std::string api_url() const { return server_.url(""); }
  std::string pages_url() const;  // ends in "/"

  // What the owner sets.
  void set_pages(PagesSetting setting);
  PagesSetting pages() const;
  void set_template(std::string repository);  // that it was made from; empty: from none
  void set_issues_on(bool on);
  void release(Release release);
  void set_tree(const std::string& commit, CommitTree tree);
  // All calls of the API get this status in place of an answer, until set to 0: GitHub is down. Pages stay.
  void fail_with(int status);

  // A token with a job's permissions, "contents" -> "write"; "*" stands for all.
  std::string make_token(const Texts& permissions);
  void revoke(const std::string& token);
  bool may(const std::string& token, const std::string& permission, const std::string& access) const;

  void open_issue(Issue issue);  // by somebody; it gets a number
  std::vector<Issue> issues() const;
  std::vector<Dispatch> dispatches() const;
  std::vector<std::string> enabled() const;  // workflows that were turned on, each time
  // "403 GET /repos/ada/daybook/pages: pages: read is missing": each a mistake of a workflow.
  std::vector<std::string> refusals() const;
  std::vector<Received> requests() const { return server_.requests(); }

  void record(RunEntry run);                             // or what has become of the run of that number
  void deploy(std::map<std::string, std::string> site);  // path -> bytes
  std::optional<std::map<std::string, std::string>> site() const;
  int deployments() const;

 private:
  Answer respond(const Received& request);
  Answer call(const Received& request, const std::string& path);
  Answer repository_answer() const;
  Answer pages_answer() const;
  Answer release_answer(const std::string& path) const;
  Answer tree_answer(const std::string& commit) const;
  Answer issues_answer(const Received& request, const std::string& path);
  Answer new_issue(const Received& request);
  Answer list_issues(const std::string& query) const;
  Answer change_issue(const Received& request, Issue& issue);
  Answer workflow_answer(const Received& request, const std::string& path);
  Answer list_runs(const std::string& workflow, const std::string& query) const;
  Answer page(const std::string& path) const;
  std::optional<Answer> refusal(const Received& request, const std::string& permission, const std::string& access);
  Value issue_value(const Issue& issue) const;

  const std::string repository_;
  mutable std::mutex mutex_;  // guards what follows
  PagesSetting pages_;
  std::string template_ = "daybook-template/daybook";
  bool issues_on_ = true;
  int failing_ = 0;
  std::map<std::string, Texts> tokens_;
  std::vector<Issue> issues_;
  std::vector<Dispatch> dispatches_;
  std::vector<std::string> enabled_;
  std::vector<std::string> refusals_;
  std::vector<RunEntry> runs_;
  std::vector<Release> releases_;
  std::map<std::string, CommitTree> trees_;
  std::optional<std::map<std::string, std::string>> site_;
  int deployments_ = 0;
  LoopbackServer server_;  // the last: its threads end before the rest goes
};

}  // namespace daybook::rehearsal
