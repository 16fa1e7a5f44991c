// A list of probes -> a line or a fault of each.
#include "advice/check_online.h"

#include <functional>
#include <vector>

#include "authors/semantic_scholar.h"
#include "core/json.h"
#include "core/text.h"
#include "delivery/targets.h"
#include "paper/announcement.h"
#include "paper/feed.h"
#include "pipeline/record_day.h"
#include "platform/clock.h"
#include "platform/environment.h"
#include "platform/http.h"
#include "platform/rate_limited_client.h"
#include "platform/smtp.h"
#include "site/links.h"
#include "site/summary.h"
#include "taste/zotero.h"

namespace daybook {

namespace {

constexpr int mail_seconds = 30;
constexpr const char* known_paper = "1706.03762";  // everybody has it

// One try: whoever asks waits for the answer.
Manners one_try() {
  Manners manners;
  manners.retries = 0;
  manners.longest_wait = 0;
  return manners;
}

// A reply that is no chat completion, and does not say that anything went wrong: it comes from something else.
bool is_something_else(const Result<Response>& response) {
  if (!response || response->status < 200 || response->status >= 300 || response->body.empty()) return false;
  JsonDocument document;
  document.text = response->body;
  return parse_json(document, "") ? trim(response->body).substr(0, 1) == "<"
                                  : member(document.root, "error") == nullptr;
}

Error fault_of_llm(const ChatFault& fault, const Result<Response>& response) {
  const bool may_pass = fault.remedy == Remedy::retry && !is_something_else(response);
  return {may_pass ? Kind::later : Kind::failed, {"LLM", 0, 0}, fault.what, fault.hint};
}

Result<std::string> ask_llm(const CommandContext& context, const Settings& settings, const Llm& llm) {
  if (!llm.endpoint)
    return std::string(context.options.scorer == ScorerChoice::local ? "LLM: not asked, with --scorer local"
                                                                     : "LLM: no key: papers are scored locally");
  const Question question{"You answer with one word.", "Are you there? Answer \"yes\".", ""};
  HttpClient client;
  const auto response = client.send(chat_request(*llm.endpoint, settings.llm, question));
  const ChatOutcome outcome = read_chat(response, *llm.endpoint, question, system_now());
  if (const auto* fault = std::get_if<ChatFault>(&outcome)) return fault_of_llm(*fault, response);
  const Tokens& tokens = std::get<ChatReply>(outcome).tokens;
  return "LLM: " + settings.llm.model + " at " + std::string(host_of(llm.endpoint->base_url)) + " answers" +
         (tokens.prompt && tokens.completion ? "" : "; it does not report token counts, so costs are unknown");
}

Result<std::string> ask_arxiv(const Settings& settings) {
  const std::string& category = settings.arxiv.categories.front();
  const Request request = feed_request(settings.arxiv, category);
  RateLimitedClient client(one_try());
  const auto reply = client.fetch(request);
  if (!reply) return reply.error();
  Errors odd_entries;
  const auto feed = read_feed(reply->body, request.url, odd_entries);
  if (!feed) return feed.error();
  if (feed->cut_off) return *feed->cut_off;
  return "arXiv: the feed of " + category + " at " + std::string(host_of(request.url)) + " has " +
         counted(feed->papers.size(), "paper", "papers");
}

Result<std::string> ask_semantic_scholar(const Settings& settings) {
  if (!asks_semantic_scholar(settings)) return std::string("Semantic Scholar: not asked, the settings do not need it");
  const auto key = secret("S2_API_KEY");
  const Request request = s2_requests(settings.scoring.s2_url, key.value_or(""), {known_paper}).front();
  RateLimitedClient client(one_try());
  const auto reply = client.fetch(request);
  if (!reply) {
    Error fault = reply.error();
    if (fault.kind != Kind::later) fault.hint = "check S2_API_KEY, and s2_url in [scoring]";
    if (fault.kind == Kind::later && !key) fault.hint += "; with a key in S2_API_KEY it is less often busy";
    return fault;
  }
  const auto authors = read_s2_reply(reply->body, {known_paper}, request.url);
  if (!authors) return authors.error();
  return "Semantic Scholar: " + std::string(host_of(request.url)) + " answers";
}

Result<std::string> ask_mail(const CommandContext& context) {
  auto server = smtp_server(context.console);
  if (!server) return server.error();
  server->timeout_seconds = mail_seconds;
  if (const auto greeted = greet(*server); !greeted) return greeted.error();
  return "mail: " + std::string(host_of(server->url)) + (server->user.empty() ? " answers" : " takes the login");
}

// Only a message would tell whether it arrives.
Result<std::string> look_at_webhook(const WebhookSettings& webhook) {
  if (!secret(webhook.url_env)) return missing_variable(webhook.slug, webhook.url_env);
  return "webhook \"" + webhook.name + "\": " + webhook.url_env + " is set; not asked, since that would send a message";
}

Result<std::string> ask_zotero(const CommandContext& context, const ZoteroSettings& zotero) {
  if (!zotero.is_set()) return std::string("Zotero: not asked, the settings name no library");
  RateLimitedClient client(one_try());
  const auto library = read_zotero(zotero, client, std::nullopt);
  if (!library) return library.error();
  for (const Error& odd : (*library)->warnings) context.console.warning(odd);
  return "Zotero: the library of " + zotero_owner(zotero) + " at " + std::string(host_of(zotero.url)) + " has " +
         counted((*library)->papers.size(), "paper", "papers") +
         (zotero.collections.empty() ? "" : " in your collections");
}

}  // namespace

Exit check_online(const CommandContext& context, const Settings& settings, const Llm& llm) {
  std::vector<std::function<Result<std::string>()>> probes = {
      [&] { return ask_llm(context, settings, llm); },
      [&] { return ask_arxiv(settings); },
      [&] { return ask_semantic_scholar(settings); },
      [&] { return ask_zotero(context, settings.zotero); },
  };
  if (!settings.mail.to.empty()) probes.emplace_back([&] { return ask_mail(context); });
  for (const WebhookSettings& webhook : settings.webhooks)
    probes.emplace_back([&webhook] { return look_at_webhook(webhook); });
  Exit exit = exit_done;
  for (const auto& probe : probes) {
    const auto answer = probe();
    if (answer) {
      context.console.print(*answer);
      continue;
    }
    Error fault = answer.error();
    if (fault.kind == Kind::misuse) fault.kind = Kind::failed;
    exit = worse(exit, context.fail(fault));
  }
  return exit;
}

}  // namespace daybook
