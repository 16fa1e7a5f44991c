// What endpoints say that an answer took, in the shapes that they say it in.
#include "llm/token_counts.h"

#include "support/catch.h"

using namespace daybook;

namespace {

Tokens told(const std::string& body, const std::string& content = "hello") {
  JsonDocument document;
  document.text = body;
  REQUIRE_FALSE(parse_json(document, "").has_value());
  return tokens_in(document.root, content);
}

Tokens usage(const std::string& members, const std::string& content = "hello") {
  return told("{\"usage\": {" + members + "}}", content);
}

Tokens read(long long prompt, std::optional<long long> cached = {}) { return {prompt, cached, 100, {}}; }

// The first question of a run, of 28,000 bytes: 7,000 tokens by our estimate.
bool is_cut(const Tokens& told) { return ContextLimit().is_cut(7000, told); }

}  // namespace

TEST_CASE("usage: reasoning counts once, among the completion or beside it", "[usage]") {
  const std::string reasoning = R"(, "completion_tokens_details": {"reasoning_tokens": 40000})";
  const Tokens expected{6000, {}, 41000, 40000};
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 1000, "total_tokens": 47000)" + reasoning) == expected);
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 41000, "total_tokens": 47000)" + reasoning) == expected);
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 41000)" + reasoning) == expected);
  CHECK(usage(R"("input_tokens": 6000, "output_tokens": 41000, "total_tokens": 47000,
                 "output_tokens_details": {"reasoning_tokens": 40000})") == expected);
}

TEST_CASE("usage: reasoning greater than the completion stands beside it, whatever the total", "[usage]") {
  const std::string apart = R"("prompt_tokens": 6000, "completion_tokens": 1000,
                               "completion_tokens_details": {"reasoning_tokens": 40000})";
  for (const char* total : {"", ", \"total_tokens\": 7000", ", \"total_tokens\": null", ", \"total_tokens\": 5"})
    CHECK(usage(apart + total) == Tokens{6000, {}, 41000, 40000});
}

TEST_CASE("usage: a total without details counts, and one below its parts does not", "[usage]") {
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 1000, "total_tokens": 47000)") ==
        Tokens{6000, {}, 41000, {}});
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 1000, "total_tokens": 500)") ==
        Tokens{6000, {}, 1000, {}});
  CHECK(usage(R"("prompt_tokens": 6000, "total_tokens": 7000)") == Tokens{6000, {}, 1000, {}});
  CHECK(usage(R"("completion_tokens": 1000, "total_tokens": 7000)") == Tokens{6000, {}, 1000, {}});
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 1000, "total_tokens": 9999999)") ==
        Tokens{6000, {}, 1000, {}});
}

TEST_CASE("usage: zero and fewer tokens than the answer can be written with are unknown", "[usage]") {
  CHECK(usage(R"("prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0,
                 "prompt_tokens_details": {"cached_tokens": 0})") == Tokens{});
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 0, "total_tokens": 6000)") == Tokens{6000, {}, {}, {}});
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 0)", "") == Tokens{6000, {}, 0, {}});
  CHECK(usage(R"("prompt_tokens": 0, "completion_tokens": 50, "total_tokens": 6050)") == Tokens{6000, {}, 50, {}});
  const std::string answer(1000, 'a');
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 1)", answer) == Tokens{6000, {}, {}, {}});
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 250)", answer) == Tokens{6000, {}, 250, {}});
}

TEST_CASE("usage: what is no count is absent", "[usage]") {
  for (const char* number : {"-1", "1.5", "\"6000\"", "null", "1e30", "99999999999", "[]", "true"}) {
    INFO(number);
    const std::string text(number);
    CHECK(usage("\"prompt_tokens\": " + text + ", \"completion_tokens\": 5") == Tokens{{}, {}, 5, {}});
    CHECK(usage("\"prompt_tokens\": 6000, \"completion_tokens\": " + text) == Tokens{6000, {}, {}, {}});
    CHECK(usage("\"prompt_tokens\": 6000, \"completion_tokens\": 5, \"total_tokens\": " + text) ==
          Tokens{6000, {}, 5, {}});
  }
  CHECK(usage(R"("prompt_tokens": 6000, "completion_tokens": 9000000)") == Tokens{6000, {}, {}, {}});
  CHECK(told(R"({"usage": null})") == Tokens{});
  CHECK(told(R"({"usage": [1, 2]})") == Tokens{});
}

TEST_CASE("usage: it is found in the first choice and in Groq's own member too", "[usage]") {
  const std::string inside = R"({"usage": {"prompt_tokens": 10, "completion_tokens": 5}})";
  CHECK(told(R"({"usage": null, "choices": [)" + inside + "]}") == Tokens{10, {}, 5, {}});
  CHECK(told(R"({"choices": [{}], "x_groq": )" + inside + "}") == Tokens{10, {}, 5, {}});
}

TEST_CASE("usage: cached tokens beside the prompt are added, where the total has room for them", "[usage]") {
  CHECK(usage(R"("input_tokens": 100, "output_tokens": 5, "cache_read_input_tokens": 4000,
                 "cache_creation_input_tokens": 300)") == Tokens{4400, 4000, 5, {}});
  CHECK(usage(R"("prompt_tokens": 4400, "completion_tokens": 5, "cache_read_input_tokens": 4000)") ==
        Tokens{4400, 4000, 5, {}});
  CHECK(usage(R"("prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 4105,
                 "prompt_tokens_details": {"cached_tokens": 4000})") == Tokens{4100, 4000, 5, {}});
  CHECK(usage(R"("prompt_tokens": 100, "completion_tokens": 5, "prompt_cache_hit_tokens": 4000)") ==
        Tokens{4100, 4000, 5, {}});
  CHECK(usage(R"("prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 105,
                 "prompt_tokens_details": {"cached_tokens": 4000})") == Tokens{100, {}, 5, {}});
}

TEST_CASE("usage: a question has no more tokens than bytes", "[usage]") {
  CHECK(can_be_so_long(6000, 5000));
  CHECK(can_be_so_long(20'000, 5000));
  CHECK(can_be_so_long(10'050, 20));
  CHECK_FALSE(can_be_so_long(40'000, 5000));
}

TEST_CASE("usage: reasoning told beside the completion, without a total, is paid for as well", "[usage]") {
  CHECK(usage(R"("prompt_tokens": 2000, "completion_tokens": 150, "reasoning_tokens": 40000)") ==
        Tokens{2000, {}, 40150, 40000});
}

TEST_CASE("context: what Ollama keeps of a question is a cut, what honest tokenizers count is none",
          "[usage][context]") {
  CHECK(is_cut(read(2048)));
  CHECK(is_cut(read(2050)));  // half of 4096, and two
  CHECK(is_cut(read(1026)));
  CHECK(is_cut(read(4096)));
  CHECK(is_cut(read(6144)));
  CHECK_FALSE(is_cut(read(9300)));  // three bytes a token
  CHECK_FALSE(is_cut(read(7000)));
  CHECK_FALSE(is_cut(read(6220)));  // four and a half
  CHECK_FALSE(is_cut(read(5100)));  // five and a half, which none has
  CHECK_FALSE(is_cut({{}, {}, 100, {}}));
  CHECK_FALSE(is_cut(read(1500, 5000)));
  CHECK(is_cut(read(1500, 1000)));
}

TEST_CASE("context: an endpoint that leaves out cached tokens without telling cuts nothing", "[usage][context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(7000, read(6300)));
  CHECK_FALSE(limit.is_cut(1600, read(330)));  // one paper; the start was cached
}

TEST_CASE("context: a whole number of 1024 is none where others have counted more", "[usage][context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(7000, read(6300)));
  CHECK_FALSE(limit.is_cut(6800, read(6144)));
  CHECK_FALSE(ContextLimit().is_cut(1000, read(1024)));  // more than estimated
}

TEST_CASE("context: cached tokens among the prompt's hide no cut", "[usage][context]") {
  ContextLimit limit;
  CHECK_FALSE(limit.is_cut(1900, read(1727, 768)));
  CHECK(limit.is_cut(2273, read(2048)));
}

TEST_CASE("context: each cut question is found, and what fits is believed", "[usage][context]") {
  ContextLimit limit;
  CHECK(limit.is_cut(7000, read(2050)));
  CHECK_FALSE(limit.is_cut(3800, read(3500)));
  CHECK(limit.is_cut(7100, read(2050)));
}
