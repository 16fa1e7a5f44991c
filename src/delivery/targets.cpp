#include "delivery/targets.h"

#include <memory>
#include <utility>

#include "core/complaint.h"
#include "core/http.h"
#include "delivery/mail.h"
#include "delivery/webhook.h"
#include "platform/clock.h"
#include "platform/environment.h"
#include "platform/http.h"
#include "platform/smtp.h"
#include "settings/mailbox.h"

namespace daybook {

namespace {

Error missing_variable(const std::string& target, const std::string& name) {
  return {Kind::failed,
          {target, 0, 0},
          "the environment has no " + name,
          "set it; in the workflow, it is a secret of the repository that "
          "daily.yml hands on"};
}

// The request as sent, and whether any of it left: a service that was not
// reached has no message.
struct Exchange {
  Result<Response> response;
  bool left = false;
};

Exchange exchange(const Request& request) {
  HttpMulti http;
  http.start(0, request);
  for (;;)
    if (auto ended = http.wait(60)) return {std::move(ended->result), ended->left};
}

Sending send_to_webhook(const WebhookSettings& webhook, const std::string& url, const Delivery& delivery,
                        Renderer& renderer) {
  const auto request = webhook_request(webhook, url, delivery, renderer);
  if (!request) return {DeliveryState::failed, {request.error()}};
  const Exchange exchanged = exchange(*request);
  const auto verdict = webhook_verdict(webhook, url, exchanged.response, system_now());
  if (verdict) return {};
  Error fault = verdict.error();
  fault.what = without_key(fault.what, url);
  // Without a reply nobody knows whether it took the message; nor with a good status and other words than its own, as
  // of a server in between. Feishu alone says with a good status what is wrong.
  const auto& response = exchanged.response;
  const bool is_odd = response && response->status / 100 == 2 && webhook.kind != WebhookKind::feishu;
  const bool may_have_arrived = is_odd || (!response && exchanged.left);
  if (may_have_arrived) fault.hint = "no action needed; it is not sent again, since it may have arrived";
  return {may_have_arrived ? DeliveryState::unknown : DeliveryState::failed, {fault}};
}

Target webhook_target(const DeliveryContext& context, const WebhookSettings& webhook,
                      std::shared_ptr<Renderer> renderer) {
  Target target{webhook.slug, webhook};
  const auto url = secret(webhook.url_env);
  if (!url) {
    target.missing = missing_variable(webhook.slug, webhook.url_env);
    return target;
  }
  context.console.mask(*url);
  target.send = [&webhook, url = *url, renderer = std::move(renderer)](const Delivery& delivery) {
    return send_to_webhook(webhook, url, delivery, *renderer);
  };
  return target;
}

Target mail_target(const DeliveryContext& context, std::shared_ptr<Renderer> renderer) {
  const MailSettings& mail = context.settings.mail;
  Target target{"mail", mail};
  const auto url = secret("SMTP_URL");
  if (!url) {
    target.missing = missing_variable("mail", "SMTP_URL");
    return target;
  }
  SmtpServer server{*url, secret("SMTP_USER").value_or(""), secret("SMTP_PASSWORD").value_or(""),
                    variable("SMTP_CA_FILE").value_or("")};
  context.console.mask(server.password);
  context.console.mask(server.user);
  OutgoingMail outgoing{mailbox_of(mail.from).address, {}, ""};
  for (const std::string& to : mail.to) outgoing.to.push_back(mailbox_of(to).address);
  target.send = [&context, &mail, server, outgoing, renderer = std::move(renderer)](const Delivery& delivery) {
    OutgoingMail whole = outgoing;
    whole.message = mail_message(delivery, mail, context.settings.site, *renderer);
    const auto taken = send_mail(server, whole);
    if (!taken) return Sending{DeliveryState::failed, {taken.error()}};
    if (taken->doubt) return Sending{DeliveryState::unknown, {*taken->doubt}};
    return Sending{DeliveryState::sent, taken->refused};
  };
  return target;
}

}  // namespace

std::vector<Target> targets_of(const DeliveryContext& context) {
  const auto renderer = std::make_shared<Renderer>(context.templates);
  std::vector<Target> targets;
  if (!context.settings.mail.to.empty()) targets.push_back(mail_target(context, renderer));
  for (const WebhookSettings& webhook : context.settings.webhooks)
    targets.push_back(webhook_target(context, webhook, renderer));
  return targets;
}

}  // namespace daybook
