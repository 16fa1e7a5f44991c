#include "llm/batch_api.h"

#include "core/json.h"
#include "llm/cost.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Endpoint endpoint{"https://llm.example/v1/", "sk-invented-0123456789"};

Result<Response> answered(int status, const std::string& body) { return Response{status, {}, body}; }

std::string header_of(const Request& request, const char* name) { return std::string(header(request.headers, name)); }

template <typename T>
const T& well(const BatchOutcome<T>& outcome) {
  REQUIRE(std::holds_alternative<T>(outcome));
  return std::get<T>(outcome);
}

template <typename T>
Error failed(const BatchOutcome<T>& outcome) {
  REQUIRE(std::holds_alternative<Error>(outcome));
  return std::get<Error>(outcome);
}

}  // namespace

TEST_CASE("batch API: a line of a batch is a request under a name of ours", "[batches]") {
  Request chat;
  chat.body = R"({"model":"model-1","messages":[]})";
  CHECK(batch_line("2099-01-05-1/1", chat) ==
        R"({"custom_id":"2099-01-05-1/1","method":"POST","url":"/v1/chat/completions",)"
        R"("body":{"model":"model-1","messages":[]}})"
        "\n");
}

TEST_CASE("batch API: a file goes up as a form, with the key", "[batches]") {
  const Request request = upload_request(endpoint, "2099-01-05-1.jsonl", "{\"a\":1}\n");
  CHECK(request.method == "POST");
  CHECK(request.url == "https://llm.example/v1/files");
  CHECK(request.redirects == 0);
  CHECK(header_of(request, "Authorization") == "Bearer sk-invented-0123456789");
  const std::string type = header_of(request, "Content-Type");
  REQUIRE(type.rfind("multipart/form-data; boundary=", 0) == 0);
  const std::string boundary = type.substr(type.find('=') + 1);
  CHECK(request.body == "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--" +
                            boundary +
                            "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"2099-01-05-1.jsonl\"\r\n"
                            "Content-Type: application/jsonl\r\n\r\n{\"a\":1}\n\r\n--" +
                            boundary + "--\r\n");
}

TEST_CASE("batch API: a batch is made of a file, found by its token, looked at and fetched", "[batches]") {
  const Request create = create_request(endpoint, "file-1", "2099-01-05-1 sha256:abc");
  CHECK(create.url == "https://llm.example/v1/batches");
  CHECK(create.body == R"({"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h",)"
                       R"("metadata":{"daybook":"2099-01-05-1 sha256:abc"}})");
  CHECK(status_request(endpoint, "batch_1").url == "https://llm.example/v1/batches/batch_1");
  CHECK(list_request(endpoint, "").url == "https://llm.example/v1/batches?limit=100");
  CHECK(list_request(endpoint, "batch_1").url == "https://llm.example/v1/batches?limit=100&after=batch_1");
  CHECK(content_request(endpoint, "file-2").url == "https://llm.example/v1/files/file-2/content");
  CHECK(content_request(endpoint, "file-2").method == "GET");
}

TEST_CASE("batch API: a batch is read in all of its states", "[batches]") {
  const auto status = [](const std::string& word) {
    return well(read_batch(answered(200, "{\"id\":\"batch_1\",\"status\":\"" + word + "\"}"), endpoint)).status;
  };
  for (const char* word : {"validating", "in_progress", "finalizing", "cancelling", "a new word"})
    CHECK(status(word) == BatchStatus::under_way);
  for (const char* word : {"completed", "expired", "cancelled"}) CHECK(status(word) == BatchStatus::over);
  CHECK(status("failed") == BatchStatus::failed);

  const BatchState batch = well(read_batch(
      answered(200, R"({"id":"batch_1","status":"expired","output_file_id":"file-2","error_file_id":"file-3",)"
                    R"("request_counts":{"total":9,"completed":4,"failed":2},"errors":null,)"
                    R"("metadata":{"daybook":"the token"}})"),
      endpoint));
  CHECK(batch ==
        BatchState{"batch_1", "the token", BatchStatus::over, "expired", 9, 6, "file-2", "file-3", "", false, 0});
}

TEST_CASE("batch API: a batch that was refused says why, without the key, and whether it was for a full queue",
          "[batches]") {
  const auto read = [](const std::string& code, const std::string& message) {
    return well(
        read_batch(answered(200, R"({"id":"batch_1","status":"failed","errors":{"object":"list","data":[{"code":")" +
                                     code + R"(","message":")" + message + "\"}]}}"),
                   endpoint));
  };
  const BatchState refused = read("invalid_json_line", "The line of sk-invented-0123456789\\nis wrong.");
  CHECK(refused.why == ": \"The line of *** is wrong.\"");
  CHECK_FALSE(refused.is_queue_full);
  const BatchState waits = read("token_limit_exceeded", "Limit reached for model-1. Limit: 2,000,000 enqueued tokens.");
  CHECK(waits.is_queue_full);
  CHECK(waits.queue_tokens_most == 2'000'000);
  CHECK(read("token_limit_exceeded", "Too many.").queue_tokens_most == 0);
}

TEST_CASE("batch API: batches come in pages", "[batches]") {
  const BatchList list = well(
      read_batch_list(answered(200, R"({"data":[{"id":"batch_2","status":"completed","metadata":{"daybook":"two"}},)"
                                    R"({"id":"../x","status":"completed"},{"id":"batch_1","status":"failed"}],)"
                                    R"("has_more":true})"),
                      endpoint));
  REQUIRE(list.batches.size() == 2);
  CHECK(list.batches[0].token == "two");
  CHECK(list.batches[1].token.empty());
  CHECK(list.next == "batch_1");
  CHECK(well(read_batch_list(answered(200, R"({"data":[],"has_more":false})"), endpoint)).next.empty());
}

TEST_CASE("batch API: an endpoint without batches is told from one that fails, and from a wrong key", "[batches]") {
  const auto none = read_uploaded(answered(404, R"({"error":{"message":"No such path."}})"), endpoint);
  REQUIRE(std::holds_alternative<NoBatches>(none));
  CHECK(std::get<NoBatches>(none).error ==
        Error{Kind::later,
              {},
              "llm.example has no Batch API: llm.example answered 404 Not Found: \"No such path.\"",
              "no action needed: the papers are sent without it, at full price; or set batch_api = false in [llm]"});
  CHECK(failed(read_uploaded(answered(401, R"({"error":{"message":"Wrong key sk-invented-0123456789"}})"), endpoint)) ==
        Error{Kind::failed,
              {},
              "llm.example answered 401 Unauthorized: \"Wrong key ***\"",
              "check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint"});
  CHECK(failed(read_batch(answered(503, ""), endpoint)).kind == Kind::later);
  CHECK(failed(read_batch(Error{Kind::later, {}, "llm.example: no route", ""}, endpoint)).what ==
        "llm.example: no route");
  CHECK(failed(read_content(answered(429, ""), endpoint)).kind == Kind::later);
  CHECK(failed(read_batch(answered(200, "<html>"), endpoint)) ==
        Error{Kind::later,
              {},
              "llm.example answered with something that is not a batch",
              "no action needed: a later run asks again; if this persists, set batch_api = false in [llm]"});
  CHECK(failed(read_uploaded(answered(200, R"({"id":"a/../b"})"), endpoint)).what ==
        "llm.example answered with something that is not a uploaded file");
}

TEST_CASE("batch API: replies of a batch read as those to single requests, in any order", "[batches]") {
  const auto replies = read_replies(
      R"({"custom_id":"b","response":{"status_code":200,"body":{"choices":[{"message":{"content":"yes"}}]}},"error":null})"
      "\n\nno JSON\n{\"response\":{}}\n"
      R"({"custom_id":"a","response":{"status_code":400,"body":{"error":{"message":"Too long."}}},"error":null})"
      "\n"
      R"({"custom_id":"c","response":null,"error":{"code":"batch_expired","message":"Too late for sk-invented-0123456789."}})"
      "\n"
      R"({"custom_id":"d"})",
      endpoint);
  REQUIRE(replies.size() == 4);
  CHECK(replies[0].name == "b");
  const auto reply = read_chat(replies[0].response, endpoint, {}, Instant());
  REQUIRE(std::holds_alternative<ChatReply>(reply));
  CHECK(std::get<ChatReply>(reply).content == "yes");
  CHECK(std::get<ChatFault>(read_chat(replies[1].response, endpoint, {}, Instant())).what ==
        "llm.example answered 400 Bad Request: \"Too long.\"");
  REQUIRE_FALSE(replies[2].response);
  CHECK(replies[2].response.error().what == "the batch has no reply to it: \"Too late for ***.\"");
  REQUIRE_FALSE(replies[3].response);
  CHECK(replies[3].response.error().what == "the batch has no reply to it");
}

TEST_CASE("batch API: a request in a batch costs half, and is reckoned with by estimate until it is answered",
          "[batches]") {
  const Prices prices{{{"model-1", 2.0, 1.0, 8.0}}};
  LlmCall call;
  call.model = "model-1";
  call.tokens = {1'000'000, 0, 500'000, {}};
  CHECK(cost_of(call, prices.prices[0])->sum() == 6.0);
  CHECK(dollars_of({call, call}, prices) == 12.0);
  call.batch = "2099-01-05-1/1";
  CHECK(cost_of(call, prices.prices[0])->prompt == 1.0);
  CHECK(cost_of(call, prices.prices[0])->completion == 2.0);
  CHECK(dollars_of({call}, prices) == 3.0);
  call.tokens = {};
  CHECK_FALSE(cost_of(call, prices.prices[0]));
  call.estimate = {2'000'000, {}, 0, {}};
  CHECK(dollars_of({call}, prices) == 2.0);
  call.model = "model-2";
  CHECK(dollars_of({call}, prices) == 0.0);
}
