// Sends many Requests at the same time, on one thread: libcurl's multi interface.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

// One object is one thread's. What HttpClient (outside/http.h) promises of a request holds for each: redirects,
// credentials, limits, errors and their words. How many are under way is the caller's to decide.
//
// Connections are kept for the next request to the same host, and shared where it speaks HTTP/2. No thread is made, but
// for the moment in which curl looks up a host's name.
class SideBySide {
 public:
  explicit SideBySide(std::string user_agent = "daybook");
  ~SideBySide();  // ends what is under way: its connections are closed
  SideBySide(SideBySide&&) noexcept;
  SideBySide& operator=(SideBySide&&) noexcept;

  // Begins at once; goes on whenever start() or wait() is called, and Request::timeout_seconds run from here. The
  // number is only handed back. What cannot be sent has ended, with its Error.
  void start(int number, const Request& request);

  struct Ended {
    int number = 0;
    Result<Response> result;
  };
  // The next that ended, in the order of their ends; nothing where none did within `seconds`, which pass too where none
  // is under way. 0 only looks.
  std::optional<Ended> wait(double seconds);

  std::size_t under_way() const;  // started, and not handed out by wait()

 private:
  struct Transfers;
  std::unique_ptr<Transfers> transfers_;
};

}  // namespace daybook
