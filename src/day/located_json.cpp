#include "day/located_json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/text.h"
#include "day/record.h"

namespace daybook {

namespace {

const std::string invalid = "this is not valid JSON: ";
const std::string restore = "correct it there, or restore the file from its history";

// Iterative: a text of nothing but brackets must not overflow the stack. Encoding is not validated here: in a text that
// breaks off inside of a character, parsing in place would read beyond its end. So the text is checked before.
//
// Numbers come as they are written and are read by from_chars: RapidJSON's own reading is inexact by default, so that a
// cost would not read back equal, and its exact one takes 0e55 for some 10^55.
constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;

// Builds the document from what the reader reports.
class Builder {
 public:
  explicit Builder(rapidjson::Document& document) : document_(document) {}
  bool RawNumber(const char* digits, rapidjson::SizeType length, bool) {
    const char* end = digits + length;
    std::int64_t whole = 0;
    const auto [stop, fault] = std::from_chars(digits, end, whole);
    if (fault == std::errc() && stop == end) return document_.Int64(whole);
    double real = 0;
    // Out of range is an error where it is too large; too small is 0.
    if (std::from_chars(digits, end, real).ec != std::errc() && !is_below_one({digits, length})) return false;
    return document_.Double(real);
  }
  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  bool Int(int value) { return document_.Int(value); }
  bool Uint(unsigned value) { return document_.Uint(value); }
  bool Int64(std::int64_t value) { return document_.Int64(value); }
  bool Uint64(std::uint64_t value) { return document_.Uint64(value); }
  bool Double(double value) { return document_.Double(value); }
  bool String(const char* text, rapidjson::SizeType length, bool copy) { return document_.String(text, length, copy); }
  bool Key(const char* name, rapidjson::SizeType length, bool copy) { return document_.Key(name, length, copy); }
  bool StartObject() { return document_.StartObject(); }
  bool EndObject(rapidjson::SizeType count) { return document_.EndObject(count); }
  bool StartArray() { return document_.StartArray(); }
  bool EndArray(rapidjson::SizeType count) { return document_.EndArray(count); }

 private:
  static bool is_below_one(std::string_view digits) {
    const auto exponent = digits.find_first_of("eE");
    if (exponent != std::string_view::npos) return digits.substr(exponent + 1, 1) == "-";
    return digits.substr(digits[0] == '-' ? 1 : 0, 2) == "0.";
  }

  rapidjson::Document& document_;
};

// Where the first byte is that is no UTF-8.
std::size_t first_bad_byte(std::string_view text) {
  const std::string repaired = repaired_utf8(text);
  return static_cast<std::size_t>(std::mismatch(text.begin(), text.end(), repaired.begin()).first - text.begin());
}

// An escape of half a surrogate pair (\uDC00), which RapidJSON makes bytes that are no UTF-8, begins like this.
bool may_hold_surrogates(std::string_view text) {
  for (auto at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2))
    if (text.substr(at + 2, 1) == "d" || text.substr(at + 2, 1) == "D") return true;
  return false;
}

std::vector<const JsonStep*> from_root(const JsonStep* where) {
  std::vector<const JsonStep*> steps;
  for (; where != nullptr; where = where->parent) steps.push_back(where);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// Walks through the text once more, up to the value that is sought. MemoryStream, because StringStream is copied by the
// reader, so that its Tell() lags behind in the handlers.
class PlaceFinder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, PlaceFinder> {
 public:
  PlaceFinder(std::string_view text, const JsonStep* where)
      : text_(text), stream_(text.data(), text.size()), sought_(from_root(where)) {}

  std::size_t offset() {
    rapidjson::Reader reader;
    reader.Parse<flags>(stream_, *this);
    return found_;
  }

  bool Default() { return value(); }
  bool String(const char*, rapidjson::SizeType, bool) { return value(); }
  bool Key(const char* name, rapidjson::SizeType length, bool) {
    open_.back().name.assign(name, length);
    behind_ = stream_.Tell();
    return true;
  }
  bool StartObject() { return start({}); }
  bool StartArray() { return start({{}, 0}); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool EndArray(rapidjson::SizeType) { return end(); }

 private:
  struct Level {
    std::string name;
    long index = -1;
  };

  bool is_here() const {
    if (open_.size() != sought_.size()) return false;
    return std::equal(open_.begin(), open_.end(), sought_.begin(), [](const Level& level, const JsonStep* step) {
      return level.index == step->index && (step->index >= 0 || level.name == step->name);
    });
  }
  // A value's first byte is the next one behind the token before it that is no punctuation.
  std::size_t first_byte() const { return std::min(text_.find_first_not_of(" \t\r\n:,", behind_), text_.size()); }
  bool value() {
    if (is_here()) {
      found_ = first_byte();
      return false;
    }
    behind_ = stream_.Tell();
    next_element();
    return true;
  }
  bool start(Level level) {
    if (is_here()) return value();
    behind_ = first_byte() + 1;  // the iterative reader takes brackets only after these calls
    open_.push_back(std::move(level));
    return true;
  }
  bool end() {
    open_.pop_back();
    behind_ = first_byte() + 1;
    next_element();
    return true;
  }
  void next_element() {
    if (!open_.empty() && open_.back().index >= 0) ++open_.back().index;
  }

  std::string_view text_;
  rapidjson::MemoryStream stream_;
  std::vector<const JsonStep*> sought_;
  std::vector<Level> open_;
  std::size_t behind_ = 0;  // the last token
  std::size_t found_ = 0;
};

}  // namespace

LocatedJson::LocatedJson(std::string json, std::string from)
    : source(std::move(from)), text(std::move(json)), surrogates(may_hold_surrogates(text)) {
  if (text.size() > record_bytes_max) {
    fault = Error{Kind::failed, Place{source},
                  "this has " + std::to_string(text.size()) + " bytes, and " + std::to_string(record_bytes_max) +
                      " are the most that a day may have",
                  restore};
    return;
  }
  const auto zero = text.find('\0');  // RapidJSON takes it for the end
  if (!is_utf8(text)) {
    refuse(first_bad_byte(text), invalid + "a byte is not UTF-8");
  } else if (zero != std::string::npos) {
    refuse(zero, invalid + "a byte is zero");
  } else if (const auto deep = first_too_deep(text)) {
    refuse(*deep, nested_too_deep);
  } else {
    parse();
  }
}

void LocatedJson::parse() {
  parsed = text;
  rapidjson::ParseResult result;
  const auto generate = [&](rapidjson::Document& document) {
    rapidjson::InsituStringStream stream(parsed.data());
    Builder builder(document);
    result = rapidjson::Reader().Parse<flags | rapidjson::kParseInsituFlag>(stream, builder);
    return !result.IsError();
  };
  root.Populate(generate);
  if (!result.IsError()) return;
  const bool too_large = result.Code() == rapidjson::kParseErrorTermination;  // the builder ends it for nothing else
  const auto code = too_large ? rapidjson::kParseErrorNumberTooBig : result.Code();
  refuse(result.Offset(), invalid + rapidjson::GetParseError_En(code));
}

void LocatedJson::refuse(std::size_t offset, std::string what) {
  fault = Error{Kind::failed, place_at(text, offset, source), std::move(what), restore};
}

void LocatedJson::add_fault(const JsonStep* where, std::string what, std::string mend) {
  if (fault) return;
  fault = Error{Kind::failed, place_at(text, PlaceFinder(text, where).offset(), source), std::move(what),
                mend.empty() ? restore : std::move(mend)};
}

std::string shown(const Json& value) {
  if (value.IsObject()) return "an object";
  if (value.IsArray()) return "a list";
  std::string whole;
  if (value.IsString()) {
    constexpr std::size_t most = 40;
    whole.assign(value.GetString(), value.GetStringLength());
    if (whole.size() > most) whole = std::string(utf8_prefix(whole, most)) + "\xE2\x80\xA6";
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  if (value.IsString()) {
    writer.String(whole.data(), static_cast<rapidjson::SizeType>(whole.size()));
  } else {
    value.Accept(writer);
  }
  return {buffer.GetString(), buffer.GetSize()};
}

Members::Members(LocatedJson& document, const Json& object, const JsonStep* where)
    : document_(document), object_(&object), where_(where) {
  if (object.IsObject()) return;
  document_.add_fault(where_, "here is " + shown(object) + ", not an object");
  static const Json empty(rapidjson::kObjectType);
  object_ = &empty;
}

const Json* Members::find(std::string_view name) {
  const auto first = object_->MemberBegin();
  const auto next = first + next_;
  const auto find_between = [&](auto from, auto to) -> const Json* {
    // Many members that are asked for are not there: lengths alone tell most names apart.
    for (auto member = from; member != to; ++member) {
      if (member->name.GetStringLength() != name.size() || string_of(&member->name) != name) continue;
      next_ = static_cast<rapidjson::SizeType>(member - first) + 1;
      return &member->value;
    }
    return nullptr;
  };
  const Json* found = find_between(next, object_->MemberEnd());
  return found != nullptr ? found : find_between(first, next);
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

}  // namespace daybook
