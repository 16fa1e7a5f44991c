#include "platform/http.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "platform/url.h"
#include "support/catch.h"
#include "support/loopback_server.h"
#include "variable.h"

using namespace daybook;

namespace {

constexpr double patience = 60;  // seconds after which a test has failed rather than hangs

Request get(const std::string& url, Headers headers = {}) {
  Request request;
  request.url = url;
  request.headers = std::move(headers);
  return request;
}

Request post(const std::string& url, std::string body) {
  Request request = get(url, {{"Content-Type", "application/json"}});
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

HttpMulti::Ended next(HttpMulti& requests) {
  auto ended = requests.wait(patience);
  REQUIRE(ended);
  return std::move(*ended);
}

std::map<int, Result<Response>> all(HttpMulti& requests) {
  std::map<int, Result<Response>> results;
  while (requests.under_way() > 0) {
    auto ended = next(requests);
    REQUIRE(results.emplace(ended.number, std::move(ended.result)).second);
  }
  return results;
}

// Goes on with what is under way until the server has seen so many requests.
void until_seen(HttpMulti& requests, const LoopbackServer& server, std::size_t count) {
  for (int tries = 0; server.requests().size() < count && tries < 6000; ++tries) REQUIRE_FALSE(requests.wait(0.01));
  REQUIRE(server.requests().size() == count);
}

// Holds the server's answers back until so many requests wait for theirs, or until it is opened.
class Gate {
 public:
  explicit Gate(int expected) : expected_(expected) {}

  bool pass() {  // whether all expected ones were there
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::duration<double>(patience), [this] { return open_ || inside_ >= expected_; });
    return inside_ >= expected_;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int expected_;
  int inside_ = 0;
  bool open_ = false;
};

// A test's last object: the server, which outlives it, must not wait for answers that are held back.
struct OpenAtEnd {
  explicit OpenAtEnd(Gate& held) : gate(held) {}
  ~OpenAtEnd() { gate.open(); }
  OpenAtEnd(const OpenAtEnd&) = delete;
  Gate& gate;
};

// "daybook " a hundred times, as gzip -9n writes it.
const std::string gzipped(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x4b\x49\xac\x4c\xca\xcf\xcf\x56\x48\x19\xa5\x47\xe9\x51\x1a\x83"
    "\x06\x00\x7e\xe1\xd6\x66\x20\x03\x00\x00",
    36);

}  // namespace

TEST_CASE("http: a reply is handed on with status, headers and body", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/a", {.status = 418, .headers = {{"X-One", " 1 "}, {"x-one", "2"}, {"Empty", ""}}, .body = "tea"});
  HttpClient client("daybook-test/1");
  const auto response = client.send(get(server.url("/a?q=1"), {{"X-Asked", "yes"}, {"X-Empty", ""}}));
  REQUIRE(response);
  CHECK(response->status == 418);
  CHECK(response->body == "tea");
  CHECK(response->headers == Headers{{"X-One", "1"}, {"x-one", "2"}, {"Empty", ""}, {"Content-Length", "3"}});
  const Received request = server.requests().at(0);
  CHECK(request.method == "GET");
  CHECK(request.path == "/a?q=1");
  CHECK(request.header("user-agent") == "daybook-test/1");
  CHECK(request.header("X-Asked") == "yes");
  CHECK(request.header("Accept") == "*/*");  // arXiv answers 406 without
  CHECK(request.header("Accept-Encoding") == "gzip, deflate");
}

TEST_CASE("http: a body is sent as it is, and a HEAD has no body to wait for", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer_all([](const Received& request) { return Answer{.body = request.body}; });
  HttpClient client;
  Request post_echo = post(server.url("/echo"), std::string("{\"a\":\"\0\"}", 9) + std::string(2000000, 'x'));
  CHECK((client.send(post_echo)->body == post_echo.body));  // not printed
  CHECK(server.requests().at(0).header("Content-Type") == "application/json");
  CHECK(server.requests().at(0).header("Expect") == "");
  post_echo.body.clear();
  CHECK(client.send(post_echo)->body == "");
  CHECK(server.requests().at(1).method == "POST");
  post_echo.method = "PUT";
  post_echo.body = "put";
  CHECK(client.send(post_echo)->body == "put");
  CHECK(server.requests().at(2).method == "PUT");
  Request head = get(server.url("/echo"));
  head.method = "HEAD";
  CHECK(client.send(head)->status == 200);
  CHECK(client.send(get(server.url("/echo")))->status == 200);  // nothing of the last request is left
  CHECK(server.requests().at(4).method == "GET");
}

TEST_CASE("http: the end of a request says whether any of it left", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/gone", {.close_at_once = true});
  HttpMulti requests;
  requests.start(0, post(server.url("/gone"), "x"));
  CHECK(next(requests).left);
  requests.start(1, post("http://127.0.0.1:1/", "x"));
  CHECK_FALSE(next(requests).left);
}

TEST_CASE("http: a gzipped reply is unpacked, and the limit counts what comes out", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/z", {.headers = {{"Content-Encoding", "gzip"}}, .body = gzipped});
  HttpClient client;
  std::string expected;
  for (int i = 0; i < 100; ++i) expected += "daybook ";
  CHECK(client.send(get(server.url("/z")))->body == expected);
  Request small = get(server.url("/z"));
  small.max_bytes = 800;
  CHECK(client.send(small));
  small.max_bytes = 799;
  CHECK(client.send(small).error() == Error{Kind::failed, Place{small.url}, "the reply is longer than 799 bytes",
                                            "check that the address is the right one"});
}

TEST_CASE("http: redirects are followed five times", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  for (int i = 0; i < 6; ++i)
    server.answer("/" + std::to_string(i), {.status = 302, .headers = {{"Location", "/" + std::to_string(i + 1)}}});
  server.answer("/6", {.body = "there"});
  HttpClient client;
  CHECK(client.send(get(server.url("/1")))->body == "there");
  CHECK(client.send(get(server.url("/0"))).error() ==
        Error{Kind::later, Place{server.url("/0")},
              "127.0.0.1:" + std::to_string(server.port()) + " redirects more than 5 times",
              "check that the address is the right one"});
}

TEST_CASE("http: a redirect to a file or to nowhere is not followed", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/file", {.status = 302, .headers = {{"Location", "file:///etc/passwd"}}});
  server.answer("/ftp", {.status = 302, .headers = {{"Location", "ftp://127.0.0.1/x"}}});
  server.answer("/none", {.status = 302, .body = "moved"});
  HttpClient client;
  CHECK(client.send(get(server.url("/file"))).error() == Error{Kind::misuse, Place{"file:///etc/passwd"},
                                                               "this is not a web address",
                                                               "start it with https:// or http://"});
  CHECK(client.send(get(server.url("/ftp"))).error().kind == Kind::misuse);
  CHECK(client.send(get(server.url("/none")))->body == "moved");
}

TEST_CASE("http: a request with what may be a credential follows no redirect, another does with its headers",
          "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server, other;
  server.answer("/away", {.status = 307, .headers = {{"Location", other.url("/there")}}});
  other.answer("/there", {.body = "there"});
  HttpClient client;
  for (const char* name : {"Authorization", "x-api-key", "Cookie", "X-Other"})
    CHECK(client.send(get(server.url("/away"), {{name, "hush"}, {"Accept", "text/plain"}}))->status == 307);
  CHECK(other.requests().empty());
  CHECK(client.send(get(server.url("/away"), {{"Accept", "text/plain"}, {"If-None-Match", "x"}}))->body == "there");
  CHECK(other.requests().at(0).header("Accept") == "text/plain");
  CHECK(other.requests().at(0).header("If-None-Match") == "x");
}

TEST_CASE("http: a service that fails is an error for later with its host and curl's words", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  const std::string host = "127.0.0.1:" + std::to_string(server.port());
  server.answer("/closed", {.close_at_once = true});
  server.answer("/half", {.body = "0123456789", .cut_after = 5});
  server.answer("/long", {.body = "0123456789", .content_length = 20, .cut_after = 10});
  server.answer("/slow", {.body = "x", .delay_seconds = 30});
  HttpClient client;
  const auto error = [&](const std::string& path, int seconds = 60) {
    Request request = get(server.url(path), {{"Authorization", "Bearer hush"}});
    request.timeout_seconds = seconds;
    const auto response = client.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == Kind::later);
    CHECK(describe(response.error()).find("hush") == std::string::npos);
    return response.error();
  };
  CHECK(describe(error("/closed?token=hush")) == server.url("/closed?token=***") + ": error: no reply from " + host +
                                                     ": Empty reply from server\n" +
                                                     "  hint: check the connection, then run it again\n");
  // curl 7 says "transfer closed with 5 bytes remaining to read", curl 8 "end of response with 5 bytes missing".
  CHECK(error("/half").what.find("no reply from " + host + ": ") == 0);
  CHECK(error("/half").what.find("with 5 bytes ") != std::string::npos);
  CHECK(error("/long").what.find("with 10 bytes ") != std::string::npos);
  const Error slow = error("/slow", 1);
  CHECK(slow.what.find("no reply from " + host + ": Operation timed out after 1") == 0);
  CHECK(slow.hint == "run it again later; the service is slow or down");
}

TEST_CASE("http: a host without a server is an error for later", "[http]") {
  const NoProxy no_proxy;
  std::string url;
  {
    const LoopbackServer gone;
    url = gone.url("/x");
  }
  HttpClient client;
  const auto response = client.send(get("http://user:hush@" + url.substr(7)));
  CHECK(response.error().kind == Kind::later);
  CHECK(response.error().place.source == url);
  CHECK(response.error().what.find("no reply from " + std::string(host_of(url)) + ": Failed to connect") == 0);
}

TEST_CASE("http: what cannot be sent is refused before it is", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  HttpClient client;
  for (const char* url : {"", "example.org", "ftp://example.org/", "file:///etc/passwd", "http://", "http:///x"})
    CHECK(client.send(get(url)).error().kind == Kind::misuse);
  CHECK(client.send(get("http://exa mple.org/")).error().kind == Kind::misuse);
  CHECK(describe(client.send(get(server.url("/"), {{"Authorization", "Bearer hush\n"}})).error()) ==
        server.url("/") +
            ": error: the request's header \"Authorization\" cannot be sent: its value has a line break\n" +
            "  hint: check for a line break in the key or setting it comes from\n");
  CHECK_FALSE(client.send(get(server.url("/"), {{"Bad: name", "x"}})));
  CHECK(server.requests().empty());
}

TEST_CASE("http: requests side by side are all with the server before the first is answered", "[http]") {
  const NoProxy no_proxy;
  Gate gate(24);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all(
      [&](const Received& request) { return Answer{.body = (gate.pass() ? "together " : "alone ") + request.body}; });
  HttpMulti requests("daybook-test/2");
  for (int i = 0; i < 24; ++i) requests.start(i, post(server.url("/"), std::to_string(i)));
  CHECK(requests.under_way() == 24);
  const auto results = all(requests);
  REQUIRE(results.size() == 24);
  for (const auto& [number, result] : results) {
    REQUIRE(result);
    CHECK(result->body == "together " + std::to_string(number));
  }
  CHECK(server.requests().at(0).header("User-Agent") == "daybook-test/2");
  CHECK(server.requests().at(0).header("Expect") == "");
}

TEST_CASE("http: what ends first is handed out first, each once, and a wait ends without any", "[http]") {
  const NoProxy no_proxy;
  Gate gate(2);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received& request) {
    if (request.path == "/slow") gate.pass();
    return Answer{.body = request.path};
  });
  HttpMulti requests;
  CHECK_FALSE(requests.wait(0));
  CHECK_FALSE(requests.wait(0.001));
  requests.start(7, get(server.url("/slow")));
  requests.start(-3, get(server.url("/fast")));
  const auto first = next(requests);
  CHECK(first.number == -3);
  CHECK(first.result->body == "/fast");
  CHECK(requests.under_way() == 1);
  CHECK_FALSE(requests.wait(0));
  CHECK_FALSE(requests.wait(0.01));
  gate.open();
  const auto second = next(requests);
  CHECK(second.number == 7);
  CHECK(second.result->body == "/slow");
  CHECK(requests.under_way() == 0);
  CHECK_FALSE(requests.wait(0));
}

TEST_CASE("http: connections stay open while few requests need them", "[http]") {
  const NoProxy no_proxy;
  Gate before(16), after(16);
  LoopbackServer server;
  const OpenAtEnd open_before(before), open_after(after);
  server.answer("/one", {.body = "x"});
  server.answer_all([&](const Received& request) {
    return Answer{.body = (request.path == "/before" ? before : after).pass() ? "together" : "alone"};
  });
  HttpMulti requests;
  for (const char* path : {"/before", "/after"}) {
    for (int i = 0; i < 16; ++i) requests.start(i, get(server.url(path)));
    for (const auto& [number, result] : all(requests)) CHECK(result->body == "together");
    requests.start(0, get(server.url("/one")));
    CHECK(next(requests).result->body == "x");
  }
  for (const Received& request : server.requests()) CHECK(request.connection <= 16);
}

TEST_CASE("http: a request that takes too long ends alone", "[http]") {
  const NoProxy no_proxy;
  Gate gate(2);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received& request) {
    if (request.path != "/fast") gate.pass();
    return Answer{.body = "x"};
  });
  HttpMulti requests;
  Request hurried = get(server.url("/never?key=hush"));
  hurried.timeout_seconds = 1;
  requests.start(1, hurried);
  requests.start(2, get(server.url("/fast")));
  CHECK(next(requests).number == 2);
  const auto late = next(requests);
  REQUIRE(late.number == 1);
  REQUIRE_FALSE(late.result);
  const Error& error = late.result.error();
  CHECK(error.kind == Kind::later);
  CHECK(error.place == Place{server.url("/never?key=***")});
  CHECK(error.what.find("no reply from 127.0.0.1:" + std::to_string(server.port()) + ": Operation timed out after 1") ==
        0);
  CHECK(error.hint == "run it again later; the service is slow or down");
}

TEST_CASE("http: what cannot be sent has ended, and nothing was sent", "[http]") {
  const NoProxy no_proxy;
  LoopbackServer server;
  HttpMulti requests;
  requests.start(1, get("ftp://127.0.0.1/"));
  requests.start(2, get(server.url("/"), {{"Bad: name", "x"}}));
  CHECK(requests.under_way() == 2);
  auto ended = requests.wait(0);
  REQUIRE(ended);
  CHECK(ended->number == 1);
  CHECK(ended->result.error().kind == Kind::misuse);
  ended = requests.wait(0);
  REQUIRE(ended);
  CHECK(ended->number == 2);
  CHECK(requests.under_way() == 0);
  CHECK(server.requests().empty());
}

TEST_CASE("http: requests under way end with the object that sent them, and go along where it moves", "[http]") {
  const NoProxy no_proxy;
  Gate gate(100);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received&) {
    gate.pass();
    return Answer{.body = "x"};
  });
  server.answer("/now", {.body = "now"});
  HttpMulti moved;
  {
    HttpMulti requests;
    for (int i = 0; i < 5; ++i) requests.start(i, get(server.url("/held")));
    until_seen(requests, server, 5);
    moved = std::move(requests);
  }
  CHECK(moved.under_way() == 5);
  moved.start(9, get(server.url("/now")));
  CHECK(next(moved).result->body == "now");
  moved = HttpMulti();
  CHECK(moved.under_way() == 0);
  CHECK_FALSE(moved.wait(0));
  moved.start(1, get(server.url("/now")));  // the server is well, and so is the new object
  CHECK(next(moved).number == 1);
}

TEST_CASE("http: an address in a message has no user, password, fragment or secret parameter", "[http]") {
  CHECK(shown_url("https://me:pw@example.org:8443/a?id_list=9901.00001&api_key=abc&x#frag") ==
        "https://example.org:8443/a?id_list=9901.00001&api_key=***&x");
  CHECK(shown_url("http://h/?AccessToken=1&sig=2&password=3&client_secret=4&q=5") ==
        "http://h/?AccessToken=***&sig=***&password=***&client_secret=***&q=5");
  CHECK(shown_url("http://h?key=abc") == "http://h?key=***");
  CHECK(shown_url("http://a@b@h/p@q") == "http://h/p@q");
  CHECK(shown_url("nonsense") == "nonsense");
  CHECK(shown_url("") == "");
  CHECK(shown_url("http://h/" + std::string(1000, 'x')) == "http://h/" + std::string(291, 'x') + "...");
}

TEST_CASE("http: an address's host", "[http]") {
  CHECK(host_of("https://me:pw@example.org:8443/a@b") == "example.org:8443");
  CHECK(host_of("no address") == "");
}

TEST_CASE("url: http is open to others, but not on the way to this machine", "[http][url]") {
  for (const char* url : {"http://192.168.1.5:11434/v1", "http://10.0.0.1", "http://llm.example/v1",
                          "HTTP://llm.example", "http://127.0.0.1.example/v1", "http://localhost.example",
                          "http://[::2]:80/", "http://127.0.0.1@llm.example/", "http://0.0.0.0/", "http://127.1/"})
    CHECK(is_open_to_others(url));
  for (const char* url : {"https://llm.example/v1", "http://localhost:11434/v1", "http://LOCALHOST", "http://127.0.0.1",
                          "http://127.3.2.1:80/v1", "http://[::1]:11434/v1", "http://[::1]", "nonsense", ""})
    CHECK_FALSE(is_open_to_others(url));
}
