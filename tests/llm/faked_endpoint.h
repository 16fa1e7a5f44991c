// An endpoint of a language model without a network, on a clock of its own, for what an Asking asks of it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/text.h"
#include "llm/asking.h"
#include "support/catch.h"

namespace daybook::faked {

inline const Date monday = *Date::from_parts(2099, 1, 5);

inline std::string id_of(int number) {
  std::string digits = std::to_string(number);
  return "9901." + std::string(5 - digits.size(), '0') + digits;
}

inline std::vector<AskedPaper> papers(int count) {
  std::vector<AskedPaper> all;
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
    if (line.substr(0, 9) == "ARXIVID: ") sent.ids.emplace_back(line.substr(9));
  return sent;
}

inline std::string verdict(const std::string& id, int relevance = 5) {
  return "{\"ARXIVID\": \"" + id + "\", \"RELEVANCE\": " + std::to_string(relevance) + ", \"NOVELTY\": 5}\n";
}

inline Response reply(const std::string& content, const std::string& finish = "stop") {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.String(content.c_str());
  return {200,
          {},
          std::string("{\"choices\": [{\"message\": {\"content\": ") + buffer.GetString() + "}, \"finish_reason\": \"" +
              finish + "\"}], \"usage\": {\"prompt_tokens\": 1000, \"completion_tokens\": 100}}"};
}

inline Response honest(const Sent& sent) {
  std::string content;
  for (const std::string& id : sent.ids) content += verdict(id);
  return reply(content);
}

// Of the length that abstracts have: 363 tokens each by our estimate.
inline std::vector<AskedPaper> long_papers(int count) {
  std::vector<AskedPaper> all = papers(count);
  for (AskedPaper& paper : all) paper.abstract = std::string(1400, 'a');
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
  std::vector<Exchange> journal;
  std::size_t most_under_way = 0;
  double now = 0;
  int stop_after = 1'000'000;  // replies: then the run is killed

  void answer(Asking& asking) {
    std::vector<std::pair<int, Sent>> under_way;
    while (!asking.done() && stop_after > 0) {
      while (const auto sending = asking.next(now)) {
        under_way.emplace_back(sending->number, read_request(sending->request));
        sent.push_back(under_way.back().second);
      }
      most_under_way = std::max(most_under_way, under_way.size());
      if (under_way.empty()) {
        if (asking.done()) break;
        REQUIRE(asking.next_at(now));
        now = std::max(now + 0.001, *asking.next_at(now));
        continue;
      }
      const auto [number, request] = under_way.front();
      under_way.erase(under_way.begin());
      --stop_after;
      if (const auto exchange = asking.take(number, respond(request), now, {0})) {
        journal.push_back(*exchange);
        asking.use_taken(now);
      }
    }
  }
};

inline int scored(const Asking& asking) {
  int count = 0;
  for (const Asked& one : asking.outcome())
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
