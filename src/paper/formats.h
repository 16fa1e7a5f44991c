// The three formats, each from its document's root. feed.cpp tells them apart.
#pragma once

#include <tinyxml2.h>

#include <string>

#include "core/error.h"
#include "core/result.h"
#include "paper/feed.h"

namespace daybook {

// Each fills kind, category, announced, skip_days and papers, and counts the entries in `entries`.
void read_rss(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors);
void read_atom(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors);

bool is_api_reply(const tinyxml2::XMLElement& root);
// The API's own error, where its reply is one.
std::optional<Error> read_api(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors);

}  // namespace daybook
