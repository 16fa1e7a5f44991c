// FeedbackLog is archive/feedback.jsonl: what the owner said of papers through issues.
//
//   {"id": "9901.00001", "opinion": "like", "at": "2099-01-05T06:02:11Z", "issue": 12}
//   {"id": "9901.00001", "opinion": "forget", "at": "2099-01-06T19:40:02Z", "issue": 15}
//
// The newest line of an id counts, wherever it stands: two runs may have appended at once, and their lines are joined
// in any order. All lines of an issue are appended in one write; a line that is damaged says nothing.
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "core/result.h"
#include "library/opinions.h"
#include "store/appended_lines.h"

namespace daybook {

struct FeedbackLine {
  std::string id;  // ArxivId::text
  Stance stance = Stance::like;
  Instant at;     // when it was said
  int issue = 0;  // its number in the owner's repository; 0: said without one
  bool operator==(const FeedbackLine&) const = default;
};

class FeedbackLog {
 public:
  // Reads what is there; lines that can't be read are `damaged`.
  static Result<FeedbackLog> open(const std::string& archive, Errors& damaged);

  // On return the lines outlive a power failure.
  Result<Done> append(const std::vector<FeedbackLine>& lines);

  const std::vector<FeedbackLine>& lines() const { return lines_; }
  std::vector<FeedbackLine> lines_of(int issue) const;

  // The newest line of each id, sorted by time, issue and id. "forget" is among them.
  std::vector<FeedbackLine> newest() const;
  // The same, had this issue never been.
  std::vector<FeedbackLine> newest_without(int issue) const;

 private:
  FeedbackLog(AppendedLines file, std::vector<FeedbackLine> lines);
  AppendedLines file_;
  std::vector<FeedbackLine> lines_;
};

}  // namespace daybook
