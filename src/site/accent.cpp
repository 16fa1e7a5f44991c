#include "site/accent.h"

#include "settings/colour.h"

namespace daybook {

std::string accent_rules(std::string_view accent) {
  const auto light = parse_colour(accent);
  if (!light) return {};
  constexpr Rgb dark_page{{0x11, 0x13, 0x16}};  // style.css: --bg
  // More than WCAG's 4.5, so that it can be read on shaded parts of the page too.
  const std::string dark = colour_text(blended_until(*light, white, dark_page, 7));
  return "\n/* == accent == */\n:root { --acc: " + colour_text(*light) +
         "; }\n:root[data-theme=\"dark\"] { --acc: " + dark +
         "; }\n@media (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) { --acc: " + dark + "; } }\n";
}

}  // namespace daybook
