// An issue in which the owner says what papers are worth: of the form .github/ISSUE_TEMPLATE/feedback.yml, whose text
// GitHub renders as "### Papers" and the lines that were filled in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "core/result.h"
#include "library/opinions.h"

namespace daybook {

inline constexpr std::size_t opinions_per_issue = 200;
inline constexpr std::size_t issue_bytes_max = 2U << 20U;  // GitHub's own have 65,536 characters of text

struct FeedbackIssue {
  int number = 0;
  std::string author;             // a login at GitHub
  std::optional<Instant> opened;  // absent: it does not say
  std::vector<Opinion> opinions;  // opinions_per_issue at most, lines counted from the heading
  std::vector<Opinion> beyond;    // those behind them, which do not count
  Errors faults;                  // lines that are no opinions
};

// An issue as GitHub's REST API returns it, or an event's payload that has one. Nothing where it is a pull request, or
// of another form.
Result<std::optional<FeedbackIssue>> read_feedback_issue(std::string json, const std::string& source);

// Whether the reply of GET /repos/OWNER/NAME/collaborators/LOGIN/permission, which must be about this author, lets them
// write: "permission" is admin, write, read or none there; who maintains has "write", who triages "read".
Result<bool> may_write(std::string json, const std::string& source, const std::string& author);

}  // namespace daybook
