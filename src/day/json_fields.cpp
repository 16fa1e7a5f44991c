#include "day/json_fields.h"

#include <algorithm>

#include "core/json_writer.h"
#include "core/text.h"
#include "day/record.h"

namespace daybook {

namespace {

const std::string restore = "correct it there, or restore the file from its history";

// An escape of half a surrogate pair (\uDC00), which RapidJSON makes bytes that are no UTF-8, begins like this.
bool may_hold_surrogates(std::string_view text) {
  for (auto at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2))
    if (text.substr(at + 2, 1) == "d" || text.substr(at + 2, 1) == "D") return true;
  return false;
}

// Finds values in a text that is known to be JSON; positions are of first bytes.
class PlaceFinder {
 public:
  explicit PlaceFinder(std::string_view text) : text_(text) {}

  // Of the root where `step` is null. Where there is no such value, that of what should have it.
  std::size_t place_of(const JsonStep* step) const {
    if (step == nullptr) return next(0);
    const std::size_t container = place_of(step->parent);
    std::size_t at = next(container + 1);
    for (long index = 0; at < text_.size() && text_[at] != '}' && text_[at] != ']'; ++index) {
      bool found = index == step->index;
      if (text_[container] == '{') {
        const std::size_t end = string_end(at);
        found = text_.substr(at + 1, end - at - 2) == step->name;
        at = next(next(end) + 1);  // behind the colon
      }
      if (found) return at;
      at = next(value_end(at));
      if (at < text_.size() && text_[at] == ',') at = next(at + 1);
    }
    return container;
  }

 private:
  std::size_t next(std::size_t at) const { return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size()); }

  std::size_t string_end(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at)
      if (text_[at] == '\\') ++at;
    return at + 1;
  }

  std::size_t value_end(std::size_t at) const {
    std::size_t depth = 0;
    do {
      const char c = text_[at];
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      at = c == '"'                                                       ? string_end(at)
           : std::string_view("{}[],:").find(c) != std::string_view::npos ? at + 1
                                                                          : token_end(at);
      at = next(at);
    } while (depth > 0 && at < text_.size());
    return at;
  }
  std::size_t token_end(std::size_t at) const {
    return std::min(text_.find_first_of("{}[],: \t\r\n", at), text_.size());
  }

  std::string_view text_;
};

// Rounded down to what an int holds, as its range is.
std::string wording(WholeRange range) {
  const std::string start = "a whole number from " + std::to_string(range.least);
  return range.most >= INT_MAX ? start + " on" : start + " to " + std::to_string(range.most);
}

void take_text(const FoundMember& from, const JsonStep& step, const Json& value, std::string& to) {
  to.assign(value.GetString(), value.GetStringLength());
  if (from.in.document().surrogates && !is_utf8(to))
    from.in.document().add_fault(&step, "this text holds half a surrogate pair, which is not a character");
}

}  // namespace

LocatedJson::LocatedJson(std::string json, std::string from)
    : source(std::move(from)), text(std::move(json)), surrogates(may_hold_surrogates(text)) {
  if (text.size() > record_bytes_max) {
    fault = Error{Kind::failed, Place{source},
                  "this has " + std::to_string(text.size()) + " bytes; a day may have at most " +
                      std::to_string(record_bytes_max),
                  restore};
    return;
  }
  parsed = text;
  if (auto invalid = parse_in_place(root, parsed))
    fault = Error{Kind::failed, place_at(text, invalid->at, source), std::move(invalid->what), restore};
}

void LocatedJson::add_fault(const JsonStep* where, std::string what, std::string_view hint) {
  if (fault) return;
  fault = Error{Kind::failed, place_at(text, PlaceFinder(text).place_of(where), source), std::move(what),
                std::string(hint.empty() ? std::string_view(restore) : hint)};
}

std::string shown(const Json& value) {
  if (value.IsObject()) return "an object";
  if (value.IsArray()) return "a list";
  JsonWriter json;
  constexpr std::size_t most = 40;
  const std::string_view text = string_of(&value);
  if (text.size() > most) {
    json.value(std::string(utf8_prefix(text, most)) + "\xE2\x80\xA6");
  } else {
    json.value(value);
  }
  return json.text();
}

Members::Members(LocatedJson& document, const Json& object, const JsonStep* where)
    : document_(document), object_(&object), where_(where) {
  if (object.IsObject()) return;
  document_.add_fault(where_, "here is " + shown(object) + ", not an object");
  static const Json empty(rapidjson::kObjectType);
  object_ = &empty;
}

const Json* Members::find(std::string_view name) const {
  // Many members that are asked for are not there: lengths alone tell most names apart.
  for (const auto& member : object_->GetObject())
    if (member.name.GetStringLength() == name.size() && string_of(&member.name) == name) return &member.value;
  return nullptr;
}

const Json* Members::required(std::string_view name) {
  const Json* value = find(name);
  if (value == nullptr) document_.add_fault(where_, '"' + std::string(name) + "\" is missing");
  return value;
}

void Members::add_fault(std::string_view name, const Json& value, std::string_view expected) {
  const JsonStep step{where_, name};
  document_.add_fault(&step, '"' + std::string(name) + "\" is " + shown(value) + ", not " + std::string(expected));
}

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
