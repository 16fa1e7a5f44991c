// Bytes packed for browsers to unpack: search shards by DecompressionStream("deflate"), pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook {

// In zlib's format (RFC 1950). The same bytes make the same bytes with the same libdeflate.
std::string deflated(std::string_view bytes);

// The same of a picture's rows, in a quarter of the time: copies are looked for in the row above and in the byte
// before alone, and codes are the fixed ones.
std::string deflated_rows(std::string_view rows, std::size_t row_bytes);

// The CRC-32 of RFC 1952, 8; of PNG chunks too.
std::uint32_t crc32_of(std::string_view bytes);

}  // namespace daybook
