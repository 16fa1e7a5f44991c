// Files that may be packed by gzip. The format: RFC 1952.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace daybook {

// A few years of labelled papers are 0.2 GB.
inline constexpr std::uint64_t unpacked_bytes_max = std::uint64_t{4} << 30;

// A whole file, unpacked where it begins as gzip does (1F 8B), whatever its name; several members come joined, zero
// bytes behind the last are passed over. One that breaks off, is damaged, or holds more than `most` bytes unpacked is
// an error: half a file is never returned, and a small one that unpacks into very much takes no more memory than that.
Result<std::string> read_file_unpacked(const std::string& path, std::uint64_t most = unpacked_bytes_max);

}  // namespace daybook
