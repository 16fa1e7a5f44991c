// The archive's README.md: a list of its days, for whoever reads the branch on GitHub.
#pragma once

#include <string>

#include "settings/settings.h"
#include "site/summary.h"

namespace daybook {

std::string markdown_index(const Summaries& days, const SiteSettings& site);

}  // namespace daybook
