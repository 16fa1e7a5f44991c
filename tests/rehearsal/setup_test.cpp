// Where setup-daybook gets the program from: a release that was made of the very source, by GitHub's word, or none.
#include <filesystem>
#include <tuple>

#include "rehearsal/player.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

namespace fs = std::filesystem;

const std::string workflow =
    "on: [schedule]\n"
    "defaults: {run: {shell: bash}}\n"
    "jobs:\n"
    "  day:\n"
    "    runs-on: ubuntu-24.04\n"
    "    permissions: {contents: read}\n"
    "    steps:\n"
    "      - uses: actions/checkout@0123\n"
    "      - id: find\n"
    "        run: .github/scripts/setup-daybook.sh find\n"
    "        env: {GITHUB_TOKEN: '${{ github.token }}', PATH: TOOLS}\n";

// The same as an action of another repository, of the tag $TAG: unpacked outside of the workspace, without git.
const std::string run_as_action =
    "a=$RUNNER_TEMP/_actions/ada/papers/$TAG && mkdir -p $a && cp -r .github dev src templates CMake* $a && "
    "$a/.github/scripts/setup-daybook.sh find";

// gh attestation verify FILE --repo NAME --signer-workflow PATH: prints what is kept for these bytes, as --format json.
const std::string gh =
    "#!/bin/sh\n"
    "[ \"$1 $2 $4 $6\" = 'attestation verify --repo --signer-workflow' ] && [ -n \"$GH_TOKEN\" ] || exit 4\n"
    "[ \"$7\" = \"$5/.github/workflows/release.yml\" ] || exit 1\n"
    "cat \"$ATTESTATIONS/$(sha256sum <\"$3\" | cut -c1-64).json\"\n";

struct Certificate {
  std::string repository = "https://github.com/ada/papers";
  std::string ref = "refs/tags/v9.9.9";
  std::string commit;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string refused = "that .github/workflows/release.yml there built it from this source. It is not used.";

// An owner's repository with a release whose program has the name that this source asks for.
struct Copy {
  TemporaryFolder folder;
  Hub hub{"ada/papers"};
  Origin origin{folder / "origin.git"};
  Player player{hub, origin, folder / "runs"};
  std::string package;  // its SHA-256

  Copy() {
    std::map<std::string, std::optional<std::string>> files = {{"src/main.cpp", "int main() {}\n"},
                                                               {"templates/day.mustache", "{{date}}\n"},
                                                               {"CMakeLists.txt", "project(small)\n"},
                                                               {"CMakePresets.json", "{}\n"},
                                                               {"dev", "#!/bin/sh\n"},
                                                               {".github/linked-libraries", "cmark-gfm 1-1\n"}};
    for (const auto& [name, text] : contents(DAYBOOK_SOURCE_DIR "/.github/scripts"))
      files[".github/scripts/" + name] = text;
    std::string text = workflow;
    text.replace(text.find("TOOLS"), 5, folder / "tools");
    files[".github/workflows/small.yml"] = text;
    const std::string run = ".github/scripts/setup-daybook.sh find";
    files[".github/workflows/action.yml"] = text.replace(text.find(run), run.size(), run_as_action);
    origin.commit("main", files, "Mine");
    make_tools();
    player.settings.emplace_back("ATTESTATIONS", folder / "attestations");
    release();
    hub.set_tree(origin.tip("main"), tree_of(origin.tip("main")));
  }

  // All that this machine has, and our gh in place of its own.
  void make_tools() const {
    fs::create_directories(folder / "tools");
    for (const char* programs : {"/usr/bin", "/bin"})
      for (const auto& entry : fs::directory_iterator(programs))
        if (const fs::path link = folder / "tools/" + entry.path().filename().string(); !fs::is_symlink(link))
          fs::create_symlink(entry.path(), link);
    fs::remove(folder / "tools/gh");
    put(folder / "tools/gh", gh);
    fs::permissions(folder / "tools/gh", fs::perms::owner_all);
  }

  std::string in_clone(const std::string& script) const {
    return output_of({{"bash", "-ec", script}, plain_environment(folder.path()), folder.path(), {}});
  }

  void release() {
    const std::string name = in_clone(
        "git clone -q origin.git clone && cd clone && name=daybook-$(uname "
        "-m)-linux-$(.github/scripts/source-hash.sh)\n"
        "mkdir \"../$name\" && printf '#!/bin/sh\\necho daybook 9.9.9\\n' >\"../$name/daybook\" && cd ..\n"
        "chmod +x \"$name/daybook\" && tar -czf \"$name.tar.gz\" \"$name\" && sha256sum \"$name.tar.gz\" >SHA256SUMS\n"
        "printf %s \"$name.tar.gz\"");
    const std::string sums = bytes_of(folder / "SHA256SUMS");
    package = sums.substr(0, 64);
    hub.release({"v9.9.9", {{name, bytes_of(folder / name)}, {"SHA256SUMS", sums}}});
  }

  CommitTree tree_of(const std::string& commit) const { return {origin.git({"ls-tree", "-r", "-t", commit})}; }

  // As gh prints what it has verified.
  void attest(const Certificate& certificate) const {
    const std::string known = json_texts({{"sourceRepositoryURI", certificate.repository},
                                          {"sourceRepositoryRef", certificate.ref},
                                          {"sourceRepositoryDigest", certificate.commit}});
    const std::string signature = json_object({{"signature", json_object({{"certificate", known}})}});
    put(folder / "attestations/" + package + ".json", json_list({json_object({{"verificationResult", signature}})}));
  }

  // Whether the program was found, and the run's log.
  std::pair<std::string, std::string> find(const std::string& file = "small.yml") {
    const Played played = player.play(file, {});
    return {text_of(played.job("day").step("find").outputs, "found"), played.log()};
  }

  void must_refuse() {
    const auto [found, log] = find();
    INFO(log);
    CHECK(found == "false");
    CHECK(has(log, refused));
  }
};

}  // namespace

TEST_CASE("setup: a program that was released for this very source is taken", "[setup]") {
  Copy copy;
  // A later commit, whose workflows and settings are others, has the same source.
  copy.origin.commit("main", {{"config/daybook.toml", "x\n"}, {".github/workflows/more.yml", "on: push\n"}}, "More");
  copy.attest({.commit = copy.origin.commits("main").back()});
  const auto [found, log] = copy.find();
  INFO(log);
  CHECK(found == "true");
  CHECK(has(log, "From the releases of ada/papers."));
}

TEST_CASE("setup: another commit's program under this source's name is refused, whatever file differs", "[setup]") {
  for (const char* changed : {"src/main.cpp", "dev", ".github/linked-libraries", "src/more.cpp"}) {
    INFO(changed);
    Copy copy;
    copy.origin.commit("other", {{changed, "#!/bin/sh\necho other\n"}}, "Other", copy.origin.tip("main"));
    const std::string other = copy.origin.tip("other");
    copy.hub.set_tree(other, copy.tree_of(other));
    copy.attest({.commit = other});
    copy.must_refuse();
  }
}

TEST_CASE("setup: an attestation of another repository, a branch, no commit or an unseen one is refused", "[setup]") {
  Copy copy;
  const std::string commit = copy.origin.tip("main");
  for (const Certificate& certificate :
       {Certificate{.repository = "https://github.com/eve/papers", .commit = commit},
        Certificate{.ref = "refs/heads/v9", .commit = commit}, Certificate{.commit = "main"}, Certificate{.commit = ""},
        Certificate{.commit = std::string(40, 'a')}}) {
    INFO(certificate.repository + ' ' + certificate.ref + ' ' + certificate.commit);
    copy.attest(certificate);
    copy.must_refuse();
  }
}

TEST_CASE("setup: a commit whose files GitHub does not list to the end is refused", "[setup]") {
  Copy copy;
  const std::string commit = copy.origin.tip("main");
  copy.attest({.commit = commit});
  CommitTree tree = copy.tree_of(commit);
  tree.truncated = true;
  copy.hub.set_tree(commit, tree);
  copy.must_refuse();
}

TEST_CASE("setup: without gh, who can't tell what a program was made of takes none and says so", "[setup]") {
  Copy copy;
  copy.attest({.commit = copy.origin.tip("main")});
  fs::remove(copy.folder / "tools/gh");
  const auto [found, log] = copy.find();
  INFO(log);
  CHECK(found == "false");
  CHECK(has(log, "No release is looked for: gh is not installed here."));
}

TEST_CASE("setup: packing and linked libraries change the program's name, an owner's edits do not", "[setup]") {
  Copy copy;
  const std::string name = ".github/scripts/source-hash.sh";
  const std::string commit = "git config user.name a && git config user.email a@b.example && git commit -qam x && ";
  const std::string before = copy.in_clone("cd clone && " + name);
  CHECK(before.size() == 17);
  for (const std::string file : {"dev", ".github/linked-libraries", "src/main.cpp", "templates/day.mustache"}) {
    INFO(file);
    CHECK(copy.in_clone("cd clone && echo more >>" + file + " && " + name) != before);
    CHECK(copy.in_clone("cd clone && " + commit + name + " && git reset -q --hard HEAD~") != before);
  }
  CHECK(copy.in_clone("cd clone && mkdir config && echo x >config/daybook.toml && git add config && " + commit +
                      name) == before);
}

TEST_CASE("setup: as another repository's action only a release signed for its tag is taken", "[setup]") {
  Copy copy;
  const std::string commit = copy.origin.tip("main");
  copy.player.settings.emplace_back("TAG", "v9.9.9");
  copy.attest({.commit = commit});
  auto [found, log] = copy.find("action.yml");
  INFO(log);
  CHECK(found == "true");
  CHECK(has(log, "Release v9.9.9 of ada/papers."));
  copy.attest({.ref = "refs/tags/v9.9.8", .commit = commit});
  std::tie(found, log) = copy.find("action.yml");
  INFO(log);
  CHECK(found == "false");
  CHECK(has(log, refused));
}

TEST_CASE("setup: as an action of a branch, or of a tag without a release, the program is built", "[setup]") {
  Copy copy;
  copy.player.settings.emplace_back("TAG", "main");
  copy.attest({.commit = copy.origin.tip("main")});
  const auto [found, log] = copy.find("action.yml");
  INFO(log);
  CHECK(found == "false");
  CHECK(has(log, "ada/papers has no release main"));
}

TEST_CASE("release: other libraries than those that copies know a program by fail it, with the line to type",
          "[setup]") {
  Copy copy;
  const std::string check = "cd clone && .github/scripts/release.sh linked 2>&1";
  const std::string said =
      copy.in_clone("printf '#!/bin/sh\\necho cmark-gfm 1-1+deb12u1\\n' >clone/dev; ! (" + check + ")");
  INFO(said);
  CHECK(has(said, "cmark-gfm 1-1+deb12u1"));
  CHECK(has(said, "./dev linked >.github/linked-libraries; commit that, raise the version, release"));
  CHECK(copy.in_clone("printf '#!/bin/sh\\necho cmark-gfm 1-1\\n' >clone/dev; " + check).empty());
}
