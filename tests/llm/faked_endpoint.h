// An endpoint of a language model without a network, on a clock of its own, for what a RequestScheduler asks of it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/json_writer.h"
#include "core/text.h"
#include "llm/request_scheduler.h"
#include "support/catch.h"

namespace daybook::faked {

inline const Date monday = *Date::from_parts(2099, 1, 5);

inline std::string id_of(int number) {
  std::string digits = std::to_string(number);
  return "9901." + std::string(5 - digits.size(), '0') + digits;
}

inline std::vector<PromptPaper> papers(int count) {
  std::vector<PromptPaper> all;
  for (int i = 1; i <= count; ++i) all.push_back({{id_of(i), 1}, "Title", "Abstract", {}});
  return all;
}

inline Assignment assignment(int batch = 4, int concurrency = 2) {
  Assignment assignment;
  assignment.prompt = {"System.", "Instructions."};
  assignment.prompt_hash = "sha256:abc";
  assignment.llm.model = "model-1";
  assignment.llm.batch = batch;
  assignment.llm.concurrency = concurrency;
  assignment.endpoint = {"https://llm.example/v1", "sk-invented-0123456789"};
  assignment.schema = SchemaUse::refused;
  assignment.on = monday;
  return assignment;
}

struct Sent {
  std::vector<std::string> ids;
  bool with_schema = false;
  std::string user = {};
};

inline Sent read_request(const Request& request) {
  JsonDocument document;
  document.text = request.body;
  REQUIRE_FALSE(parse_json(document, "").has_value());
  Sent sent;
  sent.with_schema = member(document.root, "response_format") != nullptr;
  sent.user = string_of(member((*member(document.root, "messages"))[1], "content"));
  for (const std::string_view line : split(sent.user, '\n'))
    if (line.starts_with("ARXIVID: ")) sent.ids.emplace_back(line.substr(9));
  return sent;
}

inline std::string verdict(const std::string& id, int relevance = 5) {
  return "{\"ARXIVID\": \"" + id + "\", \"RELEVANCE\": " + std::to_string(relevance) + ", \"NOVELTY\": 5}\n";
}

inline Response reply(const std::string& content, const std::string& finish = "stop") {
  JsonWriter json;
  json.value(content);
  return {200,
          {},
          std::string("{\"choices\": [{\"message\": {\"content\": ") + json.text() + "}, \"finish_reason\": \"" +
              finish + "\"}], \"usage\": {\"prompt_tokens\": 1000, \"completion_tokens\": 100}}"};
}

inline Response honest(const Sent& sent) {
  std::string content;
  for (const std::string& id : sent.ids) content += verdict(id);
  return reply(content);
}

// Of the length that abstracts have: 363 tokens each by our estimate.
inline std::vector<PromptPaper> long_papers(int count) {
  std::vector<PromptPaper> all = papers(count);
  for (PromptPaper& paper : all) paper.abstract = std::string(1400, 'a');
  return all;
}

// As Ollama answers about long papers: of a question that is longer than its context it reads the end, as many tokens
// as half of the context and two. Without the criteria everything is of interest.
inline Response with_context(const Sent& sent, int context, int more_tokens = 0) {
  const int tokens = 20 + 320 * static_cast<int>(sent.ids.size()) + more_tokens;
  std::string content;
  for (const std::string& id : sent.ids) content += verdict(id, tokens > context ? 9 : 5);
  Response response = reply(content);
  const std::string counted = std::to_string(tokens > context ? context / 2 + 2 : tokens);
  response.body.replace(response.body.find(": 1000"), 6, ": " + counted);
  return response;
}

// Answers one request after the other, in the order sent; time passes only where nothing can be sent.
struct FakedEndpoint {
  std::function<Result<Response>(const Sent&)> respond = honest;
  std::vector<Sent> sent;
  std::vector<LlmCall> journal;
  std::size_t most_under_way = 0;
  double now = 0;
  int stop_after = 1'000'000;  // replies: then the run is killed

  void answer(RequestScheduler& scheduler) {
    std::vector<std::pair<int, Sent>> under_way;
    while (!scheduler.done() && stop_after > 0) {
      while (const auto sending = scheduler.next(now)) {
        under_way.emplace_back(sending->number, read_request(sending->request));
        sent.push_back(under_way.back().second);
      }
      most_under_way = std::max(most_under_way, under_way.size());
      if (under_way.empty()) {
        if (scheduler.done()) break;
        REQUIRE(scheduler.next_at(now));
        now = std::max(now + 0.001, *scheduler.next_at(now));
        continue;
      }
      const auto [number, request] = under_way.front();
      under_way.erase(under_way.begin());
      --stop_after;
      if (const auto call = scheduler.take(number, respond(request), now, {0})) {
        journal.push_back(*call);
        scheduler.use_taken(now);
      }
    }
  }
};

// Asked to the end.
struct Answered {
  RequestScheduler scheduler;
  FakedEndpoint endpoint;
};
inline Answered answered(const Assignment& assignment, std::vector<PromptPaper> papers,
                         std::function<Result<Response>(const Sent&)> respond = honest,
                         std::vector<LlmCall> journal = {}, int stop_after = 1'000'000) {
  Answered all{RequestScheduler(assignment, std::move(papers), {}, std::move(journal)), {}};
  all.endpoint.respond = std::move(respond);
  all.endpoint.stop_after = stop_after;
  all.endpoint.answer(all.scheduler);
  return all;
}

inline int scored(const RequestScheduler& scheduler) {
  int count = 0;
  for (const PaperOutcome& one : scheduler.outcome())
    if (one.verdict) ++count;
  return count;
}

inline std::string ids(const Sent& sent) {
  std::string text;
  for (const std::string& id : sent.ids) text += (text.empty() ? "" : " ") + std::to_string(std::stoi(id.substr(5)));
  return text;
}

inline std::string order(const std::vector<Sent>& sent) {
  std::string text;
  for (const Sent& one : sent) text += (text.empty() ? "" : ", ") + ids(one) + (one.with_schema ? "*" : "");
  return text;
}

inline Response status(int code, Headers headers = {}) { return {code, std::move(headers), ""}; }

}  // namespace daybook::faked
