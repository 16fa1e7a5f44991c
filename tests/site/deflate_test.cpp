// Unpacked again by zlib itself.
#include "site/deflate.h"

#include <zlib.h>

#include "support/catch.h"

using namespace daybook;

TEST_CASE("deflate: what is packed unpacks to itself, text and numbers, none and much", "[deflate]") {
  std::string numbers;
  for (int i = 0; i < 100000; ++i) numbers += static_cast<char>(i * i % 251);
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(300000, 'x'), numbers})
    for (const Packing packing : {Packing::text, Packing::numbers, Packing::runs}) {
      const std::string packed = deflated(bytes, packing);
      std::string unpacked(bytes.size() + 1, '\0');
      uLongf size = unpacked.size();
      REQUIRE(::uncompress(reinterpret_cast<Bytef*>(unpacked.data()), &size,
                           reinterpret_cast<const Bytef*>(packed.data()), packed.size()) == Z_OK);
      unpacked.resize(size);
      CHECK(unpacked == bytes);
      CHECK(packed == deflated(bytes, packing));
    }
  CHECK(deflated(std::string(300000, 'x')).size() < 1000);
}

TEST_CASE("deflate: the CRC-32 is that of the standard's example", "[deflate]") {
  CHECK(crc32_of("123456789") == 0xCBF43926U);
  CHECK(crc32_of("IEND") == 0xAE426082U);
}
