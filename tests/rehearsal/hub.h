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

struct Comment {
  std::string author = bot;
  std::string body;
};

struct Issue {
  int number = 0;
  std::string title;
  std::string body;
  std::string creator = bot;
  std::string created = "2099-01-05T12:00:00Z";
  std::string state = "open";
  std::string state_reason = {};  // "completed", "not_planned"
  std::vector<Comment> comments = {};
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
  void set_pages(PagesSetting setting) { set(pages_, std::move(setting)); }
  PagesSetting pages() const { return copy(pages_); }
  void release(Release release);
  void set_tree(const std::string& commit, CommitTree tree) { set(trees_[commit], std::move(tree)); }
  // What others do: an issue of theirs, which gets the next number. Who is not known may read.
  int open_issue(Issue issue);
  void comment(int issue, Comment comment);
  void set_permission(const std::string& login, const std::string& permission) { set(people_[login], permission); }
  // All calls of the API get this status in place of an answer, until set to 0: GitHub is down. Pages stay. With a
  // path,
  // "/collaborators", those that begin with it.
  void fail_with(int status, const std::string& path = "");
  // The next call that begins like this, "PATCH /issues", is done, and not answered.
  void hang_on(std::string call) { set(hanging_on_, std::move(call)); }
  bool hangs() const { return copy(hangs_); }

  // A token with a job's permissions, "contents" -> "write"; "*" stands for all.
  std::string make_token(const Texts& permissions);
  void revoke(const std::string& token);
  bool may(const std::string& token, const std::string& permission, const std::string& access) const;

  std::vector<Issue> issues() const { return copy(issues_); }
  // Workflows that were started, "backfill.yml", and that were turned on, each time.
  std::vector<std::string> dispatches() const { return copy(dispatches_); }
  std::vector<std::string> enabled() const { return copy(enabled_); }
  // "403 GET /repos/ada/daybook/pages: pages: read is missing": each a mistake of a workflow.
  std::vector<std::string> refusals() const { return copy(refusals_); }

  void record(RunEntry run);                             // or what has become of the run of that number
  void deploy(std::map<std::string, std::string> site);  // path -> bytes
  std::optional<std::map<std::string, std::string>> site() const { return copy(site_); }
  int deployments() const { return copy(deployments_); }

 private:
  template <typename Part>
  Part copy(const Part& part) const {
    const std::lock_guard lock(mutex_);
    return part;
  }
  template <typename Part>
  void set(Part& part, Part value) {
    const std::lock_guard lock(mutex_);
    part = std::move(value);
  }
  Answer respond(const Received& request);
  Answer call(const Received& request, const std::string& path);
  Answer repository_answer() const;
  Answer pages_answer() const;
  Answer release_answer(const std::string& path) const;
  Answer tree_answer(const std::string& commit) const;
  Answer permission_answer(const std::string& login) const;
  bool is_hung_on(const std::string& call);
  Answer issues_answer(const Received& request, const std::string& path);
  Answer new_issue(const Received& request);
  std::string association(const std::string& login) const;
  Answer list_comments(const Issue& issue) const;
  Answer list_issues(const std::string& query) const;
  Answer change_issue(const Received& request, Issue& issue);
  Answer workflow_answer(const Received& request, const std::string& path);
  Answer list_runs(const std::string& workflow, const std::string& query) const;
  Answer page(const std::string& path) const;
  std::optional<Answer> refusal(const Received& request, const std::string& permission, const std::string& access);
  std::string issue_json(const Issue& issue) const;

  const std::string repository_;
  mutable std::mutex mutex_;  // guards what follows
  PagesSetting pages_;
  int failing_ = 0;
  std::string failing_path_;
  std::string hanging_on_;
  bool hangs_ = false;
  std::map<std::string, std::string> people_;  // login -> permission
  std::map<std::string, Texts> tokens_;
  std::vector<Issue> issues_;
  std::vector<std::string> dispatches_;
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
