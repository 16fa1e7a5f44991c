#include "core/json.h"

#include <rapidjson/error/en.h>

#include <cmath>

#include "core/text.h"

namespace daybook {

namespace {

constexpr int levels_most = 64;

// Where a bracket opens one level too many; npos: nowhere. Whoever walks a value by recursion relies on it.
std::size_t first_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '[' || c == '{')) {
      if (++depth > levels_most) return i;
    } else if (!in_string && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<Error> parse_json(JsonDocument& document, const std::string& source) {
  const auto refused = [&](std::string_view text, std::size_t offset, const std::string& why) {
    return Error{Kind::failed, place_at(text, offset, source), "this is not valid JSON: " + why,
                 "restore the file from its history, or mend it at that place"};
  };
  // Looked at first: RapidJSON's own check reads past the end of a text cut off in the middle of a character, and takes
  // a NUL byte for the end.
  if (!is_utf8(document.text)) return refused("", 0, "It is not UTF-8.");
  if (const auto nul = document.text.find('\0'); nul != std::string::npos)
    return refused(document.text, nul, "Invalid value.");
  if (const auto deep = first_too_deep(document.text); deep != std::string::npos)
    return refused(document.text, deep, "It is nested deeper than " + std::to_string(levels_most) + " levels.");
  const std::string untouched = document.text;  // for the place of a fault: parsing in place decodes the escapes
  document.root.ParseInsitu(document.text.data());
  if (!document.root.HasParseError()) return std::nullopt;
  return refused(untouched, document.root.GetErrorOffset(), rapidjson::GetParseError_En(document.root.GetParseError()));
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

}  // namespace daybook
