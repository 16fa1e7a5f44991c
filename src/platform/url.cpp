#include "platform/url.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t longest_shown = 300;
constexpr std::array<std::string_view, 7> secret_words = {"key",  "token", "secret",    "pass",
                                                          "auth", "sig",   "credential"};

struct Parts {
  std::string_view scheme, authority, rest;  // "https", "user@host:80", "/path?query#fragment"
};

Parts split_url(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return {{}, {}, url};
  const std::string_view after = url.substr(colon + 3);
  const auto end = std::min(after.find_first_of("/?#\\"), after.size());
  return {url.substr(0, colon), after.substr(0, end), after.substr(end)};
}

bool sounds_secret(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return std::any_of(secret_words.begin(), secret_words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// 127.0.0.0/8, as four numbers: "127.0.0.1.example" is a name.
bool is_loopback_number(std::string_view host) {
  const auto parts = split(host, '.');
  return parts.size() == 4 && parts.front() == "127" &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && part.size() <= 3 && part.find_first_not_of("0123456789") == std::string_view::npos;
         });
}

}  // namespace

bool is_open_to_others(std::string_view url) {
  if (ascii_lower(std::string(split_url(url).scheme)) != "http") return false;
  const std::string host = ascii_lower(std::string(host_of(url)));
  const auto end = host.substr(0, 1) == "[" ? host.find(']') + 1 : host.find(':');
  const std::string name = host.substr(0, end);
  return name != "localhost" && name != "[::1]" && !is_loopback_number(name);
}

std::string shown_url(std::string_view url) {
  const Parts parts = split_url(url);
  const std::string_view rest = parts.rest.substr(0, parts.rest.find('#'));
  std::string shown;
  if (!parts.scheme.empty()) shown.append(parts.scheme).append("://").append(host_of(url));
  const auto question = rest.find('?');
  shown += rest.substr(0, question);
  if (question != std::string_view::npos) {
    char separator = '?';
    for (const std::string_view parameter : split(rest.substr(question + 1), '&')) {
      const auto equals = parameter.find('=');
      const bool hide = equals != std::string_view::npos && sounds_secret(parameter.substr(0, equals));
      shown += separator;
      shown.append(hide ? parameter.substr(0, equals + 1) : parameter).append(hide ? "***" : "");
      separator = '&';
    }
  }
  if (shown.size() > longest_shown) shown = shown.substr(0, longest_shown) + "...";
  return repaired_utf8(shown);
}

}  // namespace daybook
