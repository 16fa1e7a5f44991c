#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace daybook {

// The fields that `daybook init` has topics for: "astro-ph, cond-mat, ...". A field's topics are those of
// config/interests/NAME.toml; those of machine learning are in the settings that ship.
std::string names_of_fields();

// The shipped settings with the categories and topics of a field, comments and all else as they ship. `name` is a
// field's ("robotics"), one of its categories ("cs.RO"), or a category of its archive ("astro-ph.GA"); else a misuse.
Result<std::string> settings_for_field(std::string_view name);

}  // namespace daybook
