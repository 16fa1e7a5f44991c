#include "platform/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "platform/disk.h"

namespace daybook {

namespace {

constexpr std::uint64_t first_bytes = std::uint64_t{256} * 1024;
constexpr std::uint64_t step_bytes_max = std::uint64_t{1} << 30;  // zlib counts in 32 bits
const std::string fetch_again = "fetch the file again, and compare its checksum";

}  // namespace

Result<std::string> read_file_unpacked(const std::string& path, std::uint64_t most) {
  const auto refusal = [&](const std::string& what, const std::string& hint) {
    return Error{Kind::failed, {path}, "cannot read: " + what, hint};
  };
  auto packed = read_file(path, std::min<std::uint64_t>(most, std::numeric_limits<uInt>::max()));
  if (!packed || packed->compare(0, 2, "\x1F\x8B") != 0) return packed;

  // 16: gzip's header, checksum and length; 15: the largest window that deflate has (https://www.zlib.net/manual.html).
  z_stream stream = {};
  if (inflateInit2(&stream, 16 + 15) != Z_OK) return refusal("there is not enough memory to unpack it", "");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(packed->data());
  stream.avail_in = static_cast<uInt>(packed->size());
  std::string bytes;
  for (std::uint64_t filled = 0;;) {
    if (filled == bytes.size()) bytes.resize(std::min(most + 1, std::max(first_bytes, filled * 2)));
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + filled);
    stream.avail_out = static_cast<uInt>(std::min(bytes.size() - filled, step_bytes_max));
    const uInt room = stream.avail_out;
    const int outcome = inflate(&stream, Z_NO_FLUSH);
    filled += room - stream.avail_out;
    if (filled > most) return refusal("it holds more than " + std::to_string(most) + " bytes", "split it");
    if (outcome == Z_STREAM_END) {
      while (stream.avail_in > 0 && *stream.next_in == 0) ++stream.next_in, --stream.avail_in;
      if (stream.avail_in == 0) {
        bytes.resize(filled);
        return bytes;
      }
      if (*stream.next_in != 0x1F) return refusal("the data after its compressed part is not gzip", fetch_again);
      inflateReset(&stream);
    } else if (outcome == Z_BUF_ERROR || (outcome == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)) {
      return refusal("it breaks off", fetch_again);
    } else if (outcome != Z_OK) {
      const std::string detail = stream.msg == nullptr ? "" : " (" + std::string(stream.msg) + ')';
      return refusal("it is damaged" + detail, fetch_again);
    }
  }
}

}  // namespace daybook
