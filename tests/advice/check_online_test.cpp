// daybook check --online against services on loopback, in whole lines.
#include "store/context.h"
#include "support/arxiv_server.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/llm_server.h"
#include "support/program.h"

using namespace daybook;

namespace {

constexpr const char* key = "sk-invented-QzXw9012345678";
const Date monday = *Date::from_parts(2099, 1, 5);

// An owner and the services of a run, all of them honest.
struct Scene {
  ArxivServer arxiv;
  LoopbackServer s2;
  LlmServer llm;
  TemporaryFolder folder;
  std::string authors = "[[author]]\nname = \"Bo Fiction\"\ns2 = \"77\"\n";
  std::string category = "cs.LG";
  std::string rss = arxiv.rss_url();
  Variables variables = {{"OPENAI_API_KEY", key}, {"OPENAI_BASE_URL", llm.base_url()}, {"S2_API_KEY", "s2-key-123456"}};
  std::string zotero;  // its settings
  std::vector<std::string> options = {};
  std::string output;

  Scene() {
    arxiv.submit(feed_text::invented_papers(1).front(), new_york_time(monday - 3, 9));
    arxiv.set_today(monday);
    s2.answer("/graph/v1/paper/batch", {200, {{"Content-Type", "application/json"}}, "[null]"});
    LlmBehaviour locked;
    locked.key = key;
    llm.behave(locked);
  }

  int check(const std::string& llm_settings = "") {
    put(folder / "daybook.toml", "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"" + category +
                                     "\"]\nrss_url = \"" + rss + "\"\n[llm]\nmodel = \"gpt-4.1-mini\"\n" +
                                     llm_settings + "[scoring]\ns2_url = \"" + s2.url("/graph/v1/") +
                                     "\"\n[[topic]]\nname = \"A\"\nkeep = \"a\"\n" + authors + zotero);
    std::vector<std::string> arguments = {"check",     "--online",        "--config", folder / "daybook.toml",
                                          "--archive", folder / "archive"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    Program program(arguments, variables, folder / "output");
    const int code = program.wait();
    output = program.output();
    return code;
  }
  bool says(const std::string& line) const { return output.find(line) != std::string::npos; }
  std::string llm_host() const { return "127.0.0.1:" + std::to_string(llm.port()); }
  std::string arxiv_host() const { return "127.0.0.1:" + std::to_string(arxiv.port()); }
  std::string s2_host() const { return "127.0.0.1:" + std::to_string(s2.port()); }
};

}  // namespace

TEST_CASE("check --online: each service is asked once and named", "[online]") {
  Scene scene;
  CHECK(scene.check() == 0);
  CHECK(scene.says("LLM: gpt-4.1-mini at " + scene.llm_host() + " answers\narXiv: the feed of cs.LG at " +
                   scene.arxiv_host() + " has 1 paper\nSemantic Scholar: " + scene.s2_host() + " answers\n"));
  REQUIRE(scene.arxiv.requests().size() == 1);
  REQUIRE(scene.s2.requests().size() == 1);
  CHECK(scene.s2.requests()[0].header("x-api-key") == "s2-key-123456");
}

TEST_CASE("check --online: without the option nothing is asked", "[online]") {
  Scene scene;
  put(scene.folder / "daybook.toml",
      "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n"
      "[[topic]]\nname = \"A\"\nkeep = \"a\"\n");
  Program program({"check", "--config", scene.folder / "daybook.toml", "--archive", scene.folder / "archive"},
                  scene.variables, scene.folder / "output");
  CHECK(program.wait() == 0);
  CHECK(scene.arxiv.requests().empty());
  CHECK(scene.llm.log().empty());
}

TEST_CASE("check --online: no key is no fault, and nobody who is not needed is asked", "[online]") {
  Scene scene;
  scene.variables.clear();
  scene.authors.clear();
  CHECK(scene.check() == 0);
  CHECK(scene.says("LLM: no key: papers are scored locally\n"));
  CHECK(scene.says("Semantic Scholar: not asked, the settings do not need it\n"));
  CHECK(scene.s2.requests().empty());
  scene.options = {"--scorer", "local"};
  scene.variables = {{"OPENAI_API_KEY", key}};
  CHECK(scene.check() == 0);
  CHECK(scene.says("LLM: not asked, with --scorer local\n"));
}

TEST_CASE("check --online: a wrong key, model or address is a failure that says what to mend", "[online]") {
  Scene scene;
  scene.variables[0].second = "sk-invented-of-somebody-else";
  CHECK(scene.check() == exit_failed);
  CHECK(scene.says(scene.llm_host() + " answered 401 Unauthorized"));
  CHECK(scene.says("  hint: check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint\n"));
  CHECK_FALSE(scene.says("sk-invented-of-somebody-else"));
  CHECK(scene.says("arXiv: the feed of cs.LG at "));  // all the same

  scene.variables[0].second = key;
  LlmBehaviour behaviour;
  behaviour.always = LlmFault::no_model;
  scene.llm.behave(behaviour);
  CHECK(scene.check() == exit_failed);
  CHECK(scene.says("  hint: check model and base_url in [llm], and OPENAI_BASE_URL\n"));

  behaviour.always = LlmFault::html;
  scene.llm.behave(behaviour);
  CHECK(scene.check() == exit_failed);
  CHECK(scene.says(scene.llm_host() + " answered with a web page"));
}

TEST_CASE("check --online: what a network or a service lacks is for later", "[online]") {
  Scene scene;
  LlmBehaviour behaviour;
  for (const LlmFault fault : {LlmFault::server_error, LlmFault::too_many_requests, LlmFault::closed, LlmFault::empty,
                               LlmFault::json_error, LlmFault::retry_after}) {
    INFO(llm_fault_name(fault));
    behaviour.always = fault;
    behaviour.retry_after = "99999999999999999999";
    scene.llm.behave(behaviour);
    CHECK(scene.check() == exit_later);
  }
}

TEST_CASE("check --online: all faults are said, and one that lasts decides", "[online]") {
  Scene scene;
  LlmBehaviour behaviour;
  behaviour.always = LlmFault::server_error;
  scene.llm.behave(behaviour);
  scene.arxiv.fail_always(ArxivPart::feeds, ArxivFault::unavailable);
  scene.s2.answer("/graph/v1/paper/batch", {403, {}, "Forbidden"});
  CHECK(scene.check() == exit_failed);
  CHECK(scene.says(scene.llm_host() + " answered 500 Internal Server Error"));
  CHECK(scene.says(scene.arxiv_host() + " answered 503 Service Unavailable"));
  CHECK(scene.says(scene.s2_host() + " answered 403 Forbidden\n  hint: check S2_API_KEY, and s2_url in [scoring]\n"));
  CHECK_FALSE(scene.says("s2-key-123456"));
  scene.s2.answer("/graph/v1/paper/batch", {429, {{"Retry-After", "100000"}}, ""});
  CHECK(scene.check() == exit_later);
}

TEST_CASE("check --online: an endpoint that does not count tokens is told", "[online]") {
  Scene scene;
  LlmBehaviour behaviour;
  behaviour.usage = llm::UsageShape::zeros;
  scene.llm.behave(behaviour);
  CHECK(scene.check() == 0);
  CHECK(scene.says(" answers; it does not report token counts, so costs are unknown\n"));
}

TEST_CASE("check --online: faults of the settings are said first, and nobody is asked", "[online]") {
  Scene scene;
  CHECK(scene.check("no_such_setting = 1\n") == exit_misuse);
  CHECK(scene.arxiv.requests().empty());
  CHECK(scene.llm.log().empty());
}

TEST_CASE("check --online: an endpoint's words come without control characters and cut", "[online]") {
  Scene scene;
  LoopbackServer rude;
  rude.answer_all([](const Received&) {
    return Answer{400, {}, "{\"error\": {\"message\": \"\\u001b[31mred\\u0007\\n" + std::string(5000, 'x') + "\"}}"};
  });
  scene.variables[1].second = rude.url("/v1");
  CHECK(scene.check() == exit_failed);
  CHECK_FALSE(scene.says("\x1b[31m"));
  CHECK_FALSE(scene.says("\x07"));
  CHECK_FALSE(scene.says(std::string(300, 'x')));
}

TEST_CASE("check --online: a Zotero library is read, and what is wrong with it is said", "[online]") {
  Scene scene;
  CHECK(scene.check() == 0);
  CHECK(scene.says("Zotero: not asked, the settings name no library\n"));
  LoopbackServer zotero;
  zotero.answer("/users/77/items/top",
                {.headers = {{"Last-Modified-Version", "5"}, {"Total-Results", "1"}},
                 .body = R"([{"key": "ABCD2345", "data": {"itemType": "book", "title": "T"}}])"});
  scene.zotero = "[zotero]\nuser = 77\nurl = \"" + zotero.url("/") + "\"\n";
  scene.variables.emplace_back("ZOTERO_API_KEY", "zotero-key-123456");
  CHECK(scene.check() == 0);
  CHECK(scene.says("Zotero: the library of user 77 at 127.0.0.1:" + std::to_string(zotero.port()) + " has 1 paper\n"));
  REQUIRE(zotero.requests().size() == 1);
  CHECK(zotero.requests()[0].header("Zotero-API-Key") == "zotero-key-123456");
  zotero.answer("/users/77/items/top", {.status = 403});
  CHECK(scene.check() == exit_failed);
  CHECK(
      scene.says(" answered 403 Forbidden\n  hint: check ZOTERO_API_KEY, and at https://www.zotero.org/settings/keys"));
  CHECK_FALSE(scene.says("zotero-key-123456"));
}
