// Bytes packed by zlib, for files that browsers unpack: search shards by DecompressionStream("deflate"), pictures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace daybook {

// What the bytes are: in most, repeats are looked for; numbers hardly repeat, and Huffman codes alone pack them as well
// in a fifth of the time. A picture's filtered rows are runs of one byte: looking for nothing else takes a twentieth of
// the time.
enum class Packing { text, numbers, runs };

// In zlib's format (RFC 1950). The same bytes make the same bytes with the same zlib.
std::string deflated(std::string_view bytes, Packing packing = Packing::text);

// The CRC-32 of RFC 1952, 8; of PNG chunks too.
std::uint32_t crc32_of(std::string_view bytes);

}  // namespace daybook
