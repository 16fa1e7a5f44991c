#include "site/deflate.h"

#define ZLIB_CONST  // next_in is const
#include <zlib.h>

#include <new>

namespace daybook {

std::string deflated(std::string_view bytes, Packing packing) {
  const int strategy = packing == Packing::numbers ? Z_HUFFMAN_ONLY
                       : packing == Packing::runs  ? Z_RLE
                                                   : Z_DEFAULT_STRATEGY;
  z_stream stream = {};
  // 15: the largest window; 8: the usual memory (https://www.zlib.net/manual.html).
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15, 8, strategy) != Z_OK) throw std::bad_alloc();
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // ends: there is room for all of it
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::uint32_t crc32_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace daybook
