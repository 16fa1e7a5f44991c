// Unpacked again by zlib.
#include "exports/deflate.h"

#include <zlib.h>

#include <initializer_list>

#include "support/catch.h"

using namespace daybook;

namespace {

std::string unpacked(const std::string& packed, std::size_t bytes) {
  std::string out(bytes + 1, '\0');
  uLongf size = out.size();
  REQUIRE(::uncompress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(packed.data()),
                       packed.size()) == Z_OK);
  out.resize(size);
  return out;
}

}  // namespace

TEST_CASE("deflate: what is packed unpacks to itself, text and numbers, none and much", "[deflate]") {
  std::string numbers;
  for (int i = 0; i < 100000; ++i) numbers += static_cast<char>(i * i % 251);
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(300000, 'x'), numbers}) {
    const std::string packed = deflated(bytes);
    CHECK(unpacked(packed, bytes.size()) == bytes);
    CHECK(packed == deflated(bytes));
  }
  CHECK(deflated(std::string(300000, 'x')).size() < 1000);
}

TEST_CASE("deflate: rows unpack to themselves, of every byte and of runs of each length", "[deflate]") {
  std::string rows;
  for (std::size_t length = 1; length < 600; ++length)
    rows += std::string(length, static_cast<char>(length)) + static_cast<char>(length * length % 251);
  rows += std::string(50000, 'x');
  for (const std::size_t row_bytes : std::initializer_list<std::size_t>{1, 2, 19, 151, 1000, 32768}) {
    INFO(row_bytes);
    CHECK((unpacked(deflated_rows(rows, row_bytes), rows.size()) == rows));
  }
  CHECK(unpacked(deflated_rows("", 151), 0).empty());
}

TEST_CASE("deflate: the CRC-32 is that of the standard's example", "[deflate]") {
  CHECK(crc32_of("123456789") == 0xCBF43926U);
  CHECK(crc32_of("IEND") == 0xAE426082U);
}
