// What a reader sees of a webhook's body: read and counted here anew, from each service's documentation, without what
// src/delivery makes it with.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "settings/settings.h"

namespace daybook::read_back {

struct Seen {
  std::string title;
  std::string text;               // without markup
  std::vector<std::string> urls;  // of links, in order
  std::string fault;              // what the service would refuse or show wrongly; empty: nothing
};

Seen seen(WebhookKind kind, const std::string& body);

// UTF-16 units.
std::size_t characters(std::string_view text);

}  // namespace daybook::read_back
