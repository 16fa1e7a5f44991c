#include "llm/exchange.h"

#include "support/catch.h"

using namespace daybook;

namespace {

Exchange invented() {
  Exchange exchange;
  exchange.on = *Date::from_parts(2099, 1, 5);
  exchange.model = "model-1";
  exchange.prompt = "sha256:abc";
  exchange.asked = {{"9901.00001", 1}, {"9901.00002", 0}};
  exchange.tokens = {1200, 1000, 80, std::nullopt};
  exchange.cut_off = true;
  exchange.verdicts = {{"9901.00001", 8, 7, "topic", "It says \"so\",\nin Ünïcode \xF0\x9F\x8C\x8D.", true}};
  return exchange;
}

}  // namespace

TEST_CASE("an exchange is one line, and reads back as it was") {
  const std::string line = write_exchange(invented());
  CHECK(line.find('\n') == line.size() - 1);
  const Journal journal = read_journal(line);
  REQUIRE(journal.exchanges.size() == 1);
  CHECK(journal.exchanges[0] == invented());
  CHECK(journal.ended == 0);

  Exchange titles = invented();
  titles.pass = Pass::titles;
  titles.verdicts = {{"9901.00002", 0, 0, "", "", false}};
  CHECK(read_journal(write_exchange(titles)).exchanges.at(0) == titles);
}

TEST_CASE("an exchange of a batch says which request of it it was") {
  Exchange exchange = invented();
  exchange.batch = "2099-01-05-1/2";
  CHECK(read_journal(write_exchange(exchange)).exchanges.at(0) == exchange);
}

TEST_CASE("a journal says which of its exchanges belong to runs that ended") {
  const std::string line = write_exchange(invented());
  const Journal journal = read_journal(line + line + journal_end() + line);
  CHECK(journal.exchanges.size() == 3);
  CHECK(journal.ended == 2);
}

TEST_CASE("a journal cut off anywhere keeps its whole lines") {
  const std::string line = write_exchange(invented());
  const std::string text = line + line;
  for (std::size_t length = 0; length < text.size(); ++length) {
    INFO(length);
    // Without its newline a line is whole all the same.
    const std::size_t expected = (length >= line.size() - 1 ? 1U : 0U) + (length >= text.size() - 1 ? 1U : 0U);
    CHECK(read_journal(text.substr(0, length)).exchanges.size() == expected);
  }
}

TEST_CASE("lines of a journal that make no sense are passed over") {
  const Journal journal = read_journal(
      "garbage\n{}\n[1]\n{\"on\":\"2099-01-05\",\"asked\":3,\"verdicts\":[]}\n"
      "{\"on\":\"2099-01-05\",\"asked\":[{\"id\":\"9901.00001\",\"v\":1}],\"verdicts\":["
      "{\"id\":\"9901.00001\",\"relevance\":11,\"novelty\":1},{\"id\":\"9901.00009\",\"relevance\":1,\"novelty\":1},"
      "{\"id\":\"9901.00001\",\"relevance\":1}]}\n");
  REQUIRE(journal.exchanges.size() == 1);
  CHECK(journal.exchanges[0].verdicts.empty());
}

TEST_CASE("a verdict is kept by paper, version, pass, prompt and model") {
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
