// daybook backfill with an LLM: down, out of budget, in shards, and killed.
#include <chrono>

#include "backfill_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = day_named("2099-01-05");
const Date friday = monday + 4;
const Date later = monday + 14;

LlmBehaviour down(int after = 0) {
  LlmBehaviour behaviour;
  behaviour.schema = llm::SchemaUse::ignored;
  behaviour.always = LlmFault::no_quota;
  behaviour.always_after = after;
  return behaviour;
}

LlmBehaviour well(double delay_seconds = 0) {
  LlmBehaviour behaviour;
  behaviour.schema = llm::SchemaUse::ignored;
  behaviour.delay_seconds = delay_seconds;
  return behaviour;
}

// A week of papers, an LLM, and an owner with both.
struct Week {
  ArxivServer arxiv;
  LlmServer server;
  BackfillOwner owner;
  explicit Week(LlmBehaviour behaviour = well(), const std::string& llm = "batch = 4\n")
      : server(std::move(behaviour)), owner(arxiv, llm) {
    submit_daily(arxiv, monday, friday);
    arxiv.set_today(later);
    owner.use_llm(server.base_url());
  }
  int backfill(const std::vector<std::string>& options = {}) { return owner.backfill(later, monday, friday, options); }
  std::size_t questions() const { return arxiv.requests(ArxivPart::api).size(); }
};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

TEST_CASE("backfill: where the LLM is down nothing is recorded, and later the same command records all", "[backfill]") {
  Week week(down());
  CHECK(week.backfill() == exit_later);
  CHECK(week.owner.output().find("2099-01-05 waits: ") != std::string::npos);
  CHECK_FALSE(week.owner.has(monday));
  CHECK(week.questions() == 5);
  week.server.behave(well());
  REQUIRE(week.backfill() == 0);
  CHECK(week.questions() == 5);
  for (Date day = monday; day <= friday; day = day + 1) {
    CHECK(week.owner.record(day).status == Status::complete);
    CHECK(week.owner.ids(day) == week.arxiv.ids_of(day, {"cs.LG"}));
  }
}

TEST_CASE("backfill: where the LLM fails half-way its answers are kept, and no paper is paid for twice", "[backfill]") {
  Week undisturbed;
  REQUIRE(undisturbed.backfill() == 0);
  Week week(down(3));
  CHECK(week.backfill() == exit_later);
  week.server.behave(well());
  REQUIRE(week.backfill() == 0);
  CHECK(week.server.asked_again().empty());
  for (Date day = monday; day <= friday; day = day + 1)
    CHECK(week.owner.record(day).papers == undisturbed.owner.record(day).papers);
}

TEST_CASE("backfill: where the budget ends the rest waits for the budget of another day", "[backfill]") {
  Week week(well(), "batch = 1\nconcurrency = 1\nbudget = 0.006\n");
  int days = 0;
  int code = exit_later;
  std::size_t recorded = 0;
  for (; code == exit_later && days < 30; ++days) {
    code = week.owner.backfill(later + days, monday, friday);
    std::size_t now_recorded = 0;
    for (Date day = monday; day <= friday; day = day + 1) {
      if (!week.owner.has(day)) continue;
      CHECK(week.owner.record(day).status == Status::complete);
      ++now_recorded;
    }
    CHECK(now_recorded >= recorded);
    recorded = now_recorded;
    if (days == 0) {
      CHECK(code == exit_later);
      CHECK(week.owner.output().find(
                "waits: the day's budget allows no further request\n"
                "  hint: run the command again later; answers are kept, and it resumes where it stopped\n") !=
            std::string::npos);
    }
  }
  CHECK(code == 0);
  CHECK(days > 2);
  CHECK(recorded == 5);
  CHECK(week.server.asked_again().empty());
}

TEST_CASE("budget: less than one request costs is said once, and days are recorded with that reason", "[backfill]") {
  Week week(well(), "batch = 4\nbudget = 0.0001\n");
  REQUIRE(week.backfill() == exit_failed);
  const std::string reason = "the budget of $0.0001 a day is less than one request costs, about $0.0";
  const std::string& output = week.owner.output();
  const auto at = output.find("error: " + reason);
  REQUIRE(at != std::string::npos);
  CHECK(output.find("a day is less", output.find("a day is less") + 1) == std::string::npos);
  CHECK(output.find("waits") == std::string::npos);
  for (Date day = monday; day <= friday; day = day + 1) {
    CHECK(week.owner.record(day).status == Status::degraded);
    CHECK(week.owner.record(day).why.find("The LLM could not be used: " + reason) == 0);
  }
  CHECK(week.server.log().empty());
  REQUIRE(week.backfill() == exit_failed);

  const std::string hint = "  hint: set budget in [llm] to ";
  const auto number = output.find(hint);
  REQUIRE(number != std::string::npos);
  const std::string enough = output.substr(number + hint.size(), 6);
  std::string settings = bytes_of(week.owner / "config/daybook.toml");
  settings.replace(settings.find("budget = 0.0001"), 15, "budget = " + enough);
  put(week.owner / "config/daybook.toml", settings);
  REQUIRE(week.backfill() == exit_later);
  CHECK_FALSE(week.server.log().empty());
}

TEST_CASE("budget: a shard whose budget is less than one request costs fails", "[backfill]") {
  Week week(well(), "batch = 4\nbudget = 0.0001\n");
  REQUIRE(week.backfill({"--shard", "1/2"}) == exit_failed);
  CHECK(week.owner.output().find("error: the budget of $0.0001 a day is less than one request costs, about $0.0") !=
        std::string::npos);
}

TEST_CASE("budget: check warns of one that is less than a request of ordinary papers costs", "[backfill]") {
  const ArxivServer arxiv;
  BackfillOwner owner(arxiv, "batch = 4\nbudget = 0.0001\n");
  owner.use_llm("http://127.0.0.1:9/v1");
  CHECK(owner.command(later, {"check"}) == 0);
  const std::string warning =
      "daybook.toml: warning: the budget of $0.0001 a day is less than one request costs, about";
  CHECK(owner.output().find(warning) != std::string::npos);

  BackfillOwner enough(arxiv, "batch = 4\nbudget = 0.01\n");
  enough.use_llm("http://127.0.0.1:9/v1");
  CHECK(enough.command(later, {"check"}) == 0);
  CHECK(enough.output().find("less than one request") == std::string::npos);
  BackfillOwner without(arxiv, "batch = 4\nbudget = 0.0001\n");
  CHECK(without.command(later, {"check"}) == 0);
  CHECK(without.output().find("less than one request") == std::string::npos);
}

TEST_CASE("backfill: shards that ask on machines of their own, put together, make the bytes of one machine",
          "[backfill]") {
  Week alone;
  REQUIRE(alone.backfill() == 0);

  Week week;
  REQUIRE(week.backfill({"--fetch-only"}) == 0);
  const std::size_t fetched = week.questions();
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    BackfillOwner machine(week.arxiv, "batch = 4\n");
    machine.use_llm(week.server.base_url());
    std::filesystem::create_directories(machine / "state");
    std::filesystem::copy(week.owner / "state/candidates", machine / "state/candidates",
                          std::filesystem::copy_options::recursive);
    REQUIRE(machine.backfill(later, monday, friday, {"--shard", shard}) == 0);
    CHECK_FALSE(machine.has(monday));
    CHECK_FALSE(std::filesystem::exists(machine / "public"));
    std::filesystem::copy(machine / "state/answers", week.owner / "state/answers",
                          std::filesystem::copy_options::recursive);
  }
  const std::size_t asked = week.server.log().size();
  REQUIRE(week.backfill() == 0);
  CHECK(week.server.log().size() == asked);
  CHECK(week.questions() == fetched);
  CHECK(week.owner.archive() == alone.owner.archive());
  CHECK(week.owner.site() == alone.owner.site());
}

TEST_CASE("backfill: days that were scored without an LLM are scored anew, once there is one", "[backfill]") {
  Week week;
  week.owner.use_llm("");
  REQUIRE(week.backfill() == 0);
  CHECK(week.owner.record(monday).status == Status::local);
  week.owner.use_llm(week.server.base_url());
  REQUIRE(week.backfill() == 0);
  CHECK(week.owner.record(monday).status == Status::complete);
  CHECK(week.questions() == 5);
  const std::size_t asked = week.server.log().size();
  REQUIRE(week.backfill() == 0);
  CHECK(week.server.log().size() == asked);
}

TEST_CASE("backfill: killed at any of twenty moments, the same command finishes it to the same bytes", "[backfill]") {
  Week undisturbed(well(0.03));
  const double start = now();
  REQUIRE(undisturbed.backfill() == 0);
  const double whole = now() - start;
  const auto archive = undisturbed.owner.archive();
  const auto site = undisturbed.owner.site();

  constexpr int moments = 20;
  for (int moment = 0; moment < moments; ++moment) {
    Week week(well(0.03));
    {
      Program program = week.owner.start(later, {"backfill", "--from", monday.iso(), "--to", friday.iso()});
      if (!program.wait_for(whole * moment / moments)) {
        program.kill();
        program.wait();
      }
    }
    INFO("moment " << moment << week.owner.output());
    REQUIRE(week.backfill() == 0);
    CHECK(week.owner.archive() == archive);
    CHECK(week.owner.site() == site);
  }
}
