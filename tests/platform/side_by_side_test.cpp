#include "platform/side_by_side.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "platform/http.h"
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

constexpr double patience = 60;  // seconds after which a test has failed rather than hangs

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

SideBySide::Ended next(SideBySide& requests) {
  auto ended = requests.wait(patience);
  REQUIRE(ended);
  return std::move(*ended);
}

std::map<int, Result<Response>> all(SideBySide& requests) {
  std::map<int, Result<Response>> results;
  while (requests.under_way() > 0) {
    auto ended = next(requests);
    REQUIRE(results.emplace(ended.number, std::move(ended.result)).second);
  }
  return results;
}

// Goes on with what is under way until the server has seen so many requests.
void until_seen(SideBySide& requests, const LoopbackServer& server, std::size_t count) {
  for (int tries = 0; server.requests().size() < count && tries < 6000; ++tries) REQUIRE_FALSE(requests.wait(0.01));
  REQUIRE(server.requests().size() == count);
}

}  // namespace

TEST_CASE("requests side by side are all with the server before the first is answered") {
  const NoProxy no_proxy;
  Gate gate(24);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all(
      [&](const Received& request) { return Answer{.body = (gate.pass() ? "together " : "alone ") + request.body}; });
  SideBySide requests("daybook-test/2");
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

TEST_CASE("what ends first is handed out first, each once, and a wait ends without any") {
  const NoProxy no_proxy;
  Gate gate(2);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received& request) {
    if (request.path == "/slow") gate.pass();
    return Answer{.body = request.path};
  });
  SideBySide requests;
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

TEST_CASE("a request is copied, and long bodies go both ways at the same time") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer_all([](const Received& request) { return Answer{.body = request.body}; });
  SideBySide requests;
  const auto body = [](int number) { return std::string(300000, static_cast<char>('a' + number)); };
  Request request = post(server.url("/echo"), "");
  for (int i = 0; i < 10; ++i) {
    request.body = body(i);
    requests.start(i, request);
    request.body.assign(request.body.size(), '?');
  }
  for (const auto& [number, result] : all(requests)) {
    REQUIRE(result);
    CHECK((result->body == body(number)));  // not printed
  }
}

TEST_CASE("a hundred requests, four at a time, need no more than four connections") {
  const NoProxy no_proxy;
  LoopbackServer server;
  server.answer("/a", {.body = "x"});
  SideBySide requests;
  int started = 0;
  while (started < 4) requests.start(started++, get(server.url("/a")));
  int answered = 0;
  while (requests.under_way() > 0) {
    if (next(requests).result->status == 200) ++answered;
    if (started < 100) requests.start(started++, get(server.url("/a")));
  }
  CHECK(answered == 100);
  std::set<int> connections;
  for (const Received& request : server.requests()) connections.insert(request.connection);
  CHECK(connections.size() <= 4);
}

TEST_CASE("connections stay open while few requests need them") {
  const NoProxy no_proxy;
  Gate before(16), after(16);
  LoopbackServer server;
  const OpenAtEnd open_before(before), open_after(after);
  server.answer("/one", {.body = "x"});
  server.answer_all([&](const Received& request) {
    return Answer{.body = (request.path == "/before" ? before : after).pass() ? "together" : "alone"};
  });
  SideBySide requests;
  for (const char* path : {"/before", "/after"}) {
    for (int i = 0; i < 16; ++i) requests.start(i, get(server.url(path)));
    for (const auto& [number, result] : all(requests)) CHECK(result->body == "together");
    requests.start(0, get(server.url("/one")));
    CHECK(next(requests).result->body == "x");
  }
  for (const Received& request : server.requests()) CHECK(request.connection <= 16);
}

TEST_CASE("each result is the one that the request has by itself, whatever becomes of the others") {
  const NoProxy no_proxy;
  LoopbackServer server;
  std::string gone;
  {
    const LoopbackServer closed;
    gone = closed.url("/gone?token=hush");
  }
  server.answer("/good", {.headers = {{"X-One", "1"}}, .body = "0123456789"});
  server.answer("/none", {.status = 404, .body = "no"});
  server.answer("/limit", {.status = 429, .headers = {{"Retry-After", "3"}}});
  server.answer("/closed", {.close_at_once = true});
  server.answer("/half", {.body = "0123456789", .cut_after = 5});
  server.answer("/long", {.body = "0123456789", .content_length = 20, .cut_after = 10});
  server.answer("/loop", {.status = 302, .headers = {{"Location", "/loop"}}});
  server.answer("/file", {.status = 302, .headers = {{"Location", "file:///etc/hostname"}}});
  const Headers key{{"Authorization", "Bearer hush"}};
  std::vector<Request> asked;
  for (const char* path : {"/good", "/none", "/limit", "/closed?key=hush", "/half", "/long", "/loop", "/file", "/good"})
    asked.push_back(get(server.url(path), key));
  for (const std::string& url :
       {gone, std::string("ftp://127.0.0.1/"), std::string("nowhere"), std::string("http://a b/")})
    asked.push_back(get(url, key));
  asked.push_back(get(server.url("/good"), {{"Authorization", "Bearer hush\n"}}));
  asked.push_back(get(server.url("/good"), key));
  asked.back().max_bytes = 9;
  asked.push_back(get(server.url("/good"), key));
  asked.back().method = "HEAD";

  SideBySide requests;
  for (std::size_t i = 0; i < asked.size(); ++i) requests.start(static_cast<int>(i), asked[i]);
  const auto results = all(requests);
  REQUIRE(results.size() == asked.size());
  int errors = 0;
  for (const auto& [number, result] : results) {
    const Request& request = asked[static_cast<std::size_t>(number)];
    INFO(request.method << ' ' << shown_url(request.url));
    HttpClient client;  // one without connections of earlier requests, as those above
    const auto alone = client.send(request);
    REQUIRE(bool(result) == bool(alone));
    if (result) {
      CHECK(*result == *alone);
      continue;
    }
    ++errors;
    CHECK(result.error() == alone.error());
    CHECK(describe(result.error()).find("hush") == std::string::npos);
  }
  CHECK(errors == 11);
  CHECK(results.at(5).error().kind == Kind::later);
  CHECK(results.at(5).error().what.find("with 10 bytes ") != std::string::npos);
}

TEST_CASE("a request that takes too long ends alone") {
  const NoProxy no_proxy;
  Gate gate(2);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received& request) {
    if (request.path != "/fast") gate.pass();
    return Answer{.body = "x"};
  });
  SideBySide requests;
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
  CHECK(error.mend == "run it again later; the service is slow or down");
}

TEST_CASE("the time of a request counts its redirects") {
  const NoProxy no_proxy;
  LoopbackServer server;
  for (int i = 0; i < 5; ++i)
    server.answer("/" + std::to_string(i),
                  {.status = 302, .headers = {{"Location", "/" + std::to_string(i + 1)}}, .delay_seconds = 0.4});
  server.answer("/5", {.body = "there"});
  Request request = get(server.url("/0"));
  request.timeout_seconds = 1;
  SideBySide requests;
  requests.start(1, request);
  const auto ended = next(requests);
  REQUIRE_FALSE(ended.result);
  CHECK(ended.result.error().kind == Kind::later);
  CHECK(server.requests().size() <= 3);
}

TEST_CASE("side by side, redirects are followed, and credentials do not follow to another origin") {
  const NoProxy no_proxy;
  LoopbackServer server, other;
  server.answer("/away", {.status = 307, .headers = {{"Location", other.url("/there")}}});
  server.answer("/near", {.status = 308, .headers = {{"Location", "/here"}}});
  server.answer("/see", {.status = 303, .headers = {{"Location", "/here"}}});
  const auto echo = [](const Received& request) {
    return Answer{.body = request.method + ' ' + request.path + ' ' + request.header("Authorization") + ' ' +
                          request.header("Content-Type") + ' ' + request.body};
  };
  server.answer_all(echo);
  other.answer_all(echo);
  SideBySide requests;
  for (const auto& [number, path] : std::map<int, std::string>{{1, "/away"}, {2, "/near"}, {3, "/see"}}) {
    Request request = post(server.url(path), "data");
    request.headers.emplace_back("Authorization", "Bearer hush");
    requests.start(number, request);
  }
  const auto results = all(requests);
  CHECK(results.at(1)->body == "POST /there  application/json data");
  CHECK(results.at(2)->body == "POST /here Bearer hush application/json data");
  CHECK(results.at(3)->body == "GET /here Bearer hush application/json ");
}

TEST_CASE("what cannot be sent has ended, and nothing was sent") {
  const NoProxy no_proxy;
  LoopbackServer server;
  SideBySide requests;
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

TEST_CASE("requests under way end with the object that sent them, and go along where it moves") {
  const NoProxy no_proxy;
  Gate gate(100);
  LoopbackServer server;
  const OpenAtEnd open_at_end(gate);
  server.answer_all([&](const Received&) {
    gate.pass();
    return Answer{.body = "x"};
  });
  server.answer("/now", {.body = "now"});
  SideBySide moved;
  {
    SideBySide requests;
    for (int i = 0; i < 5; ++i) requests.start(i, get(server.url("/held")));
    until_seen(requests, server, 5);
    moved = std::move(requests);
  }
  CHECK(moved.under_way() == 5);
  moved.start(9, get(server.url("/now")));
  CHECK(next(moved).result->body == "now");
  moved = SideBySide();
  CHECK(moved.under_way() == 0);
  CHECK_FALSE(moved.wait(0));
  moved.start(1, get(server.url("/now")));  // the server is well, and so is the new object
  CHECK(next(moved).number == 1);
}
