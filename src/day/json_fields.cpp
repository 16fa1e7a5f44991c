#include "day/json_fields.h"

#include <algorithm>

#include "core/json_writer.h"
#include "core/text.h"

namespace daybook {

namespace {

// Rounded down to what an int holds, as its range is.
std::string wording(WholeRange range) {
  const std::string start = "a whole number from " + std::to_string(range.least);
  return range.most >= INT_MAX ? start + " on" : start + " to " + std::to_string(range.most);
}

void take_text(const FoundMember& from, const JsonStep& step, const Json& value, std::string& to) {
  to.assign(value.GetString(), value.GetStringLength());
  if (from.in.document().surrogates && !is_utf8(to))
    from.in.document().add_fault(&step, "this text holds half a surrogate pair, which is no character");
}

}  // namespace

void read_value(const FoundMember& from, std::string& to) {
  if (!from.value.IsString()) return from.add_fault("a string");
  take_text(from, from.step(), from.value, to);
}

void read_value(const FoundMember& from, std::vector<std::string>& to) {
  if (!from.value.IsArray()) return from.add_fault("a list of strings");
  to.clear();
  to.reserve(from.value.Size());
  const JsonStep list = from.step();
  for (const Json& element : from.value.GetArray()) {
    const JsonStep step{&list, {}, static_cast<long>(to.size())};
    if (!element.IsString())
      return from.in.document().add_fault(
          &step, '"' + std::string(from.name) + "\" holds " + shown(element) + ", not a string");
    take_text(from, step, element, to.emplace_back());
  }
}

void read_value(const FoundMember& from, bool& to) {
  if (!from.value.IsBool()) return from.add_fault("true or false");
  to = from.value.GetBool();
}

void read_value(const FoundMember& from, double& to) {
  const auto number = number_of(&from.value);
  read_as(from, number && std::isfinite(*number) ? number : std::nullopt, "a number", to);
}

void read_value(const FoundMember& from, Date& to) {
  read_as(from, Date::parse(string_of(&from.value)), "a day as YYYY-MM-DD", to);
}

void read_value(const FoundMember& from, Instant& to) {
  read_as(from, Instant::parse_rfc3339(string_of(&from.value)), "a time as YYYY-MM-DDThh:mm:ssZ", to);
}

void read_value(const FoundMember& from, long long& to) {
  auto number = integer_of(&from.value);
  if (number && (*number < from.range.least || *number > from.range.most)) number.reset();
  read_as(from, number, wording(from.range), to);
}

void read_value(const FoundMember& from, int& to) {
  long long number = to;
  const WholeRange range{from.range.least, std::min<long long>(from.range.most, INT_MAX)};
  read_value(FoundMember{from.in, from.name, from.value, range}, number);
  to = static_cast<int>(number);
}

void JsonText::key(std::string_view name) {
  next();
  write_value(*this, name);
  text += ": ";
}

void write_value(JsonText& out, std::string_view text) {
  JsonWriter json;
  json.value(text);
  out.text += json.text();
}

void write_value(JsonText& out, double number) {
  JsonWriter json;
  json.value(number);
  out.text += json.text();
}

}  // namespace daybook
