// daybook backfill through the Batch API: half the price, later, and nothing paid for twice.
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>

#include "backfill_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = day_named("2099-01-05");
const Date tuesday = monday + 1;
const Date friday = monday + 4;
const Date later = monday + 14;
constexpr int calls_most = 30;

LlmBehaviour well() {
  LlmBehaviour behaviour;
  behaviour.schema = llm::SchemaUse::ignored;  // else a reply's tokens tell whether it was held to one
  return behaviour;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A week of papers, an LLM, and an owner with both.
struct Week {
  ArxivServer arxiv;
  LlmServer server{well()};
  BackfillOwner owner;
  explicit Week(const std::string& llm = "batch_api = true\n", BatchBehaviour behaviour = {})
      : owner(arxiv, "batch = 4\n" + llm) {
    submit_daily(arxiv, monday, friday);
    arxiv.set_today(later);
    owner.use_llm(server.base_url());
    server.batches().behave(std::move(behaviour));
  }

  int backfill(Date day = later) { return owner.backfill(day, monday, friday); }
  // The same command until it need not be repeated; how often that was.
  int backfill_to_the_end() {
    for (int calls = 1; calls <= calls_most; ++calls) {
      const int code = backfill();
      INFO(owner.output());
      if (code == exit_later) continue;
      REQUIRE(code == 0);
      return calls;
    }
    FAIL("it never ends: " << owner.output());
    return 0;
  }
  std::size_t made() { return server.batches().made().size(); }
  std::size_t asked_at_once() const {
    std::size_t count = 0;
    for (const Received& request : server_requests()) count += request.path == "/v1/chat/completions" ? 1U : 0U;
    return count;
  }

 private:
  // Those of batches have their batch's path no more; what tells them is the body's length.
  std::vector<Received> server_requests() const {
    std::vector<Received> requests;
    for (const LlmExchange& exchange : server.log())
      if (exchange.request.header("Content-Length") == std::to_string(exchange.request.body.size()))
        requests.push_back(exchange.request);
    return requests;
  }
};

// A day of so many papers, in requests of four.
struct LongDay {
  ArxivServer arxiv;
  LlmServer server{well()};
  BackfillOwner owner;
  LongDay(int papers, const std::string& llm, BatchBehaviour behaviour, std::size_t longer_abstracts = 0)
      : owner(arxiv, "batch = 4\n" + llm) {
    for (Paper& paper : feed_text::invented_papers(papers)) {
      paper.abstract.append(longer_abstracts, 'a');
      arxiv.submit(std::move(paper), new_york_time(monday, 9));
    }
    arxiv.set_today(later);
    owner.use_llm(server.base_url());
    server.batches().behave(std::move(behaviour));
  }
  int backfill(Date day = later) { return owner.backfill(day, tuesday, tuesday); }
};

void check_same_papers(const BackfillOwner& one, const BackfillOwner& other) {
  for (Date day = monday; day <= friday; day = day + 1) {
    INFO(day.iso());
    CHECK(one.record(day).status == Status::complete);
    CHECK(one.record(day).papers == other.record(day).papers);
    CHECK(one.record(day).near_misses == other.record(day).near_misses);
    const std::string others = "archive/2099/" + day.iso() + ".others.jsonl";
    CHECK(bytes_of(one / others) == bytes_of(other / others));
  }
}

// Runs the program until it makes that request of the Batch API, which is taken, and kills it before the answer.
void kill_at_request(Week& week, int number) {
  struct Moment {
    std::atomic<int> count = 0;
    std::promise<void> reached, killed;
    std::shared_future<void> go_on = killed.get_future().share();
  };
  const auto moment = std::make_shared<Moment>();  // requests under way may outlive this function
  week.server.batches().tell([moment, number](const std::string&) {
    if (++moment->count != number) return;
    moment->reached.set_value();
    moment->go_on.wait();
  });
  Program program = week.owner.start(later, {"backfill", "--from", monday.iso(), "--to", friday.iso()});
  auto is_reached = moment->reached.get_future();
  while (is_reached.wait_for(std::chrono::milliseconds(0)) != std::future_status::ready && !program.wait_for(0.001)) {
  }
  program.kill();
  program.wait();
  moment->killed.set_value();
  week.server.batches().tell(nullptr);
}

}  // namespace

TEST_CASE("batches: a backfill in batches records what asking at once would have recorded", "[batches]") {
  Week at_once("");
  REQUIRE(at_once.backfill() == 0);
  Week week;
  CHECK(week.backfill() == exit_later);
  CHECK(week.made() == 5);
  CHECK(holds(week.owner.output(), "a batch of 3 requests is under way for 2099-01-06\n"));
  CHECK(holds(week.owner.output(), "5 batches are under way: 0 of 7 requests answered\n"));
  CHECK_FALSE(week.owner.has(monday));
  CHECK(week.backfill() == exit_later);
  CHECK_FALSE(week.owner.has(friday));
  CHECK(week.backfill_to_the_end() == 2);
  CHECK(holds(week.owner.output(), "the batch of 2099-01-06 answered 3 of 3 requests\n"));
  CHECK(week.made() == 5);
  CHECK(week.asked_at_once() == 0);
  CHECK(week.server.asked_again().empty());
  check_same_papers(week.owner, at_once.owner);
  const std::size_t asked = week.server.log().size();
  const auto archive = week.owner.archive();
  REQUIRE(week.backfill() == 0);
  CHECK(week.server.log().size() == asked);
  CHECK(week.owner.archive() == archive);
}

TEST_CASE("batches: what batches answered is recorded with all its tokens and half of their price", "[batches]") {
  Week at_once("");
  REQUIRE(at_once.backfill() == 0);
  Week week;
  week.backfill_to_the_end();
  for (Date day = monday; day <= friday; day = day + 1) {
    const auto usage = week.owner.record(day).usage;
    const auto whole = at_once.owner.record(day).usage;
    INFO(day.iso());
    REQUIRE((usage && whole));
    CHECK(usage->requests == whole->requests);
    CHECK(usage->prompt_tokens == whole->prompt_tokens);
    CHECK(usage->cached_tokens == whole->cached_tokens);
    CHECK(usage->completion_tokens == whole->completion_tokens);
    REQUIRE((usage->cost && whole->cost));
    CHECK(*usage->cost > 0);
    CHECK(std::abs(*usage->cost * 2 - *whole->cost) < 3e-6);  // a record's money is rounded
  }
}

TEST_CASE("batches: what one does not count is unknown, and warned of once", "[batches][usage]") {
  Week week;
  LlmBehaviour uncounted = well();
  uncounted.usage = llm::UsageShape::zeros;
  week.server.behave(uncounted);
  std::string said;
  while (week.backfill() == exit_later) said += week.owner.output();
  said += week.owner.output();
  CHECK(holds(said, " reports no credible token counts"));
  const auto usage = week.owner.record(monday).usage;
  REQUIRE(usage);
  CHECK(usage->requests.value_or(0) > 0);
  CHECK_FALSE(usage->prompt_tokens);
  CHECK_FALSE(usage->completion_tokens);
  CHECK_FALSE(usage->cost);
}

TEST_CASE("batches: questions that were cut are asked again in smaller ones", "[batches][context]") {
  LongDay day(24, "batch_api = true\n", {.looks = 0}, 1000);
  LlmBehaviour short_sighted = well();
  short_sighted.context = 1024;
  day.server.behave(short_sighted);
  std::string said;
  while (day.backfill() == exit_later) said += day.owner.output();
  CHECK(holds(said, " read 1024 tokens of a prompt of about "));
  const Day record = day.owner.record(tuesday);
  CHECK(record.status == Status::complete);
  CHECK_FALSE(record.papers.empty());
  for (const Entry& entry : record.papers)
    CHECK(entry.score.relevance == LlmServer::score_of(entry.paper.id).relevance);
}

TEST_CASE("batches: a backfill that may wait for its batches needs no second call", "[batches]") {
  Week week("batch_api = true\n", {.looks = 0});
  REQUIRE(week.owner.backfill(later, monday, friday, {"--wait", "0.02"}) == 0);
  CHECK(holds(week.owner.output(), "5 batches are under way: 0 of 7 requests answered\n"));
  CHECK(week.owner.record(friday).status == Status::complete);
  CHECK(week.server.asked_again().empty());
}

TEST_CASE("batches: days whose batches have ended are recorded while others wait", "[batches]") {
  Week week;
  REQUIRE(week.owner.backfill(later, monday, tuesday) == exit_later);
  for (int i = 0; i < 2; ++i) REQUIRE(week.owner.backfill(later, monday, tuesday) == exit_later);
  REQUIRE(week.backfill() == exit_later);
  CHECK(week.owner.has(monday));
  CHECK(week.owner.has(tuesday));
  CHECK_FALSE(week.owner.has(tuesday + 1));
  CHECK(week.made() == 5);
}

TEST_CASE("batches: an endpoint without a Batch API is asked as ever, and that is said", "[batches]") {
  Week week("batch_api = true\n", {.none = true});
  REQUIRE(week.backfill() == 0);
  CHECK(holds(week.owner.output(), "warning: 127.0.0.1:" + std::to_string(week.server.port()) +
                                       " has no Batch API: 127.0.0.1:" + std::to_string(week.server.port()) +
                                       " answered 404 Not Found: \"Unknown request URL.\"\n"
                                       "  hint: no action needed: the papers are sent without it, at full price; or "
                                       "set batch_api = false in [llm]\n"));
  for (Date day = monday; day <= friday; day = day + 1) CHECK(week.owner.record(day).status == Status::complete);
  CHECK(week.server.asked_again().empty());
}

TEST_CASE("batches: an upload that fails once is tried again, and one that always fails leaves the days waiting",
          "[batches]") {
  Week passing("batch_api = true\n", {.uploads_refused = 1});
  REQUIRE(passing.backfill() == exit_later);
  CHECK(passing.made() == 5);

  Week week("batch_api = true\n", {.uploads_refused = 1000});
  REQUIRE(week.backfill() == exit_later);
  CHECK(holds(week.owner.output(), " answered 500 Internal Server Error: \"The server had an error.\"\n"));
  CHECK_FALSE(week.owner.has(monday));
  CHECK(week.made() == 0);
  CHECK(week.server.log().empty());
  week.server.batches().behave({});
  week.backfill_to_the_end();
  CHECK(week.made() == 5);
  CHECK(week.server.asked_again().empty());
}

TEST_CASE("batches: a batch that is refused as a whole is asked about at once, with what the endpoint said",
          "[batches]") {
  Week week("batch_api = true\n", {.failed = "The model is not available in batches."});
  CHECK(week.backfill_to_the_end() == 2);
  CHECK(holds(week.owner.output(),
              "warning: the batch of 2099-01-06 was refused: \"The model is not available in batches.\"\n"
              "  hint: no action needed: its papers are sent without a batch, at full price\n"));
  CHECK(week.made() == 5);
  CHECK(week.owner.record(friday).status == Status::complete);
}

TEST_CASE("batches: what an expired batch left goes into a second one, and then is asked about at once", "[batches]") {
  LongDay day(60, "batch_api = true\n", {.looks = 0, .expires = 3});
  REQUIRE(day.backfill() == exit_later);
  REQUIRE(day.backfill() == exit_later);
  CHECK(holds(day.owner.output(),
              "the batch of 2099-01-06 answered 3 of 15 requests; the batch has no reply to it: \"This request could "
              "not be executed before the completion window expired.\"\n"));
  REQUIRE(day.backfill() == 0);
  CHECK(holds(day.owner.output(), "the batch of 2099-01-06 answered 3 of 12 requests"));
  CHECK(day.server.batches().made().size() == 2);
  CHECK(day.owner.record(tuesday).status == Status::complete);
  CHECK(day.owner.record(tuesday).usage->requests == 15);
  CHECK(day.server.asked_again().empty());
}

TEST_CASE("batches: a handful that a batch left is asked about at once", "[batches]") {
  LongDay day(60, "batch_api = true\n", {.looks = 0, .every_nth_line_fails = 5});
  REQUIRE(day.backfill() == exit_later);
  REQUIRE(day.backfill() == 0);
  CHECK(holds(day.owner.output(),
              "the batch of 2099-01-06 answered 12 of 15 requests; 127.0.0.1:" + std::to_string(day.server.port()) +
                  " answered 500 Internal Server Error: \"The server had an error.\"\n"));
  CHECK(day.server.batches().made().size() == 1);
  CHECK(day.owner.record(tuesday).status == Status::complete);
  CHECK(day.server.asked_again().empty());
}

TEST_CASE("batches: replies in batches may have every fault of content that others have", "[batches]") {
  LongDay day(60, "batch_api = true\n", {.looks = 0});
  LlmBehaviour behaviour = well();
  behaviour.fault_rate = 0.5;
  for (const LlmFault fault : passing_llm_faults())
    if (!is_content_fault(fault)) std::erase(behaviour.faults, fault);
  day.server.behave(behaviour);
  REQUIRE(day.backfill() == exit_later);
  int code = day.backfill();
  if (code == exit_later) code = day.backfill();
  REQUIRE(code == 0);
  CHECK(day.owner.record(tuesday).status == Status::complete);
  CHECK(day.server.asked_again().empty());
}

TEST_CASE("batches: a wrong key fails the command, records nothing, and is in no text", "[batches]") {
  Week week;
  LlmBehaviour behaviour = well();
  behaviour.key = "another";
  week.server.behave(behaviour);
  CHECK(week.backfill() == exit_failed);
  CHECK(holds(week.owner.output(), "answered 401 Unauthorized"));
  CHECK(
      holds(week.owner.output(), "hint: check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint\n"));
  CHECK_FALSE(holds(week.owner.output(), "Backfill0123456789"));
  CHECK_FALSE(week.owner.has(monday));
}

TEST_CASE("batches: where the endpoint's queue is short, batches go one after the other", "[batches]") {
  Week week("batch_api = true\n", {.looks = 0, .queue_tokens = 1500});
  CHECK(week.backfill_to_the_end() > 2);
  CHECK(week.server.asked_again().empty());
  CHECK(week.asked_at_once() == 0);
  for (Date day = monday; day <= friday; day = day + 1) CHECK(week.owner.record(day).status == Status::complete);
}

TEST_CASE("batches: what the budget does not cover waits for the budget of another day", "[batches]") {
  Week week("batch_api = true\nbudget = 0.002\n", {.looks = 0});
  int code = exit_later;
  int days = 0;
  for (; code == exit_later && days < calls_most; ++days) code = week.backfill(later + days);
  INFO(week.owner.output());
  CHECK(code == 0);
  CHECK(days > 2);
  CHECK(week.server.asked_again().empty());
  CHECK(week.asked_at_once() == 0);
}

TEST_CASE("batches: titles are asked about in batches first, and then what they leave", "[batches]") {
  Week at_once("title_filter = true\n");
  REQUIRE(at_once.backfill() == 0);
  Week week("batch_api = true\ntitle_filter = true\n", {.looks = 0});
  CHECK(week.backfill_to_the_end() == 3);
  CHECK(week.asked_at_once() == 0);
  check_same_papers(week.owner, at_once.owner);
}

TEST_CASE("batches: a backfill killed at any request pays for nothing twice, and makes the same archive", "[batches]") {
  Week undisturbed("batch_api = true\n", {.looks = 0});
  undisturbed.backfill_to_the_end();
  const auto archive = undisturbed.owner.archive();
  const std::size_t requests = undisturbed.server.batches().requests().size();
  REQUIRE(requests > 15);
  for (std::size_t number = 1; number <= requests; ++number) {
    Week week("batch_api = true\n", {.looks = 0});
    INFO("request " << number);
    // The first call submits, and the second collects.
    const int submitting = 11;
    if (static_cast<int>(number) > submitting) REQUIRE(week.backfill() == exit_later);
    kill_at_request(
        week, static_cast<int>(number) > submitting ? static_cast<int>(number) - submitting : static_cast<int>(number));
    week.backfill_to_the_end();
    CHECK(week.made() == 5);
    CHECK(week.server.asked_again().empty());
    CHECK(week.asked_at_once() == 0);
    CHECK(week.owner.archive() == archive);
  }
}

TEST_CASE("batches: a run that was killed among a batch's replies writes the rest of them, and each once",
          "[batches]") {
  Week week("batch_api = true\n", {.looks = 0});
  REQUIRE(week.backfill() == exit_later);
  const auto submissions = contents(week.owner / "state/batches");
  REQUIRE(week.backfill() == 0);
  const auto archive = week.owner.archive();
  const std::size_t asked = week.server.log().size();

  const std::string path = week.owner / "state/answers/2099-01-06.jsonl";
  const std::string journal = bytes_of(path);
  const std::size_t first_line = journal.find('\n');
  for (const std::size_t length : {std::size_t(0), first_line / 2, first_line + 1, first_line + 100}) {
    INFO(length);
    std::filesystem::remove_all(week.owner / "archive");
    for (const auto& [name, bytes] : submissions) put(week.owner / ("state/batches/" + name), bytes);
    put(path, journal.substr(0, length));
    for (const Date day : {monday, monday + 2, monday + 3, friday})
      std::filesystem::remove(week.owner / ("state/answers/" + day.iso() + ".jsonl"));
    REQUIRE(week.backfill() == 0);
    CHECK(week.server.log().size() == asked);
    CHECK(week.owner.archive() == archive);
  }
}

TEST_CASE("batches: those whose note was lost with the state are found again", "[batches]") {
  Week week("batch_api = true\n", {.looks = 0});
  REQUIRE(week.backfill() == exit_later);
  std::filesystem::remove_all(week.owner / "state");
  week.backfill_to_the_end();
  CHECK(week.made() == 5);
  CHECK(week.server.asked_again().empty());
}

TEST_CASE("batches: a batch that never ends is given up after three days, and so is one whose files are gone",
          "[batches]") {
  LongDay slow(60, "batch_api = true\n", {.looks = 1000});
  REQUIRE(slow.backfill() == exit_later);
  REQUIRE(slow.backfill(later + 3) == exit_later);
  CHECK(slow.server.batches().made().size() == 1);
  REQUIRE(slow.backfill(later + 4) == exit_later);
  CHECK(holds(slow.owner.output(),
              "warning: the batch of 2099-01-06 has not ended in 3 days\n"
              "  hint: no action needed: its papers are sent again\n"));
  CHECK(slow.server.batches().made().size() == 2);
  REQUIRE(slow.backfill(later + 8) == 0);

  LongDay lost(60, "batch_api = true\n", {.looks = 0, .loses_files = true});
  REQUIRE(lost.backfill() == exit_later);
  REQUIRE(lost.backfill() == exit_later);
  CHECK(holds(lost.owner.output(), "the batch of 2099-01-06 answered 0 of 15 requests\n"));
  REQUIRE(lost.backfill() == 0);
  CHECK(lost.owner.record(tuesday).status == Status::complete);
}

TEST_CASE("batches: a batch at an endpoint that is not asked any more is waited for, and not forgotten", "[batches]") {
  Week week("batch_api = true\n", {.looks = 0});
  REQUIRE(week.backfill() == exit_later);
  LlmServer another(well());
  week.owner.use_llm(another.base_url());
  REQUIRE(week.backfill() == exit_later);
  CHECK(holds(week.owner.output(),
              "warning: 2099-01-06 waits for a batch at 127.0.0.1:" + std::to_string(week.server.port()) +
                  ", which is not the current endpoint\n"
                  "  hint: set that endpoint again, or wait: after 3 days the batch is given up\n"));
  CHECK(another.batches().made().empty());
  week.owner.use_llm(week.server.base_url());
  REQUIRE(week.backfill() == 0);
  CHECK(another.log().empty());
}

// The same settings with batch_api at its default, false.
void turn_batches_off(const BackfillOwner& owner) {
  std::string settings = bytes_of(owner / "config/daybook.toml");
  const std::string line = "batch_api = true\n";
  settings.erase(settings.find(line), line.size());
  put(owner / "config/daybook.toml", settings);
}

TEST_CASE("batches: open ones are waited for when batch_api is turned off, and other days asked at once", "[batches]") {
  Week undisturbed("");
  REQUIRE(undisturbed.backfill() == 0);
  Week week;
  REQUIRE(week.owner.backfill(later, monday, tuesday) == exit_later);
  const std::size_t batches = week.made();
  turn_batches_off(week.owner);
  REQUIRE(week.backfill() == exit_later);
  CHECK(holds(week.owner.output(), "Collecting batch results\n"));
  CHECK_FALSE(week.owner.has(monday));
  CHECK_FALSE(week.owner.has(tuesday));
  for (Date day = tuesday + 1; day <= friday; day = day + 1) CHECK(week.owner.record(day).status == Status::complete);
  const std::size_t asked = week.asked_at_once();
  week.backfill_to_the_end();
  CHECK(week.asked_at_once() == asked);
  CHECK(week.made() == batches);
  CHECK(week.server.asked_again().empty());
  CHECK(week.owner.record(monday).papers == undisturbed.owner.record(monday).papers);
  for (Date day = monday; day <= friday; day = day + 1) CHECK(week.owner.ids(day) == undisturbed.owner.ids(day));
}

TEST_CASE("batches: what one left is asked about at once when batch_api is turned off", "[batches]") {
  LongDay day(60, "batch_api = true\n", {.looks = 0, .expires = 3});
  REQUIRE(day.backfill() == exit_later);
  turn_batches_off(day.owner);
  REQUIRE(day.backfill() == 0);
  CHECK(holds(day.owner.output(), "the batch of 2099-01-06 answered 3 of 15 requests; "));
  CHECK(day.owner.record(tuesday).status == Status::complete);
  CHECK(day.server.batches().made().size() == 1);
  CHECK(day.server.asked_again().empty());
}

TEST_CASE("batches: with batch_api off, a failing endpoint keeps only days that have batches waiting", "[batches]") {
  Week week;
  REQUIRE(week.owner.backfill(later, monday, monday) == exit_later);
  turn_batches_off(week.owner);
  week.server.batches().behave({.loses_files = true});
  LlmServer another(well());
  week.owner.use_llm(another.base_url());
  REQUIRE(week.backfill() == exit_later);
  CHECK_FALSE(week.owner.has(monday));
  CHECK(week.owner.record(friday).status == Status::complete);
}
