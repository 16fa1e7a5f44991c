#include "pipeline/batch_collect.h"

#include <map>
#include <set>

#include "llm/batch_api.h"
#include "platform/clock.h"

namespace daybook {

namespace {

using Replies = std::map<std::string, Result<Response>>;  // by the requests' names

Replies replies_in(const std::string& output, const std::string& errors, const Endpoint& endpoint) {
  Replies replies;
  for (const std::string* file : {&output, &errors})
    for (BatchReply& reply : read_replies(*file, endpoint))
      replies.emplace(std::move(reply.name), std::move(reply.response));
  return replies;
}

std::set<std::string> names_in(const Journal& journal) {
  std::set<std::string> names;
  for (const Exchange& exchange : journal.exchanges) names.insert(exchange.batch);
  return names;
}

}  // namespace

Result<Collected> collect(const RunContext& run, const Submission& submission, const std::string& output,
                          const std::string& errors) {
  const auto journal = run.state.journal(submission.date);
  if (!journal) return journal.error();
  const std::set<std::string> kept = names_in(*journal);
  const Replies replies = replies_in(output, errors, *run.llm.endpoint);
  Question asked;
  asked.schema = "any";  // so that what may be a schema's fault is read as such
  Collected collected;
  bool refused_schema = false;
  ContextLimit limit;
  JournalFile file = run.state.journal_file(submission.date);
  for (const Exchange& request : submission.requests) {
    const auto reply = replies.find(request.batch);
    if (reply == replies.end()) continue;
    const ChatOutcome outcome = read_chat(reply->second, *run.llm.endpoint, asked, system_now());
    if (const auto* fault = std::get_if<ChatFault>(&outcome)) {
      if (collected.first_fault.empty()) collected.first_fault = fault->what;
      refused_schema = refused_schema || fault->remedy == Remedy::without_schema;
      Exchange refused = request;
      if (fault->sure && take_refusal(refused, *fault) && kept.count(request.batch) == 0)
        if (auto wrote = file.append(write_exchange(refused)); !wrote) return wrote.error();
      continue;
    }
    ++collected.answered;
    if (kept.count(request.batch) != 0) continue;
    Exchange exchange = request;
    for (const std::string& refused :
         take_reply(exchange, std::get<ChatReply>(outcome), run.settings.interests.topics, limit))
      run.context.console.say("refused: " + refused);
    warn_of_answer(run.context, run.llm, exchange);
    if (auto wrote = file.append(write_exchange(exchange)); !wrote) return wrote.error();
  }
  if (auto synced = file.sync(); !synced) return synced.error();
  // What took others with a schema refused one for something else.
  collected.without_schema = refused_schema && collected.answered == 0;
  return collected;
}

}  // namespace daybook
