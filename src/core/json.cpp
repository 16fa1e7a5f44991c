#include "core/json.h"

#include <rapidjson/error/en.h>

#include <cmath>

#include "core/text.h"

namespace daybook {

std::optional<Error> parse_json(JsonDocument& document, const std::string& source) {
  const auto fault_at = [&](std::string_view text, std::size_t offset, std::string what) {
    return Error{Kind::failed, place_at(text, offset, source), std::move(what),
                 "restore the file from its history, or correct it there"};
  };
  const auto refused = [&](std::string_view text, std::size_t offset, const std::string& why) {
    return fault_at(text, offset, "this is not valid JSON: " + why);
  };
  // Looked at first: RapidJSON's own check reads past the end of a text cut off in the middle of a character, and takes
  // a NUL byte for the end.
  if (!is_utf8(document.text)) return refused("", 0, "It is not UTF-8.");
  if (const auto nul = document.text.find('\0'); nul != std::string::npos)
    return refused(document.text, nul, "Invalid value.");
  if (const auto deep = first_too_deep(document.text)) return fault_at(document.text, *deep, nested_too_deep);
  const std::string untouched = document.text;  // for the place of a fault: parsing in place decodes the escapes
  document.root.ParseInsitu(document.text.data());
  if (!document.root.HasParseError()) return std::nullopt;
  return refused(untouched, document.root.GetErrorOffset(), rapidjson::GetParseError_En(document.root.GetParseError()));
}

std::optional<std::size_t> first_too_deep(std::string_view json) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (depth++ == json_depth_max) return i;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return std::nullopt;
}

const Json* member(const Json& value, std::string_view name) {
  if (!value.IsObject()) return nullptr;
  const auto found = value.FindMember(Json(rapidjson::StringRef(name.data(), name.size())));
  return found == value.MemberEnd() ? nullptr : &found->value;
}

std::string_view string_of(const Json* value) {
  return value != nullptr && value->IsString() ? std::string_view(value->GetString(), value->GetStringLength())
                                               : std::string_view();
}

std::optional<long long> integer_of(const Json* value) {
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  if (value->IsInt64()) return value->GetInt64();
  const double number = value->GetDouble();
  if (std::abs(number) > 9e15 || std::trunc(number) != number) return std::nullopt;
  return static_cast<long long>(number);
}

std::optional<double> number_of(const Json* value) {
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  return value->GetDouble();
}

bool is_true(const Json* value) { return value != nullptr && value->IsTrue(); }

std::span<const Json> items_of(const Json* value) {
  if (value == nullptr || !value->IsArray()) return {};
  return {value->Begin(), value->Size()};
}

}  // namespace daybook
