#include "rehearsal/value.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <strings.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace daybook::rehearsal {

namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string number_text(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return std::to_string(static_cast<long long>(number));
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  writer.Double(number);
  return buffer.GetString();
}

Value value_of(const rapidjson::Value& json) {
  if (json.IsBool()) return json.GetBool();
  if (json.IsNumber()) return json.GetDouble();
  if (json.IsString()) return std::string(json.GetString(), json.GetStringLength());
  if (json.IsArray()) {
    List list;
    for (auto one = json.Begin(); one != json.End(); ++one) list.push_back(value_of(*one));
    return list;
  }
  if (json.IsObject()) {
    Object object;
    for (auto one = json.MemberBegin(); one != json.MemberEnd(); ++one)
      object.members.push_back({one->name.GetString(), value_of(one->value)});
    return object;
  }
  return {};
}

struct JsonWriting {
  rapidjson::PrettyWriter<rapidjson::StringBuffer>& writer;

  void operator()(std::nullptr_t) const { writer.Null(); }
  void operator()(bool value) const { writer.Bool(value); }
  void operator()(double value) const {
    const std::string text = number_text(value);
    writer.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }
  void operator()(const std::string& value) const { writer.String(value.c_str()); }
  void operator()(const List& list) const {
    writer.StartArray();
    for (const Value& one : list) std::visit(*this, one.is);
    writer.EndArray();
  }
  void operator()(const Object& object) const {
    writer.StartObject();
    for (const Member& one : object.members) {
      writer.Key(one.name.c_str());
      std::visit(*this, one.value.is);
    }
    writer.EndObject();
  }
};

}  // namespace

Object::Object() = default;
Object::Object(std::vector<Member> with_members, bool is_complete)
    : members(std::move(with_members)), complete(is_complete) {}
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

std::string text_of(const Texts& texts, std::string_view name) {
  for (const auto& [key, text] : texts)
    if (key == name) return text;
  return {};
}

void set_text(Texts& texts, const std::string& name, std::string text) {
  for (auto& [key, old] : texts)
    if (key == name) {
      old = std::move(text);
      return;
    }
  texts.emplace_back(name, std::move(text));
}

bool Value::truth() const {
  if (const auto* boolean = std::get_if<bool>(&is)) return *boolean;
  if (const auto* number = std::get_if<double>(&is)) return *number != 0 && !std::isnan(*number);
  if (const auto* text = std::get_if<std::string>(&is)) return !text->empty();
  return !std::holds_alternative<std::nullptr_t>(is);
}

double Value::number() const {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (std::holds_alternative<std::nullptr_t>(is)) return 0;
  if (const auto* boolean = std::get_if<bool>(&is)) return *boolean ? 1 : 0;
  if (const auto* number = std::get_if<double>(&is)) return *number;
  const auto* text = std::get_if<std::string>(&is);
  if (text == nullptr) return none;
  if (text->empty()) return 0;
  char* end = nullptr;
  const double number = std::strtod(text->c_str(), &end);
  return *end == '\0' ? number : none;
}

std::string Value::text() const {
  if (std::holds_alternative<std::nullptr_t>(is)) return {};
  if (const auto* boolean = std::get_if<bool>(&is)) return *boolean ? "true" : "false";
  if (const auto* number = std::get_if<double>(&is)) return number_text(*number);
  if (const auto* text = std::get_if<std::string>(&is)) return *text;
  throw std::runtime_error("a list or an object is no text: " + to_json(*this));
}

Value Value::at(std::string_view name) const {
  const auto* object = std::get_if<Object>(&is);
  if (object == nullptr) return {};
  for (const Member& one : object->members)
    if (same_name(one.name, name)) return one.value;
  if (object->complete) throw std::runtime_error("there is no \"" + std::string(name) + '"');
  return {};
}

Object object_of(const Texts& texts, bool complete) {
  Object object;
  for (const auto& [name, text] : texts) object.members.push_back({name, text});
  object.complete = complete;
  return object;
}

bool equal(const Value& a, const Value& b) {
  const auto* text_a = std::get_if<std::string>(&a.is);
  const auto* text_b = std::get_if<std::string>(&b.is);
  if (text_a != nullptr && text_b != nullptr) return same_name(*text_a, *text_b);
  return a.number() == b.number();
}

Value from_json(const std::string& text) {
  rapidjson::Document document;
  if (document.Parse(text.c_str()).HasParseError())
    throw std::runtime_error("no JSON: " + text + ": " + rapidjson::GetParseError_En(document.GetParseError()));
  return value_of(document);
}

std::string to_json(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter writer(buffer);
  writer.SetIndent(' ', 2);
  std::visit(JsonWriting{writer}, value.is);
  return buffer.GetString();
}

}  // namespace daybook::rehearsal
