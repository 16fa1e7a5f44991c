// What endpoints say went wrong, in each of the shapes in which they do.
#include "core/complaint.h"

#include "llm/fault.h"
#include "support/catch.h"

using namespace daybook;

namespace {

FaultKind kind(int status, const std::string& body) { return kind_of(status, complaint_of(body), 0); }

}  // namespace

TEST_CASE("complaint: the message is found wherever it stands") {
  const char* bodies[] = {
      R"({"error": {"message": "too slow", "type": "server_error"}})",
      R"([{"error": {"code": 400, "message": "too slow", "status": "INVALID_ARGUMENT"}}])",
      R"({"error": "too slow"})",
      R"({"error": "Bad Request", "message": "too slow", "status": 400})",
      R"({"error": "invalid_request", "error_description": "too slow"})",
      R"({"detail": "too slow"})",
      R"({"detail": [{"loc": ["body", "messages"], "msg": "too slow", "type": "value_error"}]})",
      R"({"message": {"detail": [{"loc": ["body"], "msg": "too slow"}]}})",
      R"({"object": "error", "message": "too slow", "code": 40001})",
      R"({"errors": [{"message": "too slow", "code": 7}], "success": false})",
      R"({"base_resp": {"status_code": 1000, "status_msg": "too slow"}, "choices": null})",
      R"({"error_code": 17, "error_msg": "too slow"})",
      R"({"code": 50505, "msg": "too slow"})",
      R"({"type": "about:blank", "title": "too slow", "status": 500})",
      R"({"error": {"message": "Provider returned error", "code": 502,
                    "metadata": {"raw": "{\"error\": {\"message\": \"too slow\"}}", "provider_name": "X"}}})",
      "<!DOCTYPE html>\n<style>p {}</style><script>var a = '<b>';</script><h1>too slow</h1>",
      "too slow\n",
  };
  for (const std::string body : bodies) {
    INFO(body);
    CHECK(complaint_of(body).message == "too slow");
  }
  for (const std::string body : {"", " ", "{}", "[]", "null", "7", R"({"error": null})", R"({"error": {"code": 7}})"}) {
    INFO(body);
    CHECK(complaint_of(body).message.empty());
  }
}

TEST_CASE("complaint: a refusal by moderation is of the paper, in each endpoint's words") {
  const std::pair<int, const char*> refusals[] = {
      {403, R"({"error": {"code": 403, "message": "X requires moderation on Y. Your input was flagged",
                          "metadata": {"reasons": ["violence"], "flagged_input": "…", "provider_name": "Y"}}})"},
      {0, R"({"error": {"code": 403, "message": "no", "metadata": {"reasons": ["violence"]}}})"},
      {400, R"({"error": {"code": "content_filter", "message": "The response was filtered", "status": 400,
                          "innererror": {"code": "ResponsibleAIPolicyViolation"}}})"},
      {400, R"({"error": {"message": "no", "innererror": {"code": "ResponsibleAIPolicyViolation"}}})"},
      {400,
       R"({"error": {"code": "data_inspection_failed", "message": "Input data may contain inappropriate content"}})"},
      {400, R"({"code": "DataInspectionFailed", "message": "no"})"},
      {400, R"({"error": {"message": "Content Exists Risk", "type": "invalid_request_error"}})"},
      {400, R"({"error": {"message": "Invalid prompt", "code": "invalid_prompt"}})"},
      {451, R"({"error": {"message": "no"}})"},
      {451, ""},
      {0, R"({"base_resp": {"status_code": 1026, "status_msg": "input new_sensitive"}})"},
      {0, R"({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}})"},
      {0, R"({"candidates": [{"finishReason": "SAFETY"}]})"}};
  for (const auto& [status, body] : refusals) {
    INFO(body);
    const Complaint complaint = complaint_of(body);
    CHECK(kind_of(status == 0 ? complaint.status : status, complaint, 0) == FaultKind::moderation);
  }
}

TEST_CASE("complaint: a refusal of the key, the account or the country is the service's") {
  CHECK(kind(403, R"({"error": {"message": "This country is not supported.", "code": "unsupported_country"}})") ==
        FaultKind::access);
  CHECK(kind(403, R"({"error": {"message": "Your account was flagged by moderation"}})") == FaultKind::access);
  CHECK(kind(403, "<html><title>Blocked: your request was flagged</title>") == FaultKind::access);
  CHECK(kind(451, R"({"message": "not available in your country"})") == FaultKind::request);
  CHECK(kind(403, "") == FaultKind::access);
  for (const char* message :
       {"API key not valid. Please pass a valid API key.", "Invalid API key", "Incorrect API key provided: x"}) {
    INFO(message);
    for (const int status : {400, 403, 0})
      CHECK(kind(status, R"([{"error": {"message": ")" + std::string(message) + R"("}}])") == FaultKind::key);
  }
  CHECK(kind(400, R"({"error": {"message": "x", "code": "invalid_api_key"}})") == FaultKind::key);
  CHECK(kind(400, R"({"error": {"message": "x", "details": [{"reason": "API_KEY_INVALID"}]}})") == FaultKind::key);
  CHECK(kind(401, R"({"error": {"message": "flagged", "code": "content_filter"}})") == FaultKind::key);
  const Complaint login = complaint_of(R"({"base_resp": {"status_code": 1004, "status_msg": "login fail"}})");
  CHECK(kind_of(login.status, login, 0) == FaultKind::key);
  CHECK(kind(400, R"({"error": {"message": "Your credit balance is too low to access the API"}})") == FaultKind::money);
  CHECK(kind(400, R"({"code": "Arrearage", "message": "Access denied"})") == FaultKind::money);
  CHECK(kind(400, R"({"error": {"message": "Model Not Exist"}})") == FaultKind::not_found);
}

TEST_CASE("complaint: what is too long is so for each endpoint, with any status") {
  CHECK(kind(400, R"({"error": {"message": "x", "code": "context_length_exceeded"}})") == FaultKind::too_long);
  CHECK(kind(400, R"({"message": "This model's maximum context length is 8192 tokens"})") == FaultKind::too_long);
  CHECK(kind(400, R"({"error": {"message": "input exceeds the maximum number of tokens allowed"}})") ==
        FaultKind::too_long);
  CHECK(kind(422, R"({"detail": [{"msg": "prompt is too long"}]})") == FaultKind::too_long);
  CHECK(kind(413, "<html>413 Request Entity Too Large") == FaultKind::too_long);
  CHECK(kind(429, R"({"error": {"message": "Request too large for model-1 on tokens per min: Limit 10, Requested 20",
                                "code": "rate_limit_exceeded"}})") == FaultKind::too_long);
  CHECK(kind(429, R"({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}})") == FaultKind::busy);
  CHECK(kind(502, "<html>the page is too large") == FaultKind::down);
}

TEST_CASE("complaint: every kind of fault has words for readers that quote nobody") {
  for (int kind = 0; kind <= static_cast<int>(FaultKind::no_completion); ++kind) {
    CHECK_FALSE(fault_words(static_cast<FaultKind>(kind)).empty());
    CHECK_FALSE(fault_of(static_cast<FaultKind>(kind), "").hint.empty());
  }
}

TEST_CASE("complaint: what passes, a setting's fault and an account's are not a paper's", "[complaint]") {
  const auto said = [](const std::string& message) { return "{\"error\": {\"message\": \"" + message + "\"}}"; };
  CHECK(kind(429, said("Too many tokens, please wait before trying again.")) == FaultKind::busy);
  CHECK(kind(429, said("Request too large for model-1 on tokens per min")) == FaultKind::too_long);
  CHECK(kind(400, said("Invalid 'temperature': 1.5 is too large, the maximum is 1")) == FaultKind::request);
  CHECK(kind(400, said("prompt is too long: 210000 tokens > 200000 maximum")) == FaultKind::too_long);
  CHECK(kind(403, said("Request not allowed: IP flagged by WAF")) == FaultKind::access);
  CHECK(kind(403, said("Your access was terminated due to violation of our usage policies")) == FaultKind::access);
  CHECK(kind(403, said("Your project has been suspended: violates our content policy")) == FaultKind::access);
  CHECK(kind(403, R"({"detail": "Content violates policy"})") == FaultKind::moderation);
  CHECK(kind(400, R"([{"error": {"message": "blocked: PROHIBITED_CONTENT"}}])") == FaultKind::moderation);
  CHECK(kind(422, said("blocked by guardrail: unsafe content")) == FaultKind::moderation);
}

TEST_CASE("complaint: a wrong key or model told by a 400 is one", "[complaint]") {
  const char* of_key[] = {
      R"({"error": {"type": "authentication_error", "message": "Authentication Fails, Your api key: ****test is invalid"}})",
      R"({"detail": "Invalid token"})", R"({"error": {"message": "The API key provided is invalid or has expired"}})",
      R"({"error": {"message": "Unauthorized: invalid x-api-key"}})",
      R"({"error": {"message": "Missing Authentication header", "code": "401"}})"};
  for (const char* body : of_key) {
    INFO(body);
    CHECK(kind(400, body) == FaultKind::key);
  }
  CHECK(kind(400, R"({"error": {"message": "Invalid model name passed in model=model-9"}})") == FaultKind::not_found);
}

TEST_CASE("complaint: a used-up quota stays one, however absurd the wait that is asked for", "[complaint]") {
  const Complaint complaint = complaint_of(R"({"error": {"message": "You exceeded your current quota"}})");
  CHECK(kind_of(429, complaint, 20) == FaultKind::busy);
  CHECK(kind_of(429, complaint, 1e18) == FaultKind::money);
}
