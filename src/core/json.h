// JSON through RapidJSON, with errors that name line and column.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

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

// Parses `document.text` in place into `document.root`. Nothing where it went well.
// Invalid UTF-8, NaN and trailing text are errors.
std::optional<Error> parse_json(JsonDocument& document, const std::string& source);

// Where the first bracket stands that opens an object or a list inside of `json_depth_max` others; nothing: there is
// none. Nothing that Daybook reads has more than ten, and each level takes memory.
inline constexpr std::size_t json_depth_max = 64;
inline const std::string nested_too_deep = "objects and lists are nested more than 64 deep";
std::optional<std::size_t> first_too_deep(std::string_view json);

// Members of an object; null where `value` is no object or has none of that name.
const Json* member(const Json& value, std::string_view name);
std::string_view string_of(const Json* value);           // empty where it is not a string
std::optional<long long> integer_of(const Json* value);  // whole numbers only (8.0 is one)
std::optional<double> number_of(const Json* value);
bool is_true(const Json* value);
std::span<const Json> items_of(const Json* value);  // none where it is no list

}  // namespace daybook
