// The owner's repository as GitHub keeps it: bare, reached by file://, which goes through git's own protocol, so that
// shallow fetches and rejected pushes are real. Who pushes must show a token that may write; the owner may.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rehearsal/value.h"

namespace daybook::rehearsal {

class Origin {
 public:
  explicit Origin(std::string folder);  // which is made

  std::string url() const { return "file://" + folder_; }
  const std::string& folder() const { return folder_; }

  // A token that may push, from now on. It is shown by the environment of receive-pack.
  void allow(const std::string& token);
  void forbid(const std::string& token);
  // For `remote.origin.receivepack` of a clone that holds this token.
  static std::string receive_pack(const std::string& token);

  // The owner's edits, straight into the branch: path -> bytes, nothing: taken away. The branch is made where there is
  // none. `on`: another commit to begin from, which is a force-push.
  void commit(const std::string& branch, const std::map<std::string, std::optional<std::string>>& files,
              const std::string& message, const std::optional<std::string>& on = {});
  void set_branch(const std::string& branch, const std::string& commit);
  void delete_branch(const std::string& branch);

  bool has(const std::string& branch) const;
  std::string tip(const std::string& branch) const;  // its commit; empty: there is no such branch
  std::map<std::string, std::string> files(const std::string& branch) const;                        // path -> bytes
  std::vector<std::string> commits(const std::string& branch) const;                                // the newest first
  std::string git(const std::vector<std::string>& arguments, const Texts& environment = {}) const;  // what it prints

  // Whether this text is in one of the objects that were ever pushed, reachable or not, and are not in `known`, which
  // then has all of them.
  bool new_objects_hold(const std::string& text, std::set<std::string>& known) const;
  // What clones of that branch alone weigh, packed: bytes.
  long long packed_size(const std::string& branch) const;

 private:
  std::string folder_;
  mutable std::mutex mutex_;
};

}  // namespace daybook::rehearsal
