#include "support/opens.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <vector>

namespace daybook {

namespace {

bool ends_with(const std::string& name, const std::string& ending) {
  return name.size() >= ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

// Closings are asked for too: two openings in a row of one file would come as one.
Opens::Opens(const std::string& folder) : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (fd_ < 0 || ::inotify_add_watch(fd_, folder.c_str(), IN_OPEN | IN_CLOSE) < 0)
    throw std::runtime_error("cannot watch " + folder);
}

Opens::~Opens() { ::close(fd_); }

std::size_t Opens::take(const std::string& ending) {
  std::size_t count = 0;
  std::vector<char> buffer(1U << 16U);
  for (ssize_t got = ::read(fd_, buffer.data(), buffer.size()); got > 0;
       got = ::read(fd_, buffer.data(), buffer.size())) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string name = event.len > 0 ? buffer.data() + at + sizeof event : "";
      if ((event.mask & IN_Q_OVERFLOW) != 0) throw std::runtime_error("more was opened than can be counted");
      if ((event.mask & IN_OPEN) != 0 && ends_with(name, ending)) ++count;
      at += sizeof event + event.len;
    }
  }
  return count;
}

}  // namespace daybook
