// Text as HTML that is well-formed XML as well.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Escapes & < > "; characters that XML 1.0 (2.2) or HTML's parser refuse become U+FFFD. `text` must be UTF-8.
void append_escaped(std::string& out, std::string_view text);

// The same characters replaced and nothing escaped: for writers that escape by themselves.
std::string xml_allowed(std::string_view text);

}  // namespace daybook
