#include "delivery/webhook_body.h"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"

namespace daybook {

namespace {

// In characters, counted as UTF-16 units, or in bytes: see the header.
constexpr std::size_t slack_blocks_max = 50;
constexpr std::size_t slack_block_max = 3000;
constexpr std::size_t slack_total_max = 12'000;  // somewhat above, Slack refuses a message's blocks as too long
constexpr std::size_t discord_embeds_max = 10;
constexpr std::size_t discord_total_max = 6000;
constexpr std::size_t discord_title_max = 256;
constexpr std::size_t discord_description_max = 4096;
constexpr std::size_t telegram_max = 4096;
constexpr std::size_t teams_bytes_max = 21'000;
constexpr std::size_t feishu_bytes_max = 20'000;
constexpr std::size_t ntfy_bytes_max = 4096;
constexpr std::size_t matrix_bytes_max = 60'000;

std::optional<std::string> within(std::size_t bytes, std::string body) {
  if (body.size() > bytes) return std::nullopt;
  return body;
}

// How a service that has one text for all writes it.
struct Markup {
  std::string (*span)(const ChatSpan&);
  std::string_view line_break;
  std::string_view paragraph_begin;
  std::string_view paragraph_end;
};

std::string written(const ChatParagraph& paragraph, const Markup& markup) {
  std::string out(markup.paragraph_begin);
  for (const ChatLine& line : paragraph) {
    if (&line != paragraph.data()) out += markup.line_break;
    for (const ChatSpan& span : line) out += markup.span(span);
  }
  return out.append(markup.paragraph_end);
}

std::string written(const ChatText& text, const Markup& markup) {
  std::string out;
  for (const ChatParagraph& paragraph : text.paragraphs) out += written(paragraph, markup);
  return std::string(trim(out));
}

std::string shown_span(const ChatSpan& span) { return span.text; }

std::string plain_span(const ChatSpan& span) {
  return span.url.empty() || span.url == span.text ? span.text : span.text + ' ' + span.url;
}

std::string html_span(const ChatSpan& span) {
  std::string text;
  append_escaped(text, span.text);
  if (span.url.empty()) return text;
  std::string url;
  append_escaped(url, span.url);
  return "<a href=\"" + url + "\">" + text + "</a>";
}

// What Discord's Markdown may read as markup: https://support.discord.com/hc/articles/210298617. A hyphen at the start
// of a line makes a list.
std::string discord_escaped(std::string_view text) {
  constexpr ByteSet special("\\`*_~|[]()<>#");
  std::string out;
  for (const char c : text) {
    if (special.has(c) || (c == '-' && out.empty())) out += '\\';
    out += c;
  }
  return out;
}

// A link whose text is an address itself is none there.
std::string discord_span(const ChatSpan& span) {
  if (span.url.empty()) return discord_escaped(span.text);
  if (span.url == span.text) return span.url;
  return '[' + discord_escaped(span.text) + "](" + span.url + ')';
}

constexpr Markup shown_markup = {shown_span, "\n", "", "\n\n"};  // what is left of markup
constexpr Markup plain_markup = {plain_span, "\n", "", "\n\n"};
constexpr Markup telegram_markup = {html_span, "\n", "", "\n\n"};
constexpr Markup matrix_markup = {html_span, "<br>", "<p>", "</p>"};
constexpr Markup discord_markup = {discord_span, "\n", "", ""};

std::size_t slack_length(const ChatParagraph& paragraph) {
  std::size_t length = paragraph.size();
  for (const ChatLine& line : paragraph)
    for (const ChatSpan& span : line) length += utf16_length(span.text) + span.url.size();
  return length;
}

// For notifications, in which blocks do not show; `&`, `<` and `>` alone are escaped there:
// https://docs.slack.dev/messaging/formatting-message-text
std::string slack_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<' || c == '>') {
      out += c == '<' ? "&lt;" : "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

void put_slack_paragraph(JsonWriter& json, const ChatParagraph& paragraph) {
  const auto put = [&](const ChatSpan& span) {
    json.object([&] {
      json.put("type", span.url.empty() ? "text" : "link");
      if (!span.url.empty()) json.put("url", span.url);
      json.put("text", span.text);
    });
  };
  json.object([&] {
    json.put("type", "rich_text");
    json.array("elements", [&] {
      json.object([&] {
        json.put("type", "rich_text_section");
        json.array("elements", [&] {
          for (const ChatLine& line : paragraph) {
            if (&line != paragraph.data()) put({"\n", ""});
            for (const ChatSpan& span : line) put(span);
          }
        });
      });
    });
  });
}

std::optional<std::string> slack_body(const ChatText& text) {
  if (text.paragraphs.size() + 1 > slack_blocks_max) return std::nullopt;
  std::size_t total = utf16_length(text.title);
  for (const ChatParagraph& paragraph : text.paragraphs) {
    const std::size_t length = slack_length(paragraph);
    total += length;
    if (length > slack_block_max) return std::nullopt;
  }
  if (total > slack_total_max) return std::nullopt;
  JsonWriter json;
  json.object([&] {
    json.put("text", slack_escaped(text.title));
    json.put("unfurl_links", false);
    json.array("blocks", [&] {
      json.object([&] {
        json.put("type", "header");
        json.object("text", [&] {
          json.put("type", "plain_text");
          json.put("text", text.title);
          json.put("emoji", false);
        });
      });
      for (const ChatParagraph& paragraph : text.paragraphs) put_slack_paragraph(json, paragraph);
    });
  });
  return json.text();
}

// As few embeds as hold all paragraphs; nothing where that is too much for one of them or for all.
std::optional<std::vector<std::string>> discord_descriptions(const ChatText& text, std::size_t room) {
  std::vector<std::string> all(1);
  for (const ChatParagraph& paragraph : text.paragraphs) {
    const std::string more = written(paragraph, discord_markup);
    const std::string_view gap = all.back().empty() ? "" : "\n\n";
    if (utf16_length(all.back()) + gap.size() + utf16_length(more) <= discord_description_max) {
      all.back().append(gap).append(more);
    } else {
      all.push_back(more);
    }
  }
  std::size_t total = 0;
  for (const std::string& description : all) {
    if (utf16_length(description) > discord_description_max) return std::nullopt;
    total += utf16_length(description);
  }
  if (total > room || all.size() > discord_embeds_max) return std::nullopt;
  return all;
}

std::optional<std::string> discord_body(const ChatText& text) {
  const std::string title = discord_escaped(shortened(text.title, discord_title_max / 2));
  const auto descriptions = discord_descriptions(text, discord_total_max - utf16_length(title));
  if (!descriptions) return std::nullopt;
  JsonWriter json;
  json.object([&] {
    json.objects("embeds", *descriptions, [&](const std::string& description) {
      if (&description == descriptions->data()) {
        json.put("title", title);
        if (!text.url.empty()) json.put("url", text.url);
      }
      if (!description.empty()) json.put("description", description);
    });
    json.object("allowed_mentions", [&] { json.array("parse", [] {}); });
  });
  return json.text();
}

std::optional<std::string> telegram_body(const std::string& chat, const ChatText& text) {
  const std::string shown = text.title + "\n\n" + written(text, shown_markup);
  if (utf16_length(shown) > telegram_max) return std::nullopt;
  JsonWriter json;
  json.object([&] {
    json.put("chat_id", chat);
    json.put("parse_mode", "HTML");
    json.put("text", "<b>" + html_span({text.title, text.url}) + "</b>\n\n" + written(text, telegram_markup));
    json.object("link_preview_options", [&] { json.put("is_disabled", true); });
  });
  return json.text();
}

void put_card_line(JsonWriter& json, const ChatLine& line, std::string_view spacing) {
  json.object([&] {
    json.put("type", "RichTextBlock");
    json.put("spacing", spacing);
    json.objects("inlines", line, [&](const ChatSpan& span) {
      json.put("type", "TextRun");
      json.put("text", span.text);
      if (span.url.empty()) return;
      json.object("selectAction", [&] {
        json.put("type", "Action.OpenUrl");
        json.put("url", span.url);
      });
    });
  });
}

void put_card_body(JsonWriter& json, const ChatText& text) {
  json.array("body", [&] {
    json.object([&] {
      json.put("type", "RichTextBlock");
      json.array("inlines", [&] {
        json.object([&] {
          json.put("type", "TextRun");
          json.put("text", text.title);
          json.put("size", "Large");
          json.put("weight", "Bolder");
        });
      });
    });
    for (const ChatParagraph& paragraph : text.paragraphs)
      for (const ChatLine& line : paragraph) put_card_line(json, line, &line == paragraph.data() ? "Medium" : "None");
  });
}

std::optional<std::string> teams_body(const ChatText& text) {
  JsonWriter json;
  json.object([&] {
    json.put("type", "message");
    json.array("attachments", [&] {
      json.object([&] {
        json.put("contentType", "application/vnd.microsoft.card.adaptive");
        json.object("content", [&] {
          json.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
          json.put("type", "AdaptiveCard");
          json.put("version", "1.4");
          json.object("msteams", [&] { json.put("width", "Full"); });
          put_card_body(json, text);
        });
      });
    });
  });
  return within(teams_bytes_max, json.text());
}

void put_post_line(JsonWriter& json, const ChatLine& line) {
  json.array([&] {
    for (const ChatSpan& span : line) {
      json.object([&] {
        json.put("tag", span.url.empty() ? "text" : "a");
        json.put("text", span.text);
        if (!span.url.empty()) json.put("href", span.url);
      });
    }
  });
}

std::optional<std::string> feishu_body(const ChatText& text) {
  JsonWriter json;
  json.object([&] {
    json.put("msg_type", "post");
    json.object("content", [&] {
      json.object("post", [&] {
        json.object("en_us", [&] {
          json.put("title", text.title);
          json.array("content", [&] {
            for (const ChatParagraph& paragraph : text.paragraphs) {
              if (&paragraph != text.paragraphs.data()) put_post_line(json, {{" ", ""}});
              for (const ChatLine& line : paragraph) put_post_line(json, line);
            }
          });
        });
      });
    });
  });
  return within(feishu_bytes_max, json.text());
}

// Its messages are plain text; a touch opens `click`.
std::optional<std::string> ntfy_body(const std::string& topic, const ChatText& text) {
  const std::string message = written(text, plain_markup);
  if (message.size() > ntfy_bytes_max) return std::nullopt;
  JsonWriter json;
  json.object([&] {
    json.put("topic", topic);
    json.put("title", text.title);
    json.put("message", message);
    if (text.url.empty()) return;
    json.put("click", text.url);
    json.array("actions", [&] {
      json.object([&] {
        json.put("action", "view");
        json.put("label", "Open");
        json.put("url", text.url);
      });
    });
  });
  return json.text();
}

std::optional<std::string> matrix_body(const ChatText& text) {
  JsonWriter json;
  json.object([&] {
    json.put("msgtype", "m.text");
    json.put("body", text.title + "\n\n" + written(text, plain_markup));
    json.put("format", "org.matrix.custom.html");
    json.put("formatted_body", "<h4>" + html_span({text.title, text.url}) + "</h4>" + written(text, matrix_markup));
    json.object("m.mentions", [] {});
  });
  return within(matrix_bytes_max, json.text());
}

}  // namespace

std::optional<std::string> webhook_body(WebhookKind kind, const std::string& to, const ChatText& text) {
  switch (kind) {
    case WebhookKind::slack:
      return slack_body(text);
    case WebhookKind::discord:
      return discord_body(text);
    case WebhookKind::telegram:
      return telegram_body(to, text);
    case WebhookKind::teams:
      return teams_body(text);
    case WebhookKind::feishu:
      return feishu_body(text);
    case WebhookKind::ntfy:
      return ntfy_body(to, text);
    case WebhookKind::matrix:
      return matrix_body(text);
    case WebhookKind::json:
      break;
  }
  return std::nullopt;
}

std::string delivery_json(const Delivery& delivery) {
  JsonWriter json;
  json.object([&] {
    json.put("version", 1);
    json.put("key", delivery.key);
    json.put("title", delivery.title);
    json.put("sentence", delivery.sentence);
    json.put("status", delivery.status);
    json.put("url", delivery.url);
    json.put("feeds_url", delivery.feeds_url);
    json.objects("papers", delivery.papers, [&](const DeliveredPaper& paper) {
      json.put("id", paper.id);
      json.put("title", paper.title);
      json.put("authors", paper.authors);
      json.put("scores", paper.scores);
      json.put("topic", paper.topic);
      json.put("why", paper.why);
      json.put("abstract_url", paper.abstract_url);
      json.put("pdf_url", paper.pdf_url);
      json.put("page_url", paper.page_url);
    });
    json.put("more", delivery.more);
  });
  return json.text();
}

}  // namespace daybook
