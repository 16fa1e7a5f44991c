#include "rehearsal/value.h"

#include <sstream>
#include <stdexcept>

#include "core/json.h"

namespace daybook::rehearsal {

namespace {

std::string text_in(const Json& value) {
  if (value.IsString()) return std::string(string_of(&value));
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

void parse(JsonDocument& document, const std::string& text, bool is_list) {
  document.text = text;
  if (parse_json(document, "") || document.root.IsArray() != is_list || document.root.IsObject() == is_list)
    throw std::runtime_error("no JSON: " + text);
}

std::string between(char first, const std::vector<std::string>& parts, char last) {
  std::string text(1, first);
  for (const std::string& part : parts) text += (&part == parts.data() ? "" : ", ") + part;
  return text + last;
}

}  // namespace

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

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string json_of(const std::string& text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return buffer.GetString();
}

std::string json_object(const Texts& members) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : members) parts.push_back(json_of(name) + ": " + value);
  return between('{', parts, '}');
}

std::string json_texts(const Texts& members) {
  Texts quoted;
  for (const auto& [name, text] : members) quoted.emplace_back(name, json_of(text));
  return json_object(quoted);
}

std::string json_list(const std::vector<std::string>& members) { return between('[', members, ']'); }

Texts members_in(const std::string& object) {
  JsonDocument document;
  parse(document, object, false);
  Texts all;
  for (const auto& one : document.root.GetObject()) all.emplace_back(one.name.GetString(), text_in(one.value));
  return all;
}

std::vector<std::string> members_of_list(const std::string& list) {
  JsonDocument document;
  parse(document, list, true);
  std::vector<std::string> all;
  for (const Json& one : document.root.GetArray()) all.push_back(text_in(one));
  return all;
}

}  // namespace daybook::rehearsal
