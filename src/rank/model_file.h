// The local model as a file, state/model: so that a run need not learn again what the one before has learned.
//
//   "daybook model 3\n"   16 bytes; another number is another layout
//   evidence              8 bytes: what it was learned from, as a checksum
//   label days            4 bytes
//   least scores          9 times 8 bytes
//   rarity, weights       2^18 times 2 bytes each; the bias, 2 bytes
//   checksum              8 bytes: FNV-1a of all before it
//
// Numbers are little-endian; fractions of two bytes are the upper half of an IEEE 754 single ("bfloat16"), to which
// learn() rounds them. 1.05 MB.
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

// Anything that is not just what write_model() writes is an error, which names `source`; but a model of another version
// of Daybook is one that has learned nothing, of no evidence.
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
