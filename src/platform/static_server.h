// A folder as a web site on this machine, for looking at it before it is published. HTTP/1.1 (RFC 9112) with GET and
// HEAD, connections kept alive, ETag and Last-Modified. Not for the open network: it listens on 127.0.0.1 only.
//
// An address never leads out of the folder: ".." is malformed or missing, encoded or not; a link out of it is missing,
// and so is a name with a dot in front (but for .well-known). A folder means its index.html. Each request looks anew,
// because a build swaps the folder.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/result.h"
#include "platform/disk.h"

namespace daybook {

class StaticServer {
 public:
  // Port 0 is any that is free.
  static Result<StaticServer> listen(const std::string& folder, int port);

  int port() const { return port_; }
  std::string address() const;  // "http://127.0.0.1:8000/"

  // Serves until the descriptor `stop` can be read: on one thread, at most 64 connections at once, of which each ends
  // when it is idle for 30 seconds. `log` gets a line a request ("GET /atom.xml 200"); none: silence.
  void run(int stop, const std::function<void(const std::string&)>& log = {}) const;

  // run(), ended by SIGINT (Ctrl-C) or SIGTERM.
  void run_until_interrupted(const std::function<void(const std::string&)>& log = {}) const;

 private:
  StaticServer(std::string folder, Descriptor socket, int port)
      : folder_(std::move(folder)), socket_(std::move(socket)), port_(port) {}

  std::string folder_;
  Descriptor socket_;
  int port_;
};

}  // namespace daybook
