// Addresses in running text, as GitHub's Markdown would find them.
#pragma once

#include <cstddef>
#include <string_view>

namespace daybook {

// How long the address is that starts at `at`: http://.., https://.., ftp://.., www.. or name@host.org, without the
// punctuation of the sentence around it; 0 where there is none.
std::size_t address_length(std::string_view text, std::size_t at);

// True where address_length finds one; quicker, as it does not look for its end.
bool starts_address(std::string_view text, std::size_t at);

// "https://arxiv.org@evil.example/" leads elsewhere than it looks (RFC 3986, 7.6): such addresses are no links of ours.
// `text` begins with the address.
bool has_user_info(std::string_view text);

// True of an address that may stand between < and > (those that start with www. may not).
bool is_linkable(std::string_view address);

}  // namespace daybook
