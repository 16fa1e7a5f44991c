#include "support/llm_server.h"

#include <algorithm>
#include <chrono>

namespace daybook {

namespace {

constexpr const char* chat_path = "/v1/chat/completions";

double steady_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Answer json_answer(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

Answer wrong_request(int status, const char* why) {
  return json_answer(status, llm_error(why, "invalid_request_error", ""));
}

std::vector<std::string> ids_of(const std::vector<llm::AskedPaper>& papers) {
  std::vector<std::string> ids;
  for (const auto& paper : papers) ids.push_back(paper.id);
  return ids;
}

llm::Row honest_row(const std::string& id, bool titles_only, const std::vector<std::string>& topics) {
  const LlmServer::Score score = LlmServer::score_of(id);
  llm::Row row{.id = id,
               .comment = LlmServer::comment_of(id),
               .relevance = score.relevance,
               .novelty = score.novelty,
               .topic = topics.empty() ? "none" : topics[llm::hash("topic " + id) % topics.size()],
               .keep = {}};
  if (titles_only) row.keep = LlmServer::keep_of(id);
  return row;
}

// Where the request gets a fault, which: from the numbers that its ids and the seed give.
std::optional<LlmFault> fault_for(const LlmBehaviour& behaviour, std::uint64_t chance) {
  const double share = static_cast<double>(chance >> 11U) / 9007199254740992.0;  // 53 bits: 0 <= share < 1
  if (behaviour.faults.empty() || share >= behaviour.fault_rate) return std::nullopt;
  return behaviour.faults[llm::hash("which " + std::to_string(chance)) % behaviour.faults.size()];
}

std::string key_of(const Received& request) {
  const std::string header = request.header("Authorization");
  const std::string bearer = "Bearer ";
  return header.compare(0, bearer.size(), bearer) == 0 ? header.substr(bearer.size()) : header;
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

LlmServer::Score LlmServer::score_of(const std::string& id) {
  return {static_cast<int>(llm::hash("relevance " + id) % 10) + 1,
          static_cast<int>(llm::hash("novelty " + id) % 10) + 1};
}

std::string LlmServer::comment_of(const std::string& id) { return "It is about \"" + id + "\" (é, \\, <b>)."; }

bool LlmServer::keep_of(const std::string& id) { return llm::hash("keep " + id) % 4 != 0; }

LlmServer::LlmServer(LlmBehaviour behaviour) : behaviour_(std::move(behaviour)) {
  server_.answer_all([this](const Received& request) { return respond(request); });
}

LlmServer::~LlmServer() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  stopping_.notify_all();
}

void LlmServer::behave(LlmBehaviour behaviour) {
  const std::lock_guard lock(mutex_);
  behaviour_ = std::move(behaviour);
}

void LlmServer::tell(std::function<void(const LlmExchange&)> teller) {
  const std::lock_guard lock(mutex_);
  teller_ = std::move(teller);
}

std::vector<LlmExchange> LlmServer::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

int LlmServer::most_under_way() const {
  const std::lock_guard lock(mutex_);
  return most_under_way_;
}

std::vector<AskedAgain> LlmServer::asked_again() const {
  std::vector<AskedAgain> again;
  std::map<std::pair<std::string, bool>, double> answered;  // by id and what was asked, the earliest
  const auto all = log();
  for (const LlmExchange& exchange : all)
    for (const std::string& id : exchange.paid_for) {
      if (exchange.answered == 0) continue;
      double& first = answered.try_emplace({id, exchange.asked.titles_only}, exchange.answered).first->second;
      first = std::min(first, exchange.answered);
    }
  for (const LlmExchange& exchange : all)
    for (const std::string& id : exchange.ids) {
      const auto found = answered.find({id, exchange.asked.titles_only});
      if (found != answered.end() && found->second < exchange.came) again.push_back({id, found->second, exchange.came});
    }
  return again;
}

Answer LlmServer::respond(const Received& request) {
  if (LlmBatches::concerns(request.path))
    return is_locked_out(request) ? locked_out(request) : batches_.respond(request);
  if (request.path.substr(0, request.path.find('?')) != chat_path) return wrong_request(404, "Unknown request URL.");
  if (request.method != "POST") return wrong_request(405, "Not allowed to GET.");
  const auto asked = llm::read_asked(request.body);
  if (!asked) return wrong_request(400, "We could not parse the JSON body of your request.");

  LlmBehaviour behaviour;
  std::uint64_t chance = 0;
  LlmExchange exchange = begin(request, *asked, behaviour, chance);
  const bool stalls = exchange.fault == LlmFault::stalled;
  {
    std::unique_lock lock(mutex_);
    const double seconds = stalls ? behaviour.stall_seconds : behaviour.delay_seconds;
    stopping_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return stopped_; });
    if (stopped_) return {.close_at_once = true};
  }
  Answer sent = answer(exchange, behaviour, chance);
  exchange.status = sent.close_at_once ? 0 : sent.status;
  sent.headers.insert(sent.headers.end(), behaviour.headers.begin(), behaviour.headers.end());
  end(std::move(exchange));
  return sent;
}

// A wrong key.
bool LlmServer::is_locked_out(const Received& request) const {
  const std::lock_guard lock(mutex_);
  return !behaviour_.key.empty() && key_of(request) != behaviour_.key;
}

Answer LlmServer::locked_out(const Received& request) {
  return llm_fault_answer(LlmFault::unauthorized, key_of(request), "", "");
}

LlmExchange LlmServer::begin(const Received& request, const llm::Asked& asked, LlmBehaviour& behaviour,
                             std::uint64_t& chance) {
  LlmExchange exchange;
  exchange.came = request.seconds;
  exchange.asked = asked;
  exchange.ids = ids_of(asked.papers);
  exchange.request = request;
  std::string what = asked.titles_only ? "titles" : "scores";
  for (const std::string& id : exchange.ids) what += ' ' + id;

  const std::lock_guard lock(mutex_);
  behaviour = behaviour_;
  chance = llm::hash(std::to_string(behaviour.seed) + ' ' + std::to_string(times_asked_[what]++) + ' ' + what);
  exchange.fault = fault_for(behaviour, chance);
  if (behaviour.always && completions_ >= behaviour.always_after) exchange.fault = behaviour.always;
  if (!behaviour.key.empty() && key_of(request) != behaviour.key) exchange.fault = LlmFault::unauthorized;
  known_ids_.insert(exchange.ids.begin(), exchange.ids.end());
  if (exchange.fault != LlmFault::stalled) ++under_way_;
  most_under_way_ = std::max(most_under_way_, under_way_);
  exchange.under_way = under_way_;
  exchange.number = static_cast<int>(log_.size()) + 1;
  log_.push_back(exchange);
  return exchange;
}

Answer LlmServer::answer(LlmExchange& exchange, const LlmBehaviour& behaviour, std::uint64_t chance) {
  if (behaviour.refuses)
    if (auto refused = behaviour.refuses(exchange.asked.papers)) return std::move(*refused);
  if (exchange.asked.with_schema && behaviour.schema == llm::SchemaUse::refused &&
      (!exchange.fault || is_content_fault(*exchange.fault))) {
    exchange.fault.reset();
    return wrong_request(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported.");
  }
  if (!exchange.fault || is_content_fault(*exchange.fault)) return complete(exchange, behaviour, chance);
  std::string whole;
  if (exchange.fault == LlmFault::half_body) {
    LlmExchange unsent = exchange;
    unsent.fault.reset();
    whole = complete(unsent, behaviour, chance).body;
  }
  return llm_fault_answer(*exchange.fault, key_of(exchange.request), behaviour.retry_after, whole);
}

Answer LlmServer::complete(LlmExchange& exchange, const LlmBehaviour& behaviour, std::uint64_t chance) {
  std::vector<llm::Row> rows;
  for (const std::string& id : exchange.ids)
    rows.push_back(honest_row(id, exchange.asked.titles_only, behaviour.topics));
  const auto tokens = static_cast<long long>(exchange.asked.bytes / 4);
  const bool cut = behaviour.context > 0 && tokens > behaviour.context;
  if (cut)
    for (llm::Row& row : rows) row.relevance = row.novelty = 10;
  const bool with_schema = exchange.asked.with_schema && behaviour.schema == llm::SchemaUse::taken;
  llm::Content content = llm::content_of(std::move(rows), with_schema, exchange.fault,
                                         llm::hash("how " + std::to_string(chance)), stranger(exchange));
  if (behaviour.obeys && !exchange.fault) content.text = behaviour.obeys(exchange.asked.papers, content.text);
  exchange.paid_for = content.answered;
  exchange.usage = llm::usage_of(exchange.asked, content);
  if (cut) exchange.usage.prompt = behaviour.context;
  if (cut) exchange.usage.cached = 0;
  return json_answer(200, llm::completion(exchange.asked, content, exchange.usage, behaviour.usage));
}

// An id that the request did not ask for; for others_id, where there is one, that of another request.
std::string LlmServer::stranger(const LlmExchange& exchange) const {
  const std::lock_guard lock(mutex_);
  if (exchange.fault == LlmFault::others_id)
    for (const std::string& id : known_ids_)
      if (!has(exchange.ids, id)) return id;
  return "9912.99999";
}

void LlmServer::end(LlmExchange exchange) {
  const std::lock_guard lock(mutex_);
  if (exchange.fault != LlmFault::stalled) --under_way_;
  if (exchange.usage.prompt > 0) ++completions_;
  exchange.answered = exchange.status == 0 ? 0 : steady_now();
  LlmExchange& entry = log_[static_cast<std::size_t>(exchange.number) - 1];
  entry = std::move(exchange);
  if (teller_) teller_(entry);
}

}  // namespace daybook
