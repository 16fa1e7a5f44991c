// The local model as a file, state/model: so that a run need not learn again what the one before has learned.
//
//   "daybook model 2\n"   16 bytes; another number is another layout
//   evidence              8 bytes: what it was learned from, as a checksum
//   label days            4 bytes
//   least scores          9 times 8 bytes
//   rarity, weights       2^18 times 2 bytes each; the bias, 2 bytes
//   rows                  4 bytes: how many features have one in the latent space, at most 13,000; where there are any:
//     which               2^18 bits, the first in the lowest bit
//     steps               2 bytes a row
//     coordinates         64 bytes a row, each a signed number
//   nets                  4 bytes: how many, at most 8; their part of the decision value, 2 bytes
//     numbers             2177 times 2 bytes a net, as each_number() visits them
//   checksum              8 bytes: FNV-1a of all before it
//
// Numbers are little-endian; fractions of two bytes are the upper half of an IEEE 754 single ("bfloat16"), to which
// learn() rounds them. At most 1.97 MB.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "rank/local_model.h"

namespace daybook {

struct KeptModel {
  std::uint64_t evidence = 0;
  LocalModel model;
  bool operator==(const KeptModel&) const = default;
};

std::string write_model(const KeptModel& kept);

// Anything that is not just what write_model() writes is an error, which names `source`.
Result<KeptModel> read_model(std::string_view bytes, const std::string& source);

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
class Checksum {
 public:
  void add(std::string_view bytes);
  void add(std::uint64_t number);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

}  // namespace daybook
