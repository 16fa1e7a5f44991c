// JSON through RapidJSON, with errors that name line and column.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace daybook {

using Json = rapidjson::Value;

// A parsed document and the text its strings point into (it was parsed in place).
struct JsonDocument {
  std::string text;
  rapidjson::Document root;
  JsonDocument() = default;
  JsonDocument(JsonDocument&&) = delete;  // the strings of a small text would move
};

// A fault in a text, and at which byte it is.
struct JsonFault {
  std::size_t at = 0;
  std::string what;
};

// Parses in place: the strings of `root` point into `text`. Nothing where it went well. Bytes that are not UTF-8, NaN,
// trailing text and objects and lists nested more than 64 deep are faults. Numbers are read exactly, so that a cost
// reads back equal (all but a zero with an exponent, which nothing writes).
std::optional<JsonFault> parse_in_place(rapidjson::Document& root, std::string& text);

// The same of `document`, with the fault's line and column.
std::optional<Error> parse_json(JsonDocument& document, const std::string& source);

// Members of an object; null where `value` is no object or has none of that name.
const Json* member(const Json& value, std::string_view name);
std::string_view string_of(const Json* value);           // empty where it is not a string
std::optional<long long> integer_of(const Json* value);  // whole numbers only (8.0 is one)
std::optional<double> number_of(const Json* value);
bool is_true(const Json* value);
std::span<const Json> items_of(const Json* value);  // none where it is no list

}  // namespace daybook
