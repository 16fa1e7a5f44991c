// Addresses in messages: what they show, and what they must not.
#pragma once

#include <string>
#include <string_view>

#include "core/http.h"

namespace daybook {

// "https://user:password@host:8080/path?id=1&api_key=abc#here" as "https://host:8080/path?id=1&api_key=***": without
// user, password and fragment, the values of parameters that sound like secrets hidden, and cut off where it is long.
std::string shown_url(std::string_view url);

// Whether what is sent there can be read on the way: http, and not to this machine (localhost, 127.0.0.0/8, [::1]).
bool is_open_to_others(std::string_view url);

}  // namespace daybook
