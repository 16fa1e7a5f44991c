#pragma once

#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

// What is no fault and will still surprise the owner.
void warn_of_settings(const CommandContext& context, const Settings& settings);

}  // namespace daybook
