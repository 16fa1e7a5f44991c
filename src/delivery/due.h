// Which days and weeks a target is to get, by what the ledger says of it.
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "delivery/delivery.h"
#include "settings/settings.h"
#include "site/parts.h"
#include "site/summary.h"
#include "store/deliveries.h"

namespace daybook {

// No day older than this goes out, so that a year that is backfilled fills nobody's mailbox.
inline constexpr int days_delivered = 14;
// How long a target that is down is tried again.
inline constexpr int days_retried = 3;

/// DueBy is what decides what is due besides the ledger.
struct DueBy {
  const Summaries& days;  // newest first: those of the last days_delivered days, and of their weeks
  const SiteParts& parts;
  Instant now;
  std::string run = {};  // only what this run has claimed; empty: whatever is due
};

struct Due {
  Delivery delivery;
  std::string scores;                  // scores_mark() of its day; empty: it is a week
  std::vector<std::string> only = {};  // the recipients who are still to get it; empty: all
};

/// Oldest first. A target of which the ledger knows nothing gets the newest day alone. A day is due that the target did
/// not get since its first one; one that failed, for days_retried days; one that was scored anew, if `choice` says so.
/// Days without any announcement are never due, and a week not before its Saturday.
std::vector<Due> due_for(const DeliveryChoice& choice, const Standings& standings, const DueBy& by);

/// Keys of sendings that were claimed or begun and of which nobody knows how they ended.
std::vector<std::string> cut_off(const Standings& standings);

}  // namespace daybook
