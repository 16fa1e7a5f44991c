// Whom days go to, by the settings and the environment: mail, and chats.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "delivery/delivery.h"
#include "settings/settings.h"
#include "settings/templates.h"
#include "site/parts.h"
#include "store/context.h"
#include "store/deliveries.h"

namespace daybook {

/// DeliveryContext is what the deliveries of a command share.
struct DeliveryContext : CommandContext {
  const Settings& settings;
  const SiteParts& parts;
  const Templates& templates;
};

/// Sending is what became of a message.
struct Sending {
  DeliveryState state = DeliveryState::sent;  // sent, failed, or unknown: it may have arrived
  Errors faults = {};                         // without any secret
};

struct Target {
  std::string name;  // the ledger's: "mail", or a webhook's slug
  const DeliveryChoice& choice;
  std::optional<Error> missing = {};  // what the environment lacks for it
  std::function<Sending(const Delivery&)> send = {};
};

/// The addresses and passwords come from SMTP_URL, SMTP_USER, SMTP_PASSWORD, SMTP_CA_FILE (certificates of a server of
/// one's own) and the variables that `url_env` names. The console masks them from here on.
std::vector<Target> targets_of(const DeliveryContext& context);

}  // namespace daybook
