#include "llm/llm_call.h"

#include <algorithm>

#include "core/complaint.h"
#include "core/json_writer.h"
#include "core/text.h"

namespace daybook {

namespace {

void put_verdict(JsonWriter& json, const Verdict& verdict, Pass pass) {
  json.put("id", verdict.id);
  if (pass == Pass::titles) return json.put("keep", verdict.keep);
  json.put("relevance", verdict.relevance);
  json.put("novelty", verdict.novelty);
  json.put("topic", verdict.topic);
  json.put("comment", verdict.comment);
}

// From 1 to 10, or 0.
int scale(const Json& value, const char* name) {
  const long long number = integer_of(member(value, name)).value_or(0);
  return number < 1 || number > 10 ? 0 : static_cast<int>(number);
}

std::optional<Verdict> read_verdict(const Json& value, Pass pass) {
  Verdict verdict;
  verdict.id = string_of(member(value, "id"));
  if (pass == Pass::titles) {
    const Json* keep = member(value, "keep");
    if (keep == nullptr || !keep->IsBool()) return std::nullopt;
    verdict.keep = keep->GetBool();
    return verdict;
  }
  verdict.relevance = scale(value, "relevance");
  verdict.novelty = scale(value, "novelty");
  if (verdict.relevance == 0 || verdict.novelty == 0) return std::nullopt;
  verdict.topic = string_of(member(value, "topic"));
  verdict.comment = string_of(member(value, "comment"));
  return verdict;
}

const char* declined_name(Declined declined) { return declined == Declined::moderation ? "moderation" : "too long"; }

Declined declined_of(std::string_view name) {
  if (name == "moderation") return Declined::moderation;
  return name == "too long" ? Declined::too_long : Declined::no;
}

std::optional<LlmCall> read_llm_call(const Json& root) {
  const auto on = Date::parse(string_of(member(root, "on")));
  const Json* asked = member(root, "asked");
  const Json* verdicts = member(root, "verdicts");
  if (!on || asked == nullptr || !asked->IsArray() || verdicts == nullptr || !verdicts->IsArray()) return std::nullopt;
  LlmCall call;
  call.on = *on;
  call.pass = string_of(member(root, "pass")) == "titles" ? Pass::titles : Pass::scores;
  call.model = string_of(member(root, "model"));
  call.prompt = string_of(member(root, "prompt"));
  for (const Json& paper : asked->GetArray())
    call.asked.push_back(
        {std::string(string_of(member(paper, "id"))), static_cast<int>(integer_of(member(paper, "v")).value_or(0))});
  call.tokens = {integer_of(member(root, "prompt_tokens")), integer_of(member(root, "cached_tokens")),
                 integer_of(member(root, "completion_tokens")), integer_of(member(root, "reasoning_tokens"))};
  call.estimate.prompt = integer_of(member(root, "estimated_prompt_tokens"));
  call.estimate.completion = integer_of(member(root, "estimated_completion_tokens"));
  call.batch = string_of(member(root, "batch"));
  call.cut_off = is_true(member(root, "cut_off"));
  if (call.asked.size() == 1) call.declined = declined_of(string_of(member(root, "declined")));
  call.question_cut = is_true(member(root, "question_cut"));
  for (const Json& one : verdicts->GetArray())
    if (auto verdict = read_verdict(one, call.pass))
      if (std::any_of(call.asked.begin(), call.asked.end(),
                      [&](const PaperVersion& paper) { return paper.id == verdict->id; }))
        call.verdicts.push_back(std::move(*verdict));
  return call;
}

std::string key_of(const PaperVersion& paper, Pass pass, const std::string& prompt, const std::string& model) {
  return paper.id + 'v' + std::to_string(paper.version) + (pass == Pass::titles ? " titles " : " scores ") + prompt +
         ' ' + model;
}

}  // namespace

std::vector<std::string> take_reply(LlmCall& call, const ChatReply& reply, const std::vector<Topic>& topics,
                                    ContextLimit& limit) {
  call.tokens = reply.tokens;
  call.cut_off = reply.cut_off;
  const long long estimated = call.estimate.prompt.value_or(0);
  if (!can_be_so_long(call.tokens.prompt.value_or(0), estimated))
    call.tokens.prompt = call.tokens.cached = std::nullopt;
  call.question_cut = !reply.moderated && limit.is_cut(estimated, call.tokens);
  if (call.question_cut) return {};
  if (call.tokens.prompt && call.tokens.completion) call.estimate = {};
  std::vector<std::string> ids;
  for (const PaperVersion& paper : call.asked) ids.push_back(paper.id);
  Verdicts verdicts = read_verdicts(reply.content, call.pass, ids, topics);
  call.verdicts = std::move(verdicts.accepted);
  // Once more: the reply's JSON may have written it in escapes.
  for (Verdict& verdict : call.verdicts) verdict.comment = without_key(std::move(verdict.comment), reply.key);
  if (reply.moderated && call.verdicts.empty() && call.asked.size() == 1) call.declined = Declined::moderation;
  return std::move(verdicts.refused);
}

bool take_refusal(LlmCall& call, const ChatFault& fault) {
  if (!is_of_papers(fault.kind) || call.asked.size() != 1) return false;
  call.declined = fault.kind == FaultKind::moderation ? Declined::moderation : Declined::too_long;
  call.tokens = {0, {}, 0, {}};  // nobody charges for it
  call.estimate = {};
  return true;
}

std::string write_llm_call(const LlmCall& call) {
  JsonWriter json;
  json.object([&] {
    json.put("on", call.on.iso());
    json.put("pass", call.pass == Pass::titles ? "titles" : "scores");
    json.put("model", call.model);
    json.put("prompt", call.prompt);
    json.put("prompt_tokens", call.tokens.prompt);
    json.put("cached_tokens", call.tokens.cached);
    json.put("completion_tokens", call.tokens.completion);
    json.put("reasoning_tokens", call.tokens.reasoning);
    json.put("estimated_prompt_tokens", call.estimate.prompt);
    json.put("estimated_completion_tokens", call.estimate.completion);
    if (!call.batch.empty()) json.put("batch", call.batch);
    if (call.cut_off) json.put("cut_off", true);
    if (call.declined != Declined::no) json.put("declined", declined_name(call.declined));
    if (call.question_cut) json.put("question_cut", true);
    json.objects("asked", call.asked, [&](const PaperVersion& paper) {
      json.put("id", paper.id);
      json.put("v", paper.version);
    });
    json.objects("verdicts", call.verdicts, [&](const Verdict& verdict) { put_verdict(json, verdict, call.pass); });
  });
  return json.line();
}

std::string journal_end() { return "{\"run\":\"ended\"}\n"; }

Journal read_journal(std::string_view text) {
  Journal journal;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    JsonDocument document;
    document.text = line;
    if (parse_json(document, "")) continue;
    if (string_of(member(document.root, "run")) == "ended") {
      journal.ended = journal.calls.size();
    } else if (auto call = read_llm_call(document.root)) {
      journal.calls.push_back(std::move(*call));
    }
  }
  return journal;
}

void KeptVerdicts::add(const LlmCall& call) {
  for (const PaperVersion& paper : call.asked) {
    Kept& kept = by_key_[key_of(paper, call.pass, call.prompt, call.model)];
    if (kept.declined == Declined::no) kept.declined = call.declined;
    for (const Verdict& verdict : call.verdicts)
      if (!kept.verdict && verdict.id == paper.id) kept.verdict = verdict;
  }
}

Declined KeptVerdicts::declined(const PaperVersion& paper, Pass pass, const std::string& prompt,
                                const std::string& model) const {
  const auto found = by_key_.find(key_of(paper, pass, prompt, model));
  return found == by_key_.end() ? Declined::no : found->second.declined;
}

const Verdict* KeptVerdicts::find(const PaperVersion& paper, Pass pass, const std::string& prompt,
                                  const std::string& model) const {
  const auto found = by_key_.find(key_of(paper, pass, prompt, model));
  return found == by_key_.end() || !found->second.verdict ? nullptr : &*found->second.verdict;
}

}  // namespace daybook
