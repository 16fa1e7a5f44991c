#include "platform/static_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/http.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/publish.h"
#include "support/catch.h"
#include "support/folder.h"
#include "variable.h"

using namespace daybook;

namespace {

class Running {
 public:
  explicit Running(const std::string& folder, StaticServer::Habits habits = {})
      : server(*StaticServer::listen(folder, 0)),
        habits_(std::move(habits)),
        stop_(::eventfd(0, EFD_CLOEXEC)),
        thread_([this] { server.run(stop_.get(), habits_); }) {}
  ~Running() {
    ::eventfd_write(stop_.get(), 1);
    thread_.join();
  }
  Response get(const std::string& target, Headers headers = {}, const std::string& method = "GET") {
    Request request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(server.port()) + target;
    request.headers = std::move(headers);
    return *client_.send(request);
  }
  int connect() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(server.port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return socket;
  }
  // All that comes back for these bytes until the server closes.
  std::string raw(const std::string& bytes) const {
    const int socket = connect();
    (void)!::write(socket, bytes.data(), bytes.size());
    ::shutdown(socket, SHUT_WR);
    std::string reply;
    char chunk[4096];
    for (ssize_t got = 0; (got = ::read(socket, chunk, sizeof chunk)) > 0;)
      reply.append(chunk, static_cast<std::size_t>(got));
    ::close(socket);
    return reply;
  }
  // "200 text", for a target that no client would send as it is.
  std::string answer(const std::string& target) const {
    const std::string reply = raw("GET " + target + " HTTP/1.0\r\n\r\n");
    return reply.substr(9, 3) + ' ' + reply.substr(reply.find("\r\n\r\n") + 4);
  }

  NoProxy no_proxy;
  StaticServer server;

 private:
  StaticServer::Habits habits_;
  HttpClient client_;
  Descriptor stop_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("static server: a file's type is known by its name", "[http]") {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> types{{"index.html", "text/html; charset=utf-8"},
                                                               {"style.CSS", "text/css; charset=utf-8"},
                                                               {"search.js", "text/javascript; charset=utf-8"},
                                                               {"atom.xml", "application/atom+xml; charset=utf-8"},
                                                               {"rss.xml", "application/rss+xml; charset=utf-8"},
                                                               {"notatom.xml", "application/xml; charset=utf-8"},
                                                               {"feed.json", "application/feed+json; charset=utf-8"},
                                                               {"index.json", "application/json; charset=utf-8"},
                                                               {"index.md", "text/markdown; charset=utf-8"},
                                                               {"feeds.opml", "text/x-opml; charset=utf-8"},
                                                               {"robots.txt", "text/plain; charset=utf-8"},
                                                               {"icon.svg", "image/svg+xml"},
                                                               {"favicon.ico", "image/x-icon"},
                                                               {"LICENSE", "application/octet-stream"}};
  for (const auto& [name, type] : types) put(folder / name, "x");
  Running running(folder.path());
  for (const auto& [name, type] : types) CHECK(header(running.get('/' + name).headers, "Content-Type") == type);
}

TEST_CASE("static server: an address leads to a file of the folder and to nothing else", "[http]") {
  const TemporaryFolder folder;
  const std::string site = folder / "site";
  put(site + "/index.html", "home");
  put(site + "/a b/\xC3\xA9.txt", "accent");
  put(site + "/day/index.html", "day");
  put(site + "/.daybook", "hidden");
  put(site + "/.well-known/x", "known");
  put(folder / "secret", "secret");
  put(folder / "site-b/x", "neighbour");
  std::filesystem::create_directory(site + "/bare");
  std::filesystem::create_symlink("../secret", site + "/link");
  std::filesystem::create_directory_symlink("../site-b", site + "/neighbour");
  std::filesystem::create_symlink("index.html", site + "/inside");
  std::filesystem::create_directory(site + "/trap");
  std::filesystem::create_symlink("../../secret", site + "/trap/index.html");

  Running running(site);
  const std::vector<std::pair<std::string, std::string>> found{{"/", "home"},
                                                               {"/?a=/../b", "home"},
                                                               {"//", "home"},
                                                               {"/index.html", "home"},
                                                               {"/a%20b/%c3%A9.txt?x", "accent"},
                                                               {"/day/", "day"},
                                                               {"/inside", "home"},
                                                               {"/.well-known/x", "known"}};
  for (const auto& [target, text] : found) CHECK(running.answer(target) == "200 " + text);
  for (const char* target : {"/none", "/index.html/", "/bare/", "/.daybook", "/link", "/neighbour/x", "/trap/", "/..",
                             "/../secret", "/day/../../secret", "/%2e%2e/secret", "/%2E%2E%2Fsecret",
                             "/day/..%2f..%2fsecret", "/..\\secret", "/../site/index.html", "/.", "/day/./"}) {
    INFO(target);
    CHECK(running.answer(target) == "404 404 Not Found\n");
  }
  for (const char* target : {"index.html", "*", "http://example.org/", "/%", "/%4", "/%zz", "/%-1", "/a%00b"}) {
    INFO(target);
    CHECK(running.answer(target) == "400 400 Bad Request\n");
  }
  for (const auto& [target, location] : std::vector<std::pair<std::string, std::string>>{
           {"/day?x=1", "/day/?x=1"}, {"/a%20b", "/a%20b/"}, {"//day", "/day/"}}) {  // not another host
    const std::string reply = running.raw("GET " + target + " HTTP/1.0\r\n\r\n");
    CHECK(reply.find("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n") == 0);
  }
}

TEST_CASE("static server: a folder has its page, and what is missing the site's own", "[http]") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  put(folder / "day/index.html", "day");
  put(folder / "atom.xml", std::string(3000000, 'x'));
  Running running(folder.path());
  CHECK(running.server.address() == "http://127.0.0.1:" + std::to_string(running.server.port()) + "/");
  const Response home = running.get("/");
  CHECK(home.status == 200);
  CHECK(home.body == "home");
  CHECK(header(home.headers, "Cache-Control") == "no-cache");
  CHECK(running.get("/day").body == "day");  // by way of the redirect
  CHECK((running.get("/atom.xml").body == std::string(3000000, 'x')));
  const Response head = running.get("/atom.xml", {}, "HEAD");
  CHECK(header(head.headers, "Content-Length") == "3000000");
  CHECK(header(head.headers, "Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(running.get("/none").status == 404);
  put(folder / "404.html", "nothing here");
  CHECK(running.get("/none").body == "nothing here");
  CHECK(running.get("/none", {{"If-None-Match", "*"}}).status == 404);
  const Response post = running.get("/", {}, "POST");
  CHECK(post.status == 405);
  CHECK(header(post.headers, "Allow") == "GET, HEAD");
}

TEST_CASE("static server: what the browser has already is not sent again, until a build changes it", "[http]") {
  const TemporaryFolder folder;
  put(folder / "index.html", "old");
  Running running(folder.path());
  const Response first = running.get("/");
  const std::string tag(header(first.headers, "ETag")), date(header(first.headers, "Last-Modified"));
  CHECK(date.substr(date.size() - 4) == " GMT");
  CHECK(running.get("/", {{"If-None-Match", "\"x\", W/" + tag}}).status == 304);
  CHECK(running.get("/", {{"If-None-Match", tag}}).body.empty());
  CHECK(running.get("/", {{"If-Modified-Since", date}}).status == 304);
  CHECK(running.get("/", {{"If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"}}).status == 200);
  CHECK(running.get("/", {{"If-None-Match", "\"x\""}, {"If-Modified-Since", date}}).status == 200);
  put(folder / "new.html", "new");
  std::filesystem::rename(folder / "new.html", folder / "index.html");
  CHECK(running.get("/", {{"If-None-Match", tag}}).body == "new");
}

TEST_CASE("static server: a build that swaps the folder is seen at the next request", "[http]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  const auto publish = [&](const std::string& text) {
    auto publication = Publication::begin(out);
    REQUIRE((*publication)->add("index.html", text));
    REQUIRE((*publication)->commit());
  };
  Running running(out);
  CHECK(running.get("/").status == 404);
  publish("one");
  CHECK(running.get("/").body == "one");
  publish("two");
  CHECK(running.get("/").body == "two");
}

TEST_CASE("static server: pages get a script that loads them again when the folder was exchanged", "[http]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  const auto publish = [&](const std::string& text) {
    auto publication = Publication::begin(out);
    REQUIRE((*publication)->add("index.html", text));
    REQUIRE((*publication)->add("404.html", "none"));
    REQUIRE((*publication)->add("index.md", text));
    REQUIRE((*publication)->commit());
  };
  publish("one");
  std::atomic<int> looked = 0;
  StaticServer::Habits habits;
  habits.each_second = [&] {
    if (++looked == 1) publish("two");
  };
  Running running(out, habits);
  const std::string line = "<script src=\"/__reload.js\"></script>\n";
  const Response script = running.get("/__reload.js");
  CHECK(header(script.headers, "Content-Type") == "text/javascript; charset=utf-8");
  const std::string shown = running.get("/__reload").body;
  CHECK(script.body.find("let shown = \"" + shown + "\";\n") == 0);
  CHECK(running.get("/").body == "one" + line);
  CHECK(running.get("/none").body == "none" + line);
  CHECK(running.get("/index.md").body == "one");
  const Response head = running.get("/", {}, "HEAD");
  CHECK(header(head.headers, "Content-Length") == std::to_string(3 + line.size()));
  for (const double start = steady_seconds(); looked < 2 && steady_seconds() - start < 20;)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(running.get("/__reload").body != shown);
  CHECK(running.get("/").body == "two" + line);
  CHECK(bytes_of(out + "/index.html") == "two");  // what is published has no such line
}

TEST_CASE("static server: a path below the site's root on its host is one below the folder", "[http]") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  put(folder / "style.css", "p{}");
  put(folder / "day/index.html", "day");
  StaticServer::Habits habits;
  habits.root = "/papers/";
  Running running(folder.path(), habits);
  const std::pair<const char*, std::string> answers[] = {{"/papers/style.css", "200 p{}"},
                                                         {"/papers/", "200 home"},
                                                         {"/papers/day/", "200 day"},
                                                         {"/style.css", "200 p{}"},
                                                         {"/papers/none", "404 404 Not Found\n"},
                                                         {"/papers/../../x", "404 404 Not Found\n"},
                                                         {"/papersstyle.css", "404 404 Not Found\n"},
                                                         {"/__reload", "404 404 Not Found\n"}};
  for (const auto& [target, answer] : answers) CHECK(running.answer(target) == answer);
  CHECK(running.get("/papers/day").body == "day");
}

TEST_CASE("static server: silent and slow clients hold up nobody, and stop ends all of them", "[http]") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  put(folder / "long", std::string(30000000, 'x'));
  const double start = steady_seconds();
  std::vector<int> sockets;
  {
    Running running(folder.path());
    for (int i = 0; i < 10; ++i) sockets.push_back(running.connect());
    CHECK(running.get("/").body == "home");
    (void)!::write(sockets.front(), "GET /long HTTP/1.1\r\n\r\n", 22);  // and reads nothing
    CHECK(running.get("/").body == "home");
  }
  for (const int socket : sockets) ::close(socket);
  CHECK(steady_seconds() - start < 5);
}

TEST_CASE("static server: pipelined requests are answered in turn, broken ones with 400", "[http]") {
  const TemporaryFolder folder;
  put(folder / "a.txt", "AAA");
  put(folder / "b.txt", "BBB");
  Running running(folder.path());
  const std::string both =
      running.raw("GET /a.txt HTTP/1.1\r\n\r\nGET /b.txt HTTP/1.1\r\nConnection: close\r\n\r\nGET /c");
  CHECK(both.find("AAAHTTP/1.1 200 OK\r\n") != std::string::npos);
  CHECK(both.substr(both.size() - 3) == "BBB");
  for (const char* bad : {"garbage", " ", "GET /", "GET  / HTTP/1.1", "GET / HTTP/2.0", "GET / a HTTP/1.1",
                          "\r\nGET / HTTP/1.1", "GET / HTTP/1.1\r\nno colon", "GET / HTTP/1.1\r\n: x"})
    CHECK(running.raw(std::string(bad) + "\r\n\r\n").find("HTTP/1.1 400 Bad Request\r\n") == 0);
  CHECK(running.raw("GET /" + std::string(20000, 'a')).find("HTTP/1.1 400 Bad Request\r\n") == 0);
  CHECK(running.raw("GET / HTTP/1.1\r\n").empty());  // cut off
  CHECK(running.raw("GET /a.txt HTTP/1.0\r\n\r\n").find("Connection: close\r\n") != std::string::npos);
  CHECK(running.raw("GET /a.txt HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n").find("Connection: keep-alive\r\n") !=
        std::string::npos);
  const std::string smuggled = running.raw("POST / HTTP/1.1\r\nContent-Length: 26\r\n\r\nGET /a.txt HTTP/1.1\r\n\r\n");
  CHECK(smuggled.find("AAA") == std::string::npos);
}

TEST_CASE("static server: a port that is taken is an error with a hint", "[http]") {
  const TemporaryFolder folder;
  const auto first = StaticServer::listen(folder.path(), 0);
  const int port = first->port();
  CHECK(describe(StaticServer::listen(folder.path(), port).error()) ==
        "127.0.0.1:" + std::to_string(port) + ": error: cannot listen: address already in use\n" +
            "  hint: choose another port with --port, or 0 for any that is free\n");
  CHECK(StaticServer::listen(folder.path(), 65536).error().what == "65536 is not a port");
}

TEST_CASE("static server: an interrupt ends it and leaves the signals as they were", "[http]") {
  const TemporaryFolder folder;
  const auto server = StaticServer::listen(folder.path(), 0);
  for (const int signal : {SIGINT, SIGTERM}) {
    sigset_t one, before, after, pending;
    ::sigemptyset(&one);
    ::sigaddset(&one, signal);
    ::pthread_sigmask(SIG_BLOCK, &one, &before);  // so that it waits until the server looks
    ::kill(::getpid(), signal);
    server->run_until_interrupted({});
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, signal) == 0);
    ::pthread_sigmask(SIG_SETMASK, &before, &after);
    CHECK(::sigismember(&after, signal) == 1);
    CHECK(::sigismember(&after, signal == SIGINT ? SIGTERM : SIGINT) == 0);
  }
}

TEST_CASE("static server: a page of its own may send something, and no other site's", "[http]") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  std::vector<std::string> taken;
  StaticServer::Habits habits;
  habits.take_post = [&](const std::string& body) -> Result<std::string> {
    if (body == "bad") return Error{Kind::misuse, {}, "this is bad", ""};
    if (body == "full") return Error{Kind::failed, {}, "the disk is full", ""};
    taken.push_back(body);
    return "noted " + std::to_string(body.size());
  };
  Running running(folder.path(), habits);
  const std::string here = "127.0.0.1:" + std::to_string(running.server.port());
  const std::string localhost = "localhost:" + std::to_string(running.server.port());
  struct Sent {
    std::string host, origin, body = "+ 9901.00001", type = "application/vnd.daybook.feedback", length = {};
  };
  const auto send = [&](const Sent& sent) {
    const std::string length = sent.length.empty() ? std::to_string(sent.body.size()) : sent.length;
    const std::string reply =
        running.raw("POST /__post HTTP/1.1\r\nHost: " + sent.host + "\r\n" +
                    (sent.origin.empty() ? "" : "Origin: " + sent.origin + "\r\n") + "Content-Type: " + sent.type +
                    "\r\n" + (length == "none" ? "" : "Content-Length: " + length + "\r\n") + "\r\n" + sent.body);
    return reply.empty() ? "nothing" : reply.substr(9, 3) + ' ' + reply.substr(reply.find("\r\n\r\n") + 4);
  };
  CHECK(send({here, "http://" + here}) == "200 noted 12\n");
  CHECK(send({localhost, "http://" + localhost, std::string(65536, 'x')}) == "200 noted 65536\n");
  CHECK(taken.size() == 2);
  CHECK(send({here, "http://" + here, "bad"}) == "422 error: this is bad\n");
  CHECK(send({here, "http://" + here, "full"}) == "500 error: the disk is full\n");

  const std::string forbidden = "403 403 Forbidden\n";
  CHECK(send({here, "https://evil.example"}) == forbidden);
  CHECK(send({here, "null"}) == forbidden);
  CHECK(send({here, ""}) == forbidden);
  CHECK(send({here, "http://127.0.0.1:1"}) == forbidden);
  CHECK(send({here, "http://" + localhost}) == forbidden);
  const std::string rebound = "evil.example:" + std::to_string(running.server.port());
  CHECK(send({rebound, "http://" + rebound}) == forbidden);
  CHECK(send({here, "http://" + here, "x", "text/plain"}) == "415 415 Unsupported Media Type\n");
  CHECK(send({here, "http://" + here, "", "application/vnd.daybook.feedback", "none"}) == "411 411 Length Required\n");
  for (const char* length : {"-1", "1x", "0x1"})
    CHECK(send({here, "http://" + here, "", "application/vnd.daybook.feedback", length}) ==
          "411 411 Length Required\n");
  for (const char* length : {"65537", "99999999999999999999999"})
    CHECK(send({here, "http://" + here, "", "application/vnd.daybook.feedback", length}) ==
          "413 413 Content Too Large\n");
  CHECK(send({here, "http://" + here, "cut", "application/vnd.daybook.feedback", "9"}) == "nothing");
  CHECK(taken.size() == 2);
  CHECK(running.raw("OPTIONS /__post HTTP/1.0\r\n\r\n").substr(9, 3) == "405");
  CHECK(running.get("/", {}, "POST").status == 405);
}
