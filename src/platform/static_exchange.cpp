#include "platform/static_exchange.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/date.h"
#include "core/text.h"
#include "platform/polite.h"
#include "platform/static_files.h"

namespace daybook {

namespace {

constexpr std::size_t longest_head = 16U << 10U;
constexpr std::size_t too_long = static_cast<std::size_t>(-1);

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string http_date(Instant when) {  // IMF-fixdate, RFC 9110 5.6.7
  std::string text = when.rfc822();
  return text.replace(text.size() - 5, 5, "GMT");
}

struct Reply {
  int status = 200;
  Headers headers;
  std::string text;        // the body where there is no file
  Descriptor file;         // the body
  std::size_t length = 0;  // of the body, sent or not
};

Reply text_reply(int status, Headers headers = {}) {
  Reply reply;
  reply.status = status;
  reply.headers = std::move(headers);
  reply.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
  reply.text = status_text(status) + "\n";
  reply.length = reply.text.size();
  return reply;
}

// The whole of an open file, with the names by which a client can ask whether it changed.
Reply file_reply(int status, FoundFile found) {
  struct stat about {};
  if (::fstat(found.file.get(), &about) != 0) return text_reply(500);
  Reply reply;
  reply.status = status;
  reply.length = static_cast<std::size_t>(about.st_size);
  const std::string tag = std::to_string(about.st_ino) + '-' + std::to_string(about.st_size) + '-' +
                          std::to_string(about.st_mtim.tv_sec) + '.' + std::to_string(about.st_mtim.tv_nsec);
  reply.headers = {{"Content-Type", std::string(content_type(found.name))},
                   {"ETag", '"' + tag + '"'},
                   {"Last-Modified", http_date(Instant{about.st_mtim.tv_sec})}};
  reply.file = std::move(found.file);
  return reply;
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

Reply reply_to(const RequestHead& request, const std::string& folder) {
  if (request.method != "GET" && request.method != "HEAD") return text_reply(405, {{"Allow", "GET, HEAD"}});
  FoundFile found = find_file(folder, request.target);
  switch (found.what) {
    case FoundFile::What::malformed:
      return text_reply(400);
    case FoundFile::What::redirect:
      return text_reply(302, {{"Location", found.location}});
    case FoundFile::What::missing: {
      FoundFile page = find_file(folder, "/404.html");
      return page.what == FoundFile::What::file ? file_reply(404, std::move(page)) : text_reply(404);
    }
    case FoundFile::What::file:
      break;
  }
  Reply reply = file_reply(200, std::move(found));
  if (reply.status == 200 && is_unchanged(request.headers, reply.headers)) {
    reply.status = 304;
    reply.file = Descriptor();
  }
  return reply;
}

bool send_file(int socket, int file, std::size_t length) {
  std::array<char, 64U << 10U> buffer;
  while (length > 0) {
    const ssize_t got = ::read(file, buffer.data(), std::min(buffer.size(), length));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || !send_all(socket, {buffer.data(), static_cast<std::size_t>(got)})) return false;
    length -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send_reply(int socket, const Reply& reply, bool head_only, bool keep_alive) {
  std::string head = "HTTP/1.1 " + status_text(reply.status) + "\r\n";
  for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
  if (reply.status != 304) head += "Content-Length: " + std::to_string(reply.length) + "\r\n";
  // The next look shall see the next build.
  head += std::string("Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: ") +
          (keep_alive ? "keep-alive" : "close") + "\r\n\r\n";
  if (head_only || reply.status == 304) return send_all(socket, head);
  if (!reply.file) return send_all(socket, head + reply.text);
  return send_all(socket, head) && send_file(socket, reply.file.get(), reply.length);
}

// Reads on until `buffer` has a whole head; its length with the empty line, 0 where none comes, too_long where it
// is longer than we take.
std::size_t receive_head(int socket, std::string& buffer) {
  for (;;) {
    const auto end = buffer.find("\r\n\r\n");
    if (end != std::string::npos && end <= longest_head) return end + 4;
    if (buffer.size() > longest_head) return too_long;
    std::array<char, 4096> chunk;
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    buffer.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::optional<RequestHead> read_request_head(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const std::vector<std::string_view> words = split(lines.front(), ' ');
  if (words.size() != 3 || words[0].empty() || words[1].empty()) return std::nullopt;
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") return std::nullopt;
  RequestHead head{std::string(words[0]), std::string(words[1]), words[2] == "HTTP/1.1", {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto colon = lines[i].find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    head.headers.emplace_back(lines[i].substr(0, colon), trim(lines[i].substr(colon + 1)));
  }
  const std::string connection = ascii_lower(header(head.headers, "Connection"));
  if (connection == "close") head.keep_alive = false;
  if (connection == "keep-alive") head.keep_alive = true;
  return head;
}

void serve_connection(int socket, const std::string& folder, const std::function<void(const std::string&)>& log) {
  std::string buffer;
  for (;;) {
    const std::size_t length = receive_head(socket, buffer);
    if (length == 0) return;
    const auto head =
        length == too_long ? std::nullopt : read_request_head(std::string_view(buffer).substr(0, length - 4));
    if (!head) {
      send_reply(socket, text_reply(400), false, false);
      return;
    }
    buffer.erase(0, length);
    // A body is not read, so that where there is one the connection's next bytes are no request.
    const bool has_body =
        !header(head->headers, "Content-Length").empty() || !header(head->headers, "Transfer-Encoding").empty();
    const bool keep_alive = head->keep_alive && !has_body;
    const Reply reply = reply_to(*head, folder);
    if (log) log(head->method + ' ' + head->target + ' ' + std::to_string(reply.status));
    if (!send_reply(socket, reply, head->method == "HEAD", keep_alive) || !keep_alive) return;
  }
}

}  // namespace daybook
