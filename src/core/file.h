// A file as a value: what a folder wants written, before outside/ writes it.
#pragma once

#include <string>

namespace daybook {

struct File {
  std::string path;  // relative, with '/'
  std::string bytes;
  bool operator==(const File&) const = default;
};

}  // namespace daybook
