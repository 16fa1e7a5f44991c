// A real HTTP server on 127.0.0.1 that answers as a test says, well or badly, and remembers what it was asked.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace daybook {

struct Answer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  double delay_seconds = 0;                        // before the first byte
  bool close_at_once = false;                      // no answer at all
  std::optional<std::size_t> content_length = {};  // in place of the body's true one
  std::optional<std::size_t> cut_after = {};       // so many bytes of the body, then the connection is closed
};

struct Received {
  std::string method;
  std::string path;  // with the query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  double seconds = 0;  // when it came, on a steady clock
  int connection = 0;  // counted from 1

  std::string header(const std::string& name) const;  // empty where there is none; in any case of letters
};

class LoopbackServer {
 public:
  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& path) const;  // "http://127.0.0.1:PORT/path"

  // To requests of this path (without its query).
  void answer(const std::string& path, Answer always);
  // Each answer once, then the last one again and again.
  void answer_in_turn(const std::string& path, std::vector<Answer> answers);
  // To all requests of paths that answer() does not name; without it these get 404. Called from several threads.
  void answer_all(std::function<Answer(const Received&)> respond);

  std::vector<Received> requests() const;  // so far, in the order they came

 private:
  void accept_all();
  void serve(int socket, int connection);
  Answer answer_for(const Received& request);
  bool send_answer(int socket, const Received& request, const Answer& answer);

  int socket_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::map<std::string, std::vector<Answer>> answers_;
  std::function<Answer(const Received&)> respond_;
  std::vector<Received> requests_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace daybook
