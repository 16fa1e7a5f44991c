// StaticServer shows a folder as a web site on this machine, to look at before it is published. HTTP/1.1 (RFC 9112)
// with GET and HEAD, persistent connections, ETag and Last-Modified. It listens on 127.0.0.1 only and is not for the
// network.
//
// One thread polls at most 64 connections, each closed after 30 idle seconds; heads have at most 16 KiB. Each request
// resolves its path anew, because a build exchanges the folder.
//
// While it serves, a site can be built anew: `each_second` is the moment to look. Then each HTML reply gets a line
// more, a script that loads the page again as soon as the folder was exchanged. It asks once a second: a stream of
// events would hold a connection for every open page. What is published has no such line.
//
// The same script may send something to the program: a POST to /__post, of at most 64 KiB, with the content type
// "application/vnd.daybook.feedback". Other sites that the browser shows can't: the request must have an Origin, that
// and the Host must be this server's address (so no other name that leads to 127.0.0.1 will do), and to send a content
// type like this one elsewhere a browser asks for leave, which nobody gives
// (https://fetch.spec.whatwg.org/#cors-protocol).
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
#include <string_view>
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

  struct Habits {
    std::string root = "/";  // where the site will be on its host: "/papers/style.css" then means "/style.css" too
    std::function<void(const std::string&)> log = {};  // gets a line for each request: "GET /atom.xml 200"
    std::function<void()> each_second = {};            // may take its time: nothing is served meanwhile
    std::string_view page_script = {};                 // goes with the script that pages load, where each_second is set
    // Gets what a page sent, and returns what to tell it; empty: nothing is taken.
    std::function<Result<std::string>(const std::string&)> take_post = {};
  };

  // Serves until the descriptor `stop` becomes readable.
  void run(int stop, const Habits& habits) const;

  // run(), ended by SIGINT (Ctrl-C) or SIGTERM.
  void run_until_interrupted(const Habits& habits) const;

 private:
  StaticServer(std::string folder, Descriptor socket, int port)
      : folder_(std::move(folder)), socket_(std::move(socket)), port_(port) {}

  std::string folder_;
  Descriptor socket_;
  int port_;
};

}  // namespace daybook
