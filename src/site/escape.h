// Escaping of characters for HTML and XML text and attribute values in double quotes.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// & < > " become entities; characters that XML 1.0 forbids (controls but tab and line breaks) become U+FFFD.
void append_escaped(std::string& out, std::string_view text);

// The text with those characters replaced and nothing escaped: for writers that escape themselves.
std::string xml_allowed(std::string_view text);

}  // namespace daybook
