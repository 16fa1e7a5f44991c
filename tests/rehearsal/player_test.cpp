// The stage itself: small workflows, and each of the ways in which a run can be disturbed.
#include "rehearsal/player.h"

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const std::string checkout = "      - uses: actions/checkout@0123\n";
const std::string head = "on: [schedule]\ndefaults: {run: {shell: bash}}\njobs:\n";

std::string job(const std::string& id, const std::string& permissions, const std::string& more = "") {
  return "  " + id + ":\n    runs-on: ubuntu-24.04\n    permissions: {" + permissions + "}\n" + more + "    steps:\n";
}

std::string script(const std::string& line, const std::string& more = "") {
  return "      - run: |\n          " + line + '\n' + (more.empty() ? "" : "        " + more + '\n');
}

struct Small {
  TemporaryFolder folder;
  Hub hub{"ada/small"};
  Origin origin{folder / "origin.git"};
  Player player{hub, origin, folder / "runs"};

  explicit Small(const std::string& jobs) { file("small.yml", head + jobs); }
  void file(const std::string& name, const std::string& text) {
    origin.commit("main", {{".github/workflows/" + name, text}, {"README.md", "Small\n"}}, "A workflow");
  }
  Played play(const Event& event = {}) { return player.play("small.yml", event); }
};

const std::string push =
    "git -c user.name=a -c user.email=a@b.example commit -q --allow-empty -m \"$GITHUB_JOB\" && git push -q origin "
    "HEAD:$GITHUB_JOB";

}  // namespace

TEST_CASE("player: a failure skips what follows, except what says otherwise, and fails its job and run", "[player]") {
  Small small(job("day", "contents: read") + script("false | true") + script("echo not reached") +
              script("echo cleaned", "if: always()") + script("echo seen", "if: failure()") +
              job("next", "contents: read", "    needs: day\n") + script("echo no") +
              job("tend", "contents: read", "    needs: day\n    if: always() && needs.day.result == 'failure'\n") +
              script("echo '::warning file=a.toml,line=3::the day%0Ais bad'"));
  const Played played = small.play();
  CHECK(played.result == "failure");
  Sentences outcomes;
  for (const StepPlayed& step : played.job("day").steps) outcomes.push_back(step.outcome);
  CHECK(outcomes == Sentences{"failure", "skipped", "success", "success"});
  CHECK(played.job("next").result == "skipped");
  CHECK(played.job("tend").result == "success");
  CHECK(played.annotations() == Sentences{"warning: file=a.toml,line=3 the day\nis bad"});
}

TEST_CASE("player: who may not write contents can't push, and who keeps no credentials neither", "[player]") {
  Small small(job("writer", "contents: write") + checkout + script(push) + job("reader", "contents: read") + checkout +
              script(push) + job("other", "contents: write") + checkout +
              "        with: {persist-credentials: false}\n" + script(push) + job("none", "issues: write") + checkout);
  const Played played = small.play();
  INFO(played.log());
  CHECK(played.job("writer").result == "success");
  CHECK(small.origin.has("writer"));
  CHECK_FALSE(small.origin.has("reader"));
  for (const char* id : {"reader", "other"})
    CHECK(played.job(id).log().find("denied to github-actions[bot]") != std::string::npos);
  CHECK(played.job("none").log() == "::error::fatal: repository 'https://github.com/ada/small/' not found\n");
}

TEST_CASE("player: a token may call what its job's permissions name, until the job ends", "[player]") {
  const std::string ask =
      "curl -s -o /dev/null -w '%{http_code}\\n' -H \"Authorization: Bearer $T\" \"$GITHUB_API_URL/repos/ada/small";
  const std::string token = "env: {T: '${{ github.token }}'}";
  Small small(job("may", "pages: read, issues: write") + script(ask + "/pages\"", token) +
              script(ask + "/issues\" -d '{\"title\": \"Bad days\"}'", token) + script(ask + "\"", token) +
              script("echo \"T=$T\" >>\"$GITHUB_OUTPUT\"", "id: keep\n        " + token) +
              job("may-not", "contents: read") + script(ask + "/pages\"", token) +
              script(ask + "/actions/workflows/small.yml/enable\" -X PUT", token));
  const Played played = small.play();
  INFO(played.log());
  CHECK(played.job("may").log() == "200\n201\n200\n");
  CHECK(played.job("may-not").log() == "403\n403\n");
  CHECK(small.hub.issues().size() == 1);
  CHECK(small.hub.refusals() ==
        Sentences{"403 GET /repos/ada/small/pages: pages: read is missing",
                  "403 PUT /repos/ada/small/actions/workflows/small.yml/enable: actions: write is missing"});
  const std::string kept = text_of(played.job("may").step("keep").outputs, "T");
  CHECK(kept.substr(0, 4) == "ghs_");
  CHECK_FALSE(small.hub.may(kept, "pages", "read"));
  CHECK(small.player.leaked(kept));
}

TEST_CASE("player: a site is online once it was deployed, and only as Pages take it", "[player]") {
  const std::string upload = "      - uses: actions/upload-pages-artifact@0123\n        with: {path: public}\n";
  const auto deploy = [](const std::string& permissions, const std::string& environment) {
    return job("deploy", permissions, "    needs: day\n" + environment) +
           "      - {id: it, uses: actions/deploy-pages@0123}\n";
  };
  const std::string named = "    environment: {name: github-pages, url: '${{ steps.it.outputs.page_url }}'}\n";
  const std::string make =
      script("mkdir public; echo hello >public/index.html; ln -s index.html public/link; touch public/.hidden");
  Small small(job("day", "contents: read") + make + upload + deploy("pages: write, id-token: write", named));
  CHECK(small.play().result == "success");
  CHECK(*small.hub.site() == std::map<std::string, std::string>{{"index.html", "hello\n"}, {"link", "hello\n"}});

  const std::pair<std::string, std::string> wrong[] = {
      {deploy("pages: write", named), "Ensure GITHUB_TOKEN has permission \"id-token: write\"."},
      {deploy("pages: write, id-token: write", ""), "Missing environment"}};
  for (const auto& [job_text, why] : wrong) {
    small.file("small.yml", head + job("day", "contents: read") + make + upload + job_text);
    CHECK(small.play().log().find(why) != std::string::npos);
  }
  small.file("small.yml", head + job("day", "contents: read") + make + script("chmod 600 public/index.html") + upload +
                              deploy("pages: write, id-token: write", named));
  CHECK(small.play().log().find("Deployment failed: index.html can't be read by others") != std::string::npos);
  CHECK(small.hub.deployments() == 1);
}

TEST_CASE("player: a run that is cancelled still does what is always done, in this job and in others", "[player]") {
  Small small(job("day", "contents: read") +
              script("trap 'echo interrupted; exit 1' INT; echo started; while :; do sleep 0.05; done") +
              script("echo skipped") + script("echo kept", "if: always()") +
              script("echo cancelled", "if: cancelled()") + job("next", "contents: read", "    needs: day\n") +
              script("echo no") + job("tend", "contents: read", "    needs: day\n    if: always()\n") +
              script("echo tended"));
  small.player.during_step = [](const std::string&, const Step&, const std::string& log) {
    return log.find("started") != std::string::npos ? Stop::cancelled : Stop::none;
  };
  const Played played = small.play();
  CHECK(played.result == "cancelled");
  CHECK(played.log() == "started\ninterrupted\nkept\ncancelled\ntended\n");
  CHECK(played.job("day").result == "cancelled");
  CHECK(played.job("next").result == "skipped");
  CHECK(played.job("tend").result == "success");
}

TEST_CASE("player: no secret is handed on from job to job, and one in a log is found", "[player]") {
  Small small(job("day", "contents: read", "    outputs: {key: '${{ steps.leak.outputs.key }}'}\n") +
              script("echo key=$KEY >>\"$GITHUB_OUTPUT\"", "id: leak\n        env: {KEY: '${{ secrets.KEY }}'}"));
  small.player.secrets = {{"KEY", "sk-invented-1"}, {"OTHER", "sk-invented-2"}};
  CHECK(small.play().job("day").outputs == Texts{{"key", ""}});
  CHECK(small.player.leaked("sk-invented-1"));
  CHECK_FALSE(small.player.leaked("sk-invented-2"));
  small.origin.commit("archive", {{"page.md", "the key is sk-invented-2"}}, "Oops");
  CHECK(small.player.leaked("sk-invented-2"));
}

TEST_CASE("player: what GitHub would not start, or has turned off, fails the test", "[player]") {
  Small small(job("day", "contents: read") + script("echo '::set-output name=a::b'"));
  CHECK_THROWS_WITH(small.play(), "Run echo '::set-output name=a::b': GitHub has turned ::set-output:: off");
  CHECK_THROWS_WITH(small.play({.name = "push"}), "small.yml does not run on push");
  small.file("small.yml", "on: {workflow_dispatch: {inputs: {scorer: {options: [auto, local], default: auto}}}}\n" +
                              head.substr(head.find("jobs")) + job("day", "contents: read") +
                              script("echo ${{ inputs.scorer }}") +
                              script("echo a line that is none >>\"$GITHUB_OUTPUT\""));
  const auto dispatch = [&](const Texts& inputs) {
    return small.play({.name = "workflow_dispatch", .inputs = inputs});
  };
  CHECK_THROWS_WITH(dispatch({{"day", "x"}}), "422 Unexpected inputs provided: day");
  CHECK_THROWS_WITH(dispatch({{"scorer", "x"}}),
                    "422 Provided value 'x' for input 'scorer' not in the list of allowed values");
  const Played played = dispatch({});
  CHECK(played.result == "failure");
  CHECK(played.log() ==
        "auto\n::error::Unable to process file command successfully. Invalid format 'a line that is none'\n");
}
