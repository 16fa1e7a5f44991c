#include "rank/model_file.h"

#include <limits>

#include "lessons_of_invented_papers.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::tests;

namespace {

const KeptModel& learned() {
  static const KeptModel kept{0x1234567890ABCDEFU, learn(invented_days(6, 100), 5)};
  return kept;
}

std::string fault_of(std::string_view bytes) {
  const auto read = read_model(bytes, "state/model");
  if (read) return "none";
  CHECK(read.error().place.source == "state/model");
  CHECK(read.error().mend == "nothing: the model is learned again");
  return read.error().what;
}

std::string with_sum(std::string bytes) {
  Checksum sum;
  sum.add(std::string_view(bytes));
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>((sum.value() >> (8 * i)) & 0xFFU);
  return bytes;
}

constexpr auto damaged = "it is damaged: its checksum is not that of its content";
constexpr auto misshapen = "it is not laid out as a model is";

}  // namespace

TEST_CASE("a model is read as it was written, and written as it was read") {
  REQUIRE_FALSE(learned().model.nets.empty());
  const std::string bytes = write_model(learned());
  const auto read = read_model(bytes, "state/model");
  REQUIRE(read);
  CHECK(*read == learned());
  CHECK(write_model(*read) == bytes);
}

TEST_CASE("a model without nets is read as it was written") {
  for (const int days : {0, 1}) {
    const KeptModel kept{7, learn(invented_days(days, 30), 5)};
    REQUIRE(kept.model.nets.empty());
    const auto read = read_model(write_model(kept), "state/model");
    REQUIRE(read);
    CHECK(*read == kept);
  }
}

TEST_CASE("a model in full is below two megabytes") {
  KeptModel kept = learned();
  LatentSpace& space = kept.model.space;
  space.row_of.assign(buckets, LatentSpace::no_row);
  for (std::size_t i = 0; i < LatentSpace::most_rows; ++i) space.row_of[i * 20] = static_cast<std::uint16_t>(i);
  space.rows.resize(LatentSpace::most_rows);
  space.steps.resize(LatentSpace::most_rows);
  const std::string bytes = write_model(kept);
  CHECK(bytes.size() <= 2'000'000);
  const auto read = read_model(bytes, "state/model");
  REQUIRE(read);
  CHECK(*read == kept);
}

TEST_CASE("a damaged byte is found wherever it is") {
  std::string bytes = write_model(learned());
  for (std::size_t at = 16; at < bytes.size(); at += 10'007) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    INFO(at);
    CHECK(fault_of(bytes) == damaged);
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
  }
  CHECK(fault_of(bytes) == "none");
}

TEST_CASE("a model that was cut off or is too long is damaged") {
  const std::string bytes = write_model(learned());
  for (const std::size_t size :
       {std::size_t{16}, std::size_t{17}, std::size_t{24}, std::size_t{1'000'000}, bytes.size() - 1})
    CHECK(fault_of(std::string_view(bytes).substr(0, size)) == damaged);
  CHECK(fault_of(bytes + "x") == damaged);
}

TEST_CASE("what is no model, or another version's, is said to be so") {
  const auto other = "it is no model, or one of another version of Daybook";
  CHECK(fault_of("") == other);
  CHECK(fault_of("daybook model") == other);
  std::string bytes = write_model(learned());
  bytes[14] = '1';
  CHECK(fault_of(bytes) == other);
  bytes[14] = '3';
  CHECK(fault_of(bytes) == other);
}

TEST_CASE("a right checksum over a wrong layout is no model") {
  const std::string bytes = write_model(learned());
  const std::string content = bytes.substr(0, bytes.size() - 8);
  CHECK(fault_of(with_sum(content)) == "none");
  CHECK(fault_of(with_sum(content.substr(0, 16))) == misshapen);
  CHECK(fault_of(with_sum(content.substr(0, content.size() - 1))) == misshapen);
  CHECK(fault_of(with_sum(content + "x")) == misshapen);
  const std::size_t rows = 16 + 8 + 4 + 9 * 8 + 2 * (2 * buckets + 1);
  std::string other = content;
  other[rows] = static_cast<char>(other[rows] ^ 1);  // one row more or less than there are
  CHECK(fault_of(with_sum(other)) == misshapen);
  other[rows + 3] = 0x7F;  // very many
  CHECK(fault_of(with_sum(other)) == misshapen);
  const std::size_t nets = content.size() - 2 * 2 * 2177 - 2 - 4;
  other = content;
  other[nets] = 9;
  CHECK(fault_of(with_sum(other)) == misshapen);
}
