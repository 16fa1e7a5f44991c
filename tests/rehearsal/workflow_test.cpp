#include "rehearsal/workflow.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "rehearsal/commands.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

const std::string small =
    "name: Small\n"
    "on:\n"
    "  schedule: [{cron: '23 4 * * *'}]\n"
    "  workflow_dispatch:\n"
    "    inputs:\n"
    "      scorer: {type: choice, options: [auto, local], default: auto}\n"
    "  push: {branches: [main], paths: [config/**]}\n"
    "permissions: {}\n"
    "defaults: {run: {shell: bash}}\n"
    "jobs:\n"
    "  day:\n"
    "    runs-on: ubuntu-24.04\n"
    "    permissions: {contents: write}\n"
    "    strategy: {fail-fast: false, matrix: {shard: [1, '2']}}\n"
    "    steps:\n"
    "      - uses: actions/checkout@0123 # v6\n"
    "        with: {fetch-depth: 2}\n"
    "      - if: always()\n"
    "        run: |\n"
    "          echo 1\n"
    "          echo 2\n"
    "  tend:\n"
    "    needs: day\n"
    "    runs-on: ubuntu-24.04\n"
    "    environment: {name: github-pages, url: x}\n"
    "    steps: [{name: Tend, run: 'true'}]\n";

std::string failure(const std::string& text) {
  try {
    read_workflow("x.yml", text);
    return "no failure";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

// Name -> text of all that are there.
std::map<std::string, std::string> workflow_files() { return contents(DAYBOOK_SOURCE_DIR "/.github/workflows"); }

// The images that a file names itself; the rest are expressions.
std::set<std::string> images_in(const std::string& text) {
  std::set<std::string> found;
  for (const std::string& line : lines_of(text))
    for (const std::string key : {" container: ", " image: "}) {
      const auto at = line.find(key);
      if (at == std::string::npos || line.find("${{") != std::string::npos) continue;
      std::string image = line.substr(at + key.size());
      image.erase(std::remove(image.begin(), image.end(), '\''), image.end());
      found.insert(image);
    }
  return found;
}

}  // namespace

TEST_CASE("workflows: a workflow file is read as a value", "[workflow]") {
  const Workflow made = read_workflow("small.yml", small);
  CHECK(made.events == std::vector<std::string>{"schedule", "workflow_dispatch", "push"});
  CHECK(made.push_paths == std::vector<std::string>{"config/**"});
  REQUIRE(made.inputs.size() == 1);
  CHECK(made.inputs[0].value == "auto");
  CHECK(made.inputs[0].options == std::vector<std::string>{"auto", "local"});
  CHECK(made.permissions->empty());
  CHECK(made.strict);
  REQUIRE(made.jobs.size() == 2);
  const Job& day = made.jobs[0];
  CHECK(*day.permissions == Texts{{"contents", "write"}});
  REQUIRE(day.matrix.size() == 1);
  CHECK(day.matrix[0].values == std::vector<std::string>{"1", "2"});
  REQUIRE(day.steps.size() == 2);
  CHECK(day.steps[0].title() == "Run actions/checkout@0123");
  CHECK(day.steps[0].with == Texts{{"fetch-depth", "2"}});
  CHECK(day.steps[1].run == "echo 1\necho 2\n");
  CHECK(day.steps[1].title() == "Run echo 1");
  CHECK(day.steps[1].condition == "always()");
  CHECK(made.jobs[1].needs == std::vector<std::string>{"day"});
  CHECK(made.jobs[1].environment == "github-pages");
  CHECK(made.jobs[1].steps[0].title() == "Tend");
}

TEST_CASE("workflows: what the rehearsal would leave out is refused with its line", "[workflow]") {
  CHECK(failure("on: push\njobs:\n  a:\n    runs-on: x\n    services: {}\n    steps: [{run: x}]\n") ==
        "x.yml:5: \"services\" of a job is not known to the rehearsal");
  CHECK(failure("on: push\njobs:\n  a:\n    runs-on: x\n    needs: b\n    steps: [{run: x}]\n") ==
        "x.yml: the job \"a\" needs \"b\", which is none");
  CHECK(failure("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: x\n") ==
        "x.yml:6: a step either runs or uses something");
  CHECK(failure("on: push\njobs:\n  a:\n    steps: [{run: x}]\n") == "x.yml:4: the job \"a\" has no runs-on");
  CHECK(failure("on: push\n") == "x.yml:1: it has no events or no jobs");
  CHECK(failure("on: push\njobs: {a: [}\n").substr(0, 8) == "x.yml:2:");
}

TEST_CASE("workflows: each is read to the end and says what it may", "[workflow]") {
  for (const auto& [name, text] : workflow_files()) {
    INFO(name);
    CHECK(read_workflow(name, text).permissions);
  }
}

TEST_CASE("workflows: who signs a release may write attestations, show who it is, and nothing else", "[workflow]") {
  const Workflow release = read_workflow("release.yml", workflow_files().at("release.yml"));
  const auto attest =
      std::find_if(release.jobs.begin(), release.jobs.end(), [](const Job& job) { return job.id == "attest"; });
  REQUIRE(attest != release.jobs.end());
  CHECK(*attest->permissions == Texts{{"attestations", "write"}, {"contents", "read"}, {"id-token", "write"}});
}

TEST_CASE("workflows: a job that reads others' files or replies starts no workflow", "[workflow]") {
  for (const auto& [name, text] : workflow_files())
    for (const Job& job : read_workflow(name, text).jobs) {
      if (!job.permissions || text_of(*job.permissions, "actions") != "write") continue;
      INFO(name + ' ' + job.id);
      // Of the action they take the scripts alone, not the program.
      for (const Step& step : job.steps)
        if (step.uses.find("setup-daybook") != std::string::npos) CHECK(text_of(step.with, "program") == "false");
    }
}

TEST_CASE("workflows: an image is named by its digest, the same in each job", "[workflow]") {
  std::set<std::string> images;
  for (const auto& [name, text] : workflow_files()) images.merge(images_in(text));
  std::set<std::string> tags;
  for (const std::string& image : images) {
    INFO(image);
    const auto digest = image.find("@sha256:");
    REQUIRE(digest != std::string::npos);
    CHECK(image.size() - digest == 8 + 64);
    tags.insert(image.substr(0, digest));
  }
  CHECK(tags == std::set<std::string>{"debian:12", "debian:13", "ubuntu:24.04"});
  CHECK(images.size() == tags.size());
}

TEST_CASE("workflows: a push of any file below config starts the daily workflow", "[workflow]") {
  const auto paths = read_workflow("daily.yml", workflow_files().at("daily.yml")).push_paths;
  CHECK(std::count(paths.begin(), paths.end(), "config/**") == 1);
}

// GitHub keeps one waiting run of a group and cancels the others:
// https://docs.github.com/en/actions/concepts/workflows-and-actions/concurrency
TEST_CASE("workflows: no run cancels a waiting one of another workflow, and none of feedback that does nothing",
          "[workflow]") {
  std::multiset<std::string> groups;
  for (const auto& [name, text] : workflow_files()) {
    const Workflow made = read_workflow(name, text);
    if (!made.group.empty()) groups.insert(made.group);
    for (const Job& job : made.jobs)
      if (!job.group.empty()) groups.insert(job.group);
  }
  for (const std::string& group : groups) CHECK(groups.count(group) == 1);
  // A job that is skipped joins no group of its own, but one of its whole workflow.
  const Workflow feedback = read_workflow("feedback.yml", workflow_files().at("feedback.yml"));
  CHECK(feedback.group.empty());
  CHECK(feedback.jobs.at(0).group == "feedback");
}
