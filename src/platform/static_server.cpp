#include "platform/static_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

#include "platform/static_exchange.h"

namespace daybook {

namespace {

constexpr std::size_t most_connections = 64;
constexpr int idle_seconds = 30;

Error listen_error(int port, int code) {
  const std::string place = "127.0.0.1:" + std::to_string(port);
  if (code != EADDRINUSE && code != EACCES) return system_error(place, "listen", code);
  return Error{Kind::misuse, Place{place}, "cannot listen: " + errno_text(code),
               "choose another port with --port, or 0 for any that is free"};
}

void set_timeouts(int socket) {
  const timeval idle{idle_seconds, 0};
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof idle);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &idle, sizeof idle);
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

std::atomic<StaticServer*> interrupted_server{nullptr};
static_assert(std::atomic<StaticServer*>::is_always_lock_free);  // or a signal handler may not read it

void on_interrupt(int) {
  const int code = errno;
  if (StaticServer* server = interrupted_server) server->stop();
  errno = code;
}

}  // namespace

struct StaticServer::Connection {
  Descriptor socket;
  std::thread thread;
  std::atomic<bool> ended{false};
};

Result<std::unique_ptr<StaticServer>> StaticServer::listen(const std::string& folder, int port,
                                                           std::function<void(const std::string&)> log) {
  std::unique_ptr<StaticServer> server(new StaticServer);
  server->folder_ = folder;
  server->log_ = std::move(log);
  if (port < 0 || port > 65535)
    return Error{Kind::misuse, Place{}, std::to_string(port) + " is no port", "choose one from 0 (any) to 65535"};
  server->socket_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!server->socket_) return listen_error(port, errno);
  const int on = 1;
  ::setsockopt(server->socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(server->socket_.get(), generic, size) != 0 || ::listen(server->socket_.get(), 64) != 0 ||
      ::getsockname(server->socket_.get(), generic, &size) != 0)
    return listen_error(port, errno);
  server->port_ = ntohs(address.sin_port);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return listen_error(port, errno);
  server->stop_read_ = Descriptor(ends[0]);
  server->stop_write_ = Descriptor(ends[1]);
  return server;
}

StaticServer::~StaticServer() { reap(true); }

std::string StaticServer::address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

void StaticServer::stop() {
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = ::write(stop_write_.get(), &byte, 1);  // a full pipe stops as well
}

void StaticServer::run() {
  for (;;) {
    pollfd waiting[2] = {{stop_read_.get(), POLLIN, 0}, {socket_.get(), POLLIN, 0}};
    if (::poll(waiting, 2, 1000) < 0 && errno != EINTR) break;
    if (waiting[0].revents != 0) break;
    if (waiting[1].revents != 0) accept_one();
    reap(false);
  }
  char bytes[16];
  while (::read(stop_read_.get(), bytes, sizeof bytes) > 0) continue;
  reap(true);
}

void StaticServer::accept_one() {
  if (connections_.size() >= most_connections) {  // the rest wait in the kernel's queue
    const timespec moment{0, 10'000'000};
    ::nanosleep(&moment, nullptr);
    return;
  }
  Descriptor socket(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!socket) return;
  set_timeouts(socket.get());
  Connection& connection = connections_.emplace_back();
  connection.socket = std::move(socket);
  try {
    connection.thread = std::thread([this, &connection] {
      serve(connection);
      connection.ended = true;
    });
  } catch (const std::system_error&) {
    connections_.pop_back();
  }
}

void StaticServer::reap(bool all) {
  for (auto it = connections_.begin(); it != connections_.end();) {
    if (all) ::shutdown(it->socket.get(), SHUT_RDWR);  // wakes a thread that waits for a request
    if (!all && !it->ended) {
      ++it;
      continue;
    }
    it->thread.join();
    it = connections_.erase(it);
  }
}

void StaticServer::serve(Connection& connection) const {
  serve_connection(connection.socket.get(), folder_, log_);
  ::shutdown(connection.socket.get(), SHUT_RDWR);  // the descriptor itself is closed when the thread is joined
}

void serve_until_interrupted(StaticServer& server) {
  struct sigaction action {
  }, old_interrupt{}, old_terminate{};
  action.sa_handler = on_interrupt;
  interrupted_server = &server;
  ::sigaction(SIGINT, &action, &old_interrupt);
  ::sigaction(SIGTERM, &action, &old_terminate);
  server.run();
  ::sigaction(SIGINT, &old_interrupt, nullptr);
  ::sigaction(SIGTERM, &old_terminate, nullptr);
  interrupted_server = nullptr;
}

}  // namespace daybook
