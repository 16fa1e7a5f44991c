#include "llm/llm_call.h"

#include "support/catch.h"

using namespace daybook;

namespace {

LlmCall invented() {
  LlmCall call;
  call.on = *Date::from_parts(2099, 1, 5);
  call.model = "model-1";
  call.prompt = "sha256:abc";
  call.asked = {{"9901.00001", 1}, {"9901.00002", 0}};
  call.tokens = {1200, 1000, 80, std::nullopt};
  call.cut_off = true;
  call.verdicts = {{"9901.00001", 8, 7, "topic", "It says \"so\",\nin Ünïcode \xF0\x9F\x8C\x8D.", true}};
  return call;
}

}  // namespace

TEST_CASE("journal: an exchange is one line, and reads back as it was", "[journal]") {
  const std::string line = write_llm_call(invented());
  CHECK(line.find('\n') == line.size() - 1);
  const Journal journal = read_journal(line);
  REQUIRE(journal.calls.size() == 1);
  CHECK(journal.calls[0] == invented());
  CHECK(journal.ended == 0);

  LlmCall titles = invented();
  titles.pass = Pass::titles;
  titles.verdicts = {{"9901.00002", 0, 0, "", "", false}};
  CHECK(read_journal(write_llm_call(titles)).calls.at(0) == titles);
}

TEST_CASE("journal: an exchange of a batch says which request of it it was", "[journal]") {
  LlmCall call = invented();
  call.batch = "2099-01-05-1/2";
  CHECK(read_journal(write_llm_call(call)).calls.at(0) == call);
}

TEST_CASE("journal: which exchanges belong to runs that ended is told", "[journal]") {
  const std::string line = write_llm_call(invented());
  const Journal journal = read_journal(line + line + journal_end() + line);
  CHECK(journal.calls.size() == 3);
  CHECK(journal.ended == 2);
}

TEST_CASE("journal: cut off anywhere, it keeps its whole lines", "[journal]") {
  const std::string line = write_llm_call(invented());
  const std::string text = line + line;
  for (std::size_t length = 0; length < text.size(); ++length) {
    INFO(length);
    // Without its newline a line is whole all the same.
    const std::size_t expected = (length >= line.size() - 1 ? 1U : 0U) + (length >= text.size() - 1 ? 1U : 0U);
    CHECK(read_journal(text.substr(0, length)).calls.size() == expected);
  }
}

TEST_CASE("journal: lines that make no sense are passed over", "[journal]") {
  const Journal journal = read_journal(
      "garbage\n{}\n[1]\n{\"on\":\"2099-01-05\",\"asked\":3,\"verdicts\":[]}\n"
      "{\"on\":\"2099-01-05\",\"asked\":[{\"id\":\"9901.00001\",\"v\":1}],\"verdicts\":["
      "{\"id\":\"9901.00001\",\"relevance\":11,\"novelty\":1},{\"id\":\"9901.00009\",\"relevance\":1,\"novelty\":1},"
      "{\"id\":\"9901.00001\",\"relevance\":1}]}\n");
  REQUIRE(journal.calls.size() == 1);
  CHECK(journal.calls[0].verdicts.empty());
}

TEST_CASE("journal: a verdict is kept by paper, version, pass, prompt and model", "[journal]") {
  KeptVerdicts kept;
  kept.add(invented());
  const Verdict* found = kept.find({"9901.00001", 1}, Pass::scores, "sha256:abc", "model-1");
  REQUIRE(found != nullptr);
  CHECK(found->relevance == 8);
  CHECK(kept.find({"9901.00001", 2}, Pass::scores, "sha256:abc", "model-1") == nullptr);
  CHECK(kept.find({"9901.00001", 1}, Pass::titles, "sha256:abc", "model-1") == nullptr);
  CHECK(kept.find({"9901.00001", 1}, Pass::scores, "sha256:abd", "model-1") == nullptr);
  CHECK(kept.find({"9901.00001", 1}, Pass::scores, "sha256:abc", "model-2") == nullptr);
  CHECK(kept.find({"9901.00002", 0}, Pass::scores, "sha256:abc", "model-1") == nullptr);
}
