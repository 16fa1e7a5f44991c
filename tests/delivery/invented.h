// Deliveries and replies that nobody sent, for the tests of this folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/http.h"
#include "delivery/delivery.h"
#include "settings/settings.h"
#include "settings/templates.h"
#include "site/builtin.h"
#include "support/catch.h"

namespace daybook::invented {

inline DeliveredPaper paper(int number, const std::string& title = "Maps of Everything") {
  const std::string id = "9901." + std::to_string(10'000 + number);
  const std::string site = "https://ada.example/papers/";
  return {.id = id,
          .title = title,
          .authors = "Ada Imagined, Bo Invented and 3 more",
          .scores = "9·8",
          .topic = "Maps",
          .why = "Draws a map of everything in one pass.",
          .abstract_url = "https://arxiv.org/abs/" + id,
          .pdf_url = "https://arxiv.org/pdf/" + id,
          .page_url = site + "2099/01/05/#p" + id};
}

inline Delivery delivery(int papers, const std::string& title = "Maps of Everything") {
  Delivery day;
  day.key = "2099-01-05";
  day.title = "5 January: Cognifold and 32 more";
  day.sentence = "33 of 654 new papers.";
  day.url = "https://ada.example/papers/2099/01/05/";
  day.feeds_url = "https://ada.example/papers/feeds/";
  for (int i = 0; i < papers; ++i) day.papers.push_back(paper(i, title));
  return day;
}

// With chat.txt as it ships, or as an owner has it.
inline Renderer renderer(const std::string& owners_chat = "") {
  TemplateTexts ours;
  TemplateTexts owners;
  ours["chat.txt"] = {"templates/chat.txt", *find_bytes(builtin_templates(), "chat.txt")};
  if (!owners_chat.empty()) owners["chat.txt"] = {"mine/chat.txt", owners_chat};
  Errors errors;
  const Templates templates(ours, owners, errors);
  REQUIRE(errors.empty());
  return Renderer(templates);
}

struct Target {
  WebhookSettings webhook;
  std::string url;
};

inline Target target(WebhookKind kind) {
  Target made;
  made.webhook.slug = "the-team";
  made.webhook.name = "The team";
  made.webhook.kind = kind;
  made.webhook.url_env = "TEAM_URL";
  switch (kind) {
    case WebhookKind::telegram:
      made.webhook.chat = "-1009901";
      made.url = "https://api.telegram.org/bot9901:AAinventedinventedinvented";
      break;
    case WebhookKind::matrix:
      made.webhook.chat = "!room:example.org";
      made.url = "https://syt_inventedinvented@matrix.example.org";
      break;
    case WebhookKind::ntfy:
      made.url = "https://tk_inventedinvented@ntfy.example.org/papers-9901";
      break;
    default:
      made.url = "https://hooks.example.org/services/T9901/inventedinvented";
  }
  return made;
}

inline const std::vector<WebhookKind> all_kinds = {WebhookKind::slack,  WebhookKind::discord, WebhookKind::telegram,
                                                   WebhookKind::teams,  WebhookKind::feishu,  WebhookKind::ntfy,
                                                   WebhookKind::matrix, WebhookKind::json};

}  // namespace daybook::invented
