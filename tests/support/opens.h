// How often files of a folder are opened, by whatever process: as the kernel counts.
#pragma once

#include <string>

namespace daybook {

class Opens {
 public:
  explicit Opens(const std::string& folder);  // counts from now on
  ~Opens();
  Opens(const Opens&) = delete;
  Opens& operator=(const Opens&) = delete;

  // Of files whose names end so, since the last call. Fails where the kernel has lost count.
  std::size_t take(const std::string& ending);

 private:
  int fd_;
};

}  // namespace daybook
