#include "day/usage.h"

#include "support/catch.h"

using namespace daybook;

namespace {

const Prices prices{{{"model-1", 2.0, 1.0, 8.0}}};

LlmCall answered(const Tokens& tokens) {
  LlmCall call;
  call.model = "model-1";
  call.tokens = tokens;
  return call;
}

}  // namespace

TEST_CASE("usage: tokens and money that an exchange does not tell are unknown of the day", "[usage]") {
  const auto all = usage_of({answered({1000, 200, 100, 50}), answered({1000, {}, 100, {}})}, prices);
  CHECK(all->prompt_tokens == 2000);
  CHECK(all->cached_tokens == 200);
  CHECK(all->completion_tokens == 200);
  CHECK(all->cost.has_value());
  CHECK(usage_of({answered({1000, 200, 100, 50}), answered({})}, prices) ==
        Usage{"model-1", 2, {}, {}, {}, {}, {}, {}});
  CHECK(has_unknown_cost(*usage_of({answered({})}, prices)));
}

TEST_CASE("usage: runs of a day add up to what both know", "[usage]") {
  const Usage known{"model-1", 2, 900, 0, 70, 0.1, 0.2, 0.3, 12};
  const Usage unknown{"model-1", 1, {}, {}, {}, {}, {}, {}};
  CHECK(sum_of(known, unknown) == Usage{"model-1", 3, {}, {}, {}, {}, {}, {}});
  CHECK(sum_of(unknown, known) == Usage{"model-1", 3, {}, {}, {}, {}, {}, {}});
  CHECK(sum_of(known, known)->prompt_tokens == 1800);
}
