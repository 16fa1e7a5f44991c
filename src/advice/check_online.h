// daybook check --online: one small question to each service that a run would ask.
#pragma once

#include "pipeline/llm.h"

namespace daybook {

// Asks all of them, and says a line for each: what was asked, and that it answers. What does not is said with what can
// be done about it; the answers themselves are not kept. exit_failed where the settings, the key or the model are
// wrong, exit_later where a network or a service fails.
Exit check_online(const CommandContext& context, const Settings& settings, const Llm& llm);

}  // namespace daybook
