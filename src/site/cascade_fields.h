// What the local scorer kept from the LLM on a day, for readers.
#pragma once

#include <optional>
#include <string>

#include "day/day.h"
#include "settings/template_fields.h"

namespace daybook {

// has_cascade, sent ("184"), explored ("18"), discarded ("470"), saved ("about $0.13"; empty where no price is known).
void set_cascade(Fields& fields, const std::optional<Cascade>& cascade);

// "about $0.13"; empty where no price is known, or nothing to speak of was saved.
std::string saved_text(const Cascade& cascade);

}  // namespace daybook
