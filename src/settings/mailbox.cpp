#include "settings/mailbox.h"

#include <algorithm>
#include <vector>

#include "core/text.h"

namespace daybook {

namespace {

// Parts between full stops, none of them empty.
template <typename Is>
bool is_dotted(std::string_view text, Is is_part) {
  const auto parts = split(text, '.');
  return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) { return !part.empty() && is_part(part); });
}

bool is_atom(std::string_view text) {  // RFC 5322 3.2.3
  return all(text, [](char c) {
    return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view text) {  // RFC 1123 2.1
  return text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         all(text, [](char c) { return is_alnum(c) || c == '-'; });
}

}  // namespace

Mailbox mailbox_of(std::string_view text) {
  text = trim(text);
  const auto open = text.rfind('<');
  if (open == text.npos || !text.ends_with('>')) return {"", std::string(text)};
  std::string_view name = trim(text.substr(0, open));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = trim(name.substr(1, name.size() - 2));
  return {std::string(name), std::string(trim(text.substr(open + 1, text.size() - open - 2)))};
}

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == text.npos || text.size() > 254) return false;  // RFC 5321 4.5.3.1.3, less the angle brackets
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  return local.size() <= 64 && is_dotted(local, is_atom) && is_dotted(domain, is_label) &&
         (domain.find('.') != domain.npos || domain == "localhost");
}

}  // namespace daybook
