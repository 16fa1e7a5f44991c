// daybook check on settings that are right and will still surprise their owner, in whole messages.
#include "site/builtin.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

std::string shipped() { return *find_bytes(builtin_config(), "daybook.toml"); }

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

// The shipped settings at an address of their owner's.
std::string at_home() {
  std::string toml = shipped();
  replace(toml, "https://example.github.io/daybook/", "https://ada.github.io/daybook/");
  return toml;
}

std::string with_url(const std::string& url) {
  return "[site]\nurl = \"" + url + "\"\n[arxiv]\ncategories = [\"cs.LG\"]\n[[topic]]\nname = \"A\"\nkeep = \"a\"\n";
}

// What stands before "settings, templates and ... are in order".
std::string warnings(const std::string& toml, const Variables& variables = {}) {
  const TemporaryFolder folder;
  put(folder / "daybook.toml", toml);
  Program program({"check", "--config", folder / "daybook.toml", "--archive", folder / "archive"}, variables,
                  folder / "output");
  program.wait();
  std::string output = program.output();
  const std::string name = folder.path() + '/';
  for (auto at = output.find(name); at != std::string::npos; at = output.find(name)) output.erase(at, name.size());
  return output.substr(0, output.find("settings, templates and"));
}

constexpr const char* any_address =
    "  hint: set it to your site's address, for example \"https://ada.github.io/papers/\"; feed ids are derived from "
    "it\n";

}  // namespace

TEST_CASE("settings warnings: the settings that ship need nothing but an address", "[settings]") {
  CHECK(warnings(at_home()).empty());
  CHECK(warnings(shipped()) ==
        "daybook.toml: warning: [site] url is still the example's, https://example.github.io/daybook/\n" +
            std::string(any_address));
}

TEST_CASE("settings warnings: topics as shipped beside other categories", "[settings]") {
  std::string toml = at_home();
  replace(toml, "categories = [\"cs.LG\", \"cs.CL\", \"cs.AI\", \"stat.ML\"]", "categories = [\"hep-th\"]");
  CHECK(
      warnings(toml) ==
      "daybook.toml: warning: [arxiv] categories were changed, but the topics are still those that ship with Daybook\n"
      "  hint: describe in [[topic]] what you read in these categories; papers are scored by topic\n");
  replace(toml, "name = \"Emerging Trends\"", "name = \"Branes\"");
  CHECK(warnings(toml).empty());
}

TEST_CASE("settings warnings: categories as shipped beside other topics", "[settings]") {
  std::string toml = at_home();
  replace(toml, "name = \"Emerging Trends\"", "name = \"Branes\"");
  CHECK(
      warnings(toml) ==
      "daybook.toml: warning: the topics were changed, but [arxiv] categories are still those that ship with Daybook\n"
      "  hint: list the categories that you read; if these are right, change their order\n");
  replace(toml, "\"cs.LG\", \"cs.CL\"", "\"cs.CL\", \"cs.LG\"");
  CHECK(warnings(toml).empty());
}

TEST_CASE("settings warnings: neither topics nor authors", "[settings]") {
  const std::string toml = "[site]\nurl = \"https://ada.github.io/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n";
  CHECK(warnings(toml) ==
        "daybook.toml: warning: there is no [[topic]] and no [[author]]: nothing says which papers to show\n"
        "  hint: add a [[topic]] with name, keep and keywords, or copy one from config/interests/\n");
  CHECK(warnings(toml + "[[author]]\nname = \"Ada Lovelace\"\n").empty());
}

TEST_CASE("settings warnings: a keyword that is among the words to skip, whatever its form", "[settings]") {
  const std::string toml =
      with_url("https://ada.github.io/papers/") +
      "keywords = [\"robotics\", \"gripper\"]\n[select]\nskip_keywords = [\"grippers\", \"survey\"]\n";
  CHECK(warnings(toml) ==
        "daybook.toml: warning: \"grippers\" is in skip_keywords and a keyword of the topic \"A\"\n"
        "  hint: remove it from one of them; until then it counts for the topic, and against no paper\n");
}

TEST_CASE("settings warnings: an address with the names of README's example", "[settings]") {
  CHECK(warnings(with_url("https://OWNER.github.io/REPOSITORY/")) ==
        "daybook.toml: warning: [site] url still has OWNER or REPOSITORY in it: "
        "https://OWNER.github.io/REPOSITORY/\n" +
            std::string(any_address));
}

TEST_CASE("settings warnings: a page of github.com, with the address to write", "[settings]") {
  const auto hint = [](const std::string& url) {
    const std::string said = warnings(with_url(url));
    return said.substr(said.find("hint: "));
  };
  CHECK(warnings(with_url("https://github.com/Ada/papers")) ==
        "daybook.toml: warning: [site] url is a page of github.com, https://github.com/Ada/papers/, where no site can "
        "be published\n  hint: write  url = \"https://ada.github.io/papers/\"  in [site]\n");
  CHECK(hint("https://www.github.com/ada/papers.git") ==
        "hint: write  url = \"https://ada.github.io/papers/\"  in [site]\n");
  CHECK(hint("https://github.com/ada/papers/tree/main") ==
        "hint: write  url = \"https://ada.github.io/papers/\"  in [site]\n");
  CHECK(hint("https://github.com/Ada/ada.github.io/") == "hint: write  url = \"https://ada.github.io/\"  in [site]\n");
  CHECK(hint("https://github.com/ada/") == "hint: write  url = \"https://ada.github.io/\"  in [site]\n");
  CHECK(warnings(with_url("https://github.com.example.org/ada/")).empty());
}

TEST_CASE("settings warnings: a key that travels unencrypted beyond this machine", "[settings]") {
  const std::string toml = with_url("https://ada.github.io/papers/") + "[llm]\nmodel = \"gpt-4.1-mini\"\n";
  const auto said = [&](const std::string& base_url, const std::string& key) {
    return warnings(toml, {{"OPENAI_BASE_URL", base_url}, {"OPENAI_API_KEY", key}});
  };
  CHECK(said("http://192.168.1.5:11434/v1", "sk-invented-0123456789") ==
        "daybook.toml: warning: OPENAI_API_KEY is sent unencrypted to 192.168.1.5:11434: its address begins with "
        "http://\n  hint: write https:// in OPENAI_BASE_URL or base_url in [llm]; http:// is safe only on this "
        "machine, not across a private network\n");
  CHECK(said("http://192.168.1.5:11434/v1", "").empty());
  for (const char* base_url :
       {"http://localhost:11434/v1", "http://127.0.0.1:11434/v1", "http://[::1]:11434/v1", "https://llm.example/v1"})
    CHECK(said(base_url, "sk-invented-0123456789").empty());
}

TEST_CASE("settings warnings: Semantic Scholar's key unencrypted, where it is asked", "[settings]") {
  const std::string toml =
      with_url("https://ada.github.io/papers/") + "[scoring]\ns2_url = \"http://s2.example/graph/v1/\"\n";
  CHECK(warnings(toml, {{"S2_API_KEY", "s2-key-123456"}}).empty());
  const std::string warning =
      "daybook.toml: warning: S2_API_KEY is sent unencrypted to s2.example: its address begins with http://\n"
      "  hint: write https:// in s2_url in [scoring]\n";
  CHECK(warnings(toml + "h_index = 20\n", {{"S2_API_KEY", "s2-key-123456"}}) == warning);
  CHECK(warnings(toml + "h_index = 20\n").empty());
}

TEST_CASE("settings warnings: Zotero's key unencrypted", "[settings]") {
  const std::string toml = with_url("https://ada.github.io/papers/") + "[zotero]\nuser = 77\n";
  const std::string open = toml + "url = \"http://zotero.example/\"\n";
  CHECK(warnings(toml, {{"ZOTERO_API_KEY", "zotero-key-1"}}).empty());
  CHECK(warnings(open).empty());
  CHECK(warnings(open, {{"ZOTERO_API_KEY", "zotero-key-1"}}) ==
        "daybook.toml: warning: ZOTERO_API_KEY is sent unencrypted to zotero.example: its address begins with http://\n"
        "  hint: write https:// in url in [zotero]\n");
}

TEST_CASE("settings warnings: to pause a topic is no other field, and to pause all of them is said", "[settings]") {
  std::string toml = at_home();
  const auto pause = [&](std::size_t from) {
    const auto at = toml.find("[[topic]]\n", from);
    if (at != std::string::npos) toml.insert(at + 10, "paused = true\n");
    return at;
  };
  const auto first = pause(0);
  CHECK(warnings(toml).empty());
  for (auto at = first; at != std::string::npos;) at = pause(at + 1);
  CHECK(warnings(toml) ==
        "daybook.toml: warning: every topic is paused or has ended: no paper is chosen for a topic, "
        "though an LLM still reads them\n"
        "  hint: remove paused or until from a [[topic]], or add one\n");
}
