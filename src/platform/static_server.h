// StaticServer shows a folder as a web site on this machine, to look at before it is published. HTTP/1.1 (RFC 9112)
// with GET and HEAD, persistent connections, ETag and Last-Modified. It listens on 127.0.0.1 only and is not for the
// network.
//
// One thread polls at most 64 connections, each closed after 30 idle seconds; heads have at most 16 KiB. Each request
// resolves its path anew, because a build exchanges the folder.
//
// An address never leads out of the folder: ".." is malformed or not found, encoded or not; a link out of it is not
// found, and neither is a name that begins with a dot (except .well-known). A folder means its index.html.
//
// Decided against: cpp-httplib. Debian has it only as a shared library, with libssl and brotli, which every command
// would load (a start takes 1.7 times as long, `serve` 1.3 times the memory; version 0.11, November 2026), and idle
// connections wake it a hundred times a second.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/result.h"
#include "platform/disk.h"

namespace daybook {

class StaticServer {
 public:
  // Port 0: any free port.
  static Result<StaticServer> listen(const std::string& folder, int port);

  int port() const { return port_; }
  std::string address() const;  // "http://127.0.0.1:8000/"

  // Serves until the descriptor `stop` becomes readable. `log` gets a line for each request: "GET /atom.xml 200".
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
