// Reading invented feeds, for the tests of this folder.
#pragma once

#include <string>
#include <string_view>

#include "paper/feed.h"
#include "support/catch.h"
#include "support/feed_text.h"

namespace daybook {

inline Date date(std::string_view iso) { return Date::parse(iso).value(); }

// The feed, which must be readable and have nothing to complain of.
inline Feed read_well(std::string_view body) {
  Errors errors;
  auto feed = read_feed(body, "feed.xml", errors);
  for (const Error& error : errors) FAIL_CHECK(describe(error));
  if (!feed) FAIL(describe(feed.error()));
  return *std::move(feed);
}

// What is wrong with a feed that can be read all the same.
inline std::string complaints(std::string_view body) {
  Errors errors;
  const auto feed = read_feed(body, "feed.xml", errors);
  if (!feed) FAIL(describe(feed.error()));
  std::string text;
  for (const Error& error : errors) text += describe(error);
  return text;
}

// Why a feed can't be read; empty where it can.
inline std::string refused(std::string_view body) {
  Errors errors;
  const auto feed = read_feed(body, "feed.xml", errors);
  return feed ? "" : describe(feed.error());
}

inline std::string replaced(std::string text, std::string_view old, std::string_view by) {
  const auto at = text.find(old);
  if (at == std::string::npos) FAIL("the sample has no " << old);
  return text.replace(at, old.size(), by);
}

}  // namespace daybook
