#pragma once

#include "command/load.h"
#include "store/context.h"

namespace daybook {

// The site from the archive, put in the place of the old one as a whole. A record that can't be read is named and its
// page says so; the exit code is then 1, and the site is published all the same.
Exit build_site(const CommandContext& context, const Publishing& publishing);

}  // namespace daybook
