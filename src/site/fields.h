// What a template can name: a tree of texts, flags and lists.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace daybook {

class Fields {
 public:
  using List = std::vector<Fields>;
  using Value = std::variant<bool, std::string, List>;
  using Member = std::pair<std::string_view, Value>;

  // Names are string literals: they are kept as views. A name set twice is a bug; the first counts.
  Fields& set(std::string_view name, std::string text) { return put(name, Value(std::move(text))); }
  Fields& set(std::string_view name, std::string_view text) { return put(name, Value(std::string(text))); }
  Fields& set(std::string_view name, const char* text) { return put(name, Value(std::string(text))); }
  Fields& set(std::string_view name, long long number) { return put(name, Value(std::to_string(number))); }
  Fields& set(std::string_view name, List list) { return put(name, Value(std::move(list))); }
  Fields& flag(std::string_view name, bool on) { return put(name, Value(on)); }

  // Null where there is none of that name.
  const Value* find(std::string_view name) const {
    for (const Member& member : members_)
      if (member.first == name) return &member.second;
    return nullptr;
  }
  const std::vector<Member>& members() const { return members_; }

 private:
  Fields& put(std::string_view name, Value value) {
    members_.emplace_back(name, std::move(value));
    return *this;
  }
  std::vector<Member> members_;
};

}  // namespace daybook
