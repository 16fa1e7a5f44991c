#include "llm/chat.h"

#include "core/complaint.h"

#include "support/catch.h"

using namespace daybook;

namespace {

const Endpoint endpoint = {"https://llm.example/v1/", "sk-invented-0123456789"};

Result<Response> answer(int status, std::string body, Headers headers = {}) {
  return Response{status, std::move(headers), std::move(body)};
}

ChatOutcome read(const Result<Response>& response, const std::string& schema = "") {
  return read_chat(response, endpoint, {"s", "u", schema}, {0});
}

ChatFault fault(const Result<Response>& response, const std::string& schema = "") {
  const ChatOutcome outcome = read(response, schema);
  return std::get<ChatFault>(outcome);
}

std::string completion(const std::string& rest) {
  return R"({"choices": [{"message": {"content": "hello"}, "finish_reason": "stop"}])" + rest + "}";
}

Tokens tokens(const std::string& usage) {
  const ChatOutcome outcome = read(answer(200, completion(", \"usage\": " + usage)));
  return std::get<ChatReply>(outcome).tokens;
}

}  // namespace

TEST_CASE("chat: a question is a chat completion with the unchanging part first", "[chat]") {
  LlmSettings llm;
  llm.model = "model-1";
  llm.timeout = 7;
  const Request request = chat_request(endpoint, llm, {"Be strict.", "Criteria \"\\\"\nand papers", ""});
  CHECK(request.method == "POST");
  CHECK(request.url == "https://llm.example/v1/chat/completions");
  CHECK(header(request.headers, "Authorization") == "Bearer sk-invented-0123456789");
  CHECK(header(request.headers, "Content-Type") == "application/json");
  CHECK(request.timeout_seconds == 7);
  CHECK(request.body == R"({"model":"model-1","messages":[{"role":"system","content":"Be strict."},)"
                        R"({"role":"user","content":"Criteria \"\\\"\nand papers"}]})");
}

TEST_CASE("chat: what the owner sets goes along, and a key only where there is one", "[chat]") {
  LlmSettings llm;
  llm.model = "model-1";
  llm.temperature = 0;
  llm.reasoning_effort = "low";
  const Request request = chat_request({"http://127.0.0.1:11434/v1", ""}, llm, {"", "", R"({"type":"object"})"});
  CHECK(request.url == "http://127.0.0.1:11434/v1/chat/completions");
  CHECK(header(request.headers, "Authorization").empty());
  CHECK(request.body ==
        R"({"model":"model-1","messages":[{"role":"system","content":""},{"role":"user","content":""}],)"
        R"("temperature":0.0,"reasoning_effort":"low","response_format":{"type":"json_schema",)"
        R"("json_schema":{"name":"verdicts","strict":true,"schema":{"type":"object"}}}})");
}

TEST_CASE("chat: tokens are read in each shape of usage", "[chat]") {
  CHECK(tokens(R"({"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 8},
                   "completion_tokens_details": {"reasoning_tokens": 3}})") == Tokens{10, 8, 5, 3});
  CHECK(tokens(R"({"input_tokens": 10, "output_tokens": 5, "input_tokens_details": {"cached_tokens": 8},
                   "output_tokens_details": {"reasoning_tokens": 3}})") == Tokens{10, 8, 5, 3});
  CHECK(tokens(R"({"prompt_tokens": 10, "completion_tokens": 5, "prompt_cache_hit_tokens": 8})") ==
        Tokens{10, 8, 5, {}});
  CHECK(tokens(R"({"prompt_tokens": -1, "completion_tokens": "many"})") == Tokens{});
  CHECK(tokens(R"({"prompt_tokens": 9223372036854775807, "completion_tokens": 5})") == Tokens{{}, {}, 5, {}});
  CHECK(tokens("null") == Tokens{});
}

TEST_CASE("chat: content is a text or parts of one, without what a model thought aloud", "[chat]") {
  const auto content = [](const std::string& message) {
    const ChatOutcome outcome =
        read(answer(200, R"({"choices": [{"message": )" + message + R"(, "finish_reason": "length"}]})"));
    CHECK(std::get<ChatReply>(outcome).cut_off);
    return std::get<ChatReply>(outcome).content;
  };
  CHECK(content(R"({"content": [{"type": "text", "text": "a"}, {"type": "image"}, {"type": "text", "text": "b"}]})") ==
        "ab");
  CHECK(content(R"({"content": "<think>drafts</think>real"})") == "real");
  CHECK(content(R"({"content": "thoughts</think>real"})") == "real");
  const std::string speaking = R"({\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"on </think> tags\"})";
  CHECK(content("{\"content\": \"" + speaking + "\"}") ==
        R"({"ARXIVID": "9901.00001", "COMMENT": "on </think> tags"})");
  CHECK(content(R"({"content": null, "refusal": "no"})") == "");
}

TEST_CASE("chat: each failure has its remedy", "[chat]") {
  const auto remedy = [](int status, const std::string& body, const std::string& schema = "") {
    return fault(answer(status, body), schema).remedy;
  };
  for (const int status : {408, 409, 425, 429, 500, 502, 503, 504, 529}) CHECK(remedy(status, "") == Remedy::retry);
  for (const int status : {301, 401, 402, 403, 404, 405, 410}) CHECK(remedy(status, "") == Remedy::give_up);
  CHECK(remedy(429, R"({"error": {"message": "Slow down", "code": "rate_limit_exceeded"}})") == Remedy::retry);
  CHECK(remedy(429, R"({"error": {"message": "No more", "type": "insufficient_quota", "code": null}})") ==
        Remedy::give_up);
  CHECK(remedy(429, R"({"error": {"message": "You exceeded your current quota"}})") == Remedy::give_up);
  CHECK(remedy(400, R"({"error": {"message": "unknown response_format"}})", "{}") == Remedy::without_schema);
  CHECK(remedy(422, "", "{}") == Remedy::without_schema);
  CHECK(remedy(400, R"({"error": {"message": "x", "code": "context_length_exceeded"}})", "{}") == Remedy::smaller);
  CHECK(remedy(400, R"({"error": {"message": "filtered"}})") == Remedy::smaller);
  CHECK(remedy(413, "") == Remedy::smaller);
  CHECK(remedy(200, "") == Remedy::retry);
  CHECK(remedy(200, "<html>") == Remedy::retry);
  CHECK(remedy(200, R"({"choices": []})") == Remedy::retry);
  CHECK(remedy(200, completion("").substr(0, 30)) == Remedy::retry);
  CHECK(remedy(200, R"({"error": {"message": "Slow down", "code": 429}})") == Remedy::retry);
  CHECK(remedy(200, R"({"error": {"message": "No money", "code": 402}})") == Remedy::give_up);
  CHECK(fault(Error{Kind::later, {}, "no reply from llm.example: timed out", ""}).remedy == Remedy::retry);
  CHECK(fault(Error{Kind::misuse, {}, "this is not a web address", ""}).remedy == Remedy::give_up);
  CHECK(fault(Error{Kind::failed, {}, "the reply is longer than 8 bytes", ""}).remedy == Remedy::smaller);
}

TEST_CASE("chat: a fault says who answered what, on one line, and what to do", "[chat]") {
  const ChatFault refused = fault(answer(401, R"({"error": {"message": "Incorrect API\n key \"x\""}})"));
  CHECK(refused.what == "llm.example answered 401 Unauthorized: \"Incorrect API key 'x'\"");
  CHECK(refused.hint == "check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint");
  CHECK(fault(answer(503, "<html>busy")).what == "llm.example answered 503 Service Unavailable: \"busy\"");
  CHECK(fault(answer(503, "")).what == "llm.example answered 503 Service Unavailable");
  CHECK(fault(answer(200, "<html>busy")).what == "llm.example answered with a web page: \"busy\"");
  CHECK(fault(answer(200, "{\"a\":")).what == "llm.example answered with something that is not complete JSON");
  CHECK(fault(answer(200, "{}")).what == "llm.example answered with JSON that is not a chat completion");
  CHECK(fault(answer(200, R"({"error": "overloaded"})")).what == "llm.example answered with an error: \"overloaded\"");
}

TEST_CASE("chat: what the endpoint asks to wait is heard", "[chat]") {
  CHECK(fault(answer(429, "", {{"Retry-After", "7"}})).wait_seconds == 7);
  CHECK(fault(answer(429, "", {{"Retry-After", "7"}, {"retry-after-ms", "1500"}})).wait_seconds == 1.5);
  CHECK(fault(answer(503, "", {{"Retry-After", "Thu, 01 Jan 1970 00:01:40 GMT"}})).wait_seconds == 100);
  CHECK(fault(answer(500, "")).wait_seconds == 0);
  // "quota" with a time to wait is a limit by the minute.
  CHECK(fault(answer(429, R"({"error": {"message": "You exceeded your current quota"}})", {{"Retry-After", "20"}}))
            .remedy == Remedy::retry);
}

TEST_CASE("chat: neither a key nor a longer piece of it comes out of a reply", "[chat]") {
  const ChatFault echoed = fault(answer(
      401, R"({"error": {"message": "Bad key sk-invented-0123456789, sk-inven********6789, also invented-01234"}})"));
  CHECK(echoed.what == "llm.example answered 401 Unauthorized: \"Bad key ***, ***, also ***\"");
  const ChatOutcome outcome =
      read(answer(200, R"({"choices": [{"message": {"content": "the key is sk-invented-0123456789!"}}]})"));
  CHECK(std::get<ChatReply>(outcome).content == "the key is ***!");
  CHECK(without_key("nothing to hide", "") == "nothing to hide");
  CHECK(without_key("short", "short") == "short");
}
