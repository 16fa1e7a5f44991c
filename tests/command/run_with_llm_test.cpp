// daybook run with an LLM, as a process, against a real endpoint on loopback.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <list>
#include <set>

#include "day/record.h"
#include "llm_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

// Every score in the day's record and its others.jsonl, by id.
std::map<std::string, Score> scores(const LlmOwner& owner, Date day) {
  std::map<std::string, Score> all;
  for (const Entry& entry : owner.record(day).papers) all[entry.paper.id] = entry.score;
  const std::string path = owner / ("archive/2099/" + day.iso() + ".others.jsonl");
  const auto others = read_others(bytes_of(path), path);
  REQUIRE(others);
  for (const Other& other : *others) all[other.id] = other.score;
  return all;
}

// That all papers have the scores that the endpoint honestly gives.
void check_honest(const std::map<std::string, Score>& all, int count) {
  CHECK(all.size() == static_cast<std::size_t>(count));
  for (const auto& [id, score] : all) {
    const auto honest = LlmServer::score_of(id);
    INFO(id);
    CHECK(score.scorer == Scorer::llm);
    CHECK(score.relevance == honest.relevance);
    CHECK(score.novelty == honest.novelty);
  }
}

LlmBehaviour failing(double rate, std::vector<LlmFault> faults) {
  LlmBehaviour behaviour;
  behaviour.fault_rate = rate;
  behaviour.faults = std::move(faults);
  behaviour.key = invented_key;
  return behaviour;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool is_permanent(LlmFault fault) {
  const auto& all = permanent_llm_faults();
  return std::find(all.begin(), all.end(), fault) != all.end();
}

// One owner and one endpoint with one kind of fault.
struct Run {
  Run(LlmFault f, double rate, const std::string& llm, int papers)
      : fault(f), server(failing(rate, {f})), owner(llm), program(started(papers)) {}
  LlmFault fault;
  LlmServer server;
  LlmOwner owner;
  Program program;

 private:
  Program started(int papers) {
    owner.announce(monday, feed_text::invented_papers(papers));
    return owner.start(monday, server.base_url());
  }
};

// Many at the same time, since most of each is waiting.
class Runs {
 public:
  Runs(double rate, std::string llm, int papers) : rate_(rate), llm_(std::move(llm)), papers_(papers) {}
  void start(LlmFault fault) { runs_.emplace_back(fault, rate_, llm_, papers_); }

  void for_each(const std::function<void(Run&)>& check) {
    for (Run& run : runs_) {
      INFO(llm_fault_name(run.fault));
      CHECK(run.program.wait() == 0);
      check(run);
    }
  }

 private:
  double rate_;
  std::string llm_;
  int papers_;
  std::list<Run> runs_;
};

}  // namespace

TEST_CASE("LLM: every paper of a day is scored, which is complete and says what it took", "[llm]") {
  LlmServer server;
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(40));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  check_honest(scores(owner, monday), 40);
  const Day day = owner.record(monday);
  CHECK(day.status == Status::complete);
  CHECK(day.why.empty());
  CHECK(day.prompt.substr(0, 7) == "sha256:");
  CHECK(bytes_of(owner / ("archive/prompts/" + day.prompt.substr(7) + ".md")).find("Inventions") != std::string::npos);
  REQUIRE(day.usage);
  CHECK(day.usage->model == "model-1");
  CHECK(day.usage->requests == 3);
  CHECK(day.usage->cost.has_value());
  const auto log = server.log();
  long long prompt = 0, cached = 0, completion = 0;
  for (const LlmExchange& exchange : log) {
    prompt += exchange.usage.prompt;
    cached += exchange.usage.cached;
    completion += exchange.usage.completion;
    CHECK(exchange.request.path == "/v1/chat/completions");
    CHECK(exchange.request.header("Authorization") == std::string("Bearer ") + invented_key);
  }
  CHECK(day.usage->prompt_tokens == prompt);
  CHECK(day.usage->cached_tokens == cached);
  CHECK(day.usage->completion_tokens == completion);
  CHECK(day.papers.front().score.comment == LlmServer::comment_of(day.papers.front().paper.id));
}

TEST_CASE("LLM: nothing is paid for twice: not by a second run, nor for a paper that comes again", "[llm]") {
  LlmServer server;
  LlmOwner owner;
  auto papers = feed_text::invented_papers(20);
  owner.announce(monday, papers);
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const auto first = owner.archive();
  const std::size_t asked = server.log().size();
  SECTION("the same day again changes nothing and asks nothing") {
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(server.log().size() == asked);
    CHECK(owner.archive() == first);
  }
  SECTION("nor where the state was lost") {
    std::filesystem::remove_all(owner / "state");
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(server.log().size() == asked);
    CHECK(owner.archive() == first);
  }
  SECTION("papers that were not selected and are announced again are not scanned again") {
    for (Paper& paper : papers) paper.announce_type = AnnounceType::cross;
    owner.announce(monday + 1, papers);
    REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
    CHECK(server.log().size() == asked);
    CHECK(owner.record(monday + 1).status == Status::complete);
    CHECK_FALSE(owner.record(monday + 1).usage);
  }
  SECTION("a replacement is asked about again") {
    owner.want_replacements();
    for (Paper& paper : papers) {
      paper.version = 2;
      paper.announce_type = AnnounceType::replace;
    }
    owner.announce(monday + 1, papers);
    REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
    CHECK(server.log().size() > asked);
  }
}

TEST_CASE("LLM: with three in ten requests failing in any way, every one of 650 papers is scored by the LLM", "[llm]") {
  LlmBehaviour behaviour = failing(0.3, passing_llm_faults());
  behaviour.usage = llm::UsageShape::responses;
  LlmServer server(behaviour);
  LlmOwner owner("timeout = 2");
  owner.announce(monday, feed_text::invented_papers(650));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(owner.record(monday).status == Status::complete);
  check_honest(scores(owner, monday), 650);
  CHECK(server.asked_again().empty());
  CHECK(server.most_under_way() <= 8);
}

TEST_CASE("LLM: with three in ten requests failing in one way, the day is complete", "[llm]") {
  Runs runs(0.3, "timeout = 2\nbatch = 4", 60);
  for (const LlmFault fault : passing_llm_faults()) runs.start(fault);
  runs.for_each([](Run& run) {
    CHECK(run.owner.record(monday).status == Status::complete);
    check_honest(scores(run.owner, monday), 60);
  });
}

TEST_CASE("LLM: an endpoint that always fails leaves a published day, degraded, scored locally, with the reason",
          "[llm]") {
  Runs runs(1, "timeout = 1", 100);
  for (const LlmFault fault : permanent_llm_faults()) runs.start(fault);
  for (const LlmFault fault : passing_llm_faults())
    if (!is_content_fault(fault)) runs.start(fault);
  Run small(LlmFault::server_error, 1, "", 3);  // a day of one request
  runs.for_each([](Run& run) {
    const Day day = run.owner.record(monday);
    CHECK(day.status == Status::degraded);
    CHECK(day.counts.scanned == 100);
    CHECK(day.why.find("The LLM could not be used: ") == 0);
    CHECK_FALSE(holds(day.why, "127.0.0.1"));
    CHECK(holds(day.why, " 100 papers were scored locally."));
    CHECK(holds(run.program.output(), "warning: 2099-01-05 is degraded. The LLM could not be used: "));
    CHECK(holds(run.program.output(), "127.0.0.1"));
    CHECK(std::filesystem::exists(run.owner / "public/2099/01/05/index.html"));
    CHECK(run.server.log().size() <= (is_permanent(run.fault) ? 8 : 64));
    for (const auto& [id, score] : scores(run.owner, monday)) CHECK(score.scorer == Scorer::local);
  });
  CHECK(small.program.wait() == 0);
  CHECK(small.owner.record(monday).status == Status::degraded);
  CHECK(small.owner.record(monday).why ==
        "The LLM could not be used: the endpoint reported an internal error. 3 papers were scored locally.");
  CHECK(holds(small.program.output(),
              " answered 500 Internal Server Error: \"The server had an error.\", 16 times in a "
              "row. 3 papers were scored locally."));
}

TEST_CASE("LLM: replies that only look odd are read, useless ones leave papers to the local scorer", "[llm]") {
  Runs runs(1, "batch = 4", 12);
  const std::set<LlmFault> odd = {LlmFault::fenced, LlmFault::array, LlmFault::text_scores, LlmFault::unknown_id,
                                  LlmFault::others_id};
  for (const LlmFault fault : passing_llm_faults())
    if (is_content_fault(fault)) runs.start(fault);
  runs.for_each([&](Run& run) {
    CHECK((run.owner.record(monday).status == Status::complete) == (odd.count(run.fault) == 1));
    for (const auto& [id, score] : scores(run.owner, monday)) {
      if (score.scorer == Scorer::llm) CHECK(score.relevance == LlmServer::score_of(id).relevance);
      if (score.scorer == Scorer::local) CHECK_FALSE(score.reason.empty());
    }
  });
}

TEST_CASE("LLM: in GitHub Actions a degraded day is an annotation that says what to do, and no failure", "[llm]") {
  LlmServer server(failing(1, {LlmFault::no_quota}));
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(5));
  ::setenv("GITHUB_ACTIONS", "true", 1);
  const int exit = owner.run(monday, server.base_url());
  ::unsetenv("GITHUB_ACTIONS");
  CHECK(exit == 0);
  CHECK(holds(owner.output(), "::warning::2099-01-05 is degraded. The LLM could not be used: 127.0.0.1:"));
  CHECK(holds(owner.output(), "%0Ahint: check the account's balance and limits; a later run scores the papers"));
}

TEST_CASE("LLM: where the LLM is required, a day without it ends with exit code 1 and is published all the same",
          "[llm]") {
  LlmServer server(failing(1, {LlmFault::no_quota}));
  LlmOwner owner("required = true");
  owner.announce(monday, feed_text::invented_papers(5));
  CHECK(owner.run(monday, server.base_url()) == 1);
  CHECK(owner.record(monday).status == Status::degraded);
  CHECK(std::filesystem::exists(owner / "public/2099/01/05/index.html"));
}

TEST_CASE("LLM: a degraded day is taken up again by later runs, its entries keep their ids and say so", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(30));
  auto later = feed_text::invented_papers(40);
  later.erase(later.begin(), later.begin() + 30);
  owner.announce(monday + 1, later);
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const auto before = scores(owner, monday);
  REQUIRE(owner.record(monday).status == Status::degraded);
  const auto ids_in = [&](const std::string& feed) {
    std::set<std::string> ids;
    const std::string text = bytes_of(owner / ("public/" + feed));
    for (auto at = text.find("<id>"); at != std::string::npos; at = text.find("<id>", at + 1))
      ids.insert(text.substr(at, text.find("</id>", at) - at));
    return ids;
  };
  const auto ids_before = ids_in("atom.xml");

  server.behave({});
  REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
  const Day healed = owner.record(monday);
  CHECK(healed.status == Status::complete);
  CHECK(healed.why.empty());
  CHECK(healed.recorded == monday + 1);  // feeds go by it
  CHECK(owner.record(monday + 1).status == Status::complete);
  CHECK_FALSE(owner.record(monday + 1).recorded);
  check_honest(scores(owner, monday), 30);
  for (const auto& [id, score] : scores(owner, monday)) {
    INFO(id);
    REQUIRE(score.rescored);
    CHECK(*score.rescored == Rescored{monday + 1, Scorer::local, before.at(id).relevance, before.at(id).novelty});
  }
  const auto ids_after = ids_in("atom.xml");
  for (const Entry& entry : healed.papers) {
    if (before.at(entry.paper.id).relevance < 6) continue;
    const bool kept = std::any_of(ids_before.begin(), ids_before.end(), [&](const std::string& id) {
      return holds(id, entry.paper.id) && ids_after.count(id) == 1;
    });
    CHECK(kept);
  }
  // And never the other way.
  server.behave(failing(1, {LlmFault::unauthorized}));
  const auto archive = owner.archive();
  REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
  CHECK(owner.archive() == archive);
}

TEST_CASE("LLM: a feed that comes short makes no day shorter, and takes no paper from one that is to be healed",
          "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  const auto papers = feed_text::invented_papers(40);
  owner.announce(monday, papers);
  owner.announce(monday + 1, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  owner.announce(monday, {papers[0], papers[1]});
  server.behave({});
  SECTION("with what state/ remembers") {
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(owner.record(monday).counts.scanned == 40);
    CHECK(owner.record(monday).status == Status::complete);
    check_honest(scores(owner, monday), 40);
  }
  SECTION("where state/ is lost, the longer record stays") {
    std::filesystem::remove_all(owner / "state");
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(owner.record(monday).counts.scanned == 40);
    CHECK(owner.record(monday).status == Status::degraded);
    CHECK(holds(owner.output(), "2099-01-05 already has a better record: degraded"));
  }
}

TEST_CASE("LLM: a partial day is finished, not begun anew, when the model or the prompt has changed since", "[llm]") {
  LlmBehaviour behaviour;
  behaviour.always = LlmFault::no_quota;
  behaviour.always_after = 6;
  LlmServer server(behaviour);
  LlmOwner owner("batch = 4\nconcurrency = 1");
  owner.announce(monday, feed_text::invented_papers(40));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const auto read_by_llm = [&] {
    int count = 0;
    for (const auto& [id, score] : scores(owner, monday))
      if (score.scorer == Scorer::llm) ++count;
    return count;
  };
  REQUIRE(owner.record(monday).status == Status::partial);
  REQUIRE(read_by_llm() == 24);
  owner.settings("batch = 4\nconcurrency = 1\ntitle_filter = false\nreasoning_effort = \"low\"",
                 "skip_keywords = [\"soup\"]\n");
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(read_by_llm() == 24);
  const std::size_t asked = server.log().size();
  server.behave({});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(owner.record(monday).status == Status::complete);
  CHECK(server.log().size() == asked + 4);
  CHECK(server.asked_again().empty());
}

TEST_CASE("LLM: a day whose run was killed is recorded by the run of a later day, with an LLM or without", "[llm]") {
  LlmBehaviour behaviour;
  behaviour.delay_seconds = 30;
  LlmServer server(behaviour);
  LlmOwner owner("timeout = 60");
  owner.announce(monday, feed_text::invented_papers(5));
  owner.announce(monday + 1, {});
  {
    Program program = owner.start(monday, server.base_url());
    while (server.most_under_way() == 0) program.wait_for(0.01);
    program.kill();
  }
  REQUIRE(owner.run(monday + 1, "") == exit_later);
  CHECK(owner.record(monday).status == Status::local);
  CHECK(owner.record(monday).counts.scanned == 5);
}

TEST_CASE("LLM: a run killed between two files of a healed day is finished to the same archive", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(20));
  owner.announce(monday + 1, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const std::string record = owner / "archive/2099/2099-01-05.json";
  const std::string degraded = bytes_of(record);
  server.behave({});
  REQUIRE(owner.run(monday + 1, server.base_url()) == exit_later);
  const auto healed = owner.archive();
  put(record, degraded);  // as if the new others.jsonl had been written, and the record not
  const std::string journal = bytes_of(owner / "state/answers/2099-01-05.jsonl");
  put(owner / "state/answers/2099-01-05.jsonl", journal.substr(0, journal.rfind("{\"run\"")));
  REQUIRE(owner.run(monday + 1, server.base_url()) == exit_later);
  CHECK(owner.archive() == healed);
}

TEST_CASE("LLM: that it is down is found out once a run, not once for each day that waits for it", "[llm]") {
  LlmServer server(failing(1, {LlmFault::forbidden}));
  LlmOwner owner;
  for (int day = 0; day < 4; ++day) {
    auto papers = feed_text::invented_papers(10 * (day + 1));
    papers.erase(papers.begin(), papers.begin() + 10 * day);
    owner.announce(monday + day, papers);
    const std::size_t asked = server.log().size();
    REQUIRE(owner.run(monday + day, server.base_url()) == 0);
    CHECK(server.log().size() == asked + 1);
  }
  server.behave({});
  REQUIRE(owner.run(monday + 3, server.base_url()) == 0);
  for (int day = 0; day < 4; ++day) CHECK(owner.record(monday + day).status == Status::complete);
}

TEST_CASE("LLM: what a day took is summed up over all of its runs, even where the state was lost in between", "[llm]") {
  LlmBehaviour behaviour;
  behaviour.always = LlmFault::no_quota;
  LlmServer server(behaviour);
  LlmOwner owner("batch = 2\nconcurrency = 1");
  owner.announce(monday, feed_text::invented_papers(12));
  for (int run = 1; run <= 3; ++run) {
    behaviour.always_after = 2 * run;
    server.behave(behaviour);
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(owner.record(monday).usage->requests == 2 * run);
    if (run == 1) std::filesystem::remove_all(owner / "state");
  }
  CHECK(owner.record(monday).status == Status::complete);
  long long prompt = 0;
  for (const LlmExchange& exchange : server.log()) prompt += exchange.usage.prompt;
  CHECK(owner.record(monday).usage->prompt_tokens == prompt);
}

TEST_CASE("usage: reasoning beside the completion tokens is recorded and paid for", "[llm][usage]") {
  LlmBehaviour apart;
  apart.usage = llm::UsageShape::reasoning_apart;
  LlmServer server(apart), honest;
  LlmOwner owner, other;
  for (LlmOwner* one : {&owner, &other}) one->announce(monday, feed_text::invented_papers(20));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(other.run(monday, honest.base_url()) == 0);
  CHECK(owner.record(monday).usage == other.record(monday).usage);
}

TEST_CASE("usage: zero is unknown in record and pages, warned of once, and estimated in the budget", "[llm][usage]") {
  for (const auto shape : {llm::UsageShape::zeros, llm::UsageShape::none}) {
    LlmBehaviour behaviour;
    behaviour.usage = shape;
    LlmServer server(behaviour);
    LlmOwner owner("budget = 0.01\nbatch = 4\nconcurrency = 1");
    owner.announce(monday, feed_text::invented_papers(40));
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    const Day day = owner.record(monday);
    REQUIRE(day.usage);
    const auto requests = static_cast<long long>(server.log().size());
    CHECK(*day.usage == Usage{"model-1", requests, {}, {}, {}, {}, {}, {}});
    CHECK(day.status == Status::partial);  // by our own estimate of the tokens
    CHECK(requests < 10);
    const std::string page = bytes_of(owner / "public/2099/01/05/index.html");
    CHECK(holds(page, "<dt>cost</dt><dd>unknown</dd>"));
    CHECK_FALSE(holds(page, "$0.00"));
    CHECK(holds(bytes_of(owner / "archive/2099/2099-01-05.md"), "Cost: unknown"));
    for (const auto& [path, bytes] : contents(owner / "public")) CHECK_FALSE(holds(bytes, "$0.00"));
    const std::string warning =
        " reports no credible token counts: the cost is unknown, and the budget is enforced by estimate\n  hint: check "
        "the usage that the endpoint shows";
    const auto at = owner.output().find(warning);
    CHECK(at != std::string::npos);
    CHECK(owner.output().find(warning, at + 1) == std::string::npos);
  }
}

TEST_CASE("context: questions that the endpoint cuts are asked in smaller batches, and that is warned of once",
          "[llm][context]") {
  LlmBehaviour short_sighted;
  short_sighted.context = 2048;
  LlmServer server(short_sighted);
  LlmOwner owner("concurrency = 2");
  auto papers = feed_text::invented_papers(40);
  for (Paper& paper : papers) paper.abstract.append(1000, 'a');
  owner.announce(monday, papers);
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(owner.record(monday).status == Status::complete);
  check_honest(scores(owner, monday), 40);
  const std::string warning = " read 2048 tokens of a prompt of about ";
  const auto at = owner.output().find(warning);
  CHECK(at != std::string::npos);
  CHECK(owner.output().find(warning, at + 1) == std::string::npos);
  CHECK(holds(owner.output(),
              ": its context is too short, and the criteria at the start were cut off\n  hint: give the model a longer "
              "context (with Ollama: OLLAMA_CONTEXT_LENGTH=16384 ollama serve, or num_ctx in a Modelfile), or set a "
              "smaller batch in [llm]\n"));
}

TEST_CASE("LLM: where the LLM is required, a key that has gone missing is no quiet change to the local scorer",
          "[llm]") {
  LlmOwner owner("required = true");
  owner.announce(monday, feed_text::invented_papers(3));
  CHECK(owner.run(monday, "") == 1);
  CHECK(owner.record(monday).status == Status::local);
  CHECK(holds(owner.output(), "[llm] is required, but none is configured: OPENAI_API_KEY is not set, or empty"));
  CHECK(owner.run(monday, "", {"--scorer", "local"}) == 0);
}

TEST_CASE("LLM: an address that is none is told before anything is asked", "[llm]") {
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(3));
  for (const char* address : {"llm.example:8080/v1", "https://llm.example/v1?api-key=secret", "https://"}) {
    INFO(address);
    CHECK(owner.run(monday, address) == 2);
    CHECK(owner.output() ==
          "OPENAI_BASE_URL: error: /chat/completions cannot be appended to this address\n"
          "  hint: write it like https://api.openai.com/v1, without a query; the key goes into OPENAI_API_KEY\n");
  }
}

TEST_CASE("LLM: what a healed day no longer shows was not shown before on later days either", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  auto papers = feed_text::invented_papers(12);
  for (std::size_t i = 4; i < papers.size(); ++i) papers[i].title = papers[i].abstract = "Soup of the day";
  owner.announce(monday, papers);
  for (Paper& paper : papers) paper.announce_type = AnnounceType::cross;
  owner.announce(monday + 1, papers);
  owner.announce(monday + 2, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
  const std::vector<Entry> shown_first = owner.record(monday).papers;
  REQUIRE(owner.record(monday + 1).again.size() == shown_first.size());
  server.behave({});
  REQUIRE(owner.run(monday + 2, server.base_url()) == exit_later);
  std::set<std::string> shown;
  for (const Entry& entry : owner.record(monday).papers) shown.insert(entry.paper.id);
  const auto still = static_cast<std::size_t>(std::count_if(
      shown_first.begin(), shown_first.end(), [&](const Entry& entry) { return shown.count(entry.paper.id) == 1; }));
  REQUIRE(still < shown_first.size());
  const Day next = owner.record(monday + 1);
  CHECK(next.again.size() == still);
  CHECK(next.counts.shown_before == static_cast<int>(still));
  for (const Reappearance& paper : next.again) CHECK(shown.count(paper.id) == 1);
}

TEST_CASE("LLM: a degraded day is healed even where the state was lost, with its papers from arXiv's API", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LoopbackServer arxiv;
  LlmOwner owner;
  owner.use_api(arxiv.url("/api/query"));
  owner.settings("");
  auto papers = feed_text::invented_papers(150);
  for (std::size_t i = 40; i < papers.size(); ++i) papers[i].title = papers[i].abstract = "Soup of the day";
  owner.announce(monday, papers);
  owner.announce(monday + 1, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  std::filesystem::remove_all(owner / "state");
  server.behave({});
  SECTION("where the API is down, a later run tries again") {
    REQUIRE(owner.run(monday + 1, server.base_url()) == exit_later);
    CHECK(owner.record(monday).status == Status::degraded);
    CHECK(holds(owner.output(), "warning: 2099-01-05 can't be rescored now: 127.0.0.1:"));
  }
  SECTION("where it answers, the day is complete") {
    arxiv.answer_all([&](const Received& request) {
      std::vector<Paper> asked;
      for (const Paper& paper : papers)
        if (request.path.find(paper.id) != std::string::npos) asked.push_back(paper);
      asked.push_back(feed_text::invented_papers(999).back());  // which nobody asked for
      return Answer{200, {{"Content-Type", "application/atom+xml"}}, feed_text::api_feed(asked)};
    });
    REQUIRE(owner.run(monday + 1, server.base_url()) == exit_later);
    CHECK(owner.record(monday).status == Status::complete);
    CHECK(arxiv.requests().size() == 2);  // for 130 papers, of which the record has no abstract
    check_honest(scores(owner, monday), 150);
  }
}

TEST_CASE("LLM: a day scored locally is taken up when an LLM is configured, for two weeks", "[llm]") {
  LlmServer server;
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(3));
  owner.announce(monday + 14, {});
  owner.announce(monday + 15, {});
  REQUIRE(owner.run(monday, "") == 0);
  REQUIRE(owner.record(monday).status == Status::local);
  REQUIRE(owner.run(monday + 15, server.base_url()) == exit_later);
  CHECK(owner.record(monday).status == Status::local);
  REQUIRE(owner.run(monday + 14, server.base_url()) == exit_later);
  CHECK(owner.record(monday).status == Status::complete);
}

TEST_CASE("LLM: a budget stops the asking, the day is partial, and the next day's run goes on from there", "[llm]") {
  LlmServer server;
  LlmOwner owner("batch = 2\nconcurrency = 1\nbudget = 0.002");
  owner.announce(monday, feed_text::invented_papers(12));
  owner.announce(monday + 1, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const Day partial = owner.record(monday);
  CHECK(partial.status == Status::partial);
  CHECK(holds(partial.why, "The day's budget of $0.0020 allows no further request."));
  REQUIRE(partial.usage);
  CHECK(*partial.usage->cost <= 0.0025);
  const std::size_t asked = server.log().size();
  CHECK(asked > 0);
  SECTION("the same day has no money left") {
    REQUIRE(owner.run(monday, server.base_url()) == 0);
    CHECK(server.log().size() == asked);
  }
  SECTION("the next day has") {
    owner.settings("batch = 2\nconcurrency = 1\nbudget = 1");
    REQUIRE(owner.run(monday + 1, server.base_url()) == exit_later);
    CHECK(owner.record(monday).status == Status::complete);
    CHECK(server.asked_again().empty());
    CHECK(*owner.record(monday).usage->cost > *partial.usage->cost);
  }
}

TEST_CASE("budget: a run's day says that the budget is less than one request costs", "[llm]") {
  LlmServer server;
  LlmOwner owner("batch = 4\nbudget = 0.0001");
  owner.announce(monday, feed_text::invented_papers(12));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(server.log().empty());
  CHECK(owner.record(monday).status == Status::degraded);
  CHECK(holds(owner.record(monday).why, "the budget of $0.0001 a day is less than one request costs, about $0.0"));
  CHECK_FALSE(holds(owner.output(), "wait for a later run"));
  CHECK(holds(owner.output(), "  hint: set budget in [llm] to 0.0"));
  owner.settings("batch = 4\nbudget = 0.0001\nrequired = true");
  CHECK(owner.run(monday, server.base_url()) == 1);
}

TEST_CASE("budget: what is not less than one request costs is spent", "[llm]") {
  LlmServer server;
  LlmOwner owner("batch = 4\nbudget = 0.0001");
  owner.announce(monday, feed_text::invented_papers(12));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  const std::string hint = "  hint: set budget in [llm] to ";
  const auto at = owner.output().find(hint);
  REQUIRE(at != std::string::npos);
  owner.settings("batch = 4\nbudget = " + owner.output().substr(at + hint.size(), 6));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(server.log().size() == 1);
  CHECK(owner.record(monday).status == Status::partial);
}

TEST_CASE("requests: what an endpoint refuses again and again is said once, with a number", "[llm]") {
  LlmServer server(failing(0.6, {LlmFault::too_many_requests}));
  LlmOwner owner("batch = 1");
  owner.announce(monday, feed_text::invented_papers(24));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  std::size_t lines = 0;
  const std::string line = "429 Too Many Requests";
  for (auto at = owner.output().find(line); at != std::string::npos; at = owner.output().find(line, at + 1)) ++lines;
  INFO(owner.output());
  CHECK(lines == 2);
  CHECK(holds(owner.output(), "asking again (and "));
  CHECK(holds(owner.output(), " more like it)\n"));
}

TEST_CASE("dry run: older days say why they are in it, and a sum says what all would take", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(40));
  owner.announce(monday + 1, {});
  const Date saturday = monday + 5;
  owner.announce(saturday, {});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(owner.run(saturday, server.base_url(), {"-q", "--dry-run"}) == 0);
  CHECK(
      holds(owner.output(), "2099-01-05 (recorded as degraded, will be scored again): 40 papers; 3 requests, about "));
  CHECK(holds(owner.output(), "\n2 days: 40 papers; 3 requests, about "));
  std::filesystem::remove_all(owner / "archive/2099");
  REQUIRE(owner.run(saturday, server.base_url(), {"-q", "--dry-run"}) == 0);
  CHECK(holds(owner.output(), "2099-01-05 (no record yet): 40 papers; 3 requests, about "));
  REQUIRE(owner.run(saturday, "", {"-q", "--dry-run"}) == 0);
  CHECK(owner.output() ==
        "papers are scored locally, at no cost\n2099-01-10: 0 papers; no request\n"
        "2099-01-05 (no record yet): 40 papers; no request\n2 days: 40 papers; no request\n");
  CHECK_FALSE(std::filesystem::exists(owner / "archive/2099"));
}

TEST_CASE("dry run: a sum beyond the budget says so, though each day is within it", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner("budget = 0.02");
  const auto papers = feed_text::invented_papers(80);
  owner.announce(monday, {papers.begin(), papers.begin() + 40});
  owner.announce(monday + 1, {papers.begin() + 40, papers.end()});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(owner.run(monday + 1, server.base_url(), {"-q", "--dry-run"}) == 0);
  const std::string beyond = ", more than the rest of the day's budget, $0.02\n";
  INFO(owner.output());
  CHECK(owner.output().find(beyond) == owner.output().size() - beyond.size());
}

TEST_CASE("LLM: a dry run says what would be asked and asks nothing", "[llm]") {
  LlmServer server;
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(40));
  REQUIRE(owner.run(monday, server.base_url(), {"-q", "--dry-run"}) == 0);
  CHECK(server.log().empty());
  CHECK(holds(owner.output(), "2099-01-05: 40 papers; 3 requests, about "));
  CHECK(holds(owner.output(), " with model-1\n"));
  CHECK_FALSE(std::filesystem::exists(owner / "public"));
  REQUIRE(owner.run(monday, "", {"-q", "--dry-run"}) == 0);
  CHECK(owner.output() == "papers are scored locally, at no cost\n2099-01-05: 40 papers; no request\n");
}

TEST_CASE("LLM: the first pass over titles leaves papers out, and says so", "[llm]") {
  LlmServer server;
  LlmOwner owner("title_filter = true");
  owner.announce(monday, feed_text::invented_papers(40));
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(owner.record(monday).status == Status::complete);
  int left_out = 0;
  for (const auto& [id, score] : scores(owner, monday)) {
    INFO(id);
    CHECK(score.relevance.has_value() == LlmServer::keep_of(id));
    if (!LlmServer::keep_of(id)) ++left_out;
  }
  CHECK(left_out > 0);
  CHECK(holds(bytes_of(owner / "archive/2099/2099-01-05.others.jsonl"), "\"reason\": \"rejected by its title\""));
}

TEST_CASE("LLM: an endpoint that refuses schemas is asked with one once, and remembered", "[llm]") {
  LlmBehaviour behaviour;
  behaviour.schema = llm::SchemaUse::refused;
  LlmServer server(behaviour);
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(64));
  owner.announce(monday + 1, {feed_text::invented_paper(99)});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  REQUIRE(owner.run(monday + 1, server.base_url()) == 0);
  int with_schema = 0;
  for (const LlmExchange& exchange : server.log())
    if (exchange.asked.with_schema) ++with_schema;
  CHECK(with_schema == 1);
  CHECK(owner.record(monday).status == Status::complete);
}

TEST_CASE("LLM: a key stands nowhere: not in the archive, the site, the state, nor in what is printed", "[llm]") {
  LlmServer server(failing(1, {LlmFault::unauthorized}));
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(5));
  REQUIRE(owner.run(monday, server.base_url(), {"-v"}) == 0);
  const std::string key = invented_key;
  CHECK(holds(owner.output(), "401 Unauthorized"));
  for (const auto& [path, bytes] : owner.everything()) {
    INFO(path);
    for (std::size_t from = 0; from + 10 <= key.size(); ++from) CHECK_FALSE(holds(bytes, key.substr(from, 10)));
  }
}

TEST_CASE("LLM: --scorer llm where there is none is misuse, and --scorer local asks none", "[llm]") {
  LlmServer server;
  LlmOwner owner;
  owner.announce(monday, feed_text::invented_papers(3));
  CHECK(owner.run(monday, "", {"--scorer", "llm"}) == 2);
  CHECK(owner.output() ==
        "error: --scorer llm, but no LLM is configured\n"
        "  hint: set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint without a key; or leave out --scorer\n");
  CHECK(owner.run(monday, server.base_url(), {"--scorer", "local"}) == 0);
  CHECK(server.log().empty());
  CHECK(owner.record(monday).status == Status::local);
}
