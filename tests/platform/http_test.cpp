#include "platform/http.h"

#include <array>

#include "platform/url.h"
#include "support/catch.h"
#include "support/loopback_server.h"
#include "variable.h"

using namespace daybook;

namespace {

// A proxy of the machine that runs the tests shall not see them.
struct NoProxy {
  SetVariable a{"no_proxy", "*"}, b{"http_proxy", ""}, c{"NO_PROXY", "*"};
};

Request get(const std::string& url, Headers headers = {}) {
  Request request;
  request.url = url;
  request.headers = std::move(headers);
  return request;
}

// "daybook " a hundred times, as gzip -9n writes it.
const std::string gzipped(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x4b\x49\xac\x4c\xca\xcf\xcf\x56\x48\x19\xa5\x47\xe9\x51\x1a\x83"
    "\x06\x00\x7e\xe1\xd6\x66\x20\x03\x00\x00",
    36);

}  // namespace

TEST_CASE("a reply is handed on with status, headers and body") {
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

TEST_CASE("one connection serves request after request") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/a", {.body = "x"});
  HttpClient client;
  for (int i = 0; i < 3; ++i) REQUIRE(client.send(get(server.url("/a"))));
  CHECK(server.requests().at(2).connection == 1);
}

TEST_CASE("a body is sent as it is, and a HEAD has no body to wait for") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer_all([](const Received& request) { return Answer{.body = request.body}; });
  HttpClient client;
  Request post = get(server.url("/echo"), {{"Content-Type", "application/json"}});
  post.method = "POST";
  post.body = std::string("{\"a\":\"\0\"}", 9) + std::string(2000000, 'x');
  CHECK(client.send(post)->body == post.body);
  CHECK(server.requests().at(0).header("Content-Type") == "application/json");
  CHECK(server.requests().at(0).header("Expect") == "");
  post.body.clear();
  CHECK(client.send(post)->body == "");
  CHECK(server.requests().at(1).method == "POST");
  Request head = get(server.url("/echo"));
  head.method = "HEAD";
  CHECK(client.send(head)->status == 200);
  CHECK(client.send(get(server.url("/echo")))->status == 200);  // nothing of the last request is left
  CHECK(server.requests().at(3).method == "GET");
}

TEST_CASE("a gzipped reply is unpacked, and the limit counts what comes out") {
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

TEST_CASE("redirects are followed five times") {
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

TEST_CASE("a redirect to a file or to nowhere is not followed") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/file", {.status = 302, .headers = {{"Location", "file:///etc/passwd"}}});
  server.answer("/ftp", {.status = 302, .headers = {{"Location", "ftp://127.0.0.1/x"}}});
  server.answer("/none", {.status = 302, .body = "moved"});
  HttpClient client;
  CHECK(client.send(get(server.url("/file"))).error() == Error{Kind::misuse, Place{"file:///etc/passwd"},
                                                               "this is no address of a web server",
                                                               "write it with https:// or http:// in front"});
  CHECK(client.send(get(server.url("/ftp"))).error().kind == Kind::misuse);
  CHECK(client.send(get(server.url("/none")))->body == "moved");
}

TEST_CASE("credentials do not follow to another origin") {
  const NoProxy no_proxy;
  LoopbackServer server, other;
  server.answer("/away", {.status = 307, .headers = {{"Location", other.url("/there")}}});
  server.answer("/near", {.status = 307, .headers = {{"Location", "/here"}}});
  server.answer("/here", {.body = "here"});
  other.answer("/there", {.body = "there"});
  const Headers headers{{"Authorization", "Bearer hush"}, {"x-api-key", "hush"}, {"Accept", "text/plain"}};
  HttpClient client;
  CHECK(client.send(get(server.url("/near"), headers))->body == "here");
  CHECK(server.requests().at(1).header("Authorization") == "Bearer hush");
  CHECK(client.send(get(server.url("/away"), headers))->body == "there");
  CHECK(other.requests().at(0).header("Authorization") == "");
  CHECK(other.requests().at(0).header("x-api-key") == "");
  CHECK(other.requests().at(0).header("Accept") == "text/plain");
}

TEST_CASE("a POST becomes a GET where the redirect says so") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/there", {.body = "x"});
  HttpClient client;
  for (const auto& [status, method] : std::array<std::pair<int, std::string>, 5>{
           {{301, "GET"}, {302, "GET"}, {303, "GET"}, {307, "POST"}, {308, "POST"}}}) {
    server.answer("/from", {.status = status, .headers = {{"Location", "/there"}}});
    Request post = get(server.url("/from"));
    post.method = "POST";
    post.body = "data";
    REQUIRE(client.send(post));
    CHECK(server.requests().back().method == method);
    CHECK(server.requests().back().body == (method == "POST" ? "data" : ""));
  }
}

TEST_CASE("a service that fails is an error for later with its host and curl's words") {
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
                                                     "  mend: check the connection, then run it again\n");
  // curl 7 says "transfer closed with 5 bytes remaining to read", curl 8 "end of response with 5 bytes missing".
  CHECK(error("/half").what.find("no reply from " + host + ": ") == 0);
  CHECK(error("/half").what.find("with 5 bytes ") != std::string::npos);
  CHECK(error("/long").what.find("with 10 bytes ") != std::string::npos);
  const Error slow = error("/slow", 1);
  CHECK(slow.what.find("no reply from " + host + ": Operation timed out after 1") == 0);
  CHECK(slow.mend == "run it again later; the service is slow or down");
}

TEST_CASE("a host without a server is an error for later") {
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

TEST_CASE("what cannot be sent is refused before it is") {
  const NoProxy no_proxy;
  LoopbackServer server;
  HttpClient client;
  for (const char* url : {"", "example.org", "ftp://example.org/", "file:///etc/passwd", "http://", "http:///x"})
    CHECK(client.send(get(url)).error().kind == Kind::misuse);
  CHECK(client.send(get("http://exa mple.org/")).error().kind == Kind::misuse);
  CHECK(describe(client.send(get(server.url("/"), {{"Authorization", "Bearer hush\n"}})).error()) ==
        server.url("/") +
            ": error: the request's header \"Authorization\" cannot be sent: its value has a line break\n" +
            "  mend: look for a line break in the key or setting that it comes from\n");
  CHECK_FALSE(client.send(get(server.url("/"), {{"Bad: name", "x"}})));
  CHECK(server.requests().empty());
}
