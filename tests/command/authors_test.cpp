// Followed authors, by name and by Semantic Scholar's ids, against a real server on loopback.
#include <algorithm>

#include "llm_owner.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/loopback_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

constexpr const char* followed =
    "[[author]]\nname = \"Ottoline Quillfeather\"\n"
    "[[author]]\nname = \"Wei Wang\"\n"
    "[[author]]\nname = \"Bo Fiction\"\ns2 = \"77\"\n";

std::string scoring(const LoopbackServer& s2, const std::string& more = "") {
  return "[scoring]\ns2_url = \"" + s2.url("/graph/v1/") + "\"\n" + more + followed;
}

std::vector<Paper> four_papers() {
  auto papers = feed_text::invented_papers(4);
  papers[0].authors = {"Wei Wang", "Ada Imagined"};
  papers[1].authors = {"O. Quillfeather"};
  papers[2].authors = {"Bo Fiction"};
  papers[3].authors = {"B. Somebody", "Ada Imagined"};
  return papers;
}

std::string scorers(const LlmOwner& owner) {
  std::string text;
  for (const Entry& entry : owner.record(monday).papers)
    text += entry.paper.id.substr(9) + ' ' + std::string(scorer_name(entry.score.scorer)) +
            (entry.score.namesake.empty() ? "" : " namesake " + entry.score.namesake) +
            (entry.score.h_index ? " h " + std::to_string(*entry.score.h_index) : "") + '\n';
  return text;
}

}  // namespace

TEST_CASE("authors: ids decide where Semantic Scholar knows the paper, else names, common ones as a badge",
          "[authors]") {
  LoopbackServer s2;
  s2.answer(
      "/graph/v1/paper/batch",
      {200,
       {{"Content-Type", "application/json"}},
       R"([null, null, {"externalIds": {"ArXiv": "9901.00003"}, "authors": [{"authorId": "78", "name": "Bo Fiction",
                 "hIndex": 3}]}, {"authors": [{"authorId": "77", "name": "B. Somebody", "hIndex": 41},
                 {"authorId": "5", "name": "Ada Imagined", "hIndex": 2}]}])"});
  LlmOwner owner("", scoring(s2));
  owner.announce(monday, four_papers());
  REQUIRE(owner.run(monday, "") == 0);
  CHECK(scorers(owner) == "4 author h 41\n2 author\n1 local namesake Wei Wang\n3 local h 3\n");
  REQUIRE(s2.requests().size() == 1);
  CHECK(s2.requests()[0].method == "POST");
  CHECK(s2.requests()[0].body.find("ARXIV:9901.00004") != std::string::npos);
}

TEST_CASE("authors: a Semantic Scholar that is down stops nothing: names decide, and a warning says so", "[authors]") {
  LoopbackServer s2;
  s2.answer("/graph/v1/paper/batch", {500, {}, "boom"});
  LlmOwner owner("", scoring(s2));
  owner.announce(monday, four_papers());
  REQUIRE(owner.run(monday, "") == 0);
  CHECK(scorers(owner) == "3 author\n2 author\n1 local namesake Wei Wang\n4 local\n");
  CHECK(owner.output().find("answered 500 Internal Server Error (2 tries)\n"
                            "  hint: no action needed: authors are matched by name for now\n") != std::string::npos);
}

TEST_CASE("authors: Semantic Scholar is not asked where no id and no h-index is set", "[authors]") {
  LoopbackServer s2;
  LlmOwner owner("", "[scoring]\ns2_url = \"" + s2.url("/graph/v1/") + "\"\n[[author]]\nname = \"Ada Imagined\"\n");
  owner.announce(monday, four_papers());
  REQUIRE(owner.run(monday, "") == 0);
  CHECK(s2.requests().empty());
  CHECK(scorers(owner) == "1 author\n4 author\n3 local\n2 local\n");
}

TEST_CASE("Semantic Scholar: where it knows none of the first 500 papers, the next are asked about", "[authors]") {
  const std::pair<int, std::string> replies[] = {{400, R"({"error": "No valid paper ids given"})"},
                                                 {400, R"({"error": "Some id is malformed"})"},
                                                 {200, "[null]"}};
  for (const auto& [status, body] : replies) {
    INFO(body);
    LoopbackServer s2;
    s2.answer_all([&](const Received& request) {
      if (request.body.find("9901.00501") == std::string::npos) return Answer{.status = status, .body = body};
      return Answer{
          .status = 200,
          .body = R"([{"externalIds": {"ArXiv": "9901.00501"}, "authors": [{"authorId": "77", "name": "B."}]}])"};
    });
    LlmOwner owner("", scoring(s2));
    owner.announce(monday, feed_text::invented_papers(501));
    REQUIRE(owner.run(monday, "") == 0);
    CHECK(s2.requests().size() == 2);
    const auto& all = owner.record(monday).papers;
    CHECK(std::any_of(all.begin(), all.end(), [](const Entry& entry) {
      return entry.paper.id == "9901.00501" && entry.score.scorer == Scorer::author;
    }));
    const bool warns = owner.output().find("authors are matched by name for now") != std::string::npos;
    CHECK(warns == (body.find("No valid") == std::string::npos));
  }
}
