// A chat message as each service wants it, within its limits. As documented in November 2026:
//
// Slack     50 blocks, https://docs.slack.dev/reference/block-kit/blocks; 150 characters in a header and 3,000 in a
//           section, which we keep in a rich_text block too: for that no limit is named. Its elements are no markup,
//           so that "<!channel>" in a title is text: .../blocks/rich-text-block
// Discord   10 embeds with 6,000 characters in all, 256 in a title, 4,096 in a description:
//           https://discord.com/developers/docs/resources/message#embed-object-embed-limits; with "allowed_mentions"
//           that parse nothing, "@everyone" is text: .../message#allowed-mentions-object
// Telegram  4,096 characters after entities parsing: https://core.telegram.org/bots/api#sendmessage
// Teams     28 kB:
// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook;
//           cards of more than 21 kB have been refused, so that is our limit. "Markdown is not supported" in a TextRun:
//           https://learn.microsoft.com/adaptive-cards/schema-explorer/text-run
// Feishu    20 kB: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot; a "post" has elements without
//           markup: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/im-v1/message/create_json
// ntfy      4,096 bytes in a message: https://docs.ntfy.sh/publish/#limitations
// Matrix    65,536 bytes in an event with all that a server adds: https://spec.matrix.org/latest/client-server-api/
//           #size-limits; an empty "m.mentions" makes "@room" text: .../#user-and-room-mentions
#pragma once

#include <optional>
#include <string>

#include "delivery/chat_text.h"
#include "settings/settings.h"

namespace daybook {

// The request's body; nothing where it is beyond a limit. `to` is the chat of Telegram and the topic of ntfy. Not for
// the kind `json`, which has no limit.
std::optional<std::string> webhook_body(WebhookKind kind, const std::string& to, const ChatText& text);

// The kind `json`, as docs/formats.md has it.
std::string delivery_json(const Delivery& delivery);

}  // namespace daybook
