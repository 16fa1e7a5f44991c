// daybook preview, as a process, over days that daybook run has recorded.
#include <utility>

#include "command/load.h"
#include "pipeline/llm.h"
#include "store/settings_snapshot.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/llm_server.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

Paper paper(int number, const std::string& title, const std::string& abstract,
            const std::string& author = "Bo Fiction") {
  Paper paper = feed_text::invented_paper(number);
  paper.title = title;
  paper.abstract = abstract;
  paper.authors = {author};
  return paper;
}

const std::string bees = "[[topic]]\nname = \"Bees\"\nkeep = \"bees\"\nkeywords = [\"hive\", \"honey\", \"pollen\"]\n";
const std::string ants =
    "[[topic]]\nname = \"Ants\"\nkeep = \"ants\"\nkeywords = [\"colony\", \"pheromone\", \"anthill\"]\n";

std::string select_from(int relevance) { return "[select]\nrelevance = " + std::to_string(relevance) + "\n"; }

class PreviewOwner {
 public:
  explicit PreviewOwner(const std::string& interests) {
    set(interests);
    record(monday, {paper(1, "The Hive, Measured", "Honey in the hive, and pollen."),
                    paper(2, "A Colony Walks", "The pheromone of a colony, and its anthill.", "Ada Imagined"),
                    paper(3, "Pollen Counts", "We count the pollen."), paper(4, "On Stones", "Stones are heavy.")});
    record(monday + 1,
           {paper(5, "Honey for a Colony", "A colony finds honey in a hive."), paper(6, "On Sand", "Sand is light.")});
    keep_settings();
  }

  void set(const std::string& interests, const std::string& model = "model-1") {
    put(folder_ / "config/daybook.toml",
        "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n[llm]\nmodel = \"" + model +
            "\"\n" + interests);
    put(folder_ / "config/prices.toml", "[\"model-1\"]\nprompt = 1.0\ncached = 0.5\ncompletion = 4.0\n");
  }

  void record(Date day, const std::vector<Paper>& papers) {
    put(folder_ / "feed.xml", feed_text::rss_feed("cs.LG", day, papers));
    const auto [code, output] = daybook("run", {"--feed", folder_ / "feed.xml", "-q"});
    INFO(output);
    REQUIRE(code == 0);
  }

  // What a run notes of the settings that it scores by.
  void keep_settings(Date day = monday) {
    Options options;
    options.config = folder_ / "config/daybook.toml";
    options.config_given = true;
    options.archive = folder_ / "archive";
    options.state = folder_ / "state";
    Surroundings nowhere;
    nowhere.out = nowhere.err = [](std::string_view) {};
    nowhere.seconds = [] { return 0.0; };
    Console console(Loudness::quiet, nowhere);
    const CommandContext world{options, console};
    const auto settings = load_settings(world);
    REQUIRE(settings);
    const auto publishing = load_publishing(world, *settings);
    REQUIRE(publishing);
    const auto llm = load_llm(world, *settings, publishing->templates);
    REQUIRE(llm);
    REQUIRE(keep_snapshot(world.options.state,
                          snapshot_after(*kept_snapshot(world.options.state), *settings, llm->asked.scores_hash, day)));
  }

  std::string preview(const std::vector<std::string>& options = {}, const Variables& more = {}) {
    const auto [code, output] = daybook("preview", options, more);
    CHECK(code == 0);
    return output;
  }

  std::pair<int, std::string> daybook(const std::string& command, const std::vector<std::string>& options,
                                      const Variables& more = {}) {
    std::vector<std::string> arguments = {command};
    for (const auto& [option, name] : {std::pair{"--config", "config/daybook.toml"},
                                       {"--archive", "archive"},
                                       {"--state", "state"},
                                       {"--out", "public"}}) {
      arguments.emplace_back(option);
      arguments.push_back(folder_ / name);
    }
    arguments.insert(arguments.end(), options.begin(), options.end());
    Variables variables = more;
    variables.emplace_back("DAYBOOK_NOW", "2099-01-07T12:00:00Z");
    Program program(arguments, variables, folder_ / "output");
    const int code = program.wait();
    std::string output = program.output();
    // The folder's name is another each time.
    const std::string name = folder_.path() + '/';
    for (auto at = output.find(name); at != std::string::npos; at = output.find(name)) output.erase(at, name.size());
    return {code, output};
  }

  std::map<std::string, std::string> archive() const { return contents(folder_ / "archive"); }
  std::map<std::string, std::string> everything() const { return contents(folder_.path()); }
  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
};

const std::string estimate =
    "An estimate by the local scorer, which matches words; no LLM was asked. A paper that matches the same words as "
    "before keeps its relevance. Any other paper's relevance changes by as much as its local score; if the paper fits "
    "a new topic, or no LLM has read it, it gets the local score. An LLM may decide differently: --scorer llm asks "
    "it.\n";
const std::string recorded = "Based on the recorded scores; no LLM was asked.\n";

std::string edited(const std::string& what) {
  return "edited, compared with the settings the days were scored with (since 2099-01-05): " + what + '\n';
}

}  // namespace

TEST_CASE("preview: settings that nobody edited add and drop nothing, and nothing is written", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  auto before = owner.everything();
  CHECK(owner.preview() ==
        "no edit affects the scores (since 2099-01-05)\n"
        "2099-01-05: 2 -> 2 papers: none added, none dropped\n"
        "2099-01-06: 1 -> 1 paper: none added, none dropped\n"
        "2 days: 3 -> 3 papers, 1.5 -> 1.5 a day: none added, none dropped\n" +
            recorded);
  auto after = owner.everything();
  before.erase("output");
  after.erase("output");
  CHECK(after == before);
}

TEST_CASE("preview: other cut-offs are previewed by the recorded scores", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(8) + bees);
  CHECK(owner.preview() == edited("cut-offs") +
                               "2099-01-05: 2 -> 0 papers: 0 added, 2 dropped\n"
                               "  - 9901.00001  The Hive, Measured\n"
                               "      relevance 7; left out now: relevance 7 < 8\n"
                               "  - 9901.00003  Pollen Counts\n"
                               "      relevance 7; left out now: relevance 7 < 8\n"
                               "2099-01-06: 1 -> 0 papers: 0 added, 1 dropped\n"
                               "  - 9901.00005  Honey for a Colony\n"
                               "      relevance 7; left out now: relevance 7 < 8\n"
                               "2 days: 3 -> 0 papers, 1.5 -> 0.0 a day: 0 added, 3 dropped\n" +
                               recorded);
  owner.set(select_from(1) + "at_most = 1\n" + bees);
  CHECK(owner.preview({"--days", "1"}) == edited("cut-offs") +
                                              "2099-01-06: 1 -> 1 paper: none added, none dropped\n"
                                              "1 day: 1 -> 1 paper, 1.0 -> 1.0 a day: none added, none dropped\n" +
                                              recorded);
  owner.set(select_from(1) + bees);
  CHECK(owner.preview({"--days", "1"}) == edited("cut-offs") +
                                              "2099-01-06: 1 -> 2 papers: 1 added, 0 dropped\n"
                                              "  + 9901.00006  On Sand\n"
                                              "      relevance 1; left out before: relevance 1 < 7\n"
                                              "1 day: 1 -> 2 papers, 1.0 -> 2.0 a day: 1 added, 0 dropped\n" +
                                              recorded);
}

TEST_CASE("preview: a topic more adds what its words stand in, and the rest stays as it was", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(7) + bees + ants);
  CHECK(owner.preview() == edited("topics") +
                               "2099-01-05: 2 -> 3 papers: 1 added, 0 dropped\n"
                               "  + 9901.00002  A Colony Walks\n"
                               "      relevance 1 -> 7; left out before: relevance 1 < 7\n"
                               "      Ants: Colony in the title; anthill, pheromone in the abstract.\n"
                               "2099-01-06: 1 -> 1 paper: none added, none dropped\n"
                               "2 days: 3 -> 4 papers, 1.5 -> 2.0 a day: 1 added, 0 dropped\n" +
                               estimate);
}

TEST_CASE("preview: a keyword less drops what it brought in", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(7) + "[[topic]]\nname = \"Bees\"\nkeep = \"bees\"\nkeywords = [\"honey\", \"pollen\"]\n");
  CHECK(owner.preview() == edited("topics") +
                               "2099-01-05: 2 -> 2 papers: none added, none dropped\n"
                               "2099-01-06: 1 -> 0 papers: 0 added, 1 dropped\n"
                               "  - 9901.00005  Honey for a Colony\n"
                               "      relevance 7 -> 6; left out now: relevance 6 < 7\n"
                               "      Bees: Honey in the title.\n"
                               "2 days: 3 -> 2 papers, 1.5 -> 1.0 a day: 0 added, 1 dropped\n" +
                               estimate);
}

TEST_CASE("preview: an author who comes is previewed by name, and one who goes by the record", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  const std::string ada = "[[author]]\nname = \"Ada Imagined\"\n";
  owner.set(select_from(7) + bees + ada);
  const std::string sum = "2099-01-06: 1 -> 1 paper: none added, none dropped\n";
  CHECK(owner.preview() == edited("authors") +
                               "2099-01-05: 2 -> 3 papers: 1 added, 0 dropped\n"
                               "  + 9901.00002  A Colony Walks\n"
                               "      relevance 1; left out before: relevance 1 < 7\n"
                               "      by Ada Imagined, an author followed\n" +
                               sum + "2 days: 3 -> 4 papers, 1.5 -> 2.0 a day: 1 added, 0 dropped\n" + recorded);
  owner.keep_settings();
  owner.record(monday + 2, {paper(7, "On Clouds", "Clouds are far away.", "Ada Imagined")});
  CHECK(owner.preview({"--days", "1"}) ==
        "no edit affects the scores (since 2099-01-05)\n"
        "2099-01-07: 1 -> 1 paper: none added, none dropped\n"
        "1 day: 1 -> 1 paper, 1.0 -> 1.0 a day: none added, none dropped\n" +
            recorded);
  owner.set(select_from(7) + bees);
  CHECK(owner.preview({"--days", "1"}) == edited("authors") +
                                              "2099-01-07: 1 -> 0 papers: 0 added, 1 dropped\n"
                                              "  - 9901.00007  On Clouds\n"
                                              "      relevance 1; left out now: relevance 1 < 7\n"
                                              "      its author is no longer followed\n"
                                              "1 day: 1 -> 0 papers, 1.0 -> 0.0 a day: 0 added, 1 dropped\n" +
                                              recorded);
}

TEST_CASE("preview: of another model or prompt the local scorer says that it can't tell", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  const std::string same =
      "2099-01-05: 2 -> 2 papers: none added, none dropped\n"
      "2099-01-06: 1 -> 1 paper: none added, none dropped\n"
      "2 days: 3 -> 3 papers, 1.5 -> 1.5 a day: none added, none dropped\n" +
      recorded +
      "The prompt's template or the model changed. The local scorer can't tell what difference that makes; --scorer "
      "llm asks.\n";
  owner.set(select_from(7) + bees, "model-2");
  CHECK(owner.preview() == edited("model") + same);
  owner.set(select_from(7) + bees);
  put(owner / "templates/prompts/system.md", "You read papers.\n");
  CHECK(owner.preview() == edited("prompt") + same);
}

TEST_CASE("preview: papers of which state forgot the abstracts are previewed by their titles, which is said",
          "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  // More than the near misses that a record has in full.
  std::vector<Paper> papers;
  for (int i = 10; i < 35; ++i) papers.push_back(paper(i, "A Colony " + std::to_string(i), "Its pheromone."));
  owner.record(monday + 2, papers);
  std::filesystem::remove_all(owner / "state/candidates");
  owner.set(select_from(9) + bees + ants);
  const std::string said = owner.preview({"--days", "1"});
  CHECK(said.find("Of 5 papers only the title is kept: only the others' abstracts are compared.\n") !=
        std::string::npos);
}

TEST_CASE("preview: where it is not known which settings the days were scored by, cut-offs are previewed alone",
          "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(8) + ants);
  const std::string alone =
      "the settings these days were scored with are unknown: only the cut-offs are compared\n"
      "2099-01-06: 1 -> 0 papers: 0 added, 1 dropped\n"
      "  - 9901.00005  Honey for a Colony\n"
      "      relevance 7; left out now: relevance 7 < 8\n"
      "1 day: 1 -> 0 papers, 1.0 -> 0.0 a day: 0 added, 1 dropped\n" +
      recorded;
  put(owner / "state/interests.json", "{");
  CHECK(owner.preview({"--days", "1"}) ==
        "state/interests.json:1:2: warning: this is not valid JSON: Missing a name for object member.\n"
        "  hint: no action needed: the next run rewrites it; until then all settings count as new\n" +
            alone);
  std::filesystem::remove(owner / "state/interests.json");
  CHECK(owner.preview({"--days", "1"}) == alone);
}

TEST_CASE("preview: days before the settings in force are named, a damaged record fails only its day", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(8) + bees);
  owner.keep_settings(monday + 1);
  CHECK(owner.preview() ==
        "no edit affects the scores (since 2099-01-06)\n"
        "2099-01-05: 2 -> 0 papers: 0 added, 2 dropped\n"
        "  - 9901.00001  The Hive, Measured\n"
        "      relevance 7; left out now: relevance 7 < 8\n"
        "  - 9901.00003  Pollen Counts\n"
        "      relevance 7; left out now: relevance 7 < 8\n"
        "2099-01-06: 1 -> 0 papers: 0 added, 1 dropped\n"
        "  - 9901.00005  Honey for a Colony\n"
        "      relevance 7; left out now: relevance 7 < 8\n"
        "2 days: 3 -> 0 papers, 1.5 -> 0.0 a day: 0 added, 3 dropped\n" +
            recorded +
            "1 day is from before 2099-01-06 and was scored with yet older settings: changes there are not all due to "
            "this edit.\n");
  put(owner / "archive/2099/2099-01-05.json", "{}");
  const auto [code, output] = owner.daybook("preview", {});
  CHECK(code == 1);
  CHECK(output.find("archive/2099/2099-01-05.json:1:1: error: ") == 0);
  CHECK(output.find("\n1 day: 1 -> 0 papers, 1.0 -> 0.0 a day: 0 added, 1 dropped\n") != std::string::npos);
}

TEST_CASE("preview: without an archive there is nothing to compare with", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  std::filesystem::remove_all(owner / "archive");
  CHECK(owner.preview() == "no day with papers is recorded in archive: there is nothing to compare with\n");
}

TEST_CASE("preview: an LLM is asked only when told to, the cost is said first, and nothing is recorded", "[preview]") {
  LlmServer server;
  const Variables llm = {{"OPENAI_API_KEY", "sk-invented-0123456789"}, {"OPENAI_BASE_URL", server.base_url()}};
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(7) + bees + ants);
  const auto archive = owner.archive();
  owner.preview({}, llm);
  CHECK(server.log().empty());

  const std::string said = owner.preview({"--scorer", "llm", "-q"}, llm);
  CHECK(server.log().size() == 2);
  CHECK(owner.archive() == archive);
  std::size_t shown[2] = {};
  for (int i = 1; i <= 6; ++i)
    if (LlmServer::score_of(paper(i, "", "").id).relevance >= 7) ++shown[i > 4];
  CHECK(said.find(edited("topics") + "asking about 6 papers of 2 days: 2 requests, about ") == 0);
  CHECK(said.find(" with model-1\n") != std::string::npos);
  CHECK(said.find("\n2099-01-05: 2 -> " + std::to_string(shown[0]) + " paper") != std::string::npos);
  CHECK(said.find("\n2099-01-06: 1 -> " + std::to_string(shown[1]) + " paper") != std::string::npos);
  CHECK(said.find("The LLM was asked with the edited prompt. Its answers are kept and not paid for again; nothing was "
                  "recorded.\n") != std::string::npos);

  const std::string again = owner.preview({"--scorer", "llm", "-q"}, llm);
  CHECK(again.find("asking about 6 papers of 2 days: no request: all papers are answered already\n") !=
        std::string::npos);
  CHECK(again.substr(again.find("2099-01-05: ")) == said.substr(said.find("2099-01-05: ")));
  // A run by the edited settings has its answers already, and nothing of what the preview took is its own.
  const auto [code, output] = owner.daybook("run", {"--feed", owner / "feed.xml", "-q"}, llm);
  INFO(output);
  CHECK(code == 0);
  CHECK(server.log().size() == 2);
  CHECK(owner.archive().at("2099/2099-01-06.json").find("\"usage\"") == std::string::npos);
}

TEST_CASE("preview: where the LLM gives up, a preview says so, shows what it has and is to be repeated", "[preview]") {
  LlmBehaviour behaviour;
  behaviour.key = "sk-another-0123456789";
  LlmServer server(behaviour);
  PreviewOwner owner(select_from(7) + bees);
  const auto [code, output] =
      owner.daybook("preview", {"--scorer", "llm", "-q"},
                    {{"OPENAI_API_KEY", "sk-invented-0123456789"}, {"OPENAI_BASE_URL", server.base_url()}});
  CHECK(code == 75);
  CHECK(output.find("error: the LLM did not answer for all papers: ") != std::string::npos);
  CHECK(output.find("2 days: 3 -> 3 papers, ") != std::string::npos);
  const auto [misuse, said] = owner.daybook("preview", {"--scorer", "llm"});
  CHECK(misuse == 2);
  CHECK(said.find("error: --scorer llm, but no LLM is configured\n") == 0);
}

TEST_CASE("preview: in a workflow the preview stands in the job's summary too", "[preview]") {
  PreviewOwner owner(select_from(7) + bees);
  owner.set(select_from(7) + bees + ants);
  put(owner / "summary.md", "");
  owner.preview({"--days", "2"}, {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", owner / "summary.md"}});
  CHECK(bytes_of(owner / "summary.md") ==
        "## Preview\n\n2 days: 3 -> 4 papers, 1.5 -> 2.0 a day: 1 added, 0 dropped\n\n" + edited("topics") + "\n" +
            estimate +
            "\n| day | before | after | added | dropped |\n| :-- | --: | --: | --: | --: |\n"
            "| 2099-01-05 | 2 | 3 | 1 | 0 |\n| 2099-01-06 | 1 | 1 | 0 | 0 |\n\n"
            "**2099-01-05**\n\n"
            "- added: [A Colony Walks](https://arxiv.org/abs/9901.00002): relevance 1 -> 7; left out before: "
            "relevance 1 < 7. Ants: Colony in the title; anthill, pheromone in the abstract.\n\n");
}
