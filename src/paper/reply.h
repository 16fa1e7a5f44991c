// From the bytes of a reply to an XML document, and what to save of a broken one.
//
// Replies come from the network and are not always feeds: a proxy's HTML page, an empty body, a feed cut off in the
// middle. refusal() says what a body is instead of a feed, in words that help ("502 Bad Gateway" from an HTML title),
// and refuses document types with declarations, by which a short text can expand to gigabytes.
//
// A feed that is not well-formed is not lost as a whole. A small reader of tags finds where the entries begin and end;
// those that are whole are kept, at their lines, and parsed again; entries broken inside are named in `errors`. An XML
// parser alone would give up at the first fault, and one broken entry would cost a day's papers.
//
// tinyxml2 also accepts an end tag that lacks its last letters, so whether the feed is complete is decided by the
// reader of tags and not by the parser.
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

// The body without byte order mark. Bytes that are not UTF-8 become U+FFFD; `errors` says how many.
std::string as_utf8(std::string_view body, const std::string& source, Errors& errors);

// A text as a message quotes it: its first words, on one line.
std::string excerpt(std::string_view text);

// "feed" of "ns0:feed".
std::string_view local_name(std::string_view name);

// Parses the feed into `document`. If the text is not well-formed, `document` has the entries that are, at their lines;
// `cut_off` is set if the text breaks off, and `errors` names entries that are broken inside. Returns why nothing could
// be saved.
std::optional<Error> parse_feed_xml(std::string_view text, const std::string& source, tinyxml2::XMLDocument& document,
                                    std::optional<Error>& cut_off, Errors& errors);

// "1st", "2nd", "11th".
std::string ordinal(std::size_t number);

// The line and column of a byte. place_at() counts lines from the start each time; this counts them once.
class Places {
 public:
  Places(std::string_view text, std::string source);
  Place at(std::size_t offset) const;

 private:
  std::string source_;
  std::vector<std::size_t> breaks_;
};

}  // namespace daybook
