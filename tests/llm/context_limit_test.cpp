#include "llm/context_limit.h"

#include "support/catch.h"

using namespace daybook;

namespace {

Tokens read(long long prompt, std::optional<long long> cached = {}) { return {prompt, cached, 100, {}}; }

// The first question of a run, of 28,000 bytes: 7,000 tokens by our estimate.
bool is_cut(const Tokens& told) { return ContextLimit().is_cut(7000, told); }

}  // namespace

TEST_CASE("context: a question is cut where the endpoint counts what Ollama keeps of it", "[context]") {
  CHECK(is_cut(read(2048)));
  CHECK(is_cut(read(2050)));  // half of 4096, and two
  CHECK(is_cut(read(1026)));
  CHECK(is_cut(read(4096)));
  CHECK(is_cut(read(6144)));
}

TEST_CASE("context: honest tokenizers are believed", "[context]") {
  CHECK_FALSE(is_cut(read(9300)));  // three bytes a token
  CHECK_FALSE(is_cut(read(7000)));
  CHECK_FALSE(is_cut(read(6220)));  // four and a half
  CHECK_FALSE(is_cut(read(5100)));  // five and a half, which none has
  CHECK_FALSE(is_cut({{}, {}, 100, {}}));
}

TEST_CASE("context: cached tokens told apart are read ones", "[context]") {
  CHECK_FALSE(is_cut(read(1500, 5000)));
  CHECK(is_cut(read(1500, 1000)));
}

TEST_CASE("context: an endpoint that leaves out cached tokens without telling cuts nothing", "[context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(7000, read(6300)));
  CHECK_FALSE(limit.is_cut(1600, read(330)));  // one paper; the start was cached
}

TEST_CASE("context: a whole number of 1024 is none where others have counted more", "[context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(7000, read(6300)));
  CHECK_FALSE(limit.is_cut(6800, read(6144)));
  CHECK_FALSE(ContextLimit().is_cut(1000, read(1024)));  // more than estimated
}

TEST_CASE("context: cached tokens among the prompt's hide no cut", "[context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(1900, read(1727, 768)));
  CHECK(limit.is_cut(2273, read(2048)));
}

TEST_CASE("context: each cut question is found, and what fits is believed", "[context]") {
  ContextLimit limit;
  CHECK(limit.is_cut(7000, read(2050)));
  CHECK_FALSE(limit.is_cut(3800, read(3500)));
  CHECK(limit.is_cut(7100, read(2050)));
}
