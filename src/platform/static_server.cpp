#include "platform/static_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <list>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/date.h"
#include "core/http.h"
#include "core/text.h"
#include "platform/clock.h"

namespace daybook {

namespace {

constexpr std::size_t most_connections = 64;
constexpr double idle_seconds = 30;
constexpr std::size_t longest_head = 16U << 10U;
constexpr std::size_t chunk_bytes = 64U << 10U;

constexpr std::string_view reload_target = "/__reload";
constexpr std::string_view script_target = "/__reload.js";
constexpr std::string_view post_target = "/__post";
constexpr std::string_view post_type = "application/vnd.daybook.feedback";
constexpr std::size_t longest_post = 64U << 10U;
constexpr std::string_view script_line = "<script src=\"/__reload.js\"></script>\n";

struct Type {
  std::string_view ending, type;
};

// Whole names first, as they say more than the ending.
constexpr std::array<Type, 24> types = {{{"/atom.xml", "application/atom+xml; charset=utf-8"},
                                         {"/rss.xml", "application/rss+xml; charset=utf-8"},
                                         {"/feed.json", "application/feed+json; charset=utf-8"},
                                         {".html", "text/html; charset=utf-8"},
                                         {".css", "text/css; charset=utf-8"},
                                         {".js", "text/javascript; charset=utf-8"},
                                         {".json", "application/json; charset=utf-8"},
                                         {".jsonl", "application/jsonl; charset=utf-8"},
                                         {".webmanifest", "application/manifest+json; charset=utf-8"},
                                         {".xml", "application/xml; charset=utf-8"},
                                         {".xsl", "text/xsl; charset=utf-8"},
                                         {".opml", "text/x-opml; charset=utf-8"},
                                         {".md", "text/markdown; charset=utf-8"},
                                         {".txt", "text/plain; charset=utf-8"},
                                         {".svg", "image/svg+xml"},
                                         {".png", "image/png"},
                                         {".jpg", "image/jpeg"},
                                         {".jpeg", "image/jpeg"},
                                         {".gif", "image/gif"},
                                         {".webp", "image/webp"},
                                         {".ico", "image/x-icon"},
                                         {".woff2", "font/woff2"},
                                         {".pdf", "application/pdf"},
                                         {".gz", "application/gzip"}}};

std::string content_type(const std::string& path) {
  const std::string lower = ascii_lower(path);
  const auto* known = std::find_if(types.begin(), types.end(), [&](const Type& type) {
    return lower.size() >= type.ending.size() && lower.substr(lower.size() - type.ending.size()) == type.ending;
  });
  return std::string(known == types.end() ? "application/octet-stream" : known->type);
}

struct Reply {
  int status = 200;
  Headers headers;
  std::string text;        // the body where there is no file
  Descriptor file;         // the body
  std::size_t length = 0;  // of the body, sent or not
};

Reply text_reply(std::string text, const std::string& type = "text/plain; charset=utf-8") {
  const std::size_t length = text.size();
  return {200, {{"Content-Type", type}}, std::move(text), {}, length};
}

Reply status_reply(int status, const Headers& headers = {}) {
  Reply reply = text_reply(status_text(status) + "\n");
  reply.status = status;
  reply.headers.insert(reply.headers.begin(), headers.begin(), headers.end());
  return reply;
}

// A name of the folder as it is now, which another one in its place does not have.
std::string folder_version(const std::string& folder) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return {};
  return std::to_string(about.st_ino) + '-' + std::to_string(about.st_ctim.tv_sec) + '.' +
         std::to_string(about.st_ctim.tv_nsec);
}

// Between two folders there is a moment without any, which is no reason to load a page; neither is a new folder that
// has this page, its style and its scripts as they were: a reader would lose what is unfolded.
constexpr std::string_view reload_script = R"js(
const parts = [location.href, ...[...document.querySelectorAll("link[rel=stylesheet], script[src]")]
  .map(it => it.href || it.src)];
const tags = () => Promise.all(parts.map(part => fetch(part, { method: "HEAD", cache: "no-store" })
  .then(reply => reply.headers.get("ETag")))).then(String);
let known = tags().catch(() => "");
setInterval(async () => {
  try {
    const now = await (await fetch("/__reload")).text();
    if (!now || now === shown) return;
    if (await tags() !== await known) location.reload();
    shown = now;
  } catch { /* the server has ended */ }
}, 1000);
)js";

// A plain file whole, with the names by which a client can ask whether it changed.
Reply file_reply(int status, const std::string& path) {
  Reply reply{status, {}, {}, Descriptor(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)), 0};
  struct stat about {};
  if (!reply.file || ::fstat(reply.file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return status_reply(404);
  reply.length = static_cast<std::size_t>(about.st_size);
  const std::string tag = std::to_string(about.st_ino) + '-' + std::to_string(about.st_size) + '-' +
                          std::to_string(about.st_mtim.tv_sec) + '.' + std::to_string(about.st_mtim.tv_nsec);
  std::string date = Instant{about.st_mtim.tv_sec}.rfc822();
  date.replace(date.size() - 5, 5, "GMT");  // IMF-fixdate, RFC 9110 5.6.7
  reply.headers = {{"Content-Type", content_type(path)}, {"ETag", '"' + tag + '"'}, {"Last-Modified", date}};
  return reply;
}

// Nothing where a percent sign isn't followed by two digits, or a zero byte is meant.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = static_cast<unsigned char>(text[i]);
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const char* const end = text.data() + i + 3;
      if (std::from_chars(text.data() + i + 1, end, code, 16).ptr != end) return std::nullopt;
      i += 2;
    }
    if (code == 0) return std::nullopt;
    out += static_cast<char>(code);
  }
  return out;
}

// "/a/b" for "//a/b/"; nothing where a part is hidden or leads up.
std::optional<std::string> plain_path(std::string_view decoded) {
  std::string path;
  for (const std::string_view part : split(decoded, '/')) {
    if (part.empty()) continue;
    if (part[0] == '.' && part != ".well-known") return std::nullopt;
    path.append("/").append(part);
  }
  return path;
}

// The file or folder that `path` in `folder` leads to, links followed; nothing where that is elsewhere or nowhere.
std::optional<std::string> find_below(const std::string& folder, const std::string& path) {
  std::error_code fault;
  const std::string root = std::filesystem::canonical(folder, fault);
  if (fault) return std::nullopt;
  const std::string real = std::filesystem::canonical(root + path, fault);
  // The root itself, or below it: "/site-b" is not below "/site".
  const std::string below = root == "/" ? root : root + '/';
  if (fault || (real + '/').compare(0, below.size(), below) != 0) return std::nullopt;
  return real;
}

// What is served, and how.
struct Served {
  const std::string& folder;
  const StaticServer::Habits& habits;
  std::string host;  // "127.0.0.1:8000"
};

// `target` is what stands in the request line: an absolute path, percent-encoded, maybe with a query.
Reply reply_to(std::string_view target, const Served& served) {
  const std::string& folder = served.folder;
  if (served.habits.each_second && target == reload_target) return text_reply(folder_version(folder));
  if (served.habits.each_second && target == script_target)
    return text_reply("let shown = \"" + folder_version(folder) + "\";\n" + std::string(reload_script) +
                          std::string(served.habits.page_script),
                      "text/javascript; charset=utf-8");
  const std::string_view path = target.substr(0, target.find('?'));
  const auto decoded = percent_decoded(path);
  if (!decoded || decoded->empty() || decoded->front() != '/') return status_reply(400);
  const bool names_folder = decoded->back() == '/';
  auto plain = plain_path(*decoded);
  auto found = plain ? find_below(folder, *plain) : std::nullopt;
  if (!found && plain && (*plain + '/').starts_with(served.habits.root)) {
    plain->erase(0, served.habits.root.size() - 1);
    found = find_below(folder, *plain);
  }
  if (found && is_folder(*found)) {
    // One slash in front: two would lead to another host.
    const std::string_view relative = path.substr(std::min(path.find_first_not_of('/'), path.size()));
    if (!names_folder)
      return status_reply(302,
                          {{"Location", '/' + std::string(relative) + '/' + std::string(target.substr(path.size()))}});
    found = find_below(folder, *plain + "/index.html");
  } else if (names_folder) {
    found.reset();
  }
  Reply reply = found ? file_reply(200, *found) : status_reply(404);
  if (reply.status != 404) return reply;
  const auto page = find_below(folder, "/404.html");
  return page ? file_reply(404, *page) : status_reply(404);
}

// A page with the script's line behind it, where pages load themselves again.
void add_reloading(Reply& reply) {
  if (header(reply.headers, "Content-Type") != "text/html; charset=utf-8") return;
  reply.text.resize(reply.length);
  const ssize_t got = ::pread(reply.file.get(), reply.text.data(), reply.length, 0);
  reply.text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  reply.text += script_line;
  reply.file = {};
  reply.length = reply.text.size();
}

bool lists_tag(std::string_view list, std::string_view tag) {
  for (std::string_view one : split(list, ',')) {
    one = trim(one);
    if (one.substr(0, 2) == "W/") one.remove_prefix(2);
    if (one == "*" || one == tag) return true;
  }
  return false;
}

// RFC 9110 13.2.2: where there is an If-None-Match, the date is not looked at.
bool is_unchanged(const Headers& asked, const Headers& have) {
  const std::string_view tags = header(asked, "If-None-Match");
  if (!tags.empty()) return lists_tag(tags, header(have, "ETag"));
  const auto since = Instant::parse_rfc822(header(asked, "If-Modified-Since"));
  const auto modified = Instant::parse_rfc822(header(have, "Last-Modified"));
  return since && modified && *modified <= *since;
}

// What stands before a request's body (RFC 9112 2.1).
struct RequestHead {
  std::string method;
  std::string target;
  bool keep_alive = true;
  Headers headers;
};

// `text` without the empty line at its end; nothing where it is no request of HTTP/1.0 or 1.1.
std::optional<RequestHead> read_request_head(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const std::vector<std::string_view> words = split(lines.front(), ' ');
  if (words.size() != 3 || words[0].empty() || words[1].empty()) return std::nullopt;
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") return std::nullopt;
  RequestHead head{std::string(words[0]), std::string(words[1]), words[2] == "HTTP/1.1", {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    head.headers.emplace_back(lines[i].substr(0, colon), trim(lines[i].substr(colon + 1)));
  }
  const std::string connection = ascii_lower(header(head.headers, "Connection"));
  if (connection == "close") head.keep_alive = false;
  if (connection == "keep-alive") head.keep_alive = true;
  // A body is not read, so that where there is one the connection's next bytes are no request.
  if (!header(head.headers, "Content-Length").empty() || !header(head.headers, "Transfer-Encoding").empty())
    head.keep_alive = false;
  return head;
}

// Nothing where there is no length, or one that is no number.
std::optional<std::size_t> body_length(const RequestHead& head) {
  const std::string_view text = header(head.headers, "Content-Length");
  std::size_t length = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (fault == std::errc::result_out_of_range) return SIZE_MAX;
  if (text.empty() || fault != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return header(head.headers, "Transfer-Encoding").empty() ? std::optional(length) : std::nullopt;
}

// Why what a page sent is not taken, or is not a page's at all; 0: it is taken.
int refusal(const RequestHead& head, const Served& served) {
  const std::string_view host = header(head.headers, "Host");
  if (host != served.host && host != "localhost" + served.host.substr(served.host.find(':'))) return 403;
  if (header(head.headers, "Origin") != "http://" + std::string(host)) return 403;
  if (header(head.headers, "Content-Type") != post_type) return 415;
  const auto length = body_length(head);
  if (!length) return 411;
  return *length > longest_post ? 413 : 0;
}

Reply reply_to_post(const std::string& body, const Served& served) {
  auto taken = served.habits.take_post(body);
  if (taken) return text_reply(*taken + "\n");
  Reply reply = text_reply(describe(taken.error()));
  reply.status = taken.error().kind == Kind::misuse ? 422 : 500;
  return reply;
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

// A client's, whose socket never blocks: requests are read as they come, replies sent as fast as it takes them.
struct Connection {
  Descriptor socket;
  double deadline = 0;
  bool closes = false;  // after what is to be sent
  std::string in, out;
  Descriptor file;  // what follows `out`, from `at` on
  off_t at = 0;
  std::size_t left = 0;

  bool is_sending() const { return !out.empty() || left > 0; }
  bool receive();
  bool send();
  bool answer(const Served& served);
  bool answer_post(const RequestHead& head, std::size_t start, const Served& served);
  void put(Reply reply, bool with_body);
};

bool Connection::receive() {
  std::array<char, 4096> chunk;
  const ssize_t got = ::recv(socket.get(), chunk.data(), chunk.size(), 0);
  if (got <= 0) return got < 0 && would_block();
  in.append(chunk.data(), static_cast<std::size_t>(got));
  return true;
}

bool Connection::send() {
  for (;;) {
    if (out.empty() && left > 0) {
      out.resize(std::min(left, chunk_bytes));
      const ssize_t got = ::pread(file.get(), out.data(), out.size(), at);
      if (got <= 0) return false;  // it was cut off since
      out.resize(static_cast<std::size_t>(got));
      at += got;
      left -= out.size();
    }
    if (out.empty()) return !closes;
    const ssize_t sent = ::send(socket.get(), out.data(), out.size(), MSG_NOSIGNAL);
    if (sent < 0) return would_block();
    out.erase(0, static_cast<std::size_t>(sent));
  }
}

void Connection::put(Reply reply, bool with_body) {
  out = "HTTP/1.1 " + status_text(reply.status) + "\r\n";
  if (reply.status != 304) reply.headers.emplace_back("Content-Length", std::to_string(reply.length));
  reply.headers.emplace_back("Cache-Control", "no-cache");  // the next look shall see the next build
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Connection", closes ? "close" : "keep-alive");
  for (const auto& [name, value] : reply.headers) out += name + ": " + value + "\r\n";
  out += "\r\n";
  if (!with_body || reply.status == 304) return;
  out += reply.text;
  left = reply.file ? reply.length : 0;
  at = 0;
  file = std::move(reply.file);
}

// Takes what stands from `start` on as the body, once it is whole.
bool Connection::answer_post(const RequestHead& head, std::size_t start, const Served& served) {
  const int refused = refusal(head, served);
  const std::size_t length = refused == 0 ? *body_length(head) : 0;
  if (in.size() - start < length) return true;
  const std::string body = in.substr(start, length);
  in.clear();
  closes = true;
  put(refused == 0 ? reply_to_post(body, served) : status_reply(refused), true);
  if (served.habits.log) served.habits.log("POST " + head.target + ' ' + out.substr(9, 3));
  return send();
}

// Takes the next request where it is whole.
bool Connection::answer(const Served& served) {
  const auto end = std::min(in.find("\r\n\r\n"), in.size());
  if (end == in.size() && end <= longest_head) return true;
  const auto head = end <= longest_head ? read_request_head(std::string_view(in).substr(0, end)) : std::nullopt;
  closes = !head || !head->keep_alive;
  if (!head) {
    put(status_reply(400), true);
    return send();
  }
  if (served.habits.take_post && head->method == "POST" && head->target == post_target)
    return answer_post(*head, end + 4, served);
  in.erase(0, end + 4);
  const bool reads = head->method == "GET" || head->method == "HEAD";
  Reply reply = reads ? reply_to(head->target, served) : status_reply(405, {{"Allow", "GET, HEAD"}});
  if (reply.status == 200 && is_unchanged(head->headers, reply.headers))
    reply.status = 304;
  else if (served.habits.each_second)
    add_reloading(reply);
  if (served.habits.log && head->target != reload_target)
    served.habits.log(head->method + ' ' + head->target + ' ' + std::to_string(reply.status));
  put(std::move(reply), head->method != "HEAD");
  return send();
}

}  // namespace

Result<StaticServer> StaticServer::listen(const std::string& folder, int port) {
  if (port < 0 || port > 65535)
    return Error{Kind::misuse, Place{}, std::to_string(port) + " is not a port", "choose one from 0 (any) to 65535"};
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.get(), generic, size) == 0 && ::listen(socket.get(), 64) == 0 &&
      ::getsockname(socket.get(), generic, &size) == 0)
    return StaticServer(folder, std::move(socket), ntohs(address.sin_port));
  const int code = errno;
  Error error = system_error("127.0.0.1:" + std::to_string(port), "listen", code);
  if (code != EADDRINUSE && code != EACCES) return error;
  error.kind = Kind::misuse;
  error.hint = "choose another port with --port, or 0 for any that is free";
  return error;
}

std::string StaticServer::address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

void StaticServer::run(int stop, const Habits& habits) const {
  const Served served{folder_, habits, "127.0.0.1:" + std::to_string(port_)};
  std::list<Connection> connections;
  double due = steady_seconds() + 1;  // each_second
  for (;;) {
    // Those that come when there are too many wait in the kernel's queue.
    const short accepts = connections.size() < most_connections ? POLLIN : 0;
    std::vector<pollfd> waiting{{stop, POLLIN, 0}, {socket_.get(), accepts, 0}};
    for (const Connection& one : connections)
      waiting.push_back({one.socket.get(), static_cast<short>(one.is_sending() ? POLLOUT : POLLIN), 0});
    if (::poll(waiting.data(), waiting.size(), connections.empty() && !habits.each_second ? -1 : 1000) < 0 &&
        errno != EINTR)
      return;
    if (waiting[0].revents != 0) return;
    if (habits.each_second && steady_seconds() >= due) {
      habits.each_second();
      due = steady_seconds() + 1;
    }
    const double now = steady_seconds();
    auto polled = waiting.begin() + 2;
    for (auto one = connections.begin(); one != connections.end(); ++polled) {
      bool is_open = now < one->deadline;
      if (polled->revents != 0) {
        one->deadline = now + idle_seconds;
        is_open = one->is_sending() ? one->send() : one->receive();
        // Several requests can have come at once.
        for (std::size_t had = 0; is_open && !one->is_sending() && one->in.size() != had;) {
          had = one->in.size();
          is_open = one->answer(served);
        }
      }
      one = is_open ? std::next(one) : connections.erase(one);
    }
    if (waiting[1].revents == 0) continue;
    Descriptor client(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!client) continue;
    connections.emplace_back().socket = std::move(client);
    connections.back().deadline = now + idle_seconds;
  }
}

void StaticServer::run_until_interrupted(const Habits& habits) const {
  sigset_t signals, before;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGINT);
  ::sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, &before);
  const Descriptor stop(::signalfd(-1, &signals, SFD_CLOEXEC));
  run(stop.get(), habits);
  signalfd_siginfo taken{};
  (void)!::read(stop.get(), &taken, sizeof taken);  // or it would be delivered now
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace daybook
