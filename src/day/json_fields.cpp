#include "day/json_fields.h"

#include <algorithm>

#include "core/text.h"

namespace daybook {

namespace {

// Rounded down to what an int holds, as its range is.
std::string wording(WholeRange range) {
  const std::string start = "a whole number from " + std::to_string(range.least);
  return range.most >= INT_MAX ? start + " on" : start + " to " + std::to_string(range.most);
}

void read_text(Members& in, const JsonStep& step, const Json& value, std::string& to) {
  to.assign(value.GetString(), value.GetStringLength());
  if (in.document().surrogates && !is_utf8(to))
    in.document().add_fault(&step, "this text holds half a surrogate pair, which is no character");
}

// Where the text reads as a T.
template <typename T>
void read_as(Members& in, std::string_view name, const Json& value, std::string_view expected, std::optional<T> known,
             T& to) {
  if (!known) return in.add_fault(name, value, expected);
  to = *known;
}

}  // namespace

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, std::string& to) {
  if (!value.IsString()) return in.add_fault(name, value, "a string");
  read_text(in, {in.where(), name}, value, to);
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, std::vector<std::string>& to) {
  if (!value.IsArray()) return in.add_fault(name, value, "a list of strings");
  to.clear();
  to.reserve(value.Size());
  const JsonStep list{in.where(), name};
  for (const Json& element : value.GetArray()) {
    const JsonStep step{&list, {}, static_cast<long>(to.size())};
    if (!element.IsString())
      return in.document().add_fault(&step, '"' + std::string(name) + "\" holds " + shown(element) + ", not a string");
    read_text(in, step, element, to.emplace_back());
  }
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, bool& to) {
  if (!value.IsBool()) return in.add_fault(name, value, "true or false");
  to = value.GetBool();
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, double& to) {
  read_as(in, name, value, "a number", number_of(&value), to);
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, Date& to) {
  read_as(in, name, value, "a day as YYYY-MM-DD", Date::parse(string_of(&value)), to);
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, Instant& to) {
  read_as(in, name, value, "a time as YYYY-MM-DDThh:mm:ssZ", Instant::parse_rfc3339(string_of(&value)), to);
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange range, long long& to) {
  auto number = integer_of(&value);
  if (number && (*number < range.least || *number > range.most)) number.reset();
  read_as(in, name, value, wording(range), number, to);
}

void read_value(Members& in, std::string_view name, const Json& value, WholeRange range, int& to) {
  long long number = to;
  read_value(in, name, value, {range.least, std::min<long long>(range.most, INT_MAX)}, number);
  to = static_cast<int>(number);
}

void JsonText::key(std::string_view name) {
  next();
  write_value(*this, name);
  text += ": ";
}

void write_value(JsonText& out, std::string_view text) {
  rapidjson::StringBuffer buffer(nullptr, text.size() + text.size() / 8 + 16);
  rapidjson::Writer<rapidjson::StringBuffer>(buffer).String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  out.text.append(buffer.GetString(), buffer.GetSize());
}

void write_value(JsonText& out, double number) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer>(buffer).Double(number);
  out.text.append(buffer.GetString(), buffer.GetSize());
}

}  // namespace daybook
