#include "delivery/webhook.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "core/complaint.h"
#include "core/json.h"
#include "core/text.h"
#include "delivery/chat_text.h"
#include "delivery/webhook_body.h"

namespace daybook {

namespace {

constexpr int timeout_seconds = 30;
constexpr std::size_t reply_bytes_max = 1U << 20U;

struct WebAddress {
  std::string site;   // "https://ntfy.sh", with a user and a password where it has both
  std::string path;   // "/papers", or empty; without a slash at its end
  std::string query;  // "?wait=true", or empty
  std::string token;
};

std::optional<WebAddress> address_of(std::string_view url) {
  url = trim(url);
  url = url.substr(0, url.find('#'));
  const auto colon = url.find("://");
  const std::string scheme = ascii_lower(url.substr(0, colon));
  if (colon == std::string_view::npos || (scheme != "https" && scheme != "http") || host_of(url).empty())
    return std::nullopt;
  std::string_view rest = url.substr(colon + 3);
  std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  rest.remove_prefix(authority.size());
  WebAddress address;
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos && authority.substr(0, at).find(':') == std::string_view::npos) {
    address.token = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  address.site = scheme + "://" + std::string(authority);
  std::string_view path = rest.substr(0, rest.find('?'));
  address.query = rest.substr(path.size());
  while (path.ends_with('/')) path.remove_suffix(1);
  address.path = path;
  return address;
}

std::string named(const WebhookSettings& webhook) { return "webhook \"" + webhook.name + "\" "; }

Error misuse(const WebhookSettings& webhook, const std::string& what, const std::string& hint) {
  return {Kind::misuse, {}, named(webhook) + "cannot be sent: " + webhook.url_env + ' ' + what, hint};
}

// A message that is sent again, since nobody knows whether it arrived, is shown once: the server knows it by this id. A
// day that was scored anew has other words and so another id.
// https://spec.matrix.org/latest/client-server-api/#transaction-identifiers
std::string transaction_id(const WebhookSettings& webhook, const std::string& key, std::string_view body) {
  return "daybook-" + webhook.slug + '-' + key + '-' + short_hash(body);
}

// With as many papers as fit: what is longer fits even less.
std::optional<std::string> longest_body(const WebhookSettings& webhook, const std::string& to, const Delivery& delivery,
                                        Renderer& renderer) {
  std::optional<std::string> longest;
  std::size_t least = 0;
  std::size_t beyond = delivery.papers.size() + 1;
  for (std::size_t shown = delivery.papers.size(); least < beyond; shown = least + (beyond - least) / 2) {
    auto body = webhook_body(webhook.kind, to, chat_text(delivery, shown, renderer));
    if (body) {
      longest = std::move(body);
      least = shown + 1;
    } else {
      beyond = shown;
    }
  }
  return longest;
}

std::optional<Error> complete(WebAddress& address, std::string& to, const WebhookSettings& webhook) {
  if (webhook.kind == WebhookKind::telegram && !address.path.ends_with("/sendMessage")) address.path += "/sendMessage";
  if (webhook.kind == WebhookKind::matrix && address.token.empty())
    return misuse(webhook, "has no access token", "write it before the host: https://TOKEN@matrix.example.org");
  if (webhook.kind == WebhookKind::ntfy) {  // https://docs.ntfy.sh/publish/#publish-as-json: to the root, not the topic
    to = address.path.substr(address.path.rfind('/') + 1);
    if (to.empty()) return misuse(webhook, "names no topic", "end it with the topic: https://ntfy.sh/TOPIC");
    address.path.resize(address.path.size() - to.size());
  }
  return std::nullopt;
}

bool may_pass(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }

// What the body says itself: {"ok": true}, {"code": 0}, {"StatusCode": 0}; nothing where it is no such JSON.
std::optional<long long> code_in(const Response& response, std::initializer_list<const char*> names) {
  JsonDocument document;
  document.text = response.body;
  if (parse_json(document, "")) return std::nullopt;
  for (const char* name : names) {
    const Json* value = member(document.root, name);
    if (value != nullptr && value->IsBool()) return value->GetBool() ? 0 : 1;
    if (const auto code = integer_of(value)) return code;
  }
  return std::nullopt;
}

std::optional<long long> feishu_code(const Response& response) { return code_in(response, {"code", "StatusCode"}); }

bool is_done(WebhookKind kind, const Response& response) {
  if (response.status < 200 || response.status >= 300) return false;
  if (kind == WebhookKind::slack) return trim(response.body) == "ok";
  if (kind == WebhookKind::telegram) return code_in(response, {"ok"}) == 0;
  if (kind == WebhookKind::feishu) return feishu_code(response) == 0;
  return true;
}

// Feishu says what is wrong with the status 200.
// https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: more than 100 messages a minute or 5 a second.
constexpr long long feishu_too_many = 11232;
constexpr long long feishu_security_first = 19021;  // the signature; then the IP address, the keyword
constexpr long long feishu_security_last = 19024;

std::string hint_for(const WebhookSettings& webhook, const Response& response) {
  const auto code = webhook.kind == WebhookKind::feishu ? feishu_code(response) : std::nullopt;
  if (code && *code >= feishu_security_first && *code <= feishu_security_last)
    return "of the bot's security settings choose the keyword alone, one that is in every message";
  const bool has_chat = webhook.kind == WebhookKind::telegram || webhook.kind == WebhookKind::matrix;
  const int status = response.status;
  const bool refuses_text = status == 413 || status == 422 || (status == 400 && !has_chat);
  if (refuses_text) return "if you have changed chat.txt, try it without your changes";
  return "check the address in " + webhook.url_env + (has_chat ? ", and chat in [[webhook]]" : "");
}

}  // namespace

Result<Request> webhook_request(const WebhookSettings& webhook, const std::string& url, const Delivery& delivery,
                                Renderer& renderer) {
  auto address = address_of(url);
  if (!address) return misuse(webhook, "has no web address", "put the webhook's address into it, with https://");
  std::string to = webhook.chat;
  if (auto fault = complete(*address, to, webhook)) return std::move(*fault);
  auto body = webhook.kind == WebhookKind::json ? std::optional(delivery_json(delivery))
                                                : longest_body(webhook, to, delivery, renderer);
  if (!body)
    return Error{Kind::failed, {}, named(webhook) + "cannot be sent: chat.txt makes its text too long", "shorten it"};
  if (webhook.kind == WebhookKind::matrix)
    address->path += "/_matrix/client/v3/rooms/" + percent_encoded(webhook.chat) + "/send/m.room.message/" +
                     percent_encoded(transaction_id(webhook, delivery.key, *body));
  Request request;
  request.method = webhook.kind == WebhookKind::matrix ? "PUT" : "POST";
  request.url = address->site + address->path + address->query;
  request.headers = {{"Content-Type", "application/json"}};
  if (!address->token.empty()) request.headers.emplace_back("Authorization", "Bearer " + address->token);
  request.body = std::move(*body);
  request.timeout_seconds = timeout_seconds;
  request.redirects = 0;  // nobody else is to get the token
  request.max_bytes = reply_bytes_max;
  return request;
}

Result<Done> webhook_verdict(const WebhookSettings& webhook, const std::string& url, const Result<Response>& response,
                             Instant now) {
  constexpr const char* it_is_down = "no action needed: later runs try again";
  if (!response) {
    const bool may_work = response.error().kind == Kind::later;
    return Error{response.error().kind,
                 {},
                 named(webhook) + "was not reached" + quoted(response.error().what, url),
                 may_work ? it_is_down : "check the address in " + webhook.url_env};
  }
  if (is_done(webhook.kind, *response)) return Done{};
  Error error{Kind::failed, {}, named(webhook) + "answered " + status_text(response->status), ""};
  error.what += quoted(complaint_of(response->body).message, url);
  const bool too_many = webhook.kind == WebhookKind::feishu && feishu_code(*response) == feishu_too_many;
  if (!too_many && !may_pass(response->status)) {
    error.hint = hint_for(webhook, *response);
    return error;
  }
  error.kind = Kind::later;
  error.hint = it_is_down;
  const double wait = retry_after_seconds(response->headers, now);
  if (wait > 0) error.what += "; it asks to wait " + wait_words(wait);
  return error;
}

}  // namespace daybook
