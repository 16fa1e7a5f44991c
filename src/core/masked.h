// What endpoints say, made fit for a log: their errors quote keys, and the ids of accounts.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// The text without the key, and without any longer piece of it.
std::string without_key(std::string text, std::string_view key);

// The same without whatever else looks like a key, a piece of one ("sk-…abcd", "****abcd"), or the id of an account
// ("org-...", a UUID): "***" stands there.
std::string masked(std::string text, std::string_view key);

// `: "..."` with the words masked, on one line and short; empty where there are none.
std::string quoted(std::string_view words, std::string_view key);

}  // namespace daybook
