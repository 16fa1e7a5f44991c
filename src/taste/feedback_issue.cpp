#include "taste/feedback_issue.h"

#include <climits>
#include <iterator>
#include <string_view>
#include <utility>

#include "core/json.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr std::string_view heading = "### Papers";
constexpr std::string_view any_heading = "\n### ";

// What the field holds; nothing in a text of another form.
std::optional<std::string_view> field_of(std::string_view body) {
  body = trim(body);
  const std::string_view first = trim(body.substr(0, body.find('\n')));
  if (first != heading) return std::nullopt;
  body.remove_prefix(heading.size());
  return body.substr(0, body.find(any_heading));
}

Error no_issue(const std::string& source, std::string what) {
  return {Kind::failed, {source, 0, 0}, std::move(what), "give an issue as GitHub's REST API returns it"};
}

}  // namespace

Result<std::optional<FeedbackIssue>> read_feedback_issue(std::string json, const std::string& source) {
  JsonDocument document;
  document.text = std::move(json);
  if (auto fault = parse_json(document, source)) return *std::move(fault);
  const Json* nested = member(document.root, "issue");
  const Json& root = nested != nullptr ? *nested : document.root;
  const auto number = integer_of(member(root, "number"));
  if (!number || *number < 1 || *number > INT_MAX) return no_issue(source, "this is no issue: it has no number");
  const auto field = field_of(string_of(member(root, "body")));
  if (!field || member(root, "pull_request") != nullptr) return std::optional<FeedbackIssue>();
  FeedbackIssue issue;
  issue.number = static_cast<int>(*number);
  if (const Json* user = member(root, "user")) issue.author = string_of(member(*user, "login"));
  issue.opened = Instant::parse_rfc3339(string_of(member(root, "created_at")));
  issue.opinions = read_opinions_of_issue(*field, "issue #" + std::to_string(issue.number), issue.faults);
  if (issue.opinions.size() > opinions_per_issue) {
    const auto first = issue.opinions.begin() + opinions_per_issue;
    issue.beyond.assign(std::make_move_iterator(first), std::make_move_iterator(issue.opinions.end()));
    issue.opinions.erase(first, issue.opinions.end());
  }
  return std::optional(std::move(issue));
}

Result<bool> may_write(std::string json, const std::string& source, const std::string& author) {
  JsonDocument document;
  document.text = std::move(json);
  if (auto fault = parse_json(document, source)) return *std::move(fault);
  const std::string_view permission = string_of(member(document.root, "permission"));
  if (permission.empty())
    return Error{Kind::failed,
                 {source, 0, 0},
                 "this reply names no permission",
                 "give GitHub's reply to GET /repos/OWNER/NAME/collaborators/LOGIN/permission"};
  const Json* user = member(document.root, "user");
  if (const auto login = user != nullptr ? string_of(member(*user, "login")) : std::string_view();
      !login.empty() && !equal_ignoring_case(login, author))
    return Error{Kind::failed,
                 {source, 0, 0},
                 "this permission is not that of the issue's author",
                 "ask for the permission of the issue's user.login"};
  return permission == "admin" || permission == "write";
}

}  // namespace daybook
