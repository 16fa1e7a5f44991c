#include "day/json_line.h"

#include <cmath>

#include "core/json.h"

namespace daybook {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void append(std::string& out, const rapidjson::StringBuffer& buffer) {
  out.append(buffer.GetString(), buffer.GetSize());
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  rapidjson::StringBuffer buffer(nullptr, text.size() + text.size() / 8 + 16);
  Writer(buffer).String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  append(out, buffer);
}

void append_json(std::string& out, double number) {
  rapidjson::StringBuffer buffer;
  Writer(buffer).Double(number);
  append(out, buffer);
}

void append_json(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += ", ";
    append_json(out, texts[i]);
  }
  out += ']';
}

std::string& JsonLine::member(std::string_view name) {
  if (!first_) out_ += ", ";
  first_ = false;
  append_json(out_, name);
  return out_ += ": ";
}

// JSON has no word for what is no number; such a one is as good as unknown.
void JsonLine::put_known(std::string_view name, const std::optional<double>& number) {
  if (number && std::isfinite(*number)) append_json(member(name), *number);
}

}  // namespace daybook
