// Likes of a site that `daybook serve` shows: its pages send them, and they go into config/feedback.txt.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "store/context.h"

namespace daybook {

// For the pages: sends what was starred or hidden since the last time, as lines of a feedback.txt or "forget ID", and
// says what came of it at the window's foot.
extern const std::string_view like_script;

// Takes such lines into the feedback.txt beside the settings, in one step; lines that name no paper are an error, and
// then none is taken. Returns a sentence for the reader.
Result<std::string> take_likes(const CommandContext& context, const std::string& said);

}  // namespace daybook
