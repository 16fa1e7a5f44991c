#include "support/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace daybook {

namespace {

bool send_all(int socket, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t sent = ::send(socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += static_cast<std::size_t>(sent);
  }
  return true;
}

bool receive_more(int socket, std::string& buffer) {
  char chunk[16384];
  const ssize_t got = ::recv(socket, chunk, sizeof chunk, 0);
  if (got <= 0) return false;
  buffer.append(chunk, static_cast<std::size_t>(got));
  return true;
}

std::string cut(std::string& text, const std::string& end) {
  const auto at = text.find(end);
  std::string head = text.substr(0, at);
  text.erase(0, at == std::string::npos ? at : at + end.size());
  return head;
}

Received read_head(std::string head) {
  Received request;
  request.method = cut(head, " ");
  request.path = cut(head, " ");
  cut(head, "\r\n");
  while (!head.empty()) {
    std::string value = cut(head, "\r\n");
    const std::string name = cut(value, ":");
    request.headers.emplace_back(name, value.substr(std::min(value.size(), value.find_first_not_of(' '))));
  }
  return request;
}

// One request off the front of `buffer`, reading on as needed; nothing where the client is gone.
std::optional<Received> receive_request(int socket, std::string& buffer) {
  while (buffer.find("\r\n\r\n") == std::string::npos)
    if (!receive_more(socket, buffer)) return std::nullopt;
  Received request = read_head(cut(buffer, "\r\n\r\n"));
  const std::size_t length = std::strtoull(request.header("Content-Length").c_str(), nullptr, 10);
  while (buffer.size() < length)
    if (!receive_more(socket, buffer)) return std::nullopt;
  request.body = buffer.substr(0, length);
  buffer.erase(0, length);
  request.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  return request;
}

}  // namespace

std::string Received::header(const std::string& name) const {
  for (const auto& [key, value] : headers)
    if (::strcasecmp(key.c_str(), name.c_str()) == 0) return value;
  return {};
}

LoopbackServer::LoopbackServer() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (socket_ < 0 || ::bind(socket_, generic, size) != 0 || ::listen(socket_, 64) != 0 ||
      ::getsockname(socket_, generic, &size) != 0)
    throw std::runtime_error("the loopback server cannot listen");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  stopping_.notify_all();
  ::shutdown(socket_, SHUT_RDWR);  // ends accept()
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) ::close(socket);
  ::close(socket_);
}

std::string LoopbackServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void LoopbackServer::answer(const std::string& path, Answer always) { answer_in_turn(path, {std::move(always)}); }

void LoopbackServer::answer_in_turn(const std::string& path, std::vector<Answer> answers) {
  std::reverse(answers.begin(), answers.end());  // the next one is at the back
  const std::lock_guard lock(mutex_);
  answers_[path] = std::move(answers);
}

void LoopbackServer::answer_all(std::function<Answer(const Received&)> respond) {
  const std::lock_guard lock(mutex_);
  respond_ = std::move(respond);
}

std::vector<Received> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void LoopbackServer::accept_all() {
  for (int connection = 1;; ++connection) {
    const int socket = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    if (stopped_) return;
    threads_.emplace_back([this, socket, connection] { serve(socket, connection); });
  }
}

void LoopbackServer::serve(int socket, int connection) {
  std::string buffer;
  while (auto request = receive_request(socket, buffer)) {
    request->connection = connection;
    const Answer answer = answer_for(*request);
    if (!send_answer(socket, *request, answer)) break;
  }
  ::shutdown(socket, SHUT_RDWR);
}

Answer LoopbackServer::answer_for(const Received& request) {
  std::function<Answer(const Received&)> respond;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    const auto found = answers_.find(request.path.substr(0, request.path.find('?')));
    if (found != answers_.end() && !found->second.empty()) {
      Answer answer = found->second.back();
      if (found->second.size() > 1) found->second.pop_back();
      return answer;
    }
    respond = respond_;
  }
  return respond ? respond(request) : Answer{.status = 404, .body = "no such page\n"};
}

// Whether the connection stays open.
bool LoopbackServer::send_answer(int socket, const Received& request, const Answer& answer) {
  {
    std::unique_lock lock(mutex_);
    stopping_.wait_for(lock, std::chrono::duration<double>(answer.delay_seconds), [this] { return stopped_; });
    if (stopped_) return false;
  }
  if (answer.close_at_once) return false;
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Scripted\r\n";
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  if (answer.status != 304)
    text += "Content-Length: " + std::to_string(answer.content_length.value_or(answer.body.size())) + "\r\n";
  text += "\r\n";
  if (request.method != "HEAD" && answer.status != 304)
    text += answer.body.substr(0, answer.cut_after.value_or(answer.body.size()));
  return send_all(socket, text) && !answer.cut_after;
}

}  // namespace daybook
