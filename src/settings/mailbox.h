// Addresses of mail, as settings have them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// More are a mailing list: providers take them for spam, and whoever wants to leave one needs a service that does it.
inline constexpr std::size_t recipients_max = 20;

struct Mailbox {
  std::string name;     // "Daybook"; empty: none
  std::string address;  // "papers@example.org"
  bool operator==(const Mailbox&) const = default;
};

// Of "Daybook <papers@example.org>", the name with or without quotation marks, or of the bare address.
Mailbox mailbox_of(std::string_view text);

// Whether every server takes it: RFC 5321 4.1.2 in ASCII, without quoted names, comments and address literals; the
// domain has a full stop or is "localhost".
bool is_mail_address(std::string_view text);

}  // namespace daybook
