// The text of a reply, up to an XML document: what can be told, and mended, without a parser, and whole entries saved
// from a text that is broken.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace tinyxml2 {
class XMLDocument;
}

namespace daybook {

// Why this is no feed: empty, too large, not XML, HTML, another XML, another encoding than UTF-8, or a document type
// with declarations of its own (which can make a short text expand to gigabytes).
std::optional<Error> refusal(std::string_view body, const std::string& source);

// The body without byte order mark; bytes that are not UTF-8 become U+FFFD, and `errors` says how many.
std::string as_utf8(std::string_view body, const std::string& source, Errors& errors);

// A text of that kind for a message: its first words in quotes, on one line.
std::string excerpt(std::string_view text);

// "feed" of "ns0:feed".
std::string_view local_name(std::string_view name);

// Parses the feed into `document`. Where the text is not well-formed, the entries that are remain in it, at their
// lines: `cut_off` tells that the text breaks off, `errors` names entries that are broken inside. Returns why nothing
// could be saved.
std::optional<Error> parse_feed_xml(std::string_view text, const std::string& source, tinyxml2::XMLDocument& document,
                                    std::optional<Error>& cut_off, Errors& errors);

// "1st", "2nd", "11th".
std::string ordinal(std::size_t number);

// Which line and column a byte stands in; place_at() would count all lines again for each.
class Places {
 public:
  Places(std::string_view text, std::string source);
  Place at(std::size_t offset) const;

 private:
  std::string source_;
  std::vector<std::size_t> breaks_;
};

}  // namespace daybook
