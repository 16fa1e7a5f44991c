// A day's page.
#pragma once

#include <optional>
#include <string>

#include "day/day.h"
#include "settings/template_fields.h"
#include "site/parts.h"

namespace daybook {

struct Neighbours {
  std::optional<Date> earlier;
  std::optional<Date> later;
  bool operator==(const Neighbours&) const = default;
};

// For the template day.html.
Fields day_page_fields(const Day& day, const Neighbours& neighbours, const SiteParts& parts);

// For the same template where the record can't be read: the page says so, the links around it hold.
Fields unreadable_day_fields(Date date, const Neighbours& neighbours, const SiteParts& parts);

}  // namespace daybook
