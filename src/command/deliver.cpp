// daybook deliver: each recorded day, once to each target.
#include "delivery/deliver.h"

#include "command/command.h"
#include "command/load.h"
#include "platform/lock.h"

namespace daybook {

Exit deliver_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  const auto publishing = load_publishing(context, *settings);
  if (!publishing) return exit_misuse;
  const DeliveryContext delivery{context, *settings, publishing->parts, publishing->templates};
  if (!context.options.mail_file.empty()) return write_mail(delivery, context.options.mail_file);
  if (settings->mail.to.empty() && settings->webhooks.empty())
    context.console.say("nothing is sent: the settings have neither [mail] nor [[webhook]]");
  if (context.options.dry_run) return show_deliveries(delivery);
  const auto lock = FolderLock::take(context.options.archive);
  if (!lock) return context.fail(lock.error());
  return deliver(delivery);
}

}  // namespace daybook
