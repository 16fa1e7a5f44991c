#include "rank/model_file.h"

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

}  // namespace

TEST_CASE("a model is read as it was written, and written as it was read") {
  for (const KeptModel& kept : {learned(), KeptModel{7, learn(invented_days(1, 30), 5)}, KeptModel()}) {
    const std::string bytes = write_model(kept);
    CHECK(bytes.size() < 1'100'000);
    const auto read = read_model(bytes, "state/model");
    REQUIRE(read);
    CHECK(*read == kept);
    CHECK(write_model(*read) == bytes);
  }
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

TEST_CASE("what is no model is said to be none, and another version's has learned nothing") {
  for (const char* bytes : {"", "daybook model", "a model"}) CHECK(fault_of(bytes) == "it is no model");
  for (const char version : {'1', '2', '4'}) {
    std::string bytes = write_model(learned());
    bytes[14] = version;
    const auto read = read_model(bytes, "state/model");
    REQUIRE(read);
    CHECK(*read == KeptModel());
  }
}

TEST_CASE("a right checksum over a wrong layout is no model") {
  const std::string bytes = write_model(learned());
  const std::string content = bytes.substr(0, bytes.size() - 8);
  CHECK(fault_of(with_sum(content)) == "none");
  for (const std::string& wrong : {content.substr(0, 16), content.substr(0, content.size() - 1), content + "x"})
    CHECK(fault_of(with_sum(wrong)) == "it is not laid out as a model is");
}
