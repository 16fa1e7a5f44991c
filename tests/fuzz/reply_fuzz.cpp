// Whatever an endpoint of LLMs or Semantic Scholar sends, only whole verdicts on what was asked come out, and a journal
// gives back what went in.
#include <algorithm>

#include "fuzz/input.h"
#include "score/chat.h"
#include "score/exchange.h"
#include "score/semantic_scholar.h"

using namespace daybook;

namespace {

const std::vector<std::string> asked = {"9901.00001", "9901.00002", "9901.00003"};

void check_verdicts(std::string_view text, Pass pass) {
  Exchange exchange;
  exchange.pass = pass;
  for (const std::string& id : asked) exchange.asked.push_back({id, 1});
  exchange.verdicts = read_verdicts(text, pass, asked, {}).accepted;
  fuzz::promise(exchange.verdicts.size() <= asked.size());
  for (const Verdict& verdict : exchange.verdicts) {
    fuzz::promise(std::find(asked.begin(), asked.end(), verdict.id) != asked.end());
    if (pass == Pass::scores) fuzz::promise(verdict.relevance >= 1 && verdict.relevance <= 10);
    if (pass == Pass::scores) fuzz::promise(verdict.novelty >= 1 && verdict.novelty <= 10);
  }
  const Journal journal = read_journal(write_exchange(exchange));
  fuzz::promise(journal.exchanges.size() == 1 && journal.exchanges[0] == exchange);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  check_verdicts(text, Pass::scores);
  check_verdicts(text, Pass::titles);
  const Endpoint endpoint{"https://llm.example/v1", "sk-invented-0123456789"};
  for (const int status : {200, 429}) {
    const Response response{status, {{"Retry-After", std::string(text.substr(0, 20))}}, std::string(text)};
    const ChatOutcome outcome = read_chat(response, endpoint, {"", "", ""}, {0});
    const auto* fault = std::get_if<ChatFault>(&outcome);
    const auto* reply = std::get_if<ChatReply>(&outcome);
    fuzz::promise((fault != nullptr ? fault->what : reply->content).find(endpoint.key) == std::string::npos);
  }
  static_cast<void>(read_journal(text));
  static_cast<void>(read_s2_reply(std::string(text), asked, "fuzz"));
  return 0;
}
