// arXiv's page of a category's newest papers, https://arxiv.org/list/cs.LG/new, as a witness: what it says of its date
// and of how many papers there are. It is made for people, and may change any day.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "core/http.h"
#include "settings/settings.h"

namespace daybook {

/// ListingPage is what the page says of itself.
struct ListingPage {
  std::optional<Date> date;  // of the announcement that it lists; absent: "No updates today"
  int new_papers = 0;
  int cross = 0;
  int replaced = 0;
  bool operator==(const ListingPage&) const = default;
};

Request listing_request(const ArxivSettings& settings, const std::string& category);

// Reads "Showing new listings for Wednesday, 12 August 2026" and the Y of "New submissions (showing X of Y entries)",
// "Cross submissions" and "Replacement submissions"; a section that is not there is empty. Nothing where neither the
// date nor "No updates today" stands in it, or a section's number can't be read: then the page is no witness.
std::optional<ListingPage> read_listing(std::string_view html);

}  // namespace daybook
