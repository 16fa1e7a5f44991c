// The page of feeds, where readers choose one.
#pragma once

#include <vector>

#include "feeds/feeds.h"
#include "settings/template_fields.h"

namespace daybook {

Fields feeds_page_fields(const std::vector<FeedPlan>& plans, const SiteSettings& site);

}  // namespace daybook
