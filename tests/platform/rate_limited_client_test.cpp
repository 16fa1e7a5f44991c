#include "platform/rate_limited_client.h"

#include "support/catch.h"
#include "support/loopback_server.h"
#include "variable.h"

using namespace daybook;

namespace {

// Time that passes only when somebody sleeps.
struct Scene {
  NoProxy no_proxy;
  LoopbackServer server;
  std::vector<double> sleeps;
  std::vector<std::string> told;
  double time = 1000;

  Waiting waiting() {
    Waiting made;
    made.sleep = [this](double seconds) {
      sleeps.push_back(seconds);
      time += seconds;
    };
    made.steady_seconds = [this] { return time; };
    made.now = [this] { return Instant{static_cast<std::int64_t>(time)}; };
    made.tell = [this](const std::string& text) { told.push_back(text); };
    return made;
  }
  std::string host() const { return "127.0.0.1:" + std::to_string(server.port()); }
  Request request(const std::string& path = "/feed") const {
    Request made;
    made.url = server.url(path);
    return made;
  }
};

Answer status(int code, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return {.status = code, .headers = std::move(headers)};
}

const Answer ok{.body = "papers"};

}  // namespace

TEST_CASE("rate limits: requests keep their distance, counted from the end of the one before", "[http]") {
  Scene scene;
  scene.server.answer("/feed", ok);
  RateLimitedClient client({.seconds_between = 3}, scene.waiting());
  CHECK(client.fetch(scene.request())->body == "papers");
  CHECK(scene.sleeps.empty());
  scene.time += 1;
  CHECK(client.fetch(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{2});
  scene.time += 5;
  CHECK(client.fetch(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{2});
  CHECK(scene.server.requests().at(2).connection == 1);
}

TEST_CASE("rate limits: a busy service is asked again, each time later", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed", {status(503), status(500), status(429), status(408), ok});
  RateLimitedClient client({.seconds_between = 3, .retries = 4, .backoff_seconds = 5}, scene.waiting());
  CHECK(client.fetch(scene.request())->body == "papers");
  CHECK(scene.sleeps == std::vector<double>{5, 10, 20, 40});  // each more than the 3 s between
  CHECK(scene.told == std::vector<std::string>{scene.host() + " answered 503 Service Unavailable; waiting 5 s",
                                               scene.host() + " answered 500 Internal Server Error; waiting 10 s",
                                               scene.host() + " answered 429 Too Many Requests; waiting 20 s",
                                               scene.host() + " answered 408 Request Timeout; waiting 40 s"});
}

TEST_CASE("rate limits: a service that is busy again and again is told of once, and in the end how often", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed", {status(429), status(429), status(503), ok, status(429), ok});
  {
    RateLimitedClient client({.seconds_between = 3, .backoff_seconds = 5}, scene.waiting());
    CHECK(client.fetch(scene.request()));
    CHECK(client.fetch(scene.request()));
    CHECK(scene.told.size() == 2);
  }
  CHECK(scene.told == std::vector<std::string>{scene.host() + " answered 429 Too Many Requests; waiting 5 s",
                                               scene.host() + " answered 503 Service Unavailable; waiting 20 s",
                                               scene.host() + " answered 429 Too Many Requests (and 2 more like it)"});
}

TEST_CASE("rate limits: a short backoff does not shorten the distance", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed", {status(503), ok});
  RateLimitedClient client({.seconds_between = 3, .backoff_seconds = 1}, scene.waiting());
  CHECK(client.fetch(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{1, 2});
}

TEST_CASE("rate limits: closed connections and half replies are tried again", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed",
                              {{.close_at_once = true}, {.body = "pap", .content_length = 6, .cut_after = 3}, ok});
  RateLimitedClient client({}, scene.waiting());
  CHECK(client.fetch(scene.request())->body == "papers");
  CHECK(scene.sleeps == std::vector<double>{5, 10});
}

TEST_CASE("rate limits: when the tries are used up the error says what came last", "[http]") {
  Scene scene;
  scene.server.answer("/feed", status(503));
  RateLimitedClient client({.retries = 2}, scene.waiting());
  CHECK(describe(client.fetch(scene.request("/feed?api_key=hush")).error()) ==
        scene.server.url("/feed?api_key=***") + ": error: " + scene.host() +
            " answered 503 Service Unavailable (3 tries)\n" +
            "  hint: run it again later; the service is busy or down\n");
  CHECK(client.fetch(scene.request()).error().kind == Kind::later);
  CHECK(scene.server.requests().size() == 6);
}

TEST_CASE("rate limits: Retry-After is obeyed, in seconds and as a date", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed", {status(429, {{"Retry-After", "30"}}),
                                        status(503, {{"Retry-After", "Thu, 01 Jan 1970 00:18:50 GMT"}}),  // 1130
                                        ok});
  RateLimitedClient client({}, scene.waiting());
  CHECK(client.fetch(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{30, 100});
}

TEST_CASE("rate limits: a Retry-After below the backoff, past or unreadable leaves the backoff", "[http]") {
  Scene scene;
  for (const char* value : {"1", "0", "-5", "soon", "", "Thu, 01 Jan 1970 00:00:00 GMT", "1.5"}) {
    scene.server.answer_in_turn("/feed", {status(503, {{"Retry-After", value}}), ok});
    scene.sleeps.clear();
    RateLimitedClient client({}, scene.waiting());
    CHECK(client.fetch(scene.request()));
    CHECK(scene.sleeps == std::vector<double>{5});
  }
}

TEST_CASE("rate limits: a wait that is too long is an error that says when to come again", "[http]") {
  Scene scene;
  scene.server.answer("/feed", status(503, {{"Retry-After", "3600"}}));
  RateLimitedClient client({}, scene.waiting());
  const Error error = client.fetch(scene.request()).error();
  CHECK(error.kind == Kind::later);
  CHECK(describe(error) == scene.server.url("/feed") + ": error: " + scene.host() +
                               " answered 503 Service Unavailable, and asks to wait 3600 s\n" +
                               "  hint: run it again after 1970-01-01T01:16:40Z\n");
  CHECK(scene.sleeps.empty());
  scene.server.answer("/feed", status(503, {{"Retry-After", "99999999999999999999999"}}));
  CHECK(describe(client.fetch(scene.request()).error()) ==
        scene.server.url("/feed") + ": error: " + scene.host() +
            " answered 503 Service Unavailable, and asks to wait for more than a year\n" +
            "  hint: run it again later; the service is busy or down\n");
}

TEST_CASE("rate limits: all waits of a fetch together are bounded", "[http]") {
  Scene scene;
  scene.server.answer("/feed", status(503, {{"Retry-After", "250"}}));
  RateLimitedClient client({.retries = 100}, scene.waiting());
  CHECK(client.fetch(scene.request()).error().what.find("asks to wait 250 s") != std::string::npos);
  CHECK(scene.sleeps == std::vector<double>{250, 250});
  scene.sleeps.clear();
  scene.time += 100;
  scene.server.answer("/feed", status(503));
  CHECK(client.fetch(scene.request()).error().what == scene.host() + " answered 503 Service Unavailable (7 tries)");
  CHECK(scene.sleeps == std::vector<double>{5, 10, 20, 40, 80, 160});
}

TEST_CASE("rate limits: a refusal is not tried again", "[http]") {
  Scene scene;
  for (const int code : {400, 401, 404, 406, 418, 304, 302}) {
    scene.server.answer("/feed", status(code));
    RateLimitedClient client({}, scene.waiting());
    const Error error = client.fetch(scene.request()).error();
    CHECK(error.kind == Kind::failed);
    CHECK(error.what == scene.host() + " answered " + status_text(code));
    CHECK_FALSE(error.hint.empty());
  }
  CHECK(scene.server.requests().size() == 7);
  CHECK(scene.sleeps.empty());
  CHECK(status_text(404) == "404 Not Found");
  CHECK(status_text(418) == "418");
}

TEST_CASE("rate limits: an address that cannot be sent to is not tried again", "[http]") {
  Scene scene;
  RateLimitedClient client({}, scene.waiting());
  Request request;
  request.url = "rss.example.org";
  CHECK(client.fetch(request).error().kind == Kind::misuse);
  CHECK(scene.sleeps.empty());
}

TEST_CASE("rate limits: what is known already is not sent again", "[http]") {
  Scene scene;
  scene.server.answer_in_turn(
      "/feed", {{.headers = {{"ETag", "\"v1\""}, {"Last-Modified", "Tue, 05 Aug 2025 00:00:00 GMT"}}, .body = "papers"},
                status(304),
                {.headers = {{"ETag", "\"v2\""}}, .body = "more"}});
  RateLimitedClient client({}, scene.waiting());
  const Cached first = *client.fetch(scene.request());
  CHECK(first == Cached{"\"v1\"", "Tue, 05 Aug 2025 00:00:00 GMT", "papers"});
  CHECK(scene.server.requests().at(0).header("If-None-Match") == "");
  CHECK(*client.fetch(scene.request(), first) == first);
  CHECK(scene.server.requests().at(1).header("If-None-Match") == "\"v1\"");
  CHECK(scene.server.requests().at(1).header("If-Modified-Since") == "Tue, 05 Aug 2025 00:00:00 GMT");
  CHECK(*client.fetch(scene.request(), first) == Cached{"\"v2\"", "", "more"});
}

TEST_CASE("rate limits: a reply whose headers count comes whole, a 304 only to a condition", "[http]") {
  Scene scene;
  scene.server.answer_in_turn("/feed", {{.headers = {{"Total-Results", "3"}}, .body = "papers"}, status(304)});
  RateLimitedClient client({}, scene.waiting());
  const Response reply = *client.send(scene.request());
  CHECK(header(reply.headers, "total-results") == "3");
  CHECK(reply.body == "papers");
  CHECK(client.send(scene.request()).error().what == scene.host() + " answered 304 Not Modified");
  Request request = scene.request();
  request.headers = {{"If-Modified-Since-Version", "7"}};
  CHECK(client.send(request)->status == 304);
}

TEST_CASE("rate limits: Backoff keeps the next request waiting, or from being sent", "[http]") {
  Scene scene;
  scene.server.answer_in_turn(
      "/feed",
      {{.headers = {{"Backoff", "20"}}, .body = "papers"}, {.headers = {{"Backoff", "3600"}}, .body = "papers"}, ok});
  RateLimitedClient client({.seconds_between = 3, .longest_wait = 600}, scene.waiting());
  CHECK(client.send(scene.request()));
  CHECK(client.send(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{20});
  const Error error = client.send(scene.request()).error();
  CHECK(error.kind == Kind::later);
  CHECK(error.what == scene.host() + " is overloaded, and asks to wait 3600 s");
  CHECK(error.hint == "run it again after 1970-01-01T01:17:00Z");
  CHECK(scene.server.requests().size() == 2);
  scene.time += 3100;
  CHECK(client.send(scene.request()));
  CHECK(scene.sleeps == std::vector<double>{20, 500});
}
