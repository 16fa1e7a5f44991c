// A day's page in HTML and in Markdown.
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

// For the template day.html. `path` is where it stands: the day's own folder, or the front page's.
Fields day_page_fields(const Day& day, const Neighbours& neighbours, const SiteParts& parts, const std::string& path);

// For the same template where the record can't be read: the page says so, the links around it hold.
Fields unreadable_day_fields(Date date, const Neighbours& neighbours, const SiteParts& parts);

// The page as Markdown for GitHub, in the predecessors' layout; `prompt` is the prompt's text, empty for none. It reads
// back into the same Day (legacy/import.h).
std::string markdown_page(const Day& day, const SiteSettings& site, const std::string& prompt);

}  // namespace daybook
