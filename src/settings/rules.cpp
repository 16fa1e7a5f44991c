#include "settings/rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.h"
#include "settings/categories.h"
#include "settings/colour.h"
#include "settings/mailbox.h"

namespace daybook {

namespace {

// Letters, digits, '-', '.', or an IPv6 literal in brackets.
bool is_host(std::string_view host) {
  if (host.empty()) return false;
  if (host.front() == '[')
    return host.size() > 2 && host.back() == ']' &&
           all(host.substr(1, host.size() - 2), [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; });
  return host.front() != '.' && host.front() != '-' && host.find("..") == host.npos &&
         all(host, [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_port(std::string_view port) {
  return !port.empty() && port.size() <= 5 && all(port, is_digit) && std::stoi(std::string(port)) >= 1 &&
         std::stoi(std::string(port)) <= 65535;
}

std::optional<Fault> authority_fault(std::string_view authority) {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (!is_host(host)) return Fault{"has no host", "the host name goes between https:// and the next /"};
  if (colon != authority.npos && !is_port(authority.substr(colon + 1)))
    return Fault{"has the port " + quoted(authority.substr(colon + 1)), "a port is a number from 1 to 65535"};
  return std::nullopt;
}

// A path below a folder, which is an address as it stands.
bool is_plain_path(std::string_view path) {
  const auto parts = split(path.substr(0, path.size() - (path.ends_with('/') ? 1 : 0)), '/');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return !part.empty() && part.front() != '.' &&
           all(part, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
  });
}

// "2.4": rounded down, so that a colour that falls short never has what is asked for.
std::string ratio_text(double ratio) {
  const int tenths = static_cast<int>(std::floor(ratio * 10));
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

}  // namespace

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (at >= longest) return out + "...";
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (c < 0x20 || c == 0x7F) {
      out += ' ';
    } else {
      out.append(text.substr(start, at - start));
    }
  }
  return out;
}

std::string quoted(std::string_view text) { return '"' + shortened(text) + '"'; }

std::string did_you_mean(std::string_view near, std::string otherwise) {
  return near.empty() ? std::move(otherwise) : "did you mean \"" + std::string(near) + "\"?";
}

std::optional<Fault> anything(std::string&) { return std::nullopt; }

std::optional<Fault> not_blank(std::string& text) {
  text = std::string(trim(text));
  if (!text.empty()) return std::nullopt;
  return Fault{"is empty", "write something between the quotation marks, or remove the line"};
}

std::optional<Fault> single_line(std::string& text) {
  text = std::string(trim(text));
  if (std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }))
    return std::nullopt;
  return Fault{"has a line break or a control character", "write it on one line"};
}

std::optional<Fault> variable_name(std::string& text) {
  text = std::string(trim(text));
  // First of all, and without repeating it: it may be the secret itself.
  if (text.find_first_of("/:") != text.npos)
    return Fault{"is not the name of a variable",
                 "this file is public: put the address into a variable of the environment (a secret of the repository) "
                 "and write its name here, as in \"SLACK_URL\""};
  if (!text.empty() && !is_digit(text[0]) && all(text, [](char c) { return is_alnum(c) || c == '_'; }))
    return std::nullopt;
  return Fault{"is not the name of a variable", "write letters, digits and underscores, as in \"SLACK_URL\""};
}

std::optional<Fault> repository_or_nothing(std::string& text) {
  text = std::string(trim(text));
  const auto parts = split(text, '/');
  const auto is_name = [](std::string_view part) {
    return !part.empty() && part.size() <= 100 && part != "." && part != ".." &&
           all(part, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
  };
  if (text.empty() || (parts.size() == 2 && is_name(parts[0]) && is_name(parts[1]))) return std::nullopt;
  return Fault{quoted(text) + " is not a repository", "write its owner and its name, as in \"ada/papers\""};
}

std::optional<Fault> word_or_nothing(std::string& text) {
  text = std::string(trim(text));
  if (text.size() <= 32 && all(text, is_letter)) return std::nullopt;
  return Fault{quoted(text) + " is not one word", "write one word of letters, as in \"low\""};
}

std::optional<Fault> has_word(std::string& text) {
  if (auto fault = not_blank(text)) return fault;
  if (std::any_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || static_cast<unsigned char>(c) > 0x7F; }))
    return std::nullopt;
  return Fault{quoted(text) + " has no letter and no digit", "write a word or a name"};
}

std::optional<Fault> web_address(std::string& text) {
  text = std::string(trim(text));
  // First of all, and without repeating the address: what stands there may be a secret.
  if (text.find('@') != text.npos)
    return Fault{"has a user or a password in it", "remove everything up to the @; settings are public"};
  if (text.find_first_of("?#") != text.npos)
    return Fault{quoted(text.substr(0, text.find_first_of("?#"))) + " continues with a ? or #",
                 "end the address before it"};
  const auto scheme_end = text.find("://");
  const std::string scheme = ascii_lower(text.substr(0, scheme_end));
  if (scheme_end == text.npos || (scheme != "http" && scheme != "https"))
    return Fault{quoted(text) + " is not a web address", "write the full address, starting with https://"};
  const bool clean = all(text, [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
  });
  if (!clean)
    return Fault{quoted(text) + " has a character that is not allowed in an address",
                 "write it percent-encoded, as in %20"};
  const std::string_view rest = std::string_view(text).substr(scheme_end + 3);
  if (auto fault = authority_fault(rest.substr(0, rest.find('/')))) {
    fault->what = quoted(text) + " " + fault->what;
    return fault;
  }
  text.replace(0, scheme_end, scheme);
  return std::nullopt;
}

std::optional<Fault> web_address_or_nothing(std::string& text) {
  if (!trim(text).empty()) return web_address(text);
  text.clear();
  return std::nullopt;
}

std::optional<Fault> web_query_or_nothing(std::string& text) {
  text = std::string(trim(text));
  std::string address = text.substr(0, text.find('?'));
  auto fault = web_address_or_nothing(address);
  const bool clean = all(text.substr(std::min(text.size(), text.find('?'))), [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("\"#<>@\\^`{|}").find(c) == std::string_view::npos;
  });
  if (!fault && !clean)
    return Fault{quoted(address) + " has a query with a character that is not allowed in an address",
                 "write it percent-encoded, as in %20"};
  return fault;
}

std::optional<Fault> web_folder(std::string& text) {
  auto fault = web_address(text);
  if (!fault && text.back() != '/') text += '/';
  return fault;
}

std::optional<Fault> web_folder_or_nothing(std::string& text) {
  return trim(text).empty() ? web_address_or_nothing(text) : web_folder(text);
}

std::optional<Fault> language_tag(std::string& text) {
  const auto parts = split(text, '-');
  bool good = parts[0].size() >= 2 && parts[0].size() <= 3 && all(parts[0], is_letter);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    good = good && parts[i].size() >= 2 && parts[i].size() <= 8 && all(parts[i], is_alnum);
  }
  if (good) return std::nullopt;
  return Fault{quoted(text) + " is not a language tag", "write it as in \"en\", \"en-GB\" or \"zh-Hant\""};
}

std::optional<Fault> accent_colour(std::string& text) {
  const auto colour = parse_colour(trim(text));
  if (!colour)
    return Fault{quoted(text) + " is not a colour", "write # and three or six hexadecimal digits, as in \"#0b57a4\""};
  const double ratio = contrast(*colour, white);
  if (ratio < readable_contrast)
    return Fault{quoted(text) + " has a contrast of " + ratio_text(ratio) + ":1 against white; links need " +
                     ratio_text(readable_contrast) + ":1",
                 "choose a darker colour, such as \"" +
                     colour_text(blended_until(*colour, black, white, readable_contrast)) + '"'};
  text = colour_text(*colour);
  return std::nullopt;
}

std::optional<Fault> picture(std::string& text) {
  constexpr std::array<std::string_view, 6> endings = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"};
  const std::string lower = ascii_lower(text);
  const bool known = std::any_of(endings.begin(), endings.end(), [&](auto ending) { return lower.ends_with(ending); });
  if (known && is_plain_path(text)) return std::nullopt;
  return Fault{quoted(text) + " is not a picture in site/",
               "name a file of that folder, as in \"logo.svg\" (svg, png, jpg, webp or gif)"};
}

std::optional<Fault> page_or_address(std::string& text) {
  if (text.find(':') != text.npos) return web_address(text);
  if (is_plain_path(text)) return std::nullopt;
  return Fault{quoted(text) + " is neither a page of site/ nor a web address",
               "write \"imprint/\" for site/imprint.md, or a full address, starting with https://"};
}

std::optional<Fault> arxiv_category(std::string& text) {
  if (is_arxiv_category(text)) return std::nullopt;
  return Fault{
      quoted(text) + " is not an arXiv category",
      did_you_mean(nearest_arxiv_category(text), "arXiv's categories are at https://arxiv.org/category_taxonomy")};
}

std::optional<Fault> s2_author(std::string& text) {
  if (!text.empty() && text.size() <= 20 && all(text, is_digit)) return std::nullopt;
  return Fault{quoted(text) + " is not a Semantic Scholar author id",
               "it is the number at the end of the author's page there, as in \"1234567\""};
}

std::optional<Fault> orcid(std::string& text) {
  std::string id = text;
  for (const std::string_view start : {"https://orcid.org/", "http://orcid.org/", "orcid.org/"}) {
    if (id.rfind(start, 0) == 0) id.erase(0, start.size());
  }
  int total = 0;  // ISO 7064 mod 11-2
  int digits = 0;
  bool good = id.size() == 19;
  for (std::size_t i = 0; good && i < id.size(); ++i) {
    if (i % 5 == 4) {
      good = id[i] == '-';
    } else if (++digits < 16) {
      good = is_digit(id[i]);
      total = (total + (id[i] - '0')) * 2 % 11;
    } else {
      const int check = (12 - total) % 11;
      good = id[i] == (check == 10 ? 'X' : static_cast<char>('0' + check));
    }
  }
  if (!good)
    return Fault{quoted(text) + " is not an ORCID iD",
                 "it looks like 0000-0002-1825-0097; the last digit is a checksum"};
  text = id;
  return std::nullopt;
}

std::optional<Fault> mail_address(std::string& text) {
  text = std::string(trim(text));
  if (is_mail_address(text)) return std::nullopt;
  const Mailbox mailbox = mailbox_of(text);
  if (is_mail_address(mailbox.address))
    return Fault{quoted(text) + " has more than an address", "write \"" + mailbox.address + "\""};
  if (!all(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return Fault{quoted(text) + " has letters beyond ASCII, which many mail servers refuse",
                 "write an address in ASCII; a domain's form in ASCII starts with xn--"};
  return Fault{quoted(text) + " is not a mail address", "write it as in \"ada@example.org\""};
}

std::optional<Fault> mail_sender(std::string& text) {
  text = std::string(trim(text));
  const Mailbox mailbox = mailbox_of(text);
  if (is_mail_address(mailbox.address)) return std::nullopt;
  std::string address = mailbox.address;
  auto fault = mail_address(address);
  if (fault && mailbox.name.empty())
    fault->hint = "write it as in \"papers@example.org\" or \"Daybook <papers@example.org>\"";
  return fault;
}

std::optional<Fault> too_many_recipients(std::size_t count) {
  if (count <= recipients_max) return std::nullopt;
  return Fault{"has " + std::to_string(count) + " addresses, and providers block accounts that send mail to so many",
               "keep to " + std::to_string(recipients_max) +
                   ", and let others subscribe to a feed with an RSS-to-mail service, which also lets them leave"};
}

}  // namespace daybook
