// JSON as it is written: members in the order they are put, without blanks; the same values make the same bytes.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/text.h"

namespace daybook {

/// JsonWriter writes one JSON value.
///
///     JsonWriter json;
///     json.object([&] {
///       json.put("name", topic.name);
///       json.objects("papers", papers, [&](const Paper& paper) { json.put("id", paper.id); });
///     });
///     return json.line();
///
/// A text that is not UTF-8 is repaired, so that what is written can be read.
class JsonWriter {
 public:
  void value(std::string_view text) {
    const std::string repaired = is_utf8(text) ? std::string() : repaired_utf8(text);
    if (!repaired.empty()) text = repaired;
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(std::same_as<bool> auto flag) { writer_.Bool(flag); }
  void value(std::signed_integral auto number) { writer_.Int64(number); }
  void value(std::unsigned_integral auto number) requires(!std::same_as<decltype(number), bool>) {
    writer_.Uint64(number);
  }
  void value(double number) { writer_.Double(number); }
  void value(const Json& parsed) { parsed.Accept(writer_); }
  template <typename T>
  void value(const std::vector<T>& all) {
    array([&] {
      for (const T& one : all) value(one);
    });
  }
  void raw(std::string_view json) { writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType); }

  // Between the two, `body` puts the members or the values.
  template <typename Body>
  void object(Body body) {
    writer_.StartObject();
    body();
    writer_.EndObject();
  }
  template <typename Body>
  void array(Body body) {
    writer_.StartArray();
    body();
    writer_.EndArray();
  }

  // Members of an object: each its name and what follows it.
  void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
  template <typename T>
  void put(std::string_view name, const T& member) {
    key(name);
    value(member);
  }
  template <typename T>
  void put(std::string_view name, const std::optional<T>& member) {  // nothing: no member
    if (member) put(name, *member);
  }
  template <typename Body>
  void object(std::string_view name, Body body) {
    key(name);
    object(body);
  }
  template <typename Body>
  void array(std::string_view name, Body body) {
    key(name);
    array(body);
  }
  // A list with an object for each of `all`: body(one) puts its members.
  template <typename List, typename Body>
  void objects(std::string_view name, const List& all, Body body) {
    array(name, [&] {
      for (const auto& one : all) object([&] { body(one); });
    });
  }

  std::string text() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  std::string line() const { return text() + '\n'; }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace daybook
