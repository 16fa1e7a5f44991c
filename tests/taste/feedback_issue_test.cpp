#include "taste/feedback_issue.h"

#include "core/json_writer.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::string issue_json(const std::string& body, const std::string& more = "") {
  JsonWriter text;
  text.value(body);
  return R"({"number": 12, "created_at": "2099-01-05T06:02:11Z", "user": {"login": "ada"}, "body": )" + text.text() +
         more + '}';
}

std::optional<FeedbackIssue> read(const std::string& json) {
  auto issue = read_feedback_issue(json, "issue.json");
  REQUIRE(issue);
  return std::move(*issue);
}

std::string fault(const std::string& json) {
  const auto issue = read_feedback_issue(json, "issue.json");
  return issue ? "" : issue.error().what;
}

}  // namespace

TEST_CASE("feedback issue: its field is read, up to the next heading, alone or in an event", "[feedback]") {
  const std::string json =
      issue_json("### Papers\r\n\r\n+ 9901.00001\r\nforget 9901.00002\r\n\r\n### More\n\n- 9901.00003");
  for (const std::string& text : {json, R"({"action": "opened", "issue": )" + json + '}'}) {
    const auto issue = read(text);
    REQUIRE(issue);
    CHECK(issue->number == 12);
    CHECK(issue->author == "ada");
    CHECK(issue->opened->rfc3339() == "2099-01-05T06:02:11Z");
    CHECK(issue->opinions == std::vector<Opinion>{{"9901.00001", Stance::like, 3}, {"9901.00002", Stance::forget, 4}});
    CHECK(issue->faults.empty());
  }
}

TEST_CASE("feedback issue: what is not of the form is none", "[feedback]") {
  for (const char* body : {"", "It broke.\n### Papers\n+ 9901.00001", "### Papers of mine\n+ 9901.00001", "## Papers"})
    CHECK_FALSE(read(issue_json(body)));
  CHECK_FALSE(read(issue_json("### Papers\n\n+ 9901.00001", R"(, "pull_request": {"url": ""})")));
  CHECK_FALSE(read(R"({"number": 1, "body": null})"));
  CHECK_FALSE(read(R"({"number": 1})"));
  for (const char* json : {"{}", "[]", R"({"number": -1, "body": "### Papers"})", R"({"number": 1.5})",
                           R"({"issue": {"body": "### Papers"}})", R"({"number": 12345678901234567890})"})
    CHECK(fault(json) == "this is no issue: it has no number");
  CHECK_FALSE(fault("{").empty());
  CHECK_FALSE(fault("{\"number\": 1, \"body\": \"### Papers\n\xFF\"}").empty());
}

TEST_CASE("feedback issue: two hundred papers count", "[feedback]") {
  std::string body = "### Papers\n";
  for (int i = 0; i < 201; ++i) body += "+ 9901." + std::to_string(10000 + i) + '\n';
  const auto issue = read(issue_json(body));
  CHECK(issue->opinions.size() == 200);
  REQUIRE(issue->beyond.size() == 1);
  CHECK(issue->beyond[0].id == "9901.10200");
}

TEST_CASE("feedback issue: who may write is GitHub's word on its author", "[feedback]") {
  const auto may = [](const std::string& json) {
    const auto answer = may_write(json, "permission.json", "Ada");
    return answer ? (*answer ? "yes" : "no") : answer.error().what;
  };
  CHECK(may(R"({"permission": "admin", "user": {"login": "ada"}})") == "yes");
  CHECK(may(R"({"permission": "write", "role_name": "maintain"})") == "yes");
  CHECK(may(R"({"permission": "read", "role_name": "triage"})") == "no");
  CHECK(may(R"({"permission": "none", "role_name": "admin"})") == "no");
  CHECK(may(R"({"permission": "WRITE"})") == "no");
  CHECK(may(R"({"message": "Not Found"})") == "this reply names no permission");
  CHECK(may(R"({"permission": "admin", "user": {"login": "eve"}})") ==
        "this permission is not that of the issue's author");
}
