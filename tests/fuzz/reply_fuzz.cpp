// Whatever an endpoint of LLMs or Semantic Scholar sends, at once, in a batch or as a refusal, only whole verdicts on
// what was asked come out, no key does, no thought does, and a journal gives back what went in.
#include <algorithm>

#include "authors/semantic_scholar.h"
#include "core/complaint.h"
#include "fuzz/input.h"
#include "llm/batch_api.h"
#include "llm/chat.h"
#include "llm/llm_call.h"
#include "llm/reply_text.h"

using namespace daybook;

namespace {

const std::vector<std::string> asked = {"9901.00001", "9901.00002", "9901.00003"};
const Endpoint endpoint{"https://llm.example/v1", "sk-invented-0123456789"};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void check_journal(const LlmCall& call) {
  const Journal journal = read_journal(write_llm_call(call));
  fuzz::promise(journal.calls.size() == 1 && journal.calls[0] == call);
}

LlmCall exchange_about(Pass pass, std::size_t papers) {
  LlmCall call;
  call.pass = pass;
  for (std::size_t i = 0; i < papers; ++i) call.asked.push_back({asked[i], 1});
  return call;
}

void check_verdicts(const LlmCall& call) {
  fuzz::promise(call.verdicts.size() <= call.asked.size());
  for (const Verdict& verdict : call.verdicts) {
    fuzz::promise(std::find(asked.begin(), asked.end(), verdict.id) != asked.end());
    if (call.pass == Pass::titles) continue;
    fuzz::promise(verdict.relevance >= 1 && verdict.relevance <= 10);
    fuzz::promise(verdict.novelty >= 1 && verdict.novelty <= 10);
  }
  fuzz::promise(call.declined == Declined::no || (call.asked.size() == 1 && call.verdicts.empty()));
  check_journal(call);
}

void check_content(std::string_view text) {
  for (const Pass pass : {Pass::scores, Pass::titles}) {
    LlmCall call = exchange_about(pass, asked.size());
    call.verdicts = read_verdicts(text, pass, asked, {}).accepted;
    check_verdicts(call);
  }
  // What was thought is no longer than the whole, and behind a mark of one's own it is all that counts.
  const std::string answer = without_thoughts(text);
  fuzz::promise(text.size() * 3 >= answer.size());
  const std::string behind = without_thoughts("<think>" + std::string(text) + "\n</think>\nplain");
  fuzz::promise(behind.size() >= 5 && behind.substr(behind.size() - 5) == "plain");
}

void check_fault(const ChatFault& fault) {
  fuzz::promise(!holds(fault.what, endpoint.key) && fault.what.size() < 500 && !holds(fault.what, "\n"));
  fuzz::promise(!fault_words(fault.kind).empty() && !fault.hint.empty());
  for (const std::size_t papers : {1U, 3U}) {
    LlmCall call = exchange_about(Pass::scores, papers);
    fuzz::promise(take_refusal(call, fault) == (papers == 1 && is_of_papers(fault.kind)));
    check_verdicts(call);
  }
}

void check_reply(const Result<Response>& response) {
  for (const char* schema : {"", "{}"}) {
    const ChatOutcome outcome = read_chat(response, endpoint, {"", "", schema}, {0});
    if (const auto* fault = std::get_if<ChatFault>(&outcome)) {
      if (response) check_fault(*fault);
      continue;
    }
    const ChatReply& reply = std::get<ChatReply>(outcome);
    fuzz::promise(!holds(reply.content, endpoint.key));
    for (const std::size_t papers : {1U, 3U}) {
      LlmCall call = exchange_about(Pass::scores, papers);
      ContextLimit limit;
      take_reply(call, reply, {}, limit);
      check_verdicts(call);
    }
  }
}

void check_batch(std::string_view text) {
  for (const BatchReply& reply : read_replies(text, endpoint)) {
    if (!reply.response) fuzz::promise(!holds(reply.response.error().what, endpoint.key));
    check_reply(reply.response);
  }
  const Response response{200, {}, std::string(text)};
  const auto batch = read_batch(response, endpoint);
  if (const auto* state = std::get_if<BatchState>(&batch)) fuzz::promise(!holds(state->why, endpoint.key));
  static_cast<void>(read_batch_list(response, endpoint));
  static_cast<void>(read_uploaded(response, endpoint));
}

void check_authors(std::string_view text) {
  const auto known = read_s2_reply(std::string(text), asked, "fuzz");
  if (known)
    for (const auto& [id, authors] : *known) fuzz::promise(std::find(asked.begin(), asked.end(), id) != asked.end());
  for (const int status : {400, 404, 500}) {
    const bool knows_none = s2_knows_none({status, {}, std::string(text)});
    fuzz::promise(!knows_none || status != 500);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  check_content(text);
  for (const int status : {200, 400, 403, 429, 451, 500})
    check_reply(Response{status, {{"Retry-After", std::string(text.substr(0, 20))}}, std::string(text)});
  fuzz::promise(!holds(masked(std::string(text), endpoint.key), endpoint.key));
  check_batch(text);
  check_authors(text);
  static_cast<void>(read_journal(text));
  return 0;
}
