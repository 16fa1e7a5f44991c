#include "rehearsal/hub.h"

#include <algorithm>
#include <random>
#include <stdexcept>

#include "rehearsal/commands.h"

namespace daybook::rehearsal {

namespace {

Answer json(int status, std::string text) {
  return {.status = status, .headers = {{"Content-Type", "application/json; charset=utf-8"}}, .body = std::move(text)};
}

Answer message(int status, const std::string& text) { return json(status, json_texts({{"message", text}})); }

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string query_value(const std::string& query, const std::string& name) {
  const auto at = ('&' + query).find('&' + name + '=');
  if (at == std::string::npos) return {};
  const auto start = at + name.size() + 1;
  return unescaped(query.substr(start, query.find('&', start) - start));
}

std::size_t per_page(const std::string& query) {
  const std::string asked = query_value(query, "per_page");
  return asked.empty() ? 30 : std::min<std::size_t>(100, std::stoul(asked));
}

const char* content_type(const std::string& path) {
  const auto ends = [&](const std::string& end) {
    return path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
  };
  if (ends(".html")) return "text/html; charset=utf-8";
  if (ends(".xml")) return "application/xml";
  if (ends(".json")) return "application/json; charset=utf-8";
  return "application/octet-stream";
}

}  // namespace

Hub::Hub(std::string repository) : repository_(std::move(repository)) {
  server_.answer_all([this](const Received& request) { return respond(request); });
}

std::string Hub::pages_url() const { return server_.url(repository_.substr(repository_.find('/')) + '/'); }

int Hub::open_issue(Issue issue) {
  const std::lock_guard lock(mutex_);
  issue.number = static_cast<int>(issues_.size()) + 1;
  issues_.push_back(std::move(issue));
  return issues_.back().number;
}

void Hub::comment(int issue, Comment comment) {
  const std::lock_guard lock(mutex_);
  issues_.at(static_cast<std::size_t>(issue) - 1).comments.push_back(std::move(comment));
}

void Hub::fail_with(int status, const std::string& path) {
  const std::lock_guard lock(mutex_);
  failing_ = status;
  failing_path_ = path;
}

// Once.
bool Hub::is_hung_on(const std::string& call) {
  const std::lock_guard lock(mutex_);
  if (hanging_on_.empty() || !starts_with(call, hanging_on_)) return false;
  hanging_on_.clear();
  return hangs_ = true;
}

void Hub::release(Release release) {
  const std::lock_guard lock(mutex_);
  releases_.push_back(std::move(release));
}

std::string Hub::make_token(const Texts& permissions) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device random;
  std::string token = "ghs_";
  for (int i = 0; i < 36; ++i) token += letters[random() % (sizeof letters - 1)];
  const std::lock_guard lock(mutex_);
  tokens_[token] = permissions;
  return token;
}

void Hub::revoke(const std::string& token) {
  const std::lock_guard lock(mutex_);
  tokens_.erase(token);
}

bool Hub::may(const std::string& token, const std::string& permission, const std::string& access) const {
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(token);
  if (found == tokens_.end()) return false;
  if (permission == "metadata") return true;  // every token has it
  std::string granted = text_of(found->second, permission);
  if (granted.empty()) granted = text_of(found->second, "*");
  return granted == "write" || (granted == "read" && access == "read");
}

void Hub::record(RunEntry run) {
  const std::lock_guard lock(mutex_);
  for (RunEntry& known : runs_)
    if (known.number == run.number) {
      known = std::move(run);
      return;
    }
  runs_.push_back(std::move(run));
}

void Hub::deploy(std::map<std::string, std::string> site) {
  const std::lock_guard lock(mutex_);
  site_ = std::move(site);
  ++deployments_;
}

// Nothing where the token that the request shows may do that.
std::optional<Answer> Hub::refusal(const Received& request, const std::string& permission, const std::string& access) {
  const std::string shown = request.header("Authorization");
  const std::string token = shown.substr(std::min(shown.size(), shown.find(' ') + 1));
  if (may(token, permission, access)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const bool known = tokens_.count(token) > 0;
  const std::string why = known ? permission + ": " + access + " is missing" : "no token that is valid";
  refusals_.push_back((known ? "403 " : "401 ") + request.method + ' ' + request.path + ": " + why);
  return known ? message(403, "Resource not accessible by integration") : message(401, "Bad credentials");
}

Answer Hub::respond(const Received& request) {
  const std::string path = request.path.substr(0, request.path.find('?'));
  const std::string own = "/repos/" + repository_;
  if (path == own || starts_with(path, own + '/')) {
    {
      const std::lock_guard lock(mutex_);
      if (failing_ != 0 && starts_with(path.substr(own.size()), failing_path_))
        return message(failing_, "Server Error");
    }
    try {
      Answer answer = call(request, path.substr(own.size()));
      if (is_hung_on(request.method + ' ' + path.substr(own.size()))) answer.delay_seconds = 3600;
      return answer;
    } catch (const std::runtime_error&) {
      return message(400, "Problems parsing JSON");
    }
  }
  const std::string site = repository_.substr(repository_.find('/'));
  if (path == site || starts_with(path, site + '/')) return page(path.substr(site.size()));
  return message(404, "Not Found");
}

Answer Hub::call(const Received& request, const std::string& path) {
  const auto guarded = [&](const char* permission, const char* access, const auto& answer) {
    const auto refused = refusal(request, permission, access);
    return refused ? *refused : answer();
  };
  const char* access = request.method == "GET" ? "read" : "write";
  if (path.empty() && request.method == "GET") return guarded("metadata", "read", [&] { return repository_answer(); });
  if (path == "/pages" && request.method == "GET") return guarded("pages", "read", [&] { return pages_answer(); });
  if (starts_with(path, "/releases") && request.method == "GET")
    return guarded("contents", "read", [&] { return release_answer(path); });
  if (starts_with(path, "/git/trees/") && request.method == "GET")
    return guarded("contents", "read", [&] { return tree_answer(path.substr(11)); });
  if (starts_with(path, "/collaborators/") && request.method == "GET")
    return guarded("metadata", "read", [&] { return permission_answer(path.substr(15)); });
  if (starts_with(path, "/issues")) return guarded("issues", access, [&] { return issues_answer(request, path); });
  if (starts_with(path, "/actions/workflows/"))
    return guarded("actions", access, [&] { return workflow_answer(request, path.substr(19)); });
  const std::lock_guard lock(mutex_);
  refusals_.push_back("501 " + request.method + ' ' + request.path + ": the rehearsal does not know it");
  return message(501, "Not Implemented");
}

// Of what GitHub says, what our scripts read.
Answer Hub::repository_answer() const {
  const std::string of = json_texts({{"full_name", "daybook-template/daybook"}});
  return json(200, json_object({{"full_name", json_of(repository_)}, {"template_repository", of}}));
}

Answer Hub::pages_answer() const {
  const std::lock_guard lock(mutex_);
  if (!pages_.on) return message(404, "Not Found");
  return json(200, json_texts({{"html_url", pages_url()}, {"build_type", pages_.build_type}}));
}

// The list, or the bytes of an asset.
Answer Hub::release_answer(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> list;
  int id = 0;
  for (const Release& release : releases_) {
    std::vector<std::string> assets;
    for (const auto& [name, bytes] : release.assets) {
      if (path == "/releases/assets/" + std::to_string(++id)) return {.body = bytes};
      assets.push_back(json_object({{"name", json_of(name)}, {"id", std::to_string(id)}}));
    }
    list.push_back(
        json_object({{"tag_name", json_of(release.tag)}, {"draft", "false"}, {"assets", json_list(assets)}}));
    if (path == "/releases/tags/" + release.tag) return json(200, list.back());
  }
  return path == "/releases" ? json(200, json_list(list)) : message(404, "Not Found");
}

Answer Hub::tree_answer(const std::string& commit) const {
  const std::lock_guard lock(mutex_);
  const auto found = trees_.find(commit);
  if (found == trees_.end()) return message(404, "Not Found");
  std::vector<std::string> entries;
  for (const std::string& line : lines_of(found->second.entries)) {
    const auto type = line.find(' ') + 1;
    const auto sha = line.find(' ', type) + 1;
    const auto path = line.find('\t') + 1;
    entries.push_back(json_texts({{"path", line.substr(path)},
                                  {"mode", line.substr(0, type - 1)},
                                  {"type", line.substr(type, sha - type - 1)},
                                  {"sha", line.substr(sha, path - sha - 1)}}));
  }
  return json(200, json_object({{"sha", json_of(commit)},
                                {"tree", json_list(entries)},
                                {"truncated", found->second.truncated ? "true" : "false"}}));
}

// https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
Answer Hub::permission_answer(const std::string& login) const {
  const std::string end = "/permission";
  const auto at = login.find(end);
  if (at == std::string::npos || at == 0 || at + end.size() != login.size()) return message(404, "Not Found");
  const std::string name = unescaped(login.substr(0, at));
  const std::lock_guard lock(mutex_);
  const auto found = people_.find(name);
  const std::string permission = found == people_.end() ? "read" : found->second;
  if (permission == "gone") return message(404, name + " is not a user");
  return json(200, json_object({{"permission", json_of(permission)}, {"user", json_texts({{"login", name}})}}));
}

// https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
std::string Hub::association(const std::string& login) const {
  const auto found = people_.find(login);
  if (found == people_.end() || found->second == "gone") return "NONE";
  return found->second == "admin" ? "OWNER" : "COLLABORATOR";
}

std::string Hub::issue_json(const Issue& issue) const {
  return json_object({{"number", std::to_string(issue.number)},
                      {"title", json_of(issue.title)},
                      {"body", json_of(issue.body)},
                      {"state", json_of(issue.state)},
                      {"created_at", json_of(issue.created)},
                      {"author_association", json_of(association(issue.creator))},
                      {"user", json_texts({{"login", issue.creator}})}});
}

Answer Hub::issues_answer(const Received& request, const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto question = request.path.find('?');
  if (path == "/issues" && request.method == "GET")
    return list_issues(question == std::string::npos ? "" : request.path.substr(question + 1));
  if (path == "/issues" && request.method == "POST") return new_issue(request);
  if (!starts_with(path, "/issues/")) return message(404, "Not Found");
  const std::string rest = path.substr(8);
  for (Issue& issue : issues_) {
    const std::string number = std::to_string(issue.number);
    if (rest == number && request.method == "PATCH") return change_issue(request, issue);
    if (rest == number + "/comments" && request.method == "POST") {
      issue.comments.push_back({bot, text_of(members_in(request.body), "body")});
      return json(201, request.body);
    }
    if (rest == number + "/comments" && request.method == "GET") return list_comments(issue);
  }
  return message(404, "Not Found");
}

Answer Hub::new_issue(const Received& request) {
  const Texts asked = members_in(request.body);
  Issue issue{static_cast<int>(issues_.size()) + 1, text_of(asked, "title"), text_of(asked, "body")};
  if (issue.title.empty()) return message(422, "Validation Failed");
  issues_.push_back(issue);
  return json(201, issue_json(issue));
}

Answer Hub::list_comments(const Issue& issue) const {
  std::vector<std::string> list;
  for (const Comment& comment : issue.comments)
    list.push_back(json_object({{"user", json_texts({{"login", comment.author}})}, {"body", json_of(comment.body)}}));
  return json(200, json_list(list));
}

Answer Hub::list_issues(const std::string& query) const {
  const std::string state = query_value(query, "state");
  const std::string creator = query_value(query, "creator");
  std::vector<std::string> list;
  for (auto issue = issues_.rbegin(); issue != issues_.rend() && list.size() < per_page(query); ++issue) {
    if (state != "all" && issue->state != (state.empty() ? "open" : state)) continue;
    if (creator.empty() || issue->creator == creator) list.push_back(issue_json(*issue));
  }
  return json(200, json_list(list));
}

Answer Hub::change_issue(const Received& request, Issue& issue) {
  const std::pair<const char*, std::string*> parts[] = {
      {"title", &issue.title}, {"body", &issue.body}, {"state", &issue.state}, {"state_reason", &issue.state_reason}};
  for (const auto& [name, text] : members_in(request.body))
    for (const auto& [part, place] : parts)
      if (name == part) *place = text;
  return json(200, issue_json(issue));
}

Answer Hub::workflow_answer(const Received& request, const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string workflow = path.substr(0, path.find('/'));
  const std::string what = path.substr(std::min(path.size(), workflow.size() + 1));
  const auto question = request.path.find('?');
  if (what == "runs" && request.method == "GET")
    return list_runs(workflow, question == std::string::npos ? "" : request.path.substr(question + 1));
  if (what == "enable" && request.method == "PUT") {
    enabled_.push_back(workflow);
    return {.status = 204};
  }
  if (what == "dispatches" && request.method == "POST") {
    if (text_of(members_in(request.body), "ref").empty())
      return message(422, "Invalid request.\n\n\"ref\" wasn't supplied.");
    dispatches_.push_back(workflow);
    return {.status = 204};
  }
  refusals_.push_back("501 " + request.method + ' ' + request.path + ": the rehearsal does not know it");
  return message(501, "Not Implemented");
}

Answer Hub::list_runs(const std::string& workflow, const std::string& query) const {
  // "Can be one of" statuses and conclusions alike.
  const std::string wanted = query_value(query, "status");
  std::vector<std::string> list;
  for (auto run = runs_.rbegin(); run != runs_.rend() && list.size() < per_page(query); ++run) {
    if (run->workflow != workflow) continue;
    if (!wanted.empty() && run->status != wanted && run->conclusion != wanted) continue;
    const std::string page = "https://github.com/" + repository_ + "/actions/runs/" + std::to_string(run->number);
    list.push_back(json_object({{"event", json_of(run->event)},
                                {"created_at", json_of(run->created)},
                                {"html_url", json_of(page)},
                                {"conclusion", run->conclusion.empty() ? "null" : json_of(run->conclusion)}}));
  }
  return json(200, json_object({{"workflow_runs", json_list(list)}}));
}

// What was deployed last; "/" is its index.html, as Pages serve it.
Answer Hub::page(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  if (!site_ || !pages_.on) return {.status = 404, .body = "There isn't a GitHub Pages site here.\n"};
  if (path.empty()) return {.status = 301, .headers = {{"Location", pages_url()}}};
  std::string name = unescaped(path.substr(1));
  if (name.empty() || name.back() == '/') name += "index.html";
  if (const auto found = site_->find(name); found != site_->end())
    return {.headers = {{"Content-Type", content_type(name)}}, .body = found->second};
  if (site_->count(name + "/index.html") > 0)
    return {.status = 301, .headers = {{"Location", pages_url() + path.substr(1) + '/'}}};
  const auto own = site_->find("404.html");
  return {.status = 404, .body = own == site_->end() ? "File not found\n" : own->second};
}

}  // namespace daybook::rehearsal
