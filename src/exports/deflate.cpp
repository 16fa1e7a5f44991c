#include "exports/deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <new>

namespace daybook {

namespace {

struct Bits {
  unsigned bits;  // the lowest comes first
  int count;
};

// Of a Huffman code the highest bit comes first (RFC 1951, 3.1.1).
Bits huffman(unsigned code, int count) {
  unsigned reversed = 0;
  for (int bit = 0; bit < count; ++bit) reversed = reversed << 1U | (code >> bit & 1U);
  return {reversed, count};
}

// The fixed code of a byte, of the end, 256, or of a length (3.2.6).
Bits fixed_code(unsigned symbol) {
  if (symbol < 144) return huffman(0x30 + symbol, 8);
  if (symbol < 256) return huffman(0x190 + symbol - 144, 9);
  return symbol < 280 ? huffman(symbol - 256, 7) : huffman(0xC0 + symbol - 280, 8);
}

// A length from 3 or a distance from 1, less that, as a symbol for its highest bits, of which `kept` follow the first
// one, and the bits below them (3.2.5).
struct Split {
  unsigned symbol;
  Bits rest;
};
Split split(std::size_t number, int kept) {
  const int rest = std::max(0, static_cast<int>(std::bit_width(number)) - kept - 1);
  const auto bits = static_cast<unsigned>(number);
  return {(static_cast<unsigned>(rest) << kept) + (bits >> rest), {bits & ((1U << rest) - 1), rest}};
}

constexpr std::size_t longest_copy = 257;  // 258 has a symbol of its own

std::size_t copy_length(std::string_view bytes, std::size_t at, std::size_t distance) {
  if (at < distance) return 0;
  const std::string_view here = bytes.substr(at, longest_copy);
  const std::string_view before = bytes.substr(at - distance, here.size());
  if (here == before) return here.size();
  return static_cast<std::size_t>(std::mismatch(here.begin(), here.end(), before.begin()).first - here.begin());
}

}  // namespace

std::string deflated_rows(std::string_view rows, std::size_t row_bytes) {
  std::string out = "\x78\x01";
  std::uint64_t held = 0;
  int count = 0;
  const auto put = [&](Bits bits) {
    held |= std::uint64_t{bits.bits} << count;
    for (count += bits.count; count >= 8; count -= 8, held >>= 8U) out += static_cast<char>(held);
  };
  put({0b011, 3});  // the last block, of fixed codes
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t above = copy_length(rows, at, row_bytes);
    const std::size_t length = std::max(above, copy_length(rows, at, 1));
    if (length < 3) {
      put(fixed_code(static_cast<unsigned char>(rows[at++])));
      continue;
    }
    const Split run = split(length - 3, 2);
    const Split back = split((length == above ? row_bytes : 1) - 1, 1);
    for (const Bits bits : {fixed_code(257 + run.symbol), run.rest, huffman(back.symbol, 5), back.rest}) put(bits);
    at += length;
  }
  put(fixed_code(256));
  put({0, 7});  // up to a whole byte
  const std::uint32_t sum = libdeflate_adler32(1, rows.data(), rows.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(sum >> shift);
  return out;
}

std::string deflated(std::string_view bytes) {
  constexpr int level = 1;  // of 12: 3 takes half as long again for half a per cent of the size
  thread_local const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  std::string out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

std::uint32_t crc32_of(std::string_view bytes) { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

}  // namespace daybook
