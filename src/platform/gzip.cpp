#include "platform/gzip.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <vector>

#include "platform/posix.h"

namespace daybook {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{256} * 1024;
constexpr std::string_view magic = "\x1F\x8B";
const std::string fetch_again = "fetch the file again, and compare its checksum";

// What keeps a file from being taken; `what` is empty: nothing.
struct Refusal {
  std::string what;
  std::string mend;
};

Refusal too_much(std::uint64_t most) { return {"it holds more than " + std::to_string(most) + " bytes", "split it"}; }

// inflate() with gzip's header, checksum and length (RFC 1952, 2.2); 15: the largest window that deflate has.
// https://www.zlib.net/manual.html#Advanced
class Unpacker {
 public:
  Unpacker() : ready_(inflateInit2(&stream_, 16 + 15) == Z_OK) {}
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() {
    if (ready_) inflateEnd(&stream_);
  }

  Refusal take(std::string_view packed, std::string& out, std::uint64_t most) {
    if (!ready_) return {"there is no memory to unpack it with", ""};
    while (!packed.empty() || more_to_come_) {
      if (between_members_) {
        packed.remove_prefix(std::min(packed.find_first_not_of('\0'), packed.size()));
        if (packed.empty()) break;
        if (packed.front() != magic.front()) return {"what follows its packed part is no gzip", fetch_again};
        inflateReset(&stream_);
        between_members_ = false;
      }
      Refusal refusal = unpack(packed, out, most);
      if (!refusal.what.empty()) return refusal;
    }
    return {};
  }
  bool is_whole() const { return between_members_; }

 private:
  Refusal unpack(std::string_view& packed, std::string& out, std::uint64_t most) {
    // zlib's pointer to what it reads is not const, for the sake of old compilers.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(unpacked_.data());
    stream_.avail_out = static_cast<uInt>(unpacked_.size());
    const int outcome = inflate(&stream_, Z_NO_FLUSH);
    // Z_BUF_ERROR: there was nothing left to do after all.
    if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
      return {"it is damaged" + (stream_.msg == nullptr ? std::string() : " (" + std::string(stream_.msg) + ')'),
              fetch_again};
    packed.remove_prefix(packed.size() - stream_.avail_in);
    const std::size_t made = unpacked_.size() - stream_.avail_out;
    if (made > most - out.size()) return too_much(most);
    out.append(unpacked_.data(), made);
    between_members_ = outcome == Z_STREAM_END;
    more_to_come_ = stream_.avail_out == 0 && !between_members_;
    return {};
  }

  z_stream stream_ = {};
  bool ready_;
  bool between_members_ = true;
  bool more_to_come_ = false;  // from input that was taken already: it did not fit
  std::vector<char> unpacked_ = std::vector<char>(chunk_bytes);
};

// Reads until the chunk is full or the file ends. The errno of the fault, 0 where there was none.
int read_chunk(int file, std::string& chunk) {
  chunk.resize(chunk_bytes);
  std::size_t filled = 0;
  while (filled < chunk.size()) {
    const ssize_t got = ::read(file, chunk.data() + filled, chunk.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  chunk.resize(filled);
  return 0;
}

}  // namespace

Result<std::string> read_file_unpacked(const std::string& path, std::uint64_t most) {
  const auto refuse = [&](Refusal refusal) {
    return Error{Kind::failed, {path}, "cannot read: " + refusal.what, std::move(refusal.mend)};
  };
  const auto file = open_plain_file(path, O_RDONLY, "read");
  if (!file) return file.error();
  std::string chunk;
  if (const int fault = read_chunk(file->get(), chunk)) return system_error(path, "read", fault);
  const bool is_packed = chunk.compare(0, magic.size(), magic) == 0;

  std::string bytes;
  Unpacker unpacker;
  while (!chunk.empty()) {
    if (is_packed) {
      Refusal refusal = unpacker.take(chunk, bytes, most);
      if (!refusal.what.empty()) return refuse(std::move(refusal));
    } else if (chunk.size() > most - bytes.size()) {
      return refuse(too_much(most));
    } else {
      bytes += chunk;
    }
    if (const int fault = read_chunk(file->get(), chunk)) return system_error(path, "read", fault);
  }
  if (!unpacker.is_whole()) return refuse({"it breaks off", fetch_again});
  return bytes;
}

}  // namespace daybook
