#include "authors/semantic_scholar.h"

#include "core/json.h"
#include "support/catch.h"

using namespace daybook;

namespace {

constexpr auto base = "http://127.0.0.1:9/graph/v1/";
constexpr auto source = "http://127.0.0.1:9/graph/v1/paper/batch";

std::vector<std::string> ids(int count) {
  std::vector<std::string> made;
  for (int i = 1; i <= count; ++i) {
    const std::string digits = std::to_string(i);
    made.push_back("9901." + std::string(5 - digits.size(), '0') + digits);
  }
  return made;
}

std::size_t ids_in(const Request& request) {
  JsonDocument document;
  document.text = request.body;
  REQUIRE_FALSE(parse_json(document, "body"));
  return member(document.root, "ids")->Size();
}

KnownAuthors known(const std::string& body, const std::vector<std::string>& asked) {
  auto read = read_s2_reply(body, asked, source);
  REQUIRE(read);
  return *read;
}

std::string refusal(const std::string& body) {
  const auto read = read_s2_reply(body, ids(2), source);
  REQUIRE_FALSE(read);
  return describe(read.error());
}

}  // namespace

TEST_CASE("Semantic Scholar: the batch endpoint is asked for papers by their arXiv ids", "[authors]") {
  const auto requests = s2_requests(base, "s3cret", {"9901.00001", "math/9901001", "9901.00002v3"});
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].method == "POST");
  CHECK(requests[0].url ==
        "http://127.0.0.1:9/graph/v1/"
        "paper/batch?fields=externalIds,authors.authorId,authors.name,authors.hIndex,authors.externalIds");
  CHECK(requests[0].body == R"({"ids":["ARXIV:9901.00001","ARXIV:math/9901001","ARXIV:9901.00002"]})");
  CHECK(header(requests[0].headers, "Content-Type") == "application/json");
  CHECK(header(requests[0].headers, "x-api-key") == "s3cret");
}

TEST_CASE("Semantic Scholar: without a key no header speaks of one, and the address gets its slash", "[authors]") {
  const auto requests = s2_requests("http://127.0.0.1:9", "", ids(1));
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].url.substr(0, 31) == "http://127.0.0.1:9/paper/batch?");
  for (const auto& [name, value] : requests[0].headers) CHECK(name != "x-api-key");
}

TEST_CASE("Semantic Scholar: at most 500 papers are asked for at once, and none needs no request", "[authors]") {
  CHECK(s2_requests(base, "", {}).empty());
  CHECK(s2_requests(base, "", ids(500)).size() == 1);
  const auto requests = s2_requests(base, "", ids(1001));
  REQUIRE(requests.size() == 3);
  CHECK(ids_in(requests[0]) == 500);
  CHECK(ids_in(requests[1]) == 500);
  CHECK(requests[2].body == R"({"ids":["ARXIV:9901.01001"]})");
}

TEST_CASE("Semantic Scholar: a reply's entries come in the ids' order, null for an unknown paper", "[authors]") {
  const auto authors = known(R"([
    {"paperId": "a1", "authors": [
      {"authorId": "71", "name": "Zoe Quillfeather", "hIndex": 12, "externalIds": {"ORCID": "0000-0001-2345-6789"}},
      {"authorId": null, "name": "Tom Ashgrove", "hIndex": null, "externalIds": null}]},
    null,
    {"paperId": "a3", "authors": []}])",
                             {"9901.00001v2", "9901.00002", "9901.00003"});
  CHECK(authors ==
        KnownAuthors{{"9901.00001",
                      {{"71", "Zoe Quillfeather", "0000-0001-2345-6789", 12}, {"", "Tom Ashgrove", "", std::nullopt}}},
                     {"9901.00003", {}}});
}

TEST_CASE("Semantic Scholar: odd entries are passed over and the others kept", "[authors]") {
  const auto authors = known(R"([
    {"authors": [{"authorId": 72, "name": 5, "hIndex": "9"}, {"hIndex": -1}, 7, null, {"name": "Ida", "hIndex": 1e9},
                 {"authorId": "73", "name": "Bo", "hIndex": 8.0, "externalIds": {"ORCID": ["x"]}}]},
    {"authors": "none"}, [], 7, {"error": "x"}])",
                             ids(5));
  CHECK(authors == KnownAuthors{{"9901.00001",
                                 {{"72", "", "", std::nullopt}, {"", "Ida", "", std::nullopt}, {"73", "Bo", "", 8}}}});
}

TEST_CASE("Semantic Scholar: an entry that says it is another paper's is passed over", "[authors]") {
  const auto authors = known(R"([
    {"externalIds": {"ArXiv": "9901.00002"}, "authors": [{"authorId": "71", "name": "Bo"}]},
    {"externalIds": {"ArXiv": "9901.00002v3"}, "authors": [{"authorId": "72", "name": "Ida"}]},
    {"externalIds": {"DOI": "10.1000/x"}, "authors": []}])",
                             ids(3));
  CHECK(authors == KnownAuthors{{"9901.00002", {{"72", "Ida", "", std::nullopt}}}, {"9901.00003", {}}});
}

TEST_CASE("Semantic Scholar: a body that is no list of the papers is refused with what it says", "[authors]") {
  const std::string place = std::string(source) + ": error: ";
  const std::string hint = "\n  hint: authors are matched by name for now; if this persists, check [scoring] s2_url\n";
  CHECK(refusal(R"({"error": "Can only process 500\npaper ids"})") ==
        place + "the service says: \"Can only process 500 paper ids\"" + hint);
  CHECK(refusal(R"({"message": "Too Many Requests", "code": "429"})") ==
        place + "the service says: \"Too Many Requests\"" + hint);
  CHECK(refusal("[null]") == place + "asked for 2 papers, the reply has 1" + hint);
  CHECK(refusal("\"no\"") == place + "the service says: \"no\"" + hint);
  CHECK(refusal("{}") == place + "this is not a list of papers" + hint);
  CHECK(refusal("<html>") == std::string(source) + ":1:1: error: this is not valid JSON: Invalid value." + hint);
  CHECK(refusal("[null,") == std::string(source) + ":1:7: error: this is not valid JSON: Invalid value." + hint);
  CHECK(refusal("") == std::string(source) + ":1:1: error: this is not valid JSON: The document is empty." + hint);
  CHECK(refusal("[null,\"\xFF\"]").find("a byte is not UTF-8") != std::string::npos);
  CHECK(read_s2_reply("{}", {}, source).error().kind == Kind::later);
}

TEST_CASE("Semantic Scholar: an entry is of the paper that it names, in any order and number", "[authors]") {
  const std::string second =
      R"({"externalIds": {"ArXiv": "9901.00002"}, "authors": [{"authorId": "72", "name": "Bo"}]})";
  const KnownAuthors bo = {{"9901.00002", {{"72", "Bo", "", std::nullopt}}}};
  CHECK(known('[' + second + ']', ids(3)) == bo);
  CHECK(known('[' + second + ", null]", ids(2)) == bo);
  CHECK(known('[' + second + ", null, null, null]", ids(2)) == bo);
  // One that nobody asked for is no other's.
  const std::string stranger =
      R"({"externalIds": {"ArXiv": "9902.00009"}, "authors": [{"authorId": "1", "name": "X"}]})";
  CHECK(known('[' + stranger + ", " + second + ']', ids(2)) == bo);
  CHECK(known(R"([null, null])", ids(2)).empty());
}

TEST_CASE("Semantic Scholar: a refusal that no paper is known is no failure, another is", "[authors]") {
  const auto knows_none = [](int status, const std::string& body) { return s2_knows_none({status, {}, body}); };
  CHECK(knows_none(400, R"({"error": "No valid paper ids given"})"));
  CHECK(knows_none(404, R"({"error": "No valid paper ids given"})"));
  CHECK(knows_none(404, R"({"error": "Paper with id ARXIV:9901.00001 not found"})"));
  CHECK_FALSE(knows_none(400, R"({"error": "Unrecognized or unsupported fields: [x]"})"));
  CHECK_FALSE(knows_none(404, R"({"message": "Not Found"})"));
  CHECK_FALSE(knows_none(404, "<html>paper not found"));
  CHECK_FALSE(knows_none(403, R"({"message": "Forbidden"})"));
  CHECK_FALSE(knows_none(500, R"({"error": "No valid paper ids given"})"));
}

TEST_CASE("Semantic Scholar: a reply of nothing but brackets is refused and harms nobody", "[authors]") {
  CHECK_FALSE(read_s2_reply(std::string(1000000, '['), ids(1), source));
}
