// What feed ids are made of, kept in archive/site.json so that they outlive a change of [site] url.
#pragma once

#include <string>

#include "core/result.h"
#include "settings/settings.h"

namespace daybook {

// The archive's; empty where it has none.
Result<std::string> kept_id_base(const std::string& archive);

// Writes that of the settings into an archive that has none, unless [site] url is no site's address yet. Only commands
// that record do so: a build leaves the archive alone.
Result<Done> keep_id_base(const std::string& archive, const SiteSettings& site);

}  // namespace daybook
