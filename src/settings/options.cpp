#include "settings/options.h"

#include <charconv>
#include <utility>

#include "core/text.h"

namespace daybook {

std::optional<Shard> Shard::parse(std::string_view text) {
  const auto parts = split(text, '/');
  if (parts.size() != 2) return std::nullopt;
  Shard shard;
  for (const auto& [part, number] : {std::pair{parts[0], &shard.number}, std::pair{parts[1], &shard.of}}) {
    const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), *number);
    if (fault != std::errc() || end != part.data() + part.size()) return std::nullopt;
  }
  return shard.number >= 1 && shard.number <= shard.of ? std::optional(shard) : std::nullopt;
}

}  // namespace daybook
