// Whom days go to, by the settings and the environment: mail, and chats.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/result.h"
#include "delivery/due.h"
#include "platform/smtp.h"
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
  DeliveryState state = DeliveryState::sent;  // sent, partly, failed, or unknown: it may have arrived
  Errors faults = {};                         // without any secret
  std::vector<std::string> left = {};         // partly: who was refused for now
};

struct Target {
  std::string name;  // the ledger's: "mail", or a webhook's slug
  const DeliveryChoice& choice;
  std::optional<Error> missing = {};  // what the environment lacks for it
  std::function<Sending(const Due&)> send = {};
};

// What the environment lacks for a target.
Error missing_variable(const std::string& target, const std::string& name);

/// The mail server that SMTP_URL, SMTP_USER, SMTP_PASSWORD and SMTP_CA_FILE (certificates of a server of one's own)
/// name. The console masks the login from here on.
Result<SmtpServer> smtp_server(Console& console);

/// The addresses come from smtp_server() and the variables that `url_env` names, which the console masks from here on.
std::vector<Target> targets_of(const DeliveryContext& context);

}  // namespace daybook
