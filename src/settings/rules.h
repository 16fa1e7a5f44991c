// What a setting's text must look like. Each rule says what is wrong, or nothing; some repair small things silently.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace daybook {

struct Fault {
  std::string what;
  std::string hint;
};

using TextRule = std::optional<Fault> (*)(std::string& text);

std::optional<Fault> anything(std::string& text);
std::optional<Fault> not_blank(std::string& text);
// With a letter or a digit of any script in it, so that something can match it.
std::optional<Fault> has_word(std::string& text);
// Without line breaks and other control characters.
std::optional<Fault> single_line(std::string& text);
// A variable of the environment: letters, digits and underscores, no digit first (POSIX.1-2017, 8.1).
std::optional<Fault> variable_name(std::string& text);
// A repository at GitHub, "ada/papers".
std::optional<Fault> repository_or_nothing(std::string& text);
// One word of ASCII letters, as in "low".
std::optional<Fault> word_or_nothing(std::string& text);
// An absolute http or https address without user, query and fragment (RFC 3986).
std::optional<Fault> web_address(std::string& text);
std::optional<Fault> web_address_or_nothing(std::string& text);
// The same with a query, or nothing.
std::optional<Fault> web_query_or_nothing(std::string& text);
// The same; '/' is put behind it where it is missing.
std::optional<Fault> web_folder(std::string& text);
std::optional<Fault> web_folder_or_nothing(std::string& text);
// A language tag's shape: language, script, region, variants (RFC 5646 2.1), without grandfathered ones.
std::optional<Fault> language_tag(std::string& text);
// A colour of CSS, "#0b57a4" or "#05a", which can be read on white.
std::optional<Fault> accent_colour(std::string& text);
// A picture's path in the folder site/.
std::optional<Fault> picture(std::string& text);
// A page or file of the folder site/, "imprint/", or a web address.
std::optional<Fault> page_or_address(std::string& text);
// One of arXiv's, https://arxiv.org/category_taxonomy
std::optional<Fault> arxiv_category(std::string& text);
// Semantic Scholar's number of an author.
std::optional<Fault> s2_author(std::string& text);
// An ORCID iD with its check digit, bare or as an address of orcid.org; the address is taken off.
// https://support.orcid.org/hc/en-us/articles/360006897674
std::optional<Fault> orcid(std::string& text);

// An address that mail goes to, "ada@example.org" (settings/mailbox.h).
std::optional<Fault> mail_address(std::string& text);
// One that it comes from, with a name or without: "Daybook <papers@example.org>".
std::optional<Fault> mail_sender(std::string& text);
// So many that providers would take it for spam; nothing up to recipients_max.
std::optional<Fault> too_many_recipients(std::size_t count);

// The hint for what is nearly `near`; otherwise, where that is empty, `otherwise`.
std::string did_you_mean(std::string_view near, std::string otherwise);

// Text for a message: control characters are blanks, and it is cut where it is long; between quotation marks.
std::string shortened(std::string_view text);
std::string quoted(std::string_view text);

}  // namespace daybook
