// What a template can name: a tree of texts, flags and lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace daybook {

// A name as looked up: most names differ in their length or first letters already, which a number compares at once.
class FieldName {
 public:
  constexpr FieldName(const char* text) : FieldName(std::string_view(text)) {}
  constexpr FieldName(std::string_view text) : text_(text), head_(text.size()) {
    for (std::size_t i = 0; i < 7; ++i)
      head_ = head_ << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  std::string_view text() const { return text_; }
  bool operator==(const FieldName& other) const { return head_ == other.head_ && text_ == other.text_; }

 private:
  std::string_view text_;
  std::uint64_t head_;
};

class Fields {
 public:
  using List = std::vector<Fields>;
  using Value = std::variant<bool, std::string, List>;
  using Member = std::pair<FieldName, Value>;

  // Names are string literals: they are kept as views. A name set twice is a bug; the first counts.
  Fields& set(std::string_view name, std::string text) { return put(name, std::move(text)); }
  Fields& set(std::string_view name, std::string_view text) { return put(name, std::string(text)); }
  Fields& set(std::string_view name, const char* text) { return put(name, std::string(text)); }
  Fields& set(std::string_view name, long long number) { return put(name, std::to_string(number)); }
  Fields& set(std::string_view name, const std::optional<int>& number) {  // empty where it is not known
    return set(name, number ? std::to_string(*number) : std::string());
  }
  Fields& set(std::string_view name, List list) { return put(name, std::move(list)); }
  Fields& flag(std::string_view name, bool on) { return put(name, on); }

  // Null where there is none of that name.
  const Value* find(FieldName name) const {
    for (const Member& member : members_)
      if (member.first == name) return &member.second;
    return nullptr;
  }
  const std::vector<Member>& members() const { return members_; }

 private:
  template <typename Held>
  Fields& put(std::string_view name, Held value) {
    if (members_.capacity() == 0) members_.reserve(16);
    members_.emplace_back(name, std::move(value));
    return *this;
  }
  std::vector<Member> members_;
};

}  // namespace daybook
