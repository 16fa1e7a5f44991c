// daybook run killed at any moment, and run again.
#include <chrono>
#include <set>

#include "llm/llm_call.h"
#include "llm_owner.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);
constexpr int papers = 120;
constexpr int moments = 50;
constexpr double seconds_an_answer = 0.03;
constexpr std::size_t under_way_at_most = 8 * 4;  // papers: eight requests of four

LlmBehaviour slow() {
  LlmBehaviour behaviour;
  behaviour.delay_seconds = seconds_an_answer;
  behaviour.schema = llm::SchemaUse::ignored;  // else a reply's tokens tell whether it was held to one
  return behaviour;
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Disturbed {
  LlmServer server{slow()};
  LlmOwner owner{"batch = 4"};
  Disturbed() { owner.announce(monday, feed_text::invented_papers(papers)); }
};

}  // namespace

TEST_CASE("killed run: killed at any of fifty moments, the next makes the same archive and pays nothing twice",
          "[killed]") {
  Disturbed undisturbed;
  const double start = now();
  REQUIRE(undisturbed.owner.run(monday, undisturbed.server.base_url()) == 0);
  const double whole = now() - start;
  REQUIRE(undisturbed.owner.record(monday).status == Status::complete);
  const auto expected = undisturbed.owner.archive();

  int killed_while_asking = 0;
  for (int moment = 0; moment < moments; ++moment) {
    Disturbed disturbed;
    {
      Program program = disturbed.owner.start(monday, disturbed.server.base_url());
      if (!program.wait_for(whole * moment / moments)) {
        program.kill();
        program.wait();
        if (!disturbed.server.log().empty()) ++killed_while_asking;
      }
    }
    std::set<std::string> kept;  // what was answered, by the journal that the killed run left
    const auto journal = read_journal(bytes_of(disturbed.owner / "state/answers/2099-01-05.jsonl"));
    for (const LlmCall& call : journal.calls)
      for (const Verdict& verdict : call.verdicts) kept.insert(verdict.id);
    const std::size_t asked_before = disturbed.server.log().size();
    INFO("moment " << moment << ", " << disturbed.owner.output());
    REQUIRE(disturbed.owner.run(monday, disturbed.server.base_url()) == 0);
    CHECK(disturbed.owner.archive() == expected);
    const auto log = disturbed.server.log();
    for (std::size_t i = asked_before; i < log.size(); ++i)
      for (const std::string& id : log[i].ids) CHECK(kept.count(id) == 0);
    // Answers that were on their way when the program died could not be kept: no more than were asked for at once.
    CHECK(disturbed.server.asked_again().size() <= under_way_at_most);
  }
  CHECK(killed_while_asking > moments / 4);
}
