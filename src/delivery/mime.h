// Mail as it goes over the wire: RFC 5322 in ASCII, with MIME for everything else. Lines end in CRLF and are short.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// Text of one line in a header, where `column` bytes of the line are taken (40 at most): as it is, folded at blanks,
// where it is short words in ASCII; otherwise as encoded words (RFC 2047), none of which cuts a character in two.
// Control characters become blanks, so that no text can be a header.
std::string header_text(std::string_view text, std::size_t column);

// The same for the name before an address, which must not be punctuation: RFC 5322 3.2.3 and RFC 2047 5 (3).
std::string header_phrase(std::string_view name, std::size_t column);

// A body of UTF-8 with "\n" at the ends of its lines (RFC 2045 6.7). No line of it holds "=_", which a boundary has.
std::string quoted_printable(std::string_view text);

}  // namespace daybook
