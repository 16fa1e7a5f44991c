#include "delivery/targets.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/complaint.h"
#include "core/http.h"
#include "delivery/mail.h"
#include "delivery/webhook.h"
#include "platform/clock.h"
#include "platform/environment.h"
#include "platform/http.h"
#include "settings/mailbox.h"

namespace daybook {

namespace {

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
  target.send = [&webhook, url = *url, renderer = std::move(renderer)](const Due& due) {
    return send_to_webhook(webhook, url, due.delivery, *renderer);
  };
  return target;
}

// To those of `all` who are still to get it, where it is not all.
std::vector<std::string> recipients_of(const std::vector<std::string>& all, const std::vector<std::string>& only) {
  std::vector<std::string> addresses;
  for (const std::string& to : all)
    if (const std::string address = mailbox_of(to).address;
        only.empty() || std::find(only.begin(), only.end(), address) != only.end())
      addresses.push_back(address);
  return addresses;
}

Sending send_to_mail(const SmtpServer& server, const OutgoingMail& mail) {
  if (mail.to.empty()) return {};  // who was to get it is no recipient any more
  const auto taken = send_mail(server, mail);
  if (!taken) return {DeliveryState::failed, {taken.error()}};
  if (taken->doubt) return {DeliveryState::unknown, {*taken->doubt}};
  Sending sending;
  for (const RefusedRecipient& refused : taken->refused) {
    sending.faults.push_back(refused.fault);
    if (refused.fault.kind == Kind::later) sending.left.push_back(refused.address);
  }
  if (!sending.left.empty()) sending.state = DeliveryState::partly;
  return sending;
}

Target mail_target(const DeliveryContext& context, std::shared_ptr<Renderer> renderer) {
  const MailSettings& mail = context.settings.mail;
  Target target{"mail", mail};
  const auto server = smtp_server(context.console);
  if (!server) {
    target.missing = server.error();
    return target;
  }
  target.send = [&context, &mail, server = *server, renderer = std::move(renderer)](const Due& due) {
    return send_to_mail(server, {mailbox_of(mail.from).address, recipients_of(mail.to, due.only),
                                 mail_message(due.delivery, mail, context.settings.site, *renderer)});
  };
  return target;
}

}  // namespace

Error missing_variable(const std::string& target, const std::string& name) {
  return {Kind::failed,
          {target, 0, 0},
          "the environment has no " + name,
          "set it; in the workflow, it is a secret of the repository that daily.yml hands on"};
}

Result<SmtpServer> smtp_server(Console& console) {
  const auto url = secret("SMTP_URL");
  if (!url) return missing_variable("mail", "SMTP_URL");
  SmtpServer server{*url, secret("SMTP_USER").value_or(""), secret("SMTP_PASSWORD").value_or(""),
                    variable("SMTP_CA_FILE").value_or("")};
  console.mask(server.password);
  console.mask(server.user);
  return server;
}

std::vector<Target> targets_of(const DeliveryContext& context) {
  const auto renderer = std::make_shared<Renderer>(context.templates);
  std::vector<Target> targets;
  if (!context.settings.mail.to.empty()) targets.push_back(mail_target(context, renderer));
  for (const WebhookSettings& webhook : context.settings.webhooks)
    targets.push_back(webhook_target(context, webhook, renderer));
  return targets;
}

}  // namespace daybook
