// The words of a chat message, made from templates/chat.txt, before a service's markup is around them.
//
// A template of a whole message would have to be JSON, which breaks at the first quotation mark, eight times over, and
// could not be kept within a service's limit. So one template gives plain words and links, the same for all services.
// Each service then gets them in its own form: as elements where it has some, in which nothing needs to be escaped, and
// otherwise in its markup, with the owner's words escaped like all others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "delivery/delivery.h"
#include "settings/templates.h"

namespace daybook {

struct ChatSpan {
  std::string text;  // never empty
  std::string url;   // what it links to; empty: nothing
  bool operator==(const ChatSpan&) const = default;
};

using ChatLine = std::vector<ChatSpan>;
using ChatParagraph = std::vector<ChatLine>;  // in the template, empty lines part paragraphs

struct ChatText {
  std::string title;  // never empty; at most chat_title_max
  std::string url;    // of the page; empty where it is not a web address
  std::vector<ChatParagraph> paragraphs;
  bool operator==(const ChatText&) const = default;
};

inline constexpr std::size_t chat_title_max = 150;  // UTF-16 units; Slack's header takes least
inline constexpr std::size_t chat_url_max =
    800;  // bytes; a longer address is left out, since half of one leads nowhere

// With the first `shown` papers; the others are counted in what the template calls `more`.
ChatText chat_text(const Delivery& delivery, std::size_t shown, Renderer& renderer);

// Reports names in chat.txt that it cannot show: it can show these.
Fields offered_chat_fields();
void check_chat_template(const Templates& templates, Errors& errors);

// As JavaScript, Discord and Telegram count: 2 for a character beyond U+FFFF. Text must be UTF-8.
std::size_t utf16_length(std::string_view text);

// At most so many UTF-16 units, the last an ellipsis where something is cut off; an accent stays with its letter, and
// an emoji whole.
std::string shortened(std::string_view text, std::size_t units);

}  // namespace daybook
