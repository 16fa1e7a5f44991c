// Pictures drawn when the site is built, as PNG (https://www.w3.org/TR/png-3/) of four colours: what a link to a day
// shows elsewhere (https://ogp.me/), and the site's icon. The same input gives the same bytes.
#pragma once

#include <string>

#include "day/day.h"
#include "settings/settings.h"

namespace daybook {

// 600 × 315, the least that is shown large: the site's title, the date, and a bar for each paper in rank order, as high
// as its scores, the bars of relevance 9 and 10 in the accent. Letters are a font of ASCII; others are left out.
std::string day_card(const Day& day, const SiteSettings& site);

// site/icon.svg as a square of `size` pixels, for home screens.
std::string icon_png(int size);

// What browsers need to know of a site that is put on a home screen: https://www.w3.org/TR/appmanifest/
std::string web_manifest(const SiteSettings& site);

}  // namespace daybook
