// What feed ids are made of, kept in archive/site.json so that they outlive a change of [site] url.
#pragma once

#include "pipeline/context.h"
#include "settings/settings.h"

namespace daybook {

// The archive's; empty where it has none.
Result<std::string> kept_id_base(const CommandContext& context);

// Writes that of the settings into an archive that has none, unless [site] url is no site's address yet. Only commands
// that record do so: a build leaves the archive alone.
Result<Done> keep_id_base(const CommandContext& context, const SiteSettings& site);

// Sets `site.id_base` to the archive's where the settings have none. A file that can't be read is a warning.
void take_kept_id_base(const CommandContext& context, SiteSettings& site);

// For check: says from what the ids are made where that is not the site's address, and warns where they would change.
void say_id_base(const CommandContext& context, const SiteSettings& site, const std::string& kept);

}  // namespace daybook
