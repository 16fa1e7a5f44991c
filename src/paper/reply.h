// The text of a reply before it is read as XML: what can be told, and mended, without a parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace daybook {

// Why this is no feed: empty, too large, not XML, HTML, another XML, another encoding than UTF-8, or a document type
// with declarations of its own (which can make a short text expand to gigabytes).
std::optional<Error> refusal(std::string_view body, const std::string& source);

// The body without byte order mark; bytes that are not UTF-8 become U+FFFD, and `errors` says how many.
std::string as_utf8(std::string_view body, const std::string& source, Errors& errors);

// A text of that kind for a message: its first words in quotes, on one line.
std::string excerpt(std::string_view text);

// The name of the first element ("rss", "feed", "ns0:feed"), empty where there is none.
std::string_view root_name(std::string_view xml);

// "feed" of "ns0:feed".
std::string_view local_name(std::string_view name);

}  // namespace daybook
