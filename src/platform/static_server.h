// A folder as a web site on this machine, for looking at it before it is published. HTTP/1.1 (RFC 9112) with GET and
// HEAD, connections kept alive, ETag and Last-Modified. Not for the open network: it listens on 127.0.0.1 only.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/result.h"
#include "platform/posix.h"

namespace daybook {

class StaticServer {
 public:
  // Port 0 is any that is free. `log` gets a line a request ("GET /atom.xml 200"), from several threads; none: silence.
  static Result<std::unique_ptr<StaticServer>> listen(const std::string& folder, int port,
                                                      std::function<void(const std::string&)> log = {});
  ~StaticServer();  // no run() may be going on
  StaticServer(const StaticServer&) = delete;
  StaticServer& operator=(const StaticServer&) = delete;

  int port() const { return port_; }
  std::string address() const;  // "http://127.0.0.1:8000/"

  // Serves until stop(); a thread a connection, at most 64 at once. When it returns all of them have ended.
  void run();
  void stop();  // from any thread and from a signal handler

 private:
  struct Connection;
  StaticServer() = default;
  void accept_one();
  void reap(bool all);
  void serve(Connection& connection) const;

  std::string folder_;
  std::function<void(const std::string&)> log_;
  int port_ = 0;
  Descriptor socket_;
  Descriptor stop_read_, stop_write_;  // a pipe: a byte in it stops run()
  std::list<Connection> connections_;  // of the thread in run()
};

// run(), ended by SIGINT (Ctrl-C) or SIGTERM, whose handlers are put back afterwards.
void serve_until_interrupted(StaticServer& server);

}  // namespace daybook
