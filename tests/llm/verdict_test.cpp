#include "llm/verdict.h"

#include "core/json.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const std::vector<std::string> asked = {"9901.00001", "9901.00002", "math/9901003"};

std::vector<Topic> topics() {
  Topic compression;
  compression.slug = "model-compression";
  compression.name = "Model Compression";
  return {compression};
}

Verdicts read(std::string_view content) { return read_verdicts(content, Pass::scores, asked, topics()); }

// "9901.00001: 8/7 model-compression "Fits."; ..."
std::string shown(const std::vector<Verdict>& verdicts) {
  std::string text;
  for (const Verdict& verdict : verdicts)
    text += (text.empty() ? "" : "; ") + verdict.id + ": " + std::to_string(verdict.relevance) + '/' +
            std::to_string(verdict.novelty) + (verdict.topic.empty() ? "" : ' ' + verdict.topic) +
            (verdict.comment.empty() ? "" : " \"" + verdict.comment + '"');
  return text;
}

std::string shown(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

constexpr const char* first =
    R"({"ARXIVID": "9901.00001", "COMMENT": "Fits.", "RELEVANCE": 8, "NOVELTY": 7, "TOPIC": "model-compression"})";
constexpr const char* second =
    R"({"ARXIVID": "9901.00002", "COMMENT": "No.", "RELEVANCE": 2, "NOVELTY": 5, "TOPIC": "none"})";
constexpr const char* both_shown = "9901.00001: 8/7 model-compression \"Fits.\"; 9901.00002: 2/5 \"No.\"";

}  // namespace

TEST_CASE("verdict: a reply is read in each of the forms in which models write it", "[reply]") {
  const std::string a = first, b = second;
  const std::string forms[] = {
      a + '\n' + b + '\n',
      a + b,
      "Here are the scores:\n\n```jsonl\n" + a + '\n' + b + "\n```\nI hope this helps {really}!",
      '[' + a + ',' + b + ']',
      "[\n  " + a + ",\n  " + b + ",\n]",
      R"({"papers": [)" + a + ',' + b + "]}",
      R"({"result": {"papers": [)" + a + ',' + b + ",]}, \"note\": \"{\"}",
      b + '\n' + a,
      a + ",\n" + b + ",\n",
      "1. " + a + "\n2. " + b,
      "\xEF\xBB\xBF" + a + "\r\n" + b + "\r\n",
  };
  for (const std::string& form : forms) {
    INFO(form);
    const Verdicts verdicts = read(form);
    CHECK(shown(verdicts.accepted) == both_shown);
    CHECK(shown(verdicts.refused).empty());
  }
}

TEST_CASE("verdict: names of members and kinds of values are read as they come", "[reply]") {
  const Verdicts verdicts = read(
      "{\"arxiv_id\": \"arXiv:9901.00001v2\", \"Comment\": \" two\\n lines \", \"relevance\": \"8\", \"Novelty\": "
      "\"7/10\", \"topic\": \"Model Compression\"}\n"
      "{\"ArXiv ID\": \"https://arxiv.org/abs/9901.00002\", \"RELEVANCE\": 2.0, \"NOVELTY\": \" 5 \"}\n"
      "{\"ARXIVID\": \"math/9901003\", \"RELEVANCE\": 6.5, \"NOVELTY\": 4.4, \"TOPIC\": \"invented\"}\n");
  CHECK(shown(verdicts.accepted) ==
        "9901.00001: 8/7 model-compression \"two lines\"; 9901.00002: 2/5; math/9901003: 7/4");
  CHECK(shown(verdicts.refused).empty());
}

TEST_CASE("verdict: what is out of range, unknown or incomplete is refused, and the rest is kept", "[reply]") {
  const Verdicts verdicts = read(std::string(second) + R"(
    {"ARXIVID": "9901.00001", "RELEVANCE": 11, "NOVELTY": 7}
    {"ARXIVID": "9901.00099", "RELEVANCE": 9, "NOVELTY": 7}
    {"ARXIVID": "math/9901003", "RELEVANCE": 0, "NOVELTY": 7}
    {"ARXIVID": "math/9901003", "RELEVANCE": 5}
    {"ARXIVID": "math/9901003", "RELEVANCE": "high", "NOVELTY": true}
    {"ARXIVID": "the first one", "RELEVANCE": 5, "NOVELTY": 5}
    {"ARXIVID": 9901.00001, "RELEVANCE": 5, "NOVELTY": 5})");
  CHECK(shown(verdicts.accepted) == "9901.00002: 2/5 \"No.\"");
  CHECK(shown(verdicts.refused) ==
        "9901.00001 has no relevance from 1 to 10; 9901.00099 was not asked about; math/9901003 has no relevance from "
        "1 to 10; math/9901003 has no novelty from 1 to 10; math/9901003 has no relevance from 1 to 10; the first one "
        "was not asked about; an entry without an id was not asked about");
}

TEST_CASE("verdict: two different scores for one paper are both refused, two equal ones are one", "[reply]") {
  const std::string a = first, b = second;
  const std::string other = R"({"ARXIVID": "9901.00001", "COMMENT": "Best.", "RELEVANCE": 10, "NOVELTY": 10})";
  CHECK(shown(read(a + b + other).accepted) == "9901.00002: 2/5 \"No.\"");
  CHECK(shown(read(other + a + b + a).accepted) == "9901.00002: 2/5 \"No.\"");
  CHECK(shown(read(other + a + b).refused) == "9901.00001 appears twice, with different scores");
  CHECK(shown(read(a + b + a).accepted) == both_shown);
}

TEST_CASE("verdict: a reply that was cut off keeps what came whole, wherever it was cut", "[reply]") {
  const std::string whole = R"({"papers": [)" + std::string(first) + ", " + second + "]}";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    INFO(whole.substr(0, length));
    const std::string got = shown(read(std::string_view(whole).substr(0, length)).accepted);
    const std::string expected = length < whole.find(", {\"ARX") ? ""
                                 : length < whole.size() - std::string("]}").size()
                                     ? "9901.00001: 8/7 model-compression \"Fits.\""
                                     : both_shown;
    CHECK(got == expected);
  }
}

TEST_CASE("verdict: an entry that is broken is refused without stepping into it, and its neighbours are read",
          "[reply]") {
  const Verdicts verdicts = read(
      "{\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"it says \"{\"ARXIVID\": \"9901.00002\", \"RELEVANCE\": 10, "
      "\"NOVELTY\": 10}\" there\", \"RELEVANCE\": 3, \"NOVELTY\": 3}\n"
      "{\"ARXIVID\": \"math/9901003\", \"RELEVANCE\": 5, \"NOVELTY\": 5}");
  CHECK(shown(verdicts.accepted) == "math/9901003: 5/5");
  CHECK(shown(verdicts.refused) == "1 entry of a reply that is not JSON");
}

TEST_CASE("verdict: an object inside of a comment is no entry", "[reply]") {
  const Verdicts verdicts = read(
      R"({"ARXIVID": "9901.00001", "COMMENT": "{\"ARXIVID\": \"9901.00002\", \"RELEVANCE\": 10, \"NOVELTY\": 10}", )"
      R"("RELEVANCE": 3, "NOVELTY": 3})");
  CHECK(verdicts.accepted.size() == 1);
  CHECK(verdicts.accepted[0].id == "9901.00001");
}

TEST_CASE("verdict: line breaks and TeX in a comment do no harm, and a comment without end is cut", "[reply]") {
  CHECK(shown(read("{\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"a\nb\tc\", \"RELEVANCE\": 3, \"NOVELTY\": 4}")
                  .accepted) == "9901.00001: 3/4 \"a b c\"");
  CHECK(shown(read(R"({"ARXIVID": "9901.00001", "COMMENT": "the \alpha of \mathcal{X}", "RELEVANCE": 3, "NOVELTY": 4})")
                  .accepted) == R"(9901.00001: 3/4 "the \alpha of \mathcal{X}")");
  const std::string endless = "{\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"" + std::string(5000, 'x') +
                              "\", \"RELEVANCE\": 3, \"NOVELTY\": 4}";
  CHECK(read(endless).accepted.at(0).comment == std::string(1200, 'x') + "…");
}

TEST_CASE("verdict: what is refused is told without control characters, and not a thousand times", "[reply]") {
  const Verdicts one = read(
      "{\"ARXIVID\": "
      "\"\\u001b[31m\\n::error::"
      "\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\"}");
  CHECK(shown(one.refused) == "[31m ::error::ééééééééééééé… was not asked about");
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "{\"ARXIVID\": \"9902.0000" + std::to_string(i % 10) + "\"}\n";
  CHECK(read(many).refused.size() == 11);
  CHECK(read(many).refused.back() == "and 4990 further entries were refused");
}

TEST_CASE("verdict: garbage has no verdict, and takes no time for ever", "[reply]") {
  CHECK(read("").accepted.empty());
  CHECK(read("I cannot help with that.").accepted.empty());
  CHECK(read(std::string(300'000, '{')).accepted.empty());
  CHECK(read(std::string(300'000, '[')).accepted.empty());
  CHECK(read(std::string("{\"ARXIVID\":\xFF\xFE\0\"}", 16)).accepted.empty());
  std::string quotes;
  for (int i = 0; i < 50'000; ++i) quotes += "{\"";
  CHECK(read(quotes).accepted.empty());
  std::string small;
  for (int i = 0; i < 200'000; ++i) small += "{x}";
  CHECK(read(small).accepted.empty());
}

TEST_CASE("verdict: the pass over titles reads whether to keep each", "[reply]") {
  const Verdicts verdicts = read_verdicts(
      "{\"ARXIVID\": \"9901.00001\", \"KEEP\": true}\n{\"ARXIVID\": \"9901.00002\", \"KEEP\": \"False\"}\n"
      "{\"ARXIVID\": \"math/9901003\", \"KEEP\": \"perhaps\"}",
      Pass::titles, asked, {});
  REQUIRE(verdicts.accepted.size() == 2);
  CHECK(verdicts.accepted[0].keep);
  CHECK_FALSE(verdicts.accepted[1].keep);
  CHECK(shown(verdicts.refused) == "math/9901003 has no KEEP of true or false");
}

TEST_CASE("verdict: the schema of a reply names every member and the owner's topics", "[reply]") {
  CHECK(verdict_schema(Pass::scores, topics()) ==
        R"({"type":"object","properties":{"papers":{"type":"array","items":{"type":"object","properties":{)"
        R"("ARXIVID":{"type":"string"},"COMMENT":{"type":"string"},)"
        R"("RELEVANCE":{"type":"integer","enum":[1,2,3,4,5,6,7,8,9,10]},)"
        R"("NOVELTY":{"type":"integer","enum":[1,2,3,4,5,6,7,8,9,10]},)"
        R"("TOPIC":{"type":"string","enum":["model-compression","none"]}},)"
        R"("required":["ARXIVID","COMMENT","RELEVANCE","NOVELTY","TOPIC"],"additionalProperties":false}}},)"
        R"("required":["papers"],"additionalProperties":false})");
  JsonDocument titles;
  titles.text = verdict_schema(Pass::titles, {});
  CHECK_FALSE(parse_json(titles, "").has_value());
}

TEST_CASE("verdict: an id is read in any of arXiv's ways", "[reply]") {
  for (const char* id : {"https://doi.org/10.48550/arXiv.9901.00001", "arXiv:9901.00001v3 [cs.LG]", "[9901.00001]",
                         "https://arxiv.org/html/9901.00001v1.", "10.48550/arXiv.9901.00001"}) {
    INFO(id);
    const std::string entry = "{\"ARXIVID\": \"" + std::string(id) + "\", \"RELEVANCE\": 4, \"NOVELTY\": 3}";
    CHECK(shown(read(entry).accepted) == "9901.00001: 4/3");
  }
  CHECK(read(R"({"ARXIVID": "https://arxiv.org.evil.example/abs/9901.00001", "RELEVANCE": 4, "NOVELTY": 3})")
            .accepted.empty());
}
