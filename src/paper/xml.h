// A feed's text as an XML document, with whole entries saved from a text that is broken.
#pragma once

#include <tinyxml2.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace daybook {

// Parses the feed into `document`. Where the text is not well-formed, the entries that are remain in it, at their
// lines: `cut_off` tells that the text breaks off, `errors` names entries that are broken inside. Returns why nothing
// could be saved.
std::optional<Error> parse_feed_xml(std::string_view text, const std::string& source, tinyxml2::XMLDocument& document,
                                    std::optional<Error>& cut_off, Errors& errors);

// "1st", "2nd", "11th".
std::string ordinal(std::size_t number);

}  // namespace daybook
