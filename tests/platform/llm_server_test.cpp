// The server that tests of the LLM's day rely on: each of its faults is what it says.
#include "support/llm_server.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "core/json.h"
#include "platform/http.h"
#include "support/catch.h"
#include "variable.h"

using namespace daybook;

namespace {

std::string id(int number) {
  const std::string digits = std::to_string(number);
  return "9901." + std::string(5 - digits.size(), '0') + digits;
}

std::string prompt(int first, int last) {
  std::string text = "Answer in lines {\"ARXIVID\": ...}.\nNot a paper: ARXIVID: 9901.77777\n\n";
  for (int i = first; i <= last; ++i)
    text += "ARXIVID: " + id(i) + "\nTITLE: Invention " + std::to_string(i) + "\nABSTRACT: We invent it.\n\n";
  return text;
}

Request chat(const LlmServer& server, const std::string& user, bool with_schema = false) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.String(user.c_str());
  Request request;
  request.method = "POST";
  request.url = server.base_url() + "/chat/completions";
  request.headers = {{"Authorization", "Bearer sk-invented"}, {"Content-Type", "application/json"}};
  request.body = std::string(R"({"model":"invented-1","messages":[{"role":"system","content":"Score."},)") +
                 R"({"role":"user","content":)" + buffer.GetString() + "}]" +
                 (with_schema ? R"(,"response_format":{"type":"json_schema","json_schema":{}})" : "") + "}";
  return request;
}

Result<Response> send(const Request& request) {
  HttpMulti requests;
  requests.start(1, request);
  auto ended = requests.wait(60);
  REQUIRE(ended);
  return std::move(ended->result);
}

std::string content_of(const Response& response) {
  JsonDocument document;
  document.text = response.body;
  REQUIRE_FALSE(parse_json(document, "the reply"));
  const Json& choice = document.root["choices"][0];
  return std::string(string_of(member(choice["message"], "content")));
}

std::string line_of(int number) {
  const LlmServer::Score score = LlmServer::score_of(id(number));
  return "{\"ARXIVID\":\"" + id(number) + "\",\"COMMENT\":\"It is about \\\"" + id(number) +
         "\\\" (é, \\\\, <b>).\",\"RELEVANCE\":" + std::to_string(score.relevance) +
         ",\"NOVELTY\":" + std::to_string(score.novelty) + ",\"TOPIC\":\"none\"}";
}

LlmBehaviour always(LlmFault fault) { return {.always = fault}; }

// The content for papers 1 to 3 with that fault.
std::string content_with(LlmFault fault, LlmExchange& logged) {
  const NoProxy no_proxy;
  LlmServer server(always(fault));
  const auto response = send(chat(server, prompt(1, 3)));
  REQUIRE(response);
  CHECK(response->status == 200);
  logged = server.log().at(0);
  CHECK(logged.fault == fault);
  CHECK_FALSE(logged.well());
  return content_of(*response);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

}  // namespace

TEST_CASE("LLM server: a request's papers are scored in lines, or in an object for a schema", "[llm_server]") {
  const NoProxy no_proxy;
  LlmServer server({.headers = {{"x-ratelimit-remaining-requests", "7"}, {"x-ratelimit-reset-requests", "6m0s"}}});
  const auto lines = send(chat(server, prompt(1, 2)));
  REQUIRE(lines);
  CHECK(content_of(*lines) == line_of(1) + '\n' + line_of(2) + '\n');
  CHECK(header(lines->headers, "x-ratelimit-remaining-requests") == "7");
  CHECK(header(lines->headers, "x-ratelimit-reset-requests") == "6m0s");
  const auto object = send(chat(server, prompt(1, 2), true));
  CHECK(content_of(*object) == "{\"papers\":[" + line_of(1) + ',' + line_of(2) + "]}");

  const LlmExchange logged = server.log().at(1);
  CHECK(logged.well());
  CHECK(logged.number == 2);
  CHECK(logged.under_way == 1);
  CHECK(logged.ids == std::vector<std::string>{id(1), id(2)});
  CHECK(logged.paid_for == logged.ids);
  CHECK(logged.asked.papers.at(1) == llm::AskedPaper{id(2), "Invention 2", "We invent it."});
  CHECK(logged.answered >= logged.came);
  CHECK(logged.request.header("Authorization") == "Bearer sk-invented");
}

TEST_CASE("LLM server: each fault of an exchange is what it says", "[llm_server]") {
  const NoProxy no_proxy;
  struct Expected {
    LlmFault fault;
    int status;  // 0: no whole reply comes
    std::string body;
  };
  const std::vector<Expected> all = {
      {LlmFault::too_many_requests, 429, "rate_limit_exceeded"},
      {LlmFault::retry_after, 429, "rate_limit_exceeded"},
      {LlmFault::server_error, 500, "\"error\""},
      {LlmFault::bad_gateway, 502, "<html>"},
      {LlmFault::unavailable, 503, "overloaded"},
      {LlmFault::stalled, 0, ""},
      {LlmFault::closed, 0, ""},
      {LlmFault::half_body, 0, ""},
      {LlmFault::html, 200, "<html>"},
      {LlmFault::empty, 200, ""},
      {LlmFault::json_error, 200, "\"error\""},
      {LlmFault::unauthorized, 401, "sk-invented"},
      {LlmFault::forbidden, 403, "\"error\""},
      {LlmFault::no_model, 404, "model_not_found"},
      {LlmFault::no_money, 402, "Insufficient Balance"},
      {LlmFault::no_quota, 429, "insufficient_quota"},
  };
  for (const Expected& expected : all) {
    INFO(llm_fault_name(expected.fault));
    LlmServer server({.retry_after = "9", .always = expected.fault});
    Request request = chat(server, prompt(1, 2));
    request.timeout_seconds = expected.fault == LlmFault::stalled ? 1 : 60;
    const auto response = send(request);
    REQUIRE(bool(response) == (expected.status != 0));
    CHECK(server.log().at(0).paid_for.empty());
    if (!response) {
      CHECK(response.error().kind == Kind::later);
      continue;
    }
    CHECK(response->status == expected.status);
    CHECK(response->body.find(expected.body) != std::string::npos);
    CHECK(response->body.empty() == (expected.fault == LlmFault::empty));
    CHECK(header(response->headers, "Retry-After") == (expected.fault == LlmFault::retry_after ? "9" : ""));
  }
}

TEST_CASE("LLM server: each fault in content is what it says", "[llm_server]") {
  const std::string honest = line_of(1) + '\n' + line_of(2) + '\n' + line_of(3) + '\n';
  LlmExchange logged;
  CHECK(content_with(LlmFault::fenced, logged).find("```json\n" + honest + "\n```\n") != std::string::npos);
  CHECK(logged.paid_for.size() == 3);
  CHECK(content_with(LlmFault::array, logged) ==
        "[\n" + line_of(1) + ",\n" + line_of(2) + ",\n" + line_of(3) + ",\n]\n");
  CHECK(logged.paid_for.size() == 3);
  CHECK(count(content_with(LlmFault::text_scores, logged), "\"RELEVANCE\":\"") == 3);
  CHECK(logged.paid_for.size() == 3);

  const std::string broken = content_with(LlmFault::broken_json, logged);
  CHECK(count(broken, "\n") == 3);
  CHECK(logged.paid_for.size() == 2);
  for (const std::string& fine : logged.paid_for)
    CHECK(count(broken, line_of(fine == id(1) ? 1 : fine == id(2) ? 2 : 3) + '\n') == 1);

  const std::string cut = content_with(LlmFault::cut_off, logged);
  CHECK(cut.size() < honest.size());
  CHECK(honest.find(cut) == 0);
  CHECK(logged.paid_for.size() == count(cut, "\n"));

  CHECK(count(content_with(LlmFault::left_out_id, logged), "\n") == 2);
  CHECK(logged.paid_for.size() == 2);
  CHECK(count(content_with(LlmFault::repeated_id, logged), "\n") == 4);
  CHECK(logged.paid_for.size() == 2);
  CHECK(count(content_with(LlmFault::unknown_id, logged), "\"ARXIVID\":\"9912.99999\"") == 1);
  CHECK(logged.paid_for.size() == 3);
  const std::string wrong = content_with(LlmFault::out_of_range, logged);
  CHECK(count(wrong, "\"RELEVANCE\":0,") + count(wrong, "\"RELEVANCE\":11,") + count(wrong, "\"RELEVANCE\":-1,") +
            count(wrong, "\"RELEVANCE\":100,") ==
        1);
  CHECK(logged.paid_for.size() == 2);
}

TEST_CASE("LLM server: an id of another request is added only where there was one", "[llm_server]") {
  const NoProxy no_proxy;
  LlmServer server(always(LlmFault::others_id));
  CHECK(content_of(*send(chat(server, prompt(1, 2)))).find("\"ARXIVID\":\"9912.99999\"") != std::string::npos);
  CHECK(content_of(*send(chat(server, prompt(3, 4)))).find("\"ARXIVID\":\"" + id(1) + '"') != std::string::npos);
}

TEST_CASE("LLM server: which requests fail follows from the seed and the ids", "[llm_server]") {
  const NoProxy no_proxy;
  const auto faults = [](std::uint64_t seed, bool backwards) {
    LlmServer server(
        {.fault_rate = 0.3, .faults = {LlmFault::server_error, LlmFault::left_out_id, LlmFault::empty}, .seed = seed});
    HttpMulti requests;
    std::map<std::string, std::vector<int>> seen;
    for (int i = 0; i < 200; ++i) {
      const int batch = (backwards ? 199 - i : i) % 100;
      requests.start(batch, chat(server, prompt(batch, batch)));
      REQUIRE(requests.wait(60));
    }
    for (const LlmExchange& exchange : server.log())
      seen[exchange.ids.at(0)].push_back(exchange.fault ? static_cast<int>(*exchange.fault) : -1);
    return seen;
  };
  const auto once = faults(1, false);
  CHECK(once == faults(1, true));
  CHECK(once != faults(2, false));
  int failed = 0, changed = 0;
  for (const auto& [paper, both] : once) {
    failed += (both[0] >= 0 ? 1 : 0) + (both[1] >= 0 ? 1 : 0);
    changed += both[0] != both[1] ? 1 : 0;
  }
  CHECK(failed > 35);  // of 200, 60 expected
  CHECK(failed < 85);
  CHECK(changed > 10);
}

TEST_CASE("LLM server: what is asked side by side, and what is asked again, is seen", "[llm_server]") {
  const NoProxy no_proxy;
  LlmServer server;
  server.behave({.obeys = [&](const std::vector<llm::AskedPaper>&, const std::string& honest) {
    for (int tries = 0; server.most_under_way() < 8 && tries < 6000; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return honest;
  }});
  HttpMulti requests;
  for (int i = 0; i < 8; ++i) requests.start(i, chat(server, prompt(10 * i, 10 * i + 3)));
  while (requests.under_way() > 0) REQUIRE(requests.wait(60));
  CHECK(server.most_under_way() == 8);
  CHECK(server.asked_again().empty());
  server.behave(always(LlmFault::left_out_id));
  CHECK(send(chat(server, prompt(100, 102))));
  server.behave({});
  CHECK(send(chat(server, prompt(3, 4))));  // 3 was answered, 4 is new
  CHECK(send(chat(server, prompt(100, 102))));
  CHECK(server.asked_again().size() == 3);
  CHECK(server.asked_again().at(0).id == id(3));
}

TEST_CASE("LLM server: it obeys a test's text, wants its key, and stops answering when told to", "[llm_server]") {
  const NoProxy no_proxy;
  LlmServer server({.obeys = [](const std::vector<llm::AskedPaper>& papers, const std::string& honest) {
    return papers.at(0).title + '|' + papers.at(0).abstract + '|' + honest;
  }});
  CHECK(content_of(*send(chat(server, "ARXIVID: " + id(1) + "\nTITLE: A\nABSTRACT: Give\n10.\n\n"))) ==
        "A|Give\n10.|" + line_of(1) + '\n');
  server.behave({.key = "sk-invented"});
  CHECK(send(chat(server, prompt(1, 1)))->status == 200);
  server.behave({.key = "sk-another"});
  CHECK(send(chat(server, prompt(1, 1)))->status == 401);
  server.behave({.always = LlmFault::no_quota, .always_after = 3});
  CHECK(send(chat(server, prompt(1, 1)))->status == 200);
  CHECK(send(chat(server, prompt(1, 1)))->status == 429);
}
