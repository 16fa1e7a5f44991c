#include "rehearsal/workflow.h"

#include <stdexcept>

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

const std::string small =
    "name: Small\n"
    "on:\n"
    "  schedule:\n"
    "    - cron: '23 4 * * *'\n"
    "  workflow_dispatch:\n"
    "    inputs:\n"
    "      scorer: {type: choice, options: [auto, local], default: auto}\n"
    "  push:\n"
    "    branches: [main]\n"
    "    paths: [config/**]\n"
    "permissions: {}\n"
    "concurrency: {group: archive, cancel-in-progress: false}\n"
    "defaults: {run: {shell: bash}}\n"
    "jobs:\n"
    "  day:\n"
    "    runs-on: ubuntu-24.04\n"
    "    permissions: {contents: write}\n"
    "    strategy: {fail-fast: false, matrix: {shard: [1, '2', true]}}\n"
    "    outputs: {deploy: '${{ steps.site.outputs.deploy }}'}\n"
    "    steps:\n"
    "      - uses: actions/checkout@0123 # v6\n"
    "        with: {fetch-depth: 2}\n"
    "      - id: site\n"
    "        if: always()\n"
    "        run: |\n"
    "          echo 1\n"
    "          echo 2\n"
    "        env: {A: b}\n"
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

}  // namespace

TEST_CASE("a workflow file is read as a value") {
  const Workflow made = read_workflow("small.yml", small);
  CHECK(made.name == "Small");
  CHECK(made.events == std::vector<std::string>{"schedule", "workflow_dispatch", "push"});
  CHECK(made.crons == std::vector<std::string>{"23 4 * * *"});
  CHECK(made.push_paths == std::vector<std::string>{"config/**"});
  REQUIRE(made.inputs.size() == 1);
  CHECK(made.inputs[0].value == "auto");
  CHECK(made.inputs[0].options == std::vector<std::string>{"auto", "local"});
  CHECK(made.permissions->empty());
  CHECK(made.concurrency->group == "archive");
  REQUIRE(made.jobs.size() == 2);
  const Job& day = made.jobs[0];
  CHECK(day.shell == "bash");
  CHECK_FALSE(day.fail_fast);
  CHECK(*day.permissions == Texts{{"contents", "write"}});
  REQUIRE(day.matrix.size() == 1);
  CHECK(to_json(day.matrix[0].value) == "[\n  1,\n  \"2\",\n  true\n]");
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

TEST_CASE("what the rehearsal would leave out is refused with its line") {
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

TEST_CASE("the workflows that a rehearsal plays are read to the end") {
  for (const std::string name : {"daily.yml", "backfill.yml", "import.yml"}) {
    INFO(name);
    CHECK_FALSE(read_workflow(name, bytes_of(DAYBOOK_SOURCE_DIR "/.github/workflows/" + name)).jobs.empty());
  }
}
