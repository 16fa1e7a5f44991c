// What a target is sent of a day or a week: the same facts for a mail and for each kind of chat.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/date.h"
#include "settings/settings.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// All text is plain Unicode on one line, without TeX; addresses are absolute.
struct DeliveredPaper {
  std::string id;  // "9901.00001"
  std::string title;
  std::string authors;  // "Ada Imagined, Bo Invented and 3 more"
  std::string scores;   // "9·8"; empty: none
  std::string topic;    // its name; empty: none
  std::string why;      // what the page says of it; empty: nothing
  std::string abstract_url;
  std::string pdf_url;
  std::string page_url;
  std::string like_url = {};  // a new issue's form, filled in (site/links.h); empty: none
  std::string dislike_url = {};
};

/// Delivery is a day's or a week's papers, as a target's settings choose them, best first.
struct Delivery {
  std::string key;       // what the ledger knows it by: "2099-01-05", "2099-w02"
  std::string title;     // "5 January: Cognifold and 32 more"
  std::string sentence;  // "33 of 654 new papers."
  std::string status;    // where the day is not complete, what that means, as a sentence; empty: it is
  std::string url;       // the page that has all of it
  std::string feeds_url;
  std::vector<DeliveredPaper> papers;
  std::size_t more = 0;       // papers beyond these, on the page
  std::string revision = {};  // of one that goes out again; empty: the first time
};

/// What a target gets of a day: the papers that its feeds hold, each once, in the day's order. `day` is a
/// site_summary(). A paper that an earlier day has shown is in no feed.
Delivery delivery_of(const DaySummary& day, const DeliveryChoice& choice, const SiteParts& parts);

/// The same of the week that begins on `monday`, its best papers first.
Delivery weekly_delivery_of(const Summaries& days, Date monday, const DeliveryChoice& choice, const SiteParts& parts);

// "2099-w02"
std::string week_key(Date monday);

// What --dry-run prints: lines of plain text.
std::string delivery_text(const Delivery& delivery);

}  // namespace daybook
