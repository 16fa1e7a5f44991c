#include "platform/static_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/http.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/publish.h"
#include "platform/static_exchange.h"
#include "platform/static_files.h"
#include "support/catch.h"
#include "support/folder.h"
#include "variable.h"

using namespace daybook;

namespace {

class Running {
 public:
  explicit Running(const std::string& folder)
      : server(*StaticServer::listen(folder, 0)), thread_([this] { server->run(); }) {}
  ~Running() {
    server->stop();
    thread_.join();
  }
  Response get(const std::string& target, Headers headers = {}, const std::string& method = "GET") {
    Request request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(server->port()) + target;
    request.headers = std::move(headers);
    return *client_.send(request);
  }
  int connect() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(server->port()));
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

  SetVariable no_proxy{"no_proxy", "*"}, http_proxy{"http_proxy", ""};
  std::unique_ptr<StaticServer> server;

 private:
  HttpClient client_;
  std::thread thread_;
};

std::string text_of(const FoundFile& found) {
  std::string bytes;
  if (found.file) read_all(found.file.get(), bytes);
  return bytes;
}

}  // namespace

TEST_CASE("a file's type is known by its name") {
  CHECK(content_type("index.html") == "text/html; charset=utf-8");
  CHECK(content_type("style.CSS") == "text/css; charset=utf-8");
  CHECK(content_type("search.js") == "text/javascript; charset=utf-8");
  CHECK(content_type("atom.xml") == "application/atom+xml; charset=utf-8");
  CHECK(content_type("rss.xml") == "application/rss+xml; charset=utf-8");
  CHECK(content_type("sitemap.xml") == "application/xml; charset=utf-8");
  CHECK(content_type("notatom.xml") == "application/xml; charset=utf-8");
  CHECK(content_type("feed.json") == "application/feed+json; charset=utf-8");
  CHECK(content_type("index.json") == "application/json; charset=utf-8");
  CHECK(content_type("index.md") == "text/markdown; charset=utf-8");
  CHECK(content_type("feeds.opml") == "text/x-opml; charset=utf-8");
  CHECK(content_type("robots.txt") == "text/plain; charset=utf-8");
  CHECK(content_type("icon.svg") == "image/svg+xml");
  CHECK(content_type("icon.png") == "image/png");
  CHECK(content_type("favicon.ico") == "image/x-icon");
  CHECK(content_type("LICENSE") == "application/octet-stream");
}

TEST_CASE("an address leads to a file of the folder and to nothing else") {
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

  const auto text = [&](const char* target) { return text_of(find_file(site, target)); };
  CHECK(text("/") == "home");
  CHECK(text("/?a=/../b") == "home");
  CHECK(text("//") == "home");
  CHECK(text("/index.html") == "home");
  CHECK(text("/a%20b/%c3%A9.txt?x") == "accent");
  CHECK(text("/day/") == "day");
  CHECK(text("/inside") == "home");
  CHECK(text("/.well-known/x") == "known");

  using What = FoundFile::What;
  for (const char* target : {"/none", "/index.html/", "/bare/", "/.daybook", "/link", "/neighbour/x", "/trap/", "/..",
                             "/../secret", "/day/../../secret", "/%2e%2e/secret", "/%2E%2E%2Fsecret",
                             "/day/..%2f..%2fsecret", "/..\\secret", "/../site/index.html", "/.", "/day/./"}) {
    INFO(target);
    CHECK(find_file(site, target).what == What::missing);
  }
  for (const char* target : {"", "index.html", "*", "http://example.org/", "/%", "/%4", "/%zz", "/a%00b"}) {
    INFO(target);
    CHECK(find_file(site, target).what == What::malformed);
  }
  CHECK(find_file(site, "/day?x=1").location == "/day/?x=1");
  CHECK(find_file(site, "/a%20b").location == "/a%20b/");
  CHECK(find_file(site, "//day").location == "/day/");  // not another host
  CHECK(find_file(folder / "nowhere", "/").what == What::missing);
}

TEST_CASE("a request's head is read, and what is none is refused at every byte") {
  const std::string text = "GET /a?b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Empty:\r\n";
  const auto head = read_request_head(text);
  REQUIRE(head);
  CHECK(head->method == "GET");
  CHECK(head->target == "/a?b");
  CHECK_FALSE(head->keep_alive);
  CHECK(head->headers == Headers{{"Host", "localhost"}, {"Connection", "close"}, {"X-Empty", ""}});
  for (std::size_t length = 0; length < 17; ++length) CHECK_FALSE(read_request_head(text.substr(0, length)));
  for (std::size_t length = 17; length < text.size(); ++length) (void)read_request_head(text.substr(0, length));
  CHECK(read_request_head("GET / HTTP/1.0")->keep_alive == false);
  CHECK(read_request_head("GET / HTTP/1.0\r\nConnection: Keep-Alive")->keep_alive);
  for (const char* bad : {"", " ", "GET /", "GET  / HTTP/1.1", "GET / HTTP/2.0", "GET / a HTTP/1.1",
                          "\r\nGET / HTTP/1.1", "GET / HTTP/1.1\r\nno colon", "GET / HTTP/1.1\r\n: x"})
    CHECK_FALSE(read_request_head(bad));
}

TEST_CASE("the site is served with its types, its folders and its own page for what is missing") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  put(folder / "day/index.html", "day");
  put(folder / "atom.xml", std::string(300000, 'x'));
  Running running(folder.path());
  CHECK(running.server->address() == "http://127.0.0.1:" + std::to_string(running.server->port()) + "/");
  const Response home = running.get("/");
  CHECK(home.status == 200);
  CHECK(home.body == "home");
  CHECK(header(home.headers, "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(home.headers, "Cache-Control") == "no-cache");
  CHECK(running.get("/day").body == "day");  // by way of the redirect
  CHECK(running.get("/atom.xml").body == std::string(300000, 'x'));
  const Response head = running.get("/atom.xml", {}, "HEAD");
  CHECK(header(head.headers, "Content-Length") == "300000");
  CHECK(header(head.headers, "Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(running.get("/none").status == 404);
  CHECK(running.get("/none").body == "404 Not Found\n");
  put(folder / "404.html", "nothing here");
  CHECK(running.get("/none").body == "nothing here");
  CHECK(running.get("/none").status == 404);
  CHECK(running.get("/none", {{"If-None-Match", "*"}}).status == 404);
  CHECK(running.get("/%").status == 400);
  const Response post = running.get("/", {}, "POST");
  CHECK(post.status == 405);
  CHECK(header(post.headers, "Allow") == "GET, HEAD");
}

TEST_CASE("what the browser has already is not sent again, until a build changes it") {
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

TEST_CASE("a build that swaps the folder is seen at the next request") {
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

TEST_CASE("several connections are served at once, and stop ends all of them") {
  const TemporaryFolder folder;
  put(folder / "index.html", "home");
  const double start = steady_seconds();
  {
    Running running(folder.path());
    std::vector<int> silent;
    for (int i = 0; i < 10; ++i) silent.push_back(running.connect());
    CHECK(running.get("/").body == "home");
    for (const int socket : silent) ::close(socket);
    const int open = running.connect();
    CHECK(running.get("/").body == "home");
    (void)open;
  }
  CHECK(steady_seconds() - start < 5);
}

TEST_CASE("pipelined requests are answered in turn, broken ones with 400") {
  const TemporaryFolder folder;
  put(folder / "a.txt", "AAA");
  put(folder / "b.txt", "BBB");
  Running running(folder.path());
  const std::string both =
      running.raw("GET /a.txt HTTP/1.1\r\n\r\nGET /b.txt HTTP/1.1\r\nConnection: close\r\n\r\nGET /c");
  CHECK(both.find("AAAHTTP/1.1 200 OK\r\n") != std::string::npos);
  CHECK(both.substr(both.size() - 3) == "BBB");
  CHECK(running.raw("garbage\r\n\r\n").find("HTTP/1.1 400 Bad Request\r\n") == 0);
  CHECK(running.raw("GET /" + std::string(20000, 'a')).find("HTTP/1.1 400 Bad Request\r\n") == 0);
  CHECK(running.raw("GET / HTTP/1.1\r\n").empty());  // cut off
  const std::string smuggled = running.raw("POST / HTTP/1.1\r\nContent-Length: 26\r\n\r\nGET /a.txt HTTP/1.1\r\n\r\n");
  CHECK(smuggled.find("AAA") == std::string::npos);
}

TEST_CASE("a port that is taken is an error with a mend") {
  const TemporaryFolder folder;
  const auto first = StaticServer::listen(folder.path(), 0);
  const int port = (*first)->port();
  CHECK(describe(StaticServer::listen(folder.path(), port).error()) ==
        "127.0.0.1:" + std::to_string(port) + ": error: cannot listen: address already in use\n" +
            "  mend: choose another port with --port, or 0 for any that is free\n");
  CHECK(StaticServer::listen(folder.path(), 65536).error().what == "65536 is no port");
}

TEST_CASE("an interrupt stops the server and leaves the handlers as they were") {
  const TemporaryFolder folder;
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before {
    }, after{};
    ::sigaction(signal, nullptr, &before);
    auto server = *StaticServer::listen(folder.path(), 0);
    std::thread interrupter([&] {
      struct sigaction now {};
      while (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == before.sa_handler) sleep_seconds(0.001);
      ::kill(::getpid(), signal);
    });
    serve_until_interrupted(*server);
    interrupter.join();
    ::sigaction(signal, nullptr, &after);
    CHECK(before.sa_handler == after.sa_handler);
  }
}
