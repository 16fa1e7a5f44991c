// Addresses in running text, as GitHub's Markdown would find them.
#pragma once

#include <cstddef>
#include <string>
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

// How long the address at `at` is that a page may link as it stands, or 0: http:// or https://, and a host of letters,
// digits and hyphens, without user and port. It ends before what no address may hold (RFC 3986, 2.2 and 2.3).
std::size_t web_address_length(std::string_view text, std::size_t at);

// The first address in TeX at a host of code or models (github.com, any gitlab, huggingface.co, ..), with "https://"
// where its author left that out; empty where there is none. zenodo.org is none: most of what lies there is data.
std::string code_address(std::string_view tex);

}  // namespace daybook
