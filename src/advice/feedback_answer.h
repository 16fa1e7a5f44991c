// The answer to an issue with feedback, in Markdown for a comment.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "advice/taste_effect.h"
#include "taste/feedback.h"
#include "taste/feedback_issue.h"

namespace daybook {

struct FeedbackAnswer {
  const FeedbackIssue& issue;
  std::vector<Opinion> overruled;     // what config/feedback.txt says otherwise
  std::vector<Taste> before;          // papers that counted without the issue, and whose text is at hand
  std::vector<Taste> known;           // the same with it
  std::optional<TasteEffect> effect;  // absent: the settings can't be read
};

// What was noted, and what that changes.
std::string answer_of(const FeedbackAnswer& answer);
// To an issue without any opinion.
std::string answer_of_nothing(const FeedbackIssue& issue);
// To somebody who may not write to the repository.
std::string answer_to_stranger();

}  // namespace daybook
