#include "delivery/webhook.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/text.h"
#include "delivery/chat_text.h"
#include "delivery/invented.h"
#include "delivery/read_back.h"

using namespace daybook;
using namespace daybook::invented;
using read_back::Seen;

namespace {

Request request(WebhookKind kind, const Delivery& day, const std::string& owners_chat = "") {
  const Target to = target(kind);
  Renderer templates = renderer(owners_chat);
  auto made = webhook_request(to.webhook, to.url, day, templates);
  REQUIRE(made);
  return std::move(*made);
}

Seen seen(WebhookKind kind, const Delivery& day, const std::string& owners_chat = "") {
  return read_back::seen(kind, request(kind, day, owners_chat).body);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// What titles have held, and what somebody might try; each can be shown as it is.
const std::vector<std::string> odd_titles = {
    "Cognifold: Memory & Attention <Fast>, \"Cheap\"",
    "@everyone @here <!channel> <@U9901> <#C9901> @room",
    "**Bold** _italic_ ~~struck~~ `code` ||spoiler|| > quote # head",
    "[Free](https://evil.example) and a](https://evil.example)",
    "<b>Bold</b> <a href=\"https://evil.example\">x</a> <script>alert(1)</script>",
    "<at id=all></at> <at user_id=\"all\">all</at> &lt;at&gt; &amp;amp; &#60;",
    "- A List, -# Small, 1. One",
    "A backslash at its end \\",
    "x₁² ≤ ∑ᵢ αᵢ·βᵢ and $x_1^2$ \\alpha",
    "{{sentence}} {{{papers}}} {{#more}}",
    "מפה של הכול ו־خريطة كل شيء",
    "👩‍👩‍👧‍👦🏳️‍🌈 emoji 🇺🇳",
    "Café e\u0301tude Vie\u0323\u0302t",
    "100% of *-algebras: a_b, c_d and e~f",
};

struct Chance {  // the same on every machine
  std::uint32_t state;
  std::size_t below(std::size_t limit) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8U) % limit;
  }
};

std::string odd_text(Chance& chance) {
  static const std::vector<std::string> heaps = {repeated("x", 1000),
                                                 repeated("word ", 200),
                                                 repeated("👩‍👩‍👧‍👦", 90),
                                                 repeated("e\u0301", 500),
                                                 "e" + repeated("\u0301", 1000),
                                                 repeated("&<>\"'", 200),
                                                 repeated("\\*_[]()", 150),
                                                 repeated("紙", 1000),
                                                 "a\1https://evil.example\2b\3c",
                                                 "\u202Edesrever\u2066",
                                                 "\xFF\xC3(\xE2\x82",
                                                 "line\nbreak\ttab",
                                                 "",
                                                 " ",
                                                 repeated("https://evil.example/?a=b&c=d ", 20)};
  std::string text;
  for (std::size_t pieces = chance.below(4); pieces > 0; --pieces) {
    const std::size_t piece = chance.below(heaps.size() + odd_titles.size());
    text += piece < heaps.size() ? heaps[piece] : odd_titles[piece - heaps.size()];
  }
  return text;
}

Delivery odd_delivery(Chance& chance) {
  constexpr int counts[] = {0, 1, 2, 9, 40, 183};
  Delivery day = delivery(counts[chance.below(std::size(counts))]);
  day.title = odd_text(chance);
  day.sentence = odd_text(chance);
  day.status = odd_text(chance);
  day.more = chance.below(2) * 12;
  for (DeliveredPaper& one : day.papers) {
    one.title = odd_text(chance);
    one.authors = odd_text(chance);
    one.why = odd_text(chance);
    one.topic = odd_text(chance);
  }
  return day;
}

// How many papers a message links to, or names the addresses of.
std::size_t papers_in(const Seen& message, const Delivery& day) {
  const auto is_linked = [&](const DeliveredPaper& one) {
    return std::find(message.urls.begin(), message.urls.end(), one.abstract_url) != message.urls.end() ||
           message.text.find(' ' + one.abstract_url) != std::string::npos;
  };
  return static_cast<std::size_t>(std::count_if(day.papers.begin(), day.papers.end(), is_linked));
}

std::string more_words(std::size_t more, const Delivery& day) {
  return more == 0 ? "On the page: " + day.url : "and " + std::to_string(more) + " more: " + day.url;
}

}  // namespace

TEST_CASE("webhook: no message is beyond its service's limits, whatever papers are called", "[webhook]") {
  Chance chance{9901};
  for (int round = 0; round < 40; ++round) {
    const Delivery day = odd_delivery(chance);
    std::set<std::string> known = {day.url};
    for (const DeliveredPaper& one : day.papers) known.insert({one.abstract_url, one.pdf_url, one.page_url});
    for (const WebhookKind kind : all_kinds) {
      if (kind == WebhookKind::json) continue;
      INFO("round " << round << ", kind " << static_cast<int>(kind) << ", " << day.papers.size() << " papers");
      const Seen message = seen(kind, day);
      CHECK(message.fault == "");
      REQUIRE(!message.title.empty());
      for (const std::string& url : message.urls) REQUIRE(known.count(url) == 1);
      REQUIRE(message.text.find_first_of("\1\2\3") == std::string::npos);
      REQUIRE(message.text.find("\u202E") == std::string::npos);
      const std::size_t more = day.more + day.papers.size() - papers_in(message, day);
      INFO(message.text.substr(message.text.size() - std::min<std::size_t>(message.text.size(), 200)));
      REQUIRE(message.text.find(more_words(more, day)) != std::string::npos);
    }
  }
}

TEST_CASE("webhook: every service shows an odd title as it is", "[webhook]") {
  for (const std::string& title : odd_titles) {
    Delivery day = delivery(1, title);
    day.papers[0].authors = title;
    day.papers[0].why = title;
    day.title = title;
    for (const WebhookKind kind : all_kinds) {
      if (kind == WebhookKind::json) continue;
      INFO("kind " << static_cast<int>(kind) << ": " << title);
      const Seen message = seen(kind, day);
      CHECK(message.fault == "");
      CHECK(message.title == title);
      const auto first = message.text.find(title);
      CHECK(first != std::string::npos);
      CHECK(message.text.find(title, first + 1) != std::string::npos);
    }
  }
}

TEST_CASE("webhook: as many papers as fit are shown, the others counted", "[webhook]") {
  struct Row {
    WebhookKind kind;
    std::size_t of_40;
    std::size_t of_183;
  };
  const Row rows[] = {{WebhookKind::slack, 40, 47}, {WebhookKind::discord, 40, 40}, {WebhookKind::telegram, 36, 36},
                      {WebhookKind::teams, 40, 43}, {WebhookKind::feishu, 40, 70},  {WebhookKind::matrix, 40, 183},
                      {WebhookKind::ntfy, 27, 27}};
  for (const auto& [kind, of_40, of_183] : rows) {
    INFO("kind " << static_cast<int>(kind));
    for (const auto& [papers, expected] : {std::pair<int, std::size_t>{0, 0}, {1, 1}, {40, of_40}, {183, of_183}}) {
      const Delivery day = delivery(papers);
      const Seen message = seen(kind, day);
      CHECK(papers_in(message, day) == expected);
      CHECK(message.text.find(more_words(day.papers.size() - expected, day)) != std::string::npos);
    }
  }
}

TEST_CASE("webhook: each service's message, byte for byte", "[webhook]") {
  Delivery day = delivery(1, "Maps & <More>");
  day.title = "5 January: 1 paper";
  day.more = 12;
  const std::pair<WebhookKind, std::string> bodies[] = {
      {WebhookKind::slack,
       R"({"text":"5 January: 1 paper","unfurl_links":false,"blocks":[{"type":"header","text":{)"
       R"("type":"plain_text","text":"5 January: 1 paper","emoji":false}},{"type":"rich_text",)"
       R"("elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"33 of 654 new )"
       R"(papers."}]}]},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{)"
       R"("type":"link","url":"https://arxiv.org/abs/9901.10000","text":"Maps & <More>"},{"type":"text",)"
       R"("text":" (9·8) · Maps"},{"type":"text","text":"\n"},{"type":"text","text":"Ada Imagined, Bo )"
       R"(Invented and 3 more"},{"type":"text","text":"\n"},{"type":"text","text":"Draws a map of )"
       R"(everything in one pass."}]}]},{"type":"rich_text","elements":[{"type":"rich_text_section",)"
       R"("elements":[{"type":"text","text":"and 12 more: "},{"type":"link",)"
       R"("url":"https://ada.example/papers/2099/01/05/",)"
       R"("text":"https://ada.example/papers/2099/01/05/"}]}]}]})"},
      {WebhookKind::discord,
       R"({"embeds":[{"title":"5 January: 1 paper","url":"https://ada.example/papers/2099/01/05/",)"
       R"("description":"33 of 654 new papers.\n\n[Maps & \\<More\\>](https://arxiv.org/abs/9901.10000) )"
       R"(\\(9·8\\) · Maps\nAda Imagined, Bo Invented and 3 more\nDraws a map of everything in one )"
       R"(pass.\n\nand 12 more: https://ada.example/papers/2099/01/05/"}],"allowed_mentions":{"parse":[]}})"},
      {WebhookKind::telegram,
       R"({"chat_id":"-1009901","parse_mode":"HTML","text":"<b><a )"
       R"(href=\"https://ada.example/papers/2099/01/05/\">5 January: 1 paper</a></b>\n\n33 of 654 new )"
       R"(papers.\n\n<a href=\"https://arxiv.org/abs/9901.10000\">Maps &amp; &lt;More&gt;</a> (9·8) · )"
       R"(Maps\nAda Imagined, Bo Invented and 3 more\nDraws a map of everything in one pass.\n\nand 12 )"
       R"(more: <a href=\"https://ada.example/papers/2099/01/05/\">https://ada.example/papers/2099/01/05/<)"
       R"(/a>","link_preview_options":{"is_disabled":true}})"},
      {WebhookKind::teams,
       R"({"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive",)"
       R"("content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard",)"
       R"("version":"1.4","msteams":{"width":"Full"},"body":[{"type":"RichTextBlock","inlines":[{)"
       R"("type":"TextRun","text":"5 January: 1 paper","size":"Large","weight":"Bolder"}]},{)"
       R"("type":"RichTextBlock","spacing":"Medium","inlines":[{"type":"TextRun","text":"33 of 654 new )"
       R"(papers."}]},{"type":"RichTextBlock","spacing":"Medium","inlines":[{"type":"TextRun",)"
       R"("text":"Maps & <More>","selectAction":{"type":"Action.OpenUrl",)"
       R"("url":"https://arxiv.org/abs/9901.10000"}},{"type":"TextRun","text":" (9·8) · Maps"}]},{)"
       R"("type":"RichTextBlock","spacing":"None","inlines":[{"type":"TextRun","text":"Ada Imagined, Bo )"
       R"(Invented and 3 more"}]},{"type":"RichTextBlock","spacing":"None","inlines":[{"type":"TextRun",)"
       R"("text":"Draws a map of everything in one pass."}]},{"type":"RichTextBlock","spacing":"Medium",)"
       R"("inlines":[{"type":"TextRun","text":"and 12 more: "},{"type":"TextRun",)"
       R"("text":"https://ada.example/papers/2099/01/05/","selectAction":{"type":"Action.OpenUrl",)"
       R"("url":"https://ada.example/papers/2099/01/05/"}}]}]}}]})"},
      {WebhookKind::feishu,
       R"({"msg_type":"post","content":{"post":{"en_us":{"title":"5 January: 1 paper","content":[[{)"
       R"("tag":"text","text":"33 of 654 new papers."}],[{"tag":"text","text":" "}],[{"tag":"a",)"
       R"("text":"Maps & <More>","href":"https://arxiv.org/abs/9901.10000"},{"tag":"text","text":" (9·8) )"
       R"(· Maps"}],[{"tag":"text","text":"Ada Imagined, Bo Invented and 3 more"}],[{"tag":"text",)"
       R"("text":"Draws a map of everything in one pass."}],[{"tag":"text","text":" "}],[{"tag":"text",)"
       R"("text":"and 12 more: "},{"tag":"a","text":"https://ada.example/papers/2099/01/05/",)"
       R"("href":"https://ada.example/papers/2099/01/05/"}]]}}}})"},
      {WebhookKind::ntfy,
       R"({"topic":"papers-9901","title":"5 January: 1 paper","message":"33 of 654 new papers.\n\nMaps & )"
       R"(<More> https://arxiv.org/abs/9901.10000 (9·8) · Maps\nAda Imagined, Bo Invented and 3 )"
       R"(more\nDraws a map of everything in one pass.\n\nand 12 more: )"
       R"(https://ada.example/papers/2099/01/05/","click":"https://ada.example/papers/2099/01/05/",)"
       R"("actions":[{"action":"view","label":"Open","url":"https://ada.example/papers/2099/01/05/"}]})"},
      {WebhookKind::matrix,
       R"({"msgtype":"m.text","body":"5 January: 1 paper\n\n33 of 654 new papers.\n\nMaps & <More> )"
       R"(https://arxiv.org/abs/9901.10000 (9·8) · Maps\nAda Imagined, Bo Invented and 3 more\nDraws a )"
       R"(map of everything in one pass.\n\nand 12 more: https://ada.example/papers/2099/01/05/",)"
       R"("format":"org.matrix.custom.html","formatted_body":"<h4><a )"
       R"(href=\"https://ada.example/papers/2099/01/05/\">5 January: 1 paper</a></h4><p>33 of 654 new )"
       R"(papers.</p><p><a href=\"https://arxiv.org/abs/9901.10000\">Maps &amp; &lt;More&gt;</a> (9·8) · )"
       R"(Maps<br>Ada Imagined, Bo Invented and 3 more<br>Draws a map of everything in one )"
       R"(pass.</p><p>and 12 more: <a href=\"https://ada.example/papers/2099/01/05/\">https://ada.example/)"
       R"(papers/2099/01/05/</a></p>","m.mentions":{}})"},
      {WebhookKind::json,
       R"({"version":1,"key":"2099-01-05","title":"5 January: 1 paper","sentence":"33 of 654 new papers.",)"
       R"("status":"","url":"https://ada.example/papers/2099/01/05/",)"
       R"("feeds_url":"https://ada.example/papers/feeds/","papers":[{"id":"9901.10000","title":"Maps & )"
       R"(<More>","authors":"Ada Imagined, Bo Invented and 3 more","scores":"9·8","topic":"Maps",)"
       R"("why":"Draws a map of everything in one pass.",)"
       R"("abstract_url":"https://arxiv.org/abs/9901.10000","pdf_url":"https://arxiv.org/pdf/9901.10000",)"
       R"("page_url":"https://ada.example/papers/2099/01/05/#p9901.10000"}],"more":12})"}};
  for (const auto& [kind, body] : bodies) CHECK(request(kind, day).body == body);
}

TEST_CASE("webhook: a day without papers is a sentence and a link", "[webhook]") {
  Delivery day = delivery(0);
  day.sentence = "No new papers.";
  day.status = "arXiv was down.";
  for (const WebhookKind kind : all_kinds) {
    if (kind == WebhookKind::json) continue;
    INFO("kind " << static_cast<int>(kind));
    const Seen message = seen(kind, day);
    CHECK(message.fault == "");
    CHECK(message.text.find("No new papers. arXiv was down.\n") != std::string::npos);
    CHECK(std::count(message.urls.begin(), message.urls.end(), day.url) >= 1);
  }
}

TEST_CASE("webhook: each request goes where its service wants it, with its token in a header", "[webhook]") {
  const Delivery day = delivery(1);
  struct Row {
    WebhookKind kind;
    std::string url;
    std::string token;
  };
  const Row rows[] = {
      {WebhookKind::slack, "https://hooks.example.org/services/T9901/inventedinvented", ""},
      {WebhookKind::telegram, "https://api.telegram.org/bot9901:AAinventedinventedinvented/sendMessage", ""},
      {WebhookKind::ntfy, "https://ntfy.example.org/", "Bearer tk_inventedinvented"},
      {WebhookKind::json, "https://hooks.example.org/services/T9901/inventedinvented", ""}};
  for (const auto& [kind, url, token] : rows) {
    const Request made = request(kind, day);
    CHECK(made.method == "POST");
    CHECK(made.url == url);
    CHECK(header(made.headers, "Authorization") == token);
    CHECK(header(made.headers, "Content-Type") == "application/json");
    CHECK(made.redirects == 0);
  }
  CHECK(request(WebhookKind::ntfy, day).body.starts_with(R"({"topic":"papers-9901",)"));

  const Request matrix = request(WebhookKind::matrix, day);
  CHECK(matrix.method == "PUT");
  CHECK(
      matrix.url.starts_with("https://matrix.example.org/_matrix/client/v3/rooms/%21room%3Aexample.org/send/"
                             "m.room.message/daybook-the-team-2099-01-05-"));
  CHECK(header(matrix.headers, "Authorization") == "Bearer syt_inventedinvented");
  CHECK(request(WebhookKind::matrix, day) == matrix);
  CHECK(request(WebhookKind::matrix, delivery(2)).url != matrix.url);
}

TEST_CASE("webhook: a query, a port, a user with a password and a line break are understood", "[webhook]") {
  const auto url_of = [](WebhookKind kind, const std::string& url) {
    Renderer templates = renderer();
    auto made = webhook_request(target(kind).webhook, url, delivery(0), templates);
    return made ? made->url : made.error().what + " (" + made.error().hint + ')';
  };
  CHECK(url_of(WebhookKind::discord, "https://hooks.example.org/1/abc?thread_id=7\n") ==
        "https://hooks.example.org/1/abc?thread_id=7");
  CHECK(url_of(WebhookKind::ntfy, "http://ada:secret@127.0.0.1:8080/papers/?up=1") ==
        "http://ada:secret@127.0.0.1:8080/?up=1");
  CHECK(url_of(WebhookKind::matrix, "https://syt_x@[::1]:8448/").starts_with("https://[::1]:8448/_matrix/client/"));

  const std::string no_address =
      "webhook \"The team\" cannot be sent: TEAM_URL has no web address (put the webhook's address into it, with "
      "https://)";
  for (const char* wrong : {"", "  ", "hooks.example.org/1/abc", "ftp://hooks.example.org/", "https://", "https://?x"})
    CHECK(url_of(WebhookKind::slack, wrong) == no_address);
  CHECK(url_of(WebhookKind::ntfy, "https://ntfy.example.org/") ==
        "webhook \"The team\" cannot be sent: TEAM_URL names no topic (end it with the topic: https://ntfy.sh/TOPIC)");
  CHECK(url_of(WebhookKind::matrix, "https://matrix.example.org") ==
        "webhook \"The team\" cannot be sent: TEAM_URL has no access token (write it before the host: "
        "https://TOKEN@matrix.example.org)");
}

TEST_CASE("webhook: an owner's chat.txt gives the words, not the markup", "[webhook]") {
  const std::string owners =
      "<b>Hi</b> & *good* morning!\n\n\n{{#papers}}\n{{id}}: {{title_link}} {{page_link}}\n{{/papers}}\n";
  for (const WebhookKind kind : {WebhookKind::slack, WebhookKind::discord, WebhookKind::telegram, WebhookKind::teams,
                                 WebhookKind::feishu, WebhookKind::matrix}) {
    INFO("kind " << static_cast<int>(kind));
    const Seen message = seen(kind, delivery(2), owners);
    CHECK(message.fault == "");
    CHECK(message.text.find("<b>Hi</b> & *good* morning!\n") != std::string::npos);
    CHECK(message.text.find("9901.10000: Maps of Everything page\n9901.10001: Maps") != std::string::npos);
    CHECK(message.urls.size() >= 4);
  }
  Renderer templates = renderer(repeated("Too long. ", 7000));
  for (const WebhookKind kind : all_kinds) {
    const Target to = target(kind);
    const auto made = webhook_request(to.webhook, to.url, delivery(3), templates);
    CHECK(static_cast<bool>(made) == (kind == WebhookKind::json));
    if (!made) CHECK(made.error().what == "webhook \"The team\" cannot be sent: chat.txt makes its text too long");
  }
}

TEST_CASE("webhook: a name that chat.txt cannot show is an error with its line", "[webhook]") {
  Errors errors;
  const Templates ours({{"chat.txt", {"templates/chat.txt", *find_bytes(builtin_templates(), "chat.txt")}}}, {},
                       errors);
  check_chat_template(ours, errors);
  CHECK(errors.empty());
  const Templates owners({{"chat.txt", {"mine/chat.txt", "{{sentence}}\n{{#papers}}{{tittle}}{{/papers}}\n"}}}, {},
                         errors);
  check_chat_template(owners, errors);
  REQUIRE(errors.size() == 1);
  CHECK(describe(errors[0]) ==
        "mine/chat.txt:2:12: error: there is no \"tittle\" to show here\n  hint: did you mean \"title\"?\n");
}

TEST_CASE("webhook: a text is cut between characters, not inside of one", "[webhook]") {
  CHECK(shortened("paper", 5) == "paper");
  CHECK(shortened("papers", 5) == "pape…");
  CHECK(shortened("one two", 5) == "one…");
  CHECK(shortened("ab😀c", 4) == "ab…");                 // an emoji is two units
  CHECK(shortened("abe\u0301z", 4) == "ab…");           // its accent would be lost
  CHECK(shortened("a👩‍👩‍👧z", 6) == "a…");  // half a family
  CHECK(shortened("e\u0301\u0301\u0301\u0301", 3) == "e\u0301…");
  for (std::size_t units = 1; units < 40; ++units)
    for (const std::string& title : odd_titles) {
      const std::string cut = shortened(title, units);
      CHECK(is_utf8(cut));
      CHECK(read_back::characters(cut) <= units);
      CHECK(utf16_length(cut) == read_back::characters(cut));
    }
}

TEST_CASE("webhook: what each service answers is read as it means it", "[webhook]") {
  enum What { done, later, failed };
  struct Row {
    WebhookKind kind;
    int status;
    std::string body;
    What what;
    std::string message;
  };
  const Row rows[] = {
      {WebhookKind::slack, 200, "ok", done, ""},
      {WebhookKind::slack, 200, "<html>Sign in</html>", failed, "answered 200 OK: \"Sign in\""},
      {WebhookKind::slack, 404, "no_service", failed, "answered 404 Not Found: \"no_service\""},
      {WebhookKind::slack, 410, "channel_is_archived", failed, "answered 410 Gone: \"channel_is_archived\""},
      {WebhookKind::slack, 500, "rollup_error", later, "answered 500 Internal Server Error: \"rollup_error\""},
      {WebhookKind::discord, 204, "", done, ""},
      {WebhookKind::discord, 404, R"({"message":"Unknown Webhook","code":10015})", failed,
       "answered 404 Not Found: \"Unknown Webhook\""},
      {WebhookKind::discord, 429, R"({"message":"You are being rate limited.","retry_after":0.3})", later,
       "answered 429 Too Many Requests: \"You are being rate limited.\"; it asks to wait 30 s"},
      {WebhookKind::telegram, 200, R"({"ok":true,"result":{}})", done, ""},
      {WebhookKind::telegram, 200, "", failed, "answered 200 OK"},
      {WebhookKind::telegram, 400, R"({"ok":false,"error_code":400,"description":"Bad Request: chat not found"})",
       failed, "answered 400 Bad Request: \"Bad Request: chat not found\""},
      {WebhookKind::telegram, 401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})", failed,
       "answered 401 Unauthorized: \"Unauthorized\""},
      {WebhookKind::teams, 202, "", done, ""},
      {WebhookKind::teams, 413, "", failed, "answered 413 Content Too Large"},
      {WebhookKind::feishu, 200, R"({"code":0,"msg":"success","data":{}})", done, ""},
      {WebhookKind::feishu, 200, R"({"StatusCode":0,"StatusMessage":"success"})", done, ""},
      {WebhookKind::feishu, 200, R"({"code":19024,"msg":"Key Words Not Found"})", failed,
       "answered 200 OK: \"Key Words Not Found\""},
      {WebhookKind::feishu, 200, R"({"code":11232,"msg":"frequency limited"})", later,
       "answered 200 OK: \"frequency limited\""},
      {WebhookKind::ntfy, 200, R"({"id":"x"})", done, ""},
      {WebhookKind::ntfy, 403, R"({"code":40301,"http":403,"error":"forbidden"})", failed,
       "answered 403 Forbidden: \"forbidden\""},
      {WebhookKind::matrix, 200, R"({"event_id":"$x"})", done, ""},
      {WebhookKind::matrix, 403, R"({"errcode":"M_FORBIDDEN","error":"You are not in the room"})", failed,
       "answered 403 Forbidden: \"You are not in the room\""},
      {WebhookKind::json, 201, "", done, ""},
      {WebhookKind::json, 302, "", failed, "answered 302 Found"},
      {WebhookKind::json, 503, "", later, "answered 503 Service Unavailable"}};
  for (const auto& [kind, status, body, what, message] : rows) {
    const Target to = target(kind);
    Response response{status, {}, body};
    if (status == 429) response.headers = {{"Retry-After", "30"}};
    INFO(static_cast<int>(kind) << ": " << status << ' ' << body);
    const auto verdict = webhook_verdict(to.webhook, to.url, response, Instant{0});
    CHECK(static_cast<bool>(verdict) == (what == done));
    if (verdict) continue;
    CHECK(verdict.error().kind == (what == later ? Kind::later : Kind::failed));
    CHECK(verdict.error().what == "webhook \"The team\" " + message);
    CHECK(!verdict.error().hint.empty());
  }
}

TEST_CASE("webhook: no message has a part of the address or a token in it", "[webhook]") {
  for (const WebhookKind kind : all_kinds) {
    const Target to = target(kind);
    for (const int status : {200, 404, 429, 500}) {
      const Response echo{status, {}, R"({"ok":false,"code":1,"message":"no such hook: )" + to.url + "\"}"};
      const auto verdict = webhook_verdict(to.webhook, to.url, echo, Instant{0});
      if (verdict) continue;
      INFO(describe(verdict.error()));
      CHECK(describe(verdict.error()).find("inventedinvented") == std::string::npos);
      CHECK(describe(verdict.error()).find(to.url) == std::string::npos);
    }
    const Error down{Kind::later, {to.url, 0, 0}, "Could not connect to " + to.url, ""};
    const auto verdict = webhook_verdict(to.webhook, to.url, down, Instant{0});
    REQUIRE(!verdict);
    CHECK(verdict.error().kind == Kind::later);
    CHECK(describe(verdict.error()).find("invented") == std::string::npos);
    CHECK(describe(verdict.error()).find("was not reached: \"Could not connect to") != std::string::npos);
  }
}
