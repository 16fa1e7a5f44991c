// Each recorded day, once to each target. What goes to one keeps nothing from another.
#pragma once

#include <string>

#include "delivery/targets.h"
#include "store/context.h"

namespace daybook {

/// Sends what is due. The caller holds the lock of the archive, where the ledger is written (store/deliveries.h). With
/// --claim RUN it only writes down what is due as claimed by that run, and with --claimed RUN it sends just that.
///
/// Faults are said; exit_later where all that failed may work later, exit_failed otherwise.
Exit deliver(const DeliveryContext& context);

// Prints what deliver() would send; a fault only where the ledger can't be read.
Exit show_deliveries(const DeliveryContext& context);

// Writes the newest day's mail, or week's, to a file, whatever the ledger says.
Exit write_mail(const DeliveryContext& context, const std::string& path);

}  // namespace daybook
