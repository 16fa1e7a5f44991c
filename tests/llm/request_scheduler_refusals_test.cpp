// One paper that an endpoint will not take: it alone is left to the local scorer. And an endpoint that takes none.
#include <algorithm>

#include "llm/faked_endpoint.h"

using namespace daybook;
using namespace daybook::faked;

namespace {

bool has(const Sent& sent, int number) {
  return std::find(sent.ids.begin(), sent.ids.end(), id_of(number)) != sent.ids.end();
}

Response refused(int code, std::string body) { return {code, {}, std::move(body)}; }

const std::string flagged =
    R"({"error": {"code": 403, "message": "MARKER requires moderation", "metadata": {"reasons": ["x"], "flagged_input": "y"}}})";

// All shapes of a refusal by moderation.
std::vector<Response> moderated() {
  return {refused(403, flagged),
          refused(200, flagged),
          refused(451, "MARKER"),
          refused(400, R"({"error": {"code": "content_filter", "message": "MARKER"}})"),
          refused(400, R"({"error": {"message": "MARKER", "innererror": {"code": "ResponsibleAIPolicyViolation"}}})"),
          refused(400, R"({"error": {"code": "data_inspection_failed", "message": "MARKER"}})"),
          refused(200, R"({"choices": [{"error": {"code": 403, "message": "MARKER flagged by moderation"}}]})"),
          refused(200, R"({"choices": [{"finish_reason": "content_filter", "message": {"content": ""}}]})"),
          refused(200, R"({"choices": [{"finish_reason": "content_filter"}]})"),
          refused(200, R"({"choices": [{"finish_reason": "SAFETY", "message": {"content": "I had begun to"}}]})"),
          refused(200, R"({"choices": [{"message": {"content": null, "refusal": "MARKER I can't help with that"}}]})"),
          refused(200, R"({"choices": [], "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}})"),
          refused(200, R"({"base_resp": {"status_code": 1026, "status_msg": "MARKER"}, "choices": null})")};
}

}  // namespace

TEST_CASE("scheduler: a paper that moderation refuses is found by halves, and no other is without a verdict",
          "[scheduler]") {
  for (const Response& refusal : moderated()) {
    INFO(refusal.status << ' ' << refusal.body);
    auto [scheduler, endpoint] = answered(assignment(8, 1), papers(24),
                                          [&](const Sent& sent) { return has(sent, 11) ? refusal : honest(sent); });
    CHECK(order(endpoint.sent) ==
          "1 2 3 4 5 6 7 8, 9 10 11 12 13 14 15 16, 9 10 11 12, 9 10, 11 12, 11, 12, 13 14 15 16, 17 18 19 20 21 22 23 "
          "24");
    CHECK(scored(scheduler) == 23);
    CHECK(scheduler.failure().empty());
    CHECK(scheduler.outcome()[10].declined);
    CHECK(scheduler.outcome()[10].reason == "refused by the endpoint's moderation");
  }
}

TEST_CASE("scheduler: a refused paper is kept, and asked about again only with another prompt or model",
          "[scheduler]") {
  FakedEndpoint first;
  first.respond = [](const Sent& sent) { return has(sent, 2) ? refused(403, flagged) : honest(sent); };
  RequestScheduler scheduler(assignment(4, 1), papers(4), {}, {});
  first.answer(scheduler);
  KeptVerdicts kept;
  for (const LlmCall& call : first.journal) {
    const Journal again = read_journal(write_llm_call(call));
    REQUIRE(again.calls == std::vector<LlmCall>{call});
    kept.add(again.calls[0]);
  }
  FakedEndpoint second;
  RequestScheduler later(assignment(4, 1), papers(4), kept, {});
  second.answer(later);
  CHECK(second.sent.empty());
  CHECK(later.outcome()[1].declined);
  CHECK(later.outcome()[1].reason == "refused by the endpoint's moderation");

  auto changed = assignment(4, 1);
  changed.prompt_hash = "sha256:def";
  RequestScheduler anew(changed, papers(4), kept, {});
  second.answer(anew);
  CHECK(order(second.sent) == "1 2 3 4");
  CHECK_FALSE(anew.outcome()[1].declined);
}

TEST_CASE("scheduler: a run killed after any refusal goes on from its journal, asking for no declined paper",
          "[scheduler]") {
  const auto respond = [](const Sent& sent) {
    return has(sent, 2) || has(sent, 7) ? refused(403, flagged) : honest(sent);
  };
  auto [undisturbed, all] = answered(assignment(4, 2), papers(12), respond);
  REQUIRE(scored(undisturbed) == 10);
  for (int killed_after = 0; killed_after < static_cast<int>(all.sent.size()); ++killed_after) {
    const auto first = answered(assignment(4, 2), papers(12), respond, {}, killed_after).endpoint;
    auto [resumed, second] = answered(assignment(4, 2), papers(12), respond, first.journal);
    INFO("killed after " << killed_after);
    CHECK(scored(resumed) == 10);
    CHECK(resumed.outcome()[1].declined);
    CHECK(resumed.outcome()[6].declined);
    for (const LlmCall& call : first.journal)
      for (const Sent& sent : second.sent)
        for (const std::string& id : sent.ids)
          CHECK(std::none_of(call.asked.begin(), call.asked.end(),
                             [&](const PaperVersion& paper) { return paper.id == id; }));
  }
}

TEST_CASE("scheduler: many refused papers in a row are no failure of the endpoint's", "[scheduler]") {
  auto [scheduler, endpoint] = answered(assignment(4, 8), papers(80), [](const Sent& sent) {
    return std::any_of(sent.ids.begin(), sent.ids.end(),
                       [](const std::string& id) { return id.back() == '3' || id.back() == '6'; })
               ? refused(403, flagged)
               : honest(sent);
  });
  CHECK(scheduler.failure().empty());
  CHECK(scored(scheduler) == 64);
  CHECK(endpoint.sent.size() <= 160);
}

TEST_CASE("scheduler: an endpoint that refuses every paper is given up after a few", "[scheduler]") {
  for (const Response& refusal : moderated()) {
    INFO(refusal.status << ' ' << refusal.body);
    auto [scheduler, endpoint] = answered(assignment(16, 8), papers(650), [&](const Sent&) { return refusal; });
    CHECK(scheduler.failure() == "every paper is refused by the endpoint's moderation");
    CHECK(scheduler.failure_words() == scheduler.failure());
    CHECK(scheduler.hint() == "set another model or base_url in [llm]: this endpoint's moderation refuses the papers");
    CHECK(endpoint.sent.size() <= 64);
  }
  auto [small, endpoint] = answered(assignment(16, 8), papers(3), [](const Sent&) { return refused(403, flagged); });
  CHECK(small.failure().empty());
  for (const PaperOutcome& one : small.outcome()) CHECK(one.declined);
}

TEST_CASE("scheduler: a paper that is too long is declined, batches that are too long are halved", "[scheduler]") {
  const std::string too_long = R"({"error": {"message": "maximum context length", "code": "context_length_exceeded"}})";
  for (const int code : {400, 413, 422}) {
    INFO(code);
    auto [scheduler, endpoint] = answered(assignment(16, 8), papers(650), [&](const Sent& sent) {
      return sent.ids.size() > 4 || has(sent, 11) ? refused(code, too_long) : honest(sent);
    });
    CHECK(scheduler.failure().empty());
    CHECK(scored(scheduler) == 649);
    CHECK(scheduler.outcome()[10].declined);
    CHECK(scheduler.outcome()[10].reason == "too long for the endpoint");
  }
}

TEST_CASE("scheduler: a paper over which the endpoint fails takes no other with it", "[scheduler]") {
  for (const int code : {500, 502, 200}) {
    for (const int concurrency : {1, 4}) {
      INFO(code << ' ' << concurrency);
      auto [scheduler, endpoint] = answered(assignment(8, concurrency), papers(24), [&](const Sent& sent) {
        return has(sent, 11) || has(sent, 24) ? status(code) : honest(sent);
      });
      CHECK(scheduler.failure().empty());
      CHECK(scored(scheduler) == 22);
      CHECK_FALSE(scheduler.outcome()[10].declined);
      CHECK(endpoint.sent.size() <= 60);
    }
  }
}

TEST_CASE("scheduler: an endpoint that goes down in the middle is given up soon", "[scheduler]") {
  RequestScheduler scheduler(assignment(4, 8), papers(400), {}, {});
  FakedEndpoint endpoint;
  endpoint.respond = [&](const Sent& sent) { return endpoint.sent.size() > 20 ? status(503) : honest(sent); };
  endpoint.answer(scheduler);
  CHECK(scheduler.failure() == "llm.example answered 503 Service Unavailable, 16 times in a row");
  CHECK(scheduler.failure_words() == "the endpoint reported an internal error");
  CHECK(endpoint.sent.size() <= 60);
}

TEST_CASE("scheduler: a key that is refused in any way ends it at once, with what the owner can do", "[scheduler]") {
  auto unknown = assignment(1, 8);
  unknown.schema = SchemaUse::unknown;
  const Response refusals[] = {
      refused(400, R"([{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}])"),
      refused(400, R"({"error": {"message": "no", "code": "invalid_api_key"}})"),
      refused(401, ""),
      refused(403, R"({"error": {"message": "Invalid API key"}})"),
      refused(200, R"({"base_resp": {"status_code": 1004, "status_msg": "login fail"}})"),
      refused(200, R"({"error": {"message": "Incorrect API key provided: sk-…abcd"}})")};
  for (const Response& refusal : refusals) {
    INFO(refusal.body);
    auto [scheduler, endpoint] = answered(unknown, papers(100), [&](const Sent&) { return refusal; });
    CHECK(endpoint.sent.size() <= 8);
    CHECK(scheduler.failure_words() == "the endpoint refused the key");
    CHECK(scheduler.hint() == "check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint");
    CHECK(scheduler.failure().find("abcd") == std::string::npos);
  }
}

TEST_CASE("scheduler: no reason that is published has the endpoint's words in it", "[scheduler]") {
  const std::string words = R"({"error": {"message": "MARKER", "code": "MARKER"}, "detail": "MARKER"})";
  for (const int code : {200, 302, 400, 401, 402, 403, 404, 408, 413, 422, 429, 451, 500, 501, 503}) {
    INFO(code);
    auto [scheduler, endpoint] = answered(assignment(2, 2), papers(6), [&](const Sent& sent) {
      return has(sent, 1) ? honest(sent) : refused(code, words);
    });
    CHECK(scheduler.failure_words().find("MARKER") == std::string::npos);
    CHECK(scheduler.failure_words().find("llm.example") == std::string::npos);
    for (const PaperOutcome& one : scheduler.outcome()) CHECK(one.reason.find("MARKER") == std::string::npos);
  }
  auto [scheduler, endpoint] = answered(assignment(2, 1), papers(2), [](const Sent&) {
    return reply("{\"ARXIVID\": \"MARKER\", \"RELEVANCE\": 5, \"NOVELTY\": 5}");
  });
  for (const PaperOutcome& one : scheduler.outcome()) CHECK(one.reason.find("MARKER") == std::string::npos);
}

TEST_CASE("scheduler: moderation told only in words is remembered of a paper while others are answered",
          "[scheduler]") {
  const Response by_words = refused(403, R"({"error": {"message": "MARKER rejected by moderation"}})");
  auto [one, refuses_one] =
      answered(assignment(4, 1), papers(8), [&](const Sent& sent) { return has(sent, 6) ? by_words : honest(sent); });
  CHECK(scored(one) == 7);
  CHECK(one.outcome()[5].declined);

  auto [all, refuses_all] = answered(assignment(4, 1), papers(24), [&](const Sent&) { return by_words; });
  CHECK(all.failure() == "every paper is refused by the endpoint's moderation");
  for (const PaperOutcome& paper : all.outcome()) CHECK_FALSE(paper.declined);
  for (const LlmCall& call : refuses_all.journal) CHECK(call.declined == Declined::no);
}

TEST_CASE("scheduler: a reply that moderation kept back says nothing of the context", "[scheduler]") {
  auto [scheduler, endpoint] = answered(assignment(4, 1), papers(4), [&](const Sent& sent) {
    return has(sent, 2) ? refused(200, R"({"choices": [{"finish_reason": "content_filter"}],
                                           "usage": {"prompt_tokens": 5, "completion_tokens": 0, "total_tokens": 5}})")
                        : honest(sent);
  });
  CHECK(scored(scheduler) == 3);
  CHECK(scheduler.outcome()[1].reason == "refused by the endpoint's moderation");
  for (const LlmCall& call : endpoint.journal) CHECK_FALSE(call.question_cut);
}

TEST_CASE("scheduler: a key that a comment repeats, in escapes too, is masked", "[scheduler]") {
  const std::string key = "sk-invented-0123456789";
  std::string escaped;
  for (const char c : key) escaped += std::string("\\u00") + "0123456789abcdef"[c / 16] + "0123456789abcdef"[c % 16];
  auto [scheduler, endpoint] = answered(assignment(4, 1), papers(1), [&](const Sent& sent) {
    return reply("{\"ARXIVID\": \"" + sent.ids[0] + "\", \"RELEVANCE\": 5, \"NOVELTY\": 5, \"COMMENT\": \"It says " +
                 escaped + ".\"}");
  });
  REQUIRE(scheduler.outcome()[0].verdict);
  CHECK(scheduler.outcome()[0].verdict->comment == "It says ***.");
}
