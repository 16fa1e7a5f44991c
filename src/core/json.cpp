#include "core/json.h"

#include <rapidjson/error/en.h>

#include <cmath>

#include "core/text.h"

namespace daybook {

std::optional<Error> parse_json(JsonDocument& document, const std::string& source) {
  const std::string untouched = document.text;  // for the place of a fault: parsing in place decodes the escapes
  // Iterative: a text of nothing but brackets must not overflow the stack.
  constexpr unsigned flags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
  document.root.ParseInsitu<flags>(document.text.data());
  if (!document.root.HasParseError()) return std::nullopt;
  return Error{Kind::failed, place_at(untouched, document.root.GetErrorOffset(), source),
               std::string("this is not valid JSON: ") + rapidjson::GetParseError_En(document.root.GetParseError()),
               "restore the file from its history, or mend it at that place"};
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
