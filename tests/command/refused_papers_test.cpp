// Papers that an endpoint's moderation refuses, and what of an endpoint's words is published: none.
#include <algorithm>
#include <list>
#include <set>

#include "backfill_owner.h"
#include "llm_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

const std::string flagged =
    R"({"error": {"code": 403, "message": "It requires moderation.", "metadata": {"reasons": ["x"], "flagged_input": "y"}}})";

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool asks_of(const std::vector<llm::AskedPaper>& papers, const std::set<std::string>& ids) {
  return std::any_of(papers.begin(), papers.end(), [&](const auto& paper) { return ids.count(paper.id) != 0; });
}

LlmBehaviour refusing(std::set<std::string> ids, int status = 403) {
  LlmBehaviour behaviour;
  behaviour.refuses = [ids = std::move(ids), status](const auto& papers) -> std::optional<Answer> {
    if (!asks_of(papers, ids)) return std::nullopt;
    return Answer{.status = status, .body = flagged};
  };
  return behaviour;
}

std::map<std::string, Score> scores(const LlmOwner& owner, Date day) {
  std::map<std::string, Score> all;
  for (const Entry& entry : owner.record(day).papers) all[entry.paper.id] = entry.score;
  for (const Entry& entry : owner.record(day).near_misses) all[entry.paper.id] = entry.score;
  return all;
}

std::size_t times_asked(const LlmServer& server, const std::string& id) {
  std::size_t times = 0;
  for (const LlmExchange& exchange : server.log())
    times += static_cast<std::size_t>(std::count(exchange.ids.begin(), exchange.ids.end(), id));
  return times;
}

}  // namespace

TEST_CASE("moderation: a refused paper is scored locally with the reason, and its day is complete for good",
          "[moderation]") {
  for (const int status : {403, 200}) {
    LlmServer server(refusing({"9901.00007"}, status));
    LlmOwner owner;
    owner.announce(monday, feed_text::invented_papers(20));
    owner.announce(monday + 1, {});
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    const Day day = owner.record(monday);
    CHECK(day.status == Status::complete);
    CHECK(day.why == "1 of 20 papers was scored locally: refused by the endpoint's moderation.");
    for (const auto& [id, score] : scores(owner, monday)) {
      INFO(id);
      CHECK((score.scorer == Scorer::local) == (id == "9901.00007"));
      CHECK(score.reason == (id == "9901.00007" ? "refused by the endpoint's moderation" : ""));
    }
    CHECK(holds(owner.output(), "9901.00007 is scored locally: refused by the endpoint's moderation\n"));
    CHECK_FALSE(holds(owner.output(), "warning"));
    const std::size_t asked = server.log().size();
    CHECK(asked <= 12);
    owner.run(monday + 1, server.base_url());
    CHECK(server.log().size() == asked);
  }
}

TEST_CASE("moderation: a partial day is finished without asking about its refused papers again", "[moderation]") {
  LlmBehaviour behaviour = refusing({"9901.00003"});
  behaviour.always = LlmFault::no_quota;
  behaviour.always_after = 4;
  LlmServer server(behaviour);
  LlmOwner owner("batch = 4\nconcurrency = 1");
  owner.announce(monday, feed_text::invented_papers(20));
  owner.announce(monday + 1, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(owner.record(monday).status == Status::partial);
  const std::size_t refusals = times_asked(server, "9901.00003");
  CHECK(refusals == 3);
  server.behave(refusing({"9901.00003"}));
  owner.run(monday + 1, server.base_url());
  CHECK(owner.record(monday).status == Status::complete);
  CHECK(owner.record(monday).why == "1 of 20 papers was scored locally: refused by the endpoint's moderation.");
  CHECK(times_asked(server, "9901.00003") == refusals);
  CHECK(server.asked_again().empty());
}

TEST_CASE("moderation: an endpoint that refuses every paper is named in a warning, after a few requests",
          "[moderation]") {
  std::set<std::string> all;
  for (const Paper& paper : feed_text::invented_papers(100)) all.insert(paper.id);
  LlmServer server(refusing(all));
  LlmOwner few, many;
  few.announce(monday, feed_text::invented_papers(3));
  REQUIRE(few.run(monday, server.base_url()) == 0);
  CHECK(few.record(monday).status == Status::complete);
  CHECK(
      holds(few.output(),
            "warning: 2099-01-05 is complete. All 3 papers were scored locally: refused by the endpoint's moderation.\n"
            "  hint: set another model or base_url in [llm]: this one accepts none of the day's papers\n"));
  const std::size_t asked = server.log().size();
  CHECK(asked == 5);
  many.announce(monday, feed_text::invented_papers(100));
  REQUIRE(many.run(monday, server.base_url()) == 0);
  CHECK(many.record(monday).status == Status::degraded);
  CHECK(holds(many.output(),
              "warning: 2099-01-05 is degraded. The LLM could not be used: every paper is refused by the "
              "endpoint's moderation. "));
  CHECK(server.log().size() - asked <= 64);
}

TEST_CASE("moderation: a refused paper in a batch of the Batch API costs the others nothing", "[moderation]") {
  for (const char* llm : {"batch = 4\nbatch_api = true\n", "batch = 1\nbatch_api = true\n"}) {
    INFO(llm);
    ArxivServer arxiv;
    LlmServer server(refusing({"9901.00007"}));
    server.batches().behave({.looks = 0});
    BackfillOwner owner(arxiv, llm);
    for (const Paper& paper : feed_text::invented_papers(24)) arxiv.submit(paper, new_york_time(monday, 9));
    arxiv.set_today(monday + 14);
    owner.use_llm(server.base_url());
    const Date tuesday = monday + 1;
    int code = exit_later;
    for (int call = 0; call < 6 && code == exit_later; ++call) code = owner.backfill(monday + 14, tuesday, tuesday);
    CHECK(code == 0);
    const Day day = owner.record(tuesday);
    CHECK(day.status == Status::complete);
    CHECK(day.why == "1 of 24 papers was scored locally: refused by the endpoint's moderation.");
    CHECK(server.asked_again().empty());
    CHECK(times_asked(server, "9901.00007") <= 4);
    const std::size_t asked = server.log().size();
    REQUIRE(owner.backfill(monday + 15, tuesday, tuesday) == 0);
    CHECK(server.log().size() == asked);
  }
}

namespace {

constexpr const char* marker = "Marker7f3a";

// What a fault sends, with the marker in each of its texts.
Answer marked(LlmFault fault) {
  Answer answer = llm_fault_answer(fault, invented_key, "7200", "");
  for (const std::string& start : {std::string("\"message\":\""), std::string("<title>"), std::string("<h1>")})
    for (auto at = answer.body.find(start); at != std::string::npos; at = answer.body.find(start, at + 1))
      answer.body.insert(at + start.size(), std::string(marker) + " org-" + marker + ' ');
  return answer;
}

std::vector<std::pair<std::string, Answer>> all_marked() {
  std::vector<std::pair<std::string, Answer>> all;
  for (const auto* faults : {&passing_llm_faults(), &permanent_llm_faults()})
    for (const LlmFault fault : *faults)
      if (!is_content_fault(fault) && fault != LlmFault::stalled && fault != LlmFault::half_body)
        all.emplace_back(llm_fault_name(fault), marked(fault));
  const auto add = [&](int status, const std::string& body) {
    Answer answer;
    answer.status = status;
    answer.body = body;
    for (auto at = answer.body.find('@'); at != std::string::npos; at = answer.body.find('@'))
      answer.body.replace(at, 1, marker);
    all.emplace_back(std::to_string(status) + ' ' + body, std::move(answer));
  };
  add(400, R"([{"error": {"code": 400, "message": "API key not valid. @"}}])");
  add(400, R"({"detail": "@"})");
  add(422, R"({"detail": [{"msg": "@", "type": "@"}]})");
  add(400, R"({"errors": [{"message": "@"}]})");
  add(200, R"({"base_resp": {"status_code": 1004, "status_msg": "@"}})");
  add(200, R"({"base_resp": {"status_code": 1026, "status_msg": "@"}})");
  add(500, R"({"message": {"detail": [{"msg": "@"}]}})");
  add(403, R"({"error": {"message": "@ requires moderation", "metadata": {"reasons": ["@"], "flagged_input": "@"}}})");
  add(403, "<html><title>@</title>");
  add(400, R"({"error": {"message": "@ maximum context length"}})");
  add(451, "@");
  add(404, "@");
  add(302, "@");
  add(200, R"({"choices": [{"message": {"content": null, "refusal": "@"}}]})");
  add(200, R"({"choices": [{"message": {"content": "{\"ARXIVID\": \"@\", \"RELEVANCE\": 5, \"NOVELTY\": 5}"}}]})");
  add(200, R"({"choices": [{"error": {"message": "@"}}]})");
  add(200, R"({"hello": "@", "message": "@"})");
  return all;
}

// Whether all papers get it, or two of eight.
enum class Struck { all, some };

struct StruckRun {
  StruckRun(std::string fault, const Answer& answer, Struck struck)
      : name(std::move(fault)), server(behaviour(answer, struck)), program(started()) {}
  std::string name;
  LlmServer server;
  LlmOwner owner{"batch = 2\nconcurrency = 8"};
  Program program;

 private:
  static LlmBehaviour behaviour(const Answer& answer, Struck struck) {
    LlmBehaviour behaviour;
    behaviour.refuses = [answer, struck](const auto& papers) -> std::optional<Answer> {
      if (struck == Struck::some && !asks_of(papers, {"9901.00005", "9901.00006"})) return std::nullopt;
      return answer;
    };
    return behaviour;
  }
  Program started() {
    owner.announce(monday, feed_text::invented_papers(8));
    return owner.start(monday, server.base_url());
  }
};

}  // namespace

TEST_CASE("endpoint: whatever it says of a fault is in the log alone, and in nothing that is published",
          "[moderation]") {
  std::list<StruckRun> runs;  // side by side, since most of each is waiting
  for (const auto& [name, answer] : all_marked()) {
    runs.emplace_back(name + " for all", answer, Struck::all);
    runs.emplace_back(name + " for some", answer, Struck::some);
  }
  for (StruckRun& run : runs) {
    INFO(run.name);
    CHECK(run.program.wait() == 0);
    CHECK(run.owner.record(monday).counts.scanned == 8);
    for (const auto& [path, bytes] : run.owner.everything()) {
      if (path.substr(0, 8) != "archive/" && path.substr(0, 7) != "public/") continue;
      INFO(path);
      CHECK_FALSE(holds(bytes, marker));
      CHECK_FALSE(holds(bytes, "127.0.0.1:" + std::to_string(run.server.port())));
    }
    CHECK_FALSE(holds(run.program.output(), std::string("org-") + marker));
    CHECK_FALSE(holds(run.program.output(), invented_key));
  }
}
