#include "core/json.h"

#include <rapidjson/error/en.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/text.h"

namespace daybook {

namespace {

using Stream = rapidjson::InsituStringStream;

// UTF-8, copied by eights up to what RapidJSON has to look at. It asks an encoding to validate the character at hand;
// ours takes what follows along.
struct QuickUtf8 : rapidjson::UTF8<> {
  using Block = std::uint64_t;

  template <typename Out>  // the same stream: parsing is in place
  static bool Validate(Stream& stream, Out&) {
    std::size_t length = 1;
    for (Block stops = 0; stops == 0;) {
      Block block = 0;
      std::memcpy(&block, stream.src_ + length, sizeof block);
      stops = below(block, ' ') | below(block ^ each('"'), 1) | below(block ^ each('\\'), 1);
      if (stops == 0)
        length += sizeof block;
      else if (std::endian::native == std::endian::little)
        length += static_cast<unsigned>(std::countr_zero(stops)) / 8;
    }
    if (stream.dst_ != stream.src_) std::memmove(stream.dst_, stream.src_, length);
    stream.src_ += length;
    stream.dst_ += length;
    return true;
  }

 private:
  static constexpr Block each(unsigned char byte) { return Block{0x0101010101010101} * byte; }
  // https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
  static Block below(Block bytes, unsigned char least) { return (bytes - each(least)) & ~bytes & each(0x80); }
};

// Refuses what is nested deeper than anything that Daybook reads, none of which has more than ten levels: each takes
// memory, and stack.
class ShallowDocument : public rapidjson::Document {
 public:
  rapidjson::ParseResult parse(char* json) {
    constexpr unsigned flags =
        rapidjson::kParseFullPrecisionFlag | rapidjson::kParseInsituFlag | rapidjson::kParseValidateEncodingFlag;
    rapidjson::ParseResult result;
    const auto generate = [&](auto&) {
      Stream stream(json);
      result = rapidjson::GenericReader<QuickUtf8, QuickUtf8>().Parse<flags>(stream, *this);
      return !result.IsError();
    };
    Populate(generate);
    return result;
  }

  bool StartObject() { return depth_++ < depth_max && rapidjson::Document::StartObject(); }
  bool StartArray() { return depth_++ < depth_max && rapidjson::Document::StartArray(); }
  bool EndObject(rapidjson::SizeType count) { return depth_-- > 0 && rapidjson::Document::EndObject(count); }
  bool EndArray(rapidjson::SizeType count) { return depth_-- > 0 && rapidjson::Document::EndArray(count); }

 private:
  static constexpr int depth_max = 64;
  int depth_ = 0;
};

}  // namespace

std::optional<JsonFault> parse_in_place(rapidjson::Document& root, std::string& text) {
  const auto invalid = [](std::size_t at, const std::string& why) {
    return JsonFault{at, "this is not valid JSON: " + why};
  };
  // Looked at first: RapidJSON's own check reads past the end of a text cut off in the middle of a character, and takes
  // a NUL byte for the end.
  if (const std::size_t at = utf8_length(text); at < text.size()) return invalid(at, "a byte is not UTF-8");
  if (const std::size_t at = text.find('\0'); at != std::string::npos) return invalid(at, "a byte is zero");
  text.reserve(text.size() + sizeof(QuickUtf8::Block));  // which is read behind the end
  ShallowDocument document;
  const rapidjson::ParseResult result = document.parse(text.data());
  root.Swap(document);
  if (!result.IsError()) return std::nullopt;
  if (result.Code() != rapidjson::kParseErrorTermination)
    return invalid(result.Offset(), rapidjson::GetParseError_En(result.Code()));
  return JsonFault{result.Offset() - 1, "objects and lists are nested more than 64 deep"};
}

std::optional<Error> parse_json(JsonDocument& document, const std::string& source) {
  const std::string untouched = document.text;  // for the place of a fault: parsing in place decodes the escapes
  const auto fault = parse_in_place(document.root, document.text);
  if (!fault) return std::nullopt;
  return Error{Kind::failed, place_at(untouched, fault->at, source), fault->what,
               "restore the file from its history, or correct it there"};
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

bool is_true(const Json* value) { return value != nullptr && value->IsTrue(); }

std::span<const Json> items_of(const Json* value) {
  if (value == nullptr || !value->IsArray()) return {};
  return {value->Begin(), value->Size()};
}

}  // namespace daybook
