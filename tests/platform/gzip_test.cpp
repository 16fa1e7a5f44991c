#include "platform/gzip.h"

#include <zlib.h>

#include <vector>

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

std::string packed(const std::string& bytes) {
  z_stream stream = {};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::vector<unsigned char> in(bytes.begin(), bytes.end());
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = in.data();
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Lines that a packer finds little in, so that the file has many chunks too.
std::string long_text(std::size_t lines) {
  std::string text;
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < lines; ++i) {
    state = state * 1664525 + 1013904223;
    text += std::to_string(state) + '\n';
  }
  return text;
}

std::string fault_of(const std::string& path, std::uint64_t most = unpacked_bytes_max) {
  const auto read = read_file_unpacked(path, most);
  return read ? "no fault" : describe(read.error());
}

const std::string again = "\n  hint: fetch the file again, and compare its checksum\n";

}  // namespace

TEST_CASE("gzip: a packed file is unpacked, whatever its name, and another is read as it is", "[gzip]") {
  const TemporaryFolder folder;
  const std::string text = long_text(200'000);  // of more than one chunk, packed and unpacked
  put(folder / "packed.jsonl", packed(text));
  put(folder / "plain.gz", text);
  put(folder / "empty", "");
  put(folder / "nothing.gz", packed(""));
  CHECK((*read_file_unpacked(folder / "packed.jsonl") == text));
  CHECK((*read_file_unpacked(folder / "plain.gz") == text));
  CHECK(read_file_unpacked(folder / "empty")->empty());
  CHECK(read_file_unpacked(folder / "nothing.gz")->empty());
}

TEST_CASE("gzip: what unpacks into far more than it is comes whole", "[gzip]") {
  const TemporaryFolder folder;
  const std::string zeros(3'000'000, '\0');
  put(folder / "small.gz", packed(zeros));
  CHECK((*read_file_unpacked(folder / "small.gz") == zeros));
}

TEST_CASE("gzip: several members come joined, zero bytes between and behind them are passed over", "[gzip]") {
  const TemporaryFolder folder;
  put(folder / "file", packed("one\n") + packed("") + packed("two\n") + std::string(512, '\0') + packed("three\n") +
                           std::string(1024, '\0'));
  CHECK(*read_file_unpacked(folder / "file") == "one\ntwo\nthree\n");
}

TEST_CASE("gzip: a packed file that breaks off is refused, wherever that is", "[gzip]") {
  const TemporaryFolder folder;
  const std::string whole = packed("some text that is not long");
  for (std::size_t bytes = 2; bytes < whole.size(); ++bytes) {
    put(folder / "file", whole.substr(0, bytes));
    CHECK(fault_of(folder / "file") == folder / "file" + ": error: cannot read: it breaks off" + again);
  }
  put(folder / "file", whole + whole.substr(0, whole.size() - 1));
  CHECK(fault_of(folder / "file") == folder / "file" + ": error: cannot read: it breaks off" + again);
}

TEST_CASE("gzip: a damaged packed file is refused and named", "[gzip]") {
  const TemporaryFolder folder;
  std::string bytes = packed("some text that is not long");
  bytes[bytes.size() - 6] ^= 1;  // of the checksum
  put(folder / "file", bytes);
  CHECK(fault_of(folder / "file") ==
        folder / "file" + ": error: cannot read: it is damaged (incorrect data check)" + again);
  put(folder / "file", packed("text") + "more");
  CHECK(fault_of(folder / "file") ==
        folder / "file" + ": error: cannot read: the data after its compressed part is not gzip" + again);
}

TEST_CASE("gzip: a file of more bytes than are wanted is refused, packed or not", "[gzip]") {
  const TemporaryFolder folder;
  put(folder / "packed", packed(std::string(1000, 'x')));
  put(folder / "plain", std::string(1000, 'x'));
  for (const char* name : {"packed", "plain"}) CHECK(read_file_unpacked(folder / name, 1000)->size() == 1000);
  CHECK(fault_of(folder / "packed", 999) ==
        folder / "packed" + ": error: cannot read: it holds more than 999 bytes\n  hint: split it\n");
  CHECK_FALSE(read_file_unpacked(folder / "plain", 999));
}

TEST_CASE("gzip: a packed file that is not there, or a folder, is an error as for any file", "[gzip]") {
  const TemporaryFolder folder;
  CHECK(fault_of(folder / "none") == folder / "none" + ": error: cannot read: no such file or directory\n" +
                                         "  hint: check the path, or create what it names\n");
  CHECK(fault_of(folder.path()) ==
        folder.path() + ": error: cannot read: is a directory\n  hint: this is a folder; name a file\n");
}
