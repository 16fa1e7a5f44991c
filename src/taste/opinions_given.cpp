#include "taste/opinions_given.h"

#include <algorithm>
#include <string>
#include <vector>

#include "library/opinions.h"
#include "store/feedback_log.h"
#include "taste/feedback.h"

namespace daybook {

Learned opinions_given(const CommandContext& context) {
  Errors unsaid;
  Learned learned;
  const std::vector<Opinion> file = read_feedback_file(context, unsaid);
  const auto log = FeedbackLog::open(context.options.archive, unsaid);
  const auto said = log ? log->newest() : std::vector<FeedbackLine>();
  const auto is_in_file = [&](const std::string& id) {
    return std::any_of(file.begin(), file.end(), [&](const Opinion& opinion) { return opinion.id == id; });
  };
  for (auto line = said.rbegin(); line != said.rend(); ++line)
    if (line->stance != Stance::forget && !is_in_file(line->id))
      learned.opinions.push_back({line->id, line->stance == Stance::like, true});
  for (auto opinion = file.rbegin(); opinion != file.rend(); ++opinion)
    learned.opinions.push_back({opinion->id, opinion->stance == Stance::like});
  learned.library = read_feedback(context, {}, said, unsaid).papers.size() - learned.opinions.size();
  return learned;
}

}  // namespace daybook
