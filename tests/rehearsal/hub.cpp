#include "rehearsal/hub.h"

#include <algorithm>
#include <random>
#include <stdexcept>

#include "rehearsal/commands.h"

namespace daybook::rehearsal {

namespace {

Answer json(int status, const Value& value) {
  return {.status = status, .headers = {{"Content-Type", "application/json; charset=utf-8"}}, .body = to_json(value)};
}

Answer message(int status, const std::string& text) { return json(status, object_of({{"message", text}})); }

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

void Hub::set_pages(PagesSetting setting) {
  const std::lock_guard lock(mutex_);
  pages_ = std::move(setting);
}

PagesSetting Hub::pages() const {
  const std::lock_guard lock(mutex_);
  return pages_;
}

void Hub::set_template(std::string repository) {
  const std::lock_guard lock(mutex_);
  template_ = std::move(repository);
}

void Hub::set_issues_on(bool on) {
  const std::lock_guard lock(mutex_);
  issues_on_ = on;
}

void Hub::release(Release release) {
  const std::lock_guard lock(mutex_);
  releases_.push_back(std::move(release));
}

void Hub::set_tree(const std::string& commit, CommitTree tree) {
  const std::lock_guard lock(mutex_);
  trees_[commit] = std::move(tree);
}

void Hub::fail_with(int status) {
  const std::lock_guard lock(mutex_);
  failing_ = status;
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

void Hub::open_issue(Issue issue) {
  const std::lock_guard lock(mutex_);
  issue.number = static_cast<int>(issues_.size()) + 1;
  issues_.push_back(std::move(issue));
}

std::vector<Issue> Hub::issues() const {
  const std::lock_guard lock(mutex_);
  return issues_;
}

std::vector<Dispatch> Hub::dispatches() const {
  const std::lock_guard lock(mutex_);
  return dispatches_;
}

std::vector<std::string> Hub::enabled() const {
  const std::lock_guard lock(mutex_);
  return enabled_;
}

std::vector<std::string> Hub::refusals() const {
  const std::lock_guard lock(mutex_);
  return refusals_;
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

std::optional<std::map<std::string, std::string>> Hub::site() const {
  const std::lock_guard lock(mutex_);
  return site_;
}

int Hub::deployments() const {
  const std::lock_guard lock(mutex_);
  return deployments_;
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
      if (failing_ != 0) return message(failing_, "Server Error");
    }
    try {
      return call(request, path.substr(own.size()));
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
  if (starts_with(path, "/issues")) return guarded("issues", access, [&] { return issues_answer(request, path); });
  if (starts_with(path, "/actions/workflows/"))
    return guarded("actions", access, [&] { return workflow_answer(request, path.substr(19)); });
  const std::lock_guard lock(mutex_);
  refusals_.push_back("501 " + request.method + ' ' + request.path + ": the rehearsal does not know it");
  return message(501, "Not Implemented");
}

Answer Hub::repository_answer() const {
  const std::lock_guard lock(mutex_);
  Object answer = object_of({{"full_name", repository_},
                             {"html_url", "https://github.com/" + repository_},
                             {"default_branch", "main"},
                             {"visibility", "public"}});
  answer.members.push_back({"private", false});
  answer.members.push_back({"is_template", false});
  answer.members.push_back({"has_issues", issues_on_});
  answer.members.push_back({"has_pages", pages_.on});
  if (!template_.empty()) answer.members.push_back({"template_repository", object_of({{"full_name", template_}})});
  return json(200, answer);
}

Answer Hub::pages_answer() const {
  const std::lock_guard lock(mutex_);
  if (!pages_.on) return message(404, "Not Found");
  Object answer = object_of({{"url", server_.url("/repos/" + repository_ + "/pages")},
                             {"html_url", pages_url()},
                             {"build_type", pages_.build_type}});
  answer.members.push_back({"status", Value()});
  answer.members.push_back({"cname", Value()});
  answer.members.push_back({"custom_404", false});
  answer.members.push_back({"public", true});
  return json(200, answer);
}

// The list, or the bytes of an asset.
Answer Hub::release_answer(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  List list;
  int id = 0;
  for (const Release& release : releases_) {
    List assets;
    for (const auto& [name, bytes] : release.assets) {
      if (path == "/releases/assets/" + std::to_string(++id)) return {.body = bytes};
      Object asset = object_of({{"name", name}});
      asset.members.push_back({"id", static_cast<double>(id)});
      assets.emplace_back(asset);
    }
    Object made = object_of({{"tag_name", release.tag}});
    made.members.push_back({"draft", false});
    made.members.push_back({"assets", assets});
    list.emplace_back(made);
  }
  return path == "/releases" ? json(200, list) : message(404, "Not Found");
}

Answer Hub::tree_answer(const std::string& commit) const {
  const std::lock_guard lock(mutex_);
  const auto found = trees_.find(commit);
  if (found == trees_.end()) return message(404, "Not Found");
  List entries;
  for (const std::string& line : lines_of(found->second.entries)) {
    const auto type = line.find(' ') + 1;
    const auto sha = line.find(' ', type) + 1;
    const auto path = line.find('\t') + 1;
    entries.emplace_back(object_of({{"path", line.substr(path)},
                                    {"mode", line.substr(0, type - 1)},
                                    {"type", line.substr(type, sha - type - 1)},
                                    {"sha", line.substr(sha, path - sha - 1)}}));
  }
  Object answer = object_of({{"sha", commit}});
  answer.members.push_back({"tree", entries});
  answer.members.push_back({"truncated", found->second.truncated});
  return json(200, answer);
}

Value Hub::issue_value(const Issue& issue) const {
  List labels;
  for (const std::string& label : issue.labels) labels.emplace_back(object_of({{"name", label}}));
  Object made =
      object_of({{"title", issue.title},
                 {"body", issue.body},
                 {"state", issue.state},
                 {"html_url", "https://github.com/" + repository_ + "/issues/" + std::to_string(issue.number)}});
  made.members.push_back({"number", static_cast<double>(issue.number)});
  made.members.push_back({"state_reason", issue.state_reason.empty() ? Value() : Value(issue.state_reason)});
  made.members.push_back({"user", object_of({{"login", issue.creator}})});
  made.members.push_back({"labels", labels});
  made.members.push_back({"comments", static_cast<double>(issue.comments.size())});
  return made;
}

Answer Hub::issues_answer(const Received& request, const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!issues_on_) return message(410, "Issues has been disabled in this repository.");
  const auto question = request.path.find('?');
  if (path == "/issues" && request.method == "GET")
    return list_issues(question == std::string::npos ? "" : request.path.substr(question + 1));
  if (path == "/issues" && request.method == "POST") return new_issue(request);
  if (!starts_with(path, "/issues/")) return message(404, "Not Found");
  const std::string rest = path.substr(8);
  for (Issue& issue : issues_) {
    const std::string number = std::to_string(issue.number);
    if (rest == number && request.method == "GET") return json(200, issue_value(issue));
    if (rest == number && request.method == "PATCH") return change_issue(request, issue);
    if (rest == number + "/comments" && request.method == "POST") {
      issue.comments.push_back(from_json(request.body).at("body").text());
      return json(201, object_of({{"body", issue.comments.back()}}));
    }
  }
  return message(404, "Not Found");
}

Answer Hub::new_issue(const Received& request) {
  const Value asked = from_json(request.body);
  Issue issue;
  issue.number = static_cast<int>(issues_.size()) + 1;
  issue.title = asked.at("title").text();
  issue.body = asked.at("body").text();
  if (issue.title.empty()) return message(422, "Validation Failed");
  const Value labels = asked.at("labels");
  if (const auto* list = std::get_if<List>(&labels.is))
    for (const Value& label : *list) issue.labels.push_back(label.text());
  issues_.push_back(issue);
  return json(201, issue_value(issue));
}

Answer Hub::list_issues(const std::string& query) const {
  const std::string state = query_value(query, "state");
  const std::string creator = query_value(query, "creator");
  const std::string label = query_value(query, "labels");
  List list;
  for (auto issue = issues_.rbegin(); issue != issues_.rend() && list.size() < per_page(query); ++issue) {
    if (state != "all" && issue->state != (state.empty() ? "open" : state)) continue;
    if (!creator.empty() && issue->creator != creator) continue;
    if (!label.empty() && std::count(issue->labels.begin(), issue->labels.end(), label) == 0) continue;
    list.push_back(issue_value(*issue));
  }
  return json(200, list);
}

Answer Hub::change_issue(const Received& request, Issue& issue) {
  const Value asked = from_json(request.body);
  const std::pair<const char*, std::string*> parts[] = {
      {"title", &issue.title}, {"body", &issue.body}, {"state", &issue.state}, {"state_reason", &issue.state_reason}};
  for (const auto& [name, part] : parts) {
    const Value value = asked.at(name);
    if (std::holds_alternative<std::string>(value.is)) *part = value.text();
  }
  return json(200, issue_value(issue));
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
    const Value asked = from_json(request.body);
    Dispatch dispatch{workflow, asked.at("ref").text(), {}};
    if (dispatch.ref.empty()) return message(422, "Invalid request.\n\n\"ref\" wasn't supplied.");
    const Value inputs = asked.at("inputs");
    if (const auto* given = std::get_if<Object>(&inputs.is))
      for (const Member& one : given->members) dispatch.inputs.emplace_back(one.name, one.value.text());
    dispatches_.push_back(std::move(dispatch));
    return {.status = 204};
  }
  refusals_.push_back("501 " + request.method + ' ' + request.path + ": the rehearsal does not know it");
  return message(501, "Not Implemented");
}

Answer Hub::list_runs(const std::string& workflow, const std::string& query) const {
  // "Can be one of" statuses and conclusions alike.
  const std::string wanted = query_value(query, "status");
  List list;
  for (auto run = runs_.rbegin(); run != runs_.rend() && list.size() < per_page(query); ++run) {
    if (run->workflow != workflow) continue;
    if (!wanted.empty() && run->status != wanted && run->conclusion != wanted) continue;
    Object made =
        object_of({{"event", run->event},
                   {"status", run->status},
                   {"created_at", run->created},
                   {"run_started_at", run->created},
                   {"head_branch", "main"},
                   {"path", ".github/workflows/" + workflow},
                   {"html_url", "https://github.com/" + repository_ + "/actions/runs/" + std::to_string(run->number)}});
    made.members.push_back({"id", static_cast<double>(run->number)});
    made.members.push_back({"conclusion", run->conclusion.empty() ? Value() : Value(run->conclusion)});
    list.emplace_back(made);
  }
  Object answer;
  answer.members.push_back({"total_count", static_cast<double>(list.size())});
  answer.members.push_back({"workflow_runs", list});
  return json(200, answer);
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
