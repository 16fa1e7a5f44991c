#include "platform/terminal.h"

#include <sys/stat.h>

#include <cerrno>
#include <thread>

#include "platform/disk.h"
#include "support/catch.h"
#include "support/folder.h"
#include "variable.h"

using namespace daybook;

namespace {

struct Heard {
  std::string out, err;
  double time = 0;
  Surroundings where;

  Heard() {
    where.out = [this](std::string_view text) { out += text; };
    where.err = [this](std::string_view text) { err += text; };
    where.seconds = [this] { return time; };
  }
};

const Error fault{Kind::misuse, Place{"config/daybook.toml", 14, 1}, "[select] has no setting \"relevence\"",
                  "did you mean \"relevance\"?"};

}  // namespace

TEST_CASE("terminal: results go to standard output, what happens to standard error", "[terminal]") {
  Heard heard;
  Console console(Loudness::normal, heard.where);
  console.print("result");
  console.say("happens\n");
  console.detail("detail");
  { const Group group(console, "Fetch"); }
  CHECK(heard.out == "result\n");
  CHECK(heard.err == "happens\nFetch\n");
}

TEST_CASE("terminal: quiet leaves results, errors and warnings, verbose adds details", "[terminal]") {
  Heard heard;
  Console quiet(Loudness::quiet, heard.where);
  quiet.print("result");
  quiet.say("happens");
  quiet.detail("detail");
  { const Group group(quiet, "Fetch"); }
  quiet.warning(Error{Kind::failed, Place{}, "w", ""});
  quiet.errors({Error{Kind::failed, Place{}, "e", "m"}});
  CHECK(heard.out == "result\n");
  CHECK(heard.err == "warning: w\nerror: e\n  hint: m\n");
  Heard more;
  Console verbose(Loudness::verbose, more.where);
  verbose.detail("detail");
  CHECK(more.err == "detail\n");
}

TEST_CASE("terminal: an error is colored where there is color, and only its word", "[terminal]") {
  Heard heard;
  heard.where.color = true;
  Console console(Loudness::normal, heard.where);
  console.error(fault);
  console.warning(Error{Kind::failed, Place{}, "no error: none", ""});
  CHECK(heard.err ==
        "config/daybook.toml:14:1: \x1b[1;31merror:\x1b[0m [select] has no setting \"relevence\"\n"
        "  hint: did you mean \"relevance\"?\n"
        "\x1b[1;33mwarning:\x1b[0m no error: none\n");
}

TEST_CASE("terminal: in GitHub Actions errors are annotations and groups fold, all on one stream", "[terminal]") {
  Heard heard;
  heard.where.github = true;
  Console console(Loudness::normal, heard.where);
  {
    const Group group(console, "Fetch 100%");
    console.say("fetching");
    console.error(fault);
    console.warning(Error{Kind::later, Place{"https://example.org/rss"}, "line one\r\nline two", "wait"});
    console.error(Error{Kind::failed, Place{}, "nowhere", ""});
    console.error(Error{Kind::later, Place{}, "not yet", "wait"});
  }
  CHECK(heard.err.empty());
  CHECK(heard.out ==
        "::group::Fetch 100%25\n"
        "fetching\n"
        "::error file=config/daybook.toml,line=14,col=1::[select] has no setting \"relevence\"%0Ahint: did you mean "
        "\"relevance\"?\n"
        "::warning::https://example.org/rss: line one%0Aline two%0Ahint: wait\n"
        "::error::nowhere\n"
        "::notice::not yet%0Ahint: wait\n"
        "::endgroup::\n");
}

TEST_CASE("terminal: a file's name cannot end the properties of an annotation", "[terminal]") {
  Heard heard;
  heard.where.github = true;
  Console(Loudness::normal, heard.where).error({Kind::failed, Place{"a,b:c%d\n.json", 3, 0}, "100%: a, b", ""});
  CHECK(heard.out == "::error file=a%2Cb%3Ac%25d%0A.json,line=3::100%25: a, b\n");
}

TEST_CASE("terminal: a title cannot pass for a workflow command", "[terminal]") {
  Heard heard;
  heard.where.github = true;
  Console console(Loudness::normal, heard.where);
  console.say("::error::x\n  ::stop-commands::y\nA :: b\n##[group]z and ##[x]\n::");
  console.print("\r\x0b::add-mask::a");
  CHECK(heard.out == ": :error::x\n  : :stop-commands::y\nA :: b\n## [group]z and ## [x]\n: :\n: :add-mask::a\n");
}

TEST_CASE("terminal: control characters of a title do not reach the terminal", "[terminal]") {
  Heard heard;
  Console console(Loudness::normal, heard.where);
  console.say("a\x1b]0;owned\x07\x1b[2Jb\tc\x7F\r\xC3\xA9");
  CHECK(heard.err == "a]0;owned[2Jb\tc\xC3\xA9\n");
}

TEST_CASE("terminal: a secret is masked in everything that is printed", "[terminal]") {
  const TemporaryFolder folder;
  for (const bool github : {false, true}) {
    Heard heard;
    heard.where.github = github;
    heard.where.err_is_terminal = !github;
    heard.where.summary_path = folder / "summary.md";
    Console console(Loudness::verbose, heard.where, {"", "sk-1", "sk-123", "*"});
    console.print("key sk-123 and sk-1");
    console.say("sk-123sk-123");
    console.detail("sk-1");
    console.error(Error{Kind::failed, Place{"sk-123"}, "sk-123", "sk-123"});
    console.warning(Error{Kind::failed, Place{"https://h/sk-123"}, "sk-123", "sk-123"});
    { const Group group(console, "sk-123"); }
    {
      Progress progress(console, "sk-123", 1);
      progress.advance();
    }
    REQUIRE(console.summarize("sk-123"));
    const std::string all = heard.out + heard.err + bytes_of(folder / "summary.md");
    CHECK(all.find("sk-1") == std::string::npos);
    CHECK(all.find("23") == std::string::npos);
    CHECK(heard.out.find("key *** and ***\n") == 0);
  }
}

TEST_CASE("terminal: the job summary grows, and one that cannot be written is an error", "[terminal]") {
  const TemporaryFolder folder;
  Heard heard;
  heard.where.summary_path = folder / "summary.md";
  Console console(Loudness::quiet, heard.where);
  CHECK(console.summarize("# Day"));
  CHECK(console.summarize("| a |\n"));
  CHECK(bytes_of(folder / "summary.md") == "# Day\n| a |\n");
  heard.where.summary_path = folder / "none/summary.md";
  CHECK(Console(Loudness::quiet, heard.where).summarize("x").error().what == "cannot write: no such file or directory");
  heard.where.summary_path = "";
  CHECK(Console(Loudness::quiet, heard.where).summarize("x"));
}

TEST_CASE("terminal: progress is a bar on a terminal, at most ten times a second, and gone at the end", "[terminal]") {
  Heard heard;
  heard.where.err_is_terminal = true;
  heard.where.columns = 36;
  Console console(Loudness::normal, heard.where);
  {
    Progress progress(console, "scoring", 40);
    progress.advance();
    CHECK(heard.err.empty());
    heard.time = 0.2;
    progress.advance(9);
    CHECK(heard.err == "\r\x1b[Kscoring [####------------] 10 of 40");
    heard.err.clear();
    console.say("a line");
    CHECK(heard.err == "\r\x1b[Ka line\n\r\x1b[Kscoring [####------------] 10 of 40");
    heard.err.clear();
    progress.advance(100);
    CHECK(heard.err == "\r\x1b[Kscoring [################] 40 of 40");
    heard.err.clear();
  }
  CHECK(heard.err == "\r\x1b[K");
}

TEST_CASE("terminal: progress on a narrow terminal has no bar", "[terminal]") {
  Heard heard;
  heard.where.err_is_terminal = true;
  heard.where.columns = 22;
  Console console(Loudness::normal, heard.where);
  Progress progress(console, "fetching", 40);
  progress.advance(40);
  CHECK(heard.err == "\r\x1b[Kfetching 40 of 40");
}

TEST_CASE("terminal: progress elsewhere is a line every five seconds and at the end", "[terminal]") {
  Heard heard;
  Console console(Loudness::normal, heard.where);
  {
    Progress progress(console, "fetching", 5);
    progress.advance();
    heard.time = 5;
    progress.advance();
    heard.time = 9;
    progress.advance(2);
    progress.advance();
    progress.advance();
  }
  CHECK(heard.err == "fetching 2 of 5\nfetching 5 of 5\n");
}

TEST_CASE("terminal: progress is silent when quiet, and counts from several threads", "[terminal]") {
  Heard heard;
  Console quiet(Loudness::quiet, heard.where);
  {
    Progress progress(quiet, "fetching", 5);
    progress.advance(5);
  }
  CHECK(heard.err.empty());
  Console console(Loudness::normal, heard.where);
  Progress progress(console, "scoring", 4000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) progress.advance();
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(heard.err == "scoring 4000 of 4000\n");
}

TEST_CASE("terminal: the surroundings come from the environment", "[terminal]") {
  const SetVariable actions("GITHUB_ACTIONS", "true"), summary("GITHUB_STEP_SUMMARY", "summary.md");
  const SetVariable color("NO_COLOR", "1");
  const Surroundings here = surroundings();
  CHECK(here.github);
  CHECK(here.summary_path == "summary.md");
  CHECK_FALSE(here.color);
  CHECK(here.columns > 0);
  CHECK(here.seconds() > 0);
}

namespace {

void fill(Console& console) {
  for (const char* name : {"a.json", "b.json", "c.json"}) console.error(system_error(name, "write", ENOSPC));
  console.warning(system_error("state/d.jsonl", "create", ENOSPC));
  console.say("between");
  console.warning(system_error("state/e.jsonl", "write", ENOSPC));
  console.error(system_error("f.json", "read", EACCES));
  console.error(system_error("g.json", "read", EACCES));
}

const std::string others =
    "f.json: error: cannot read: permission denied\n  hint: give the user who runs daybook access to it\n"
    "g.json: error: cannot read: permission denied\n  hint: give the user who runs daybook access to it\n";

}  // namespace

TEST_CASE("terminal: a full disk is said once as error and warning, then counted, other faults by file", "[terminal]") {
  Heard heard;
  {
    Console console(Loudness::normal, heard.where);
    fill(console);
  }
  const std::string hint = "\n  hint: free some space on that disk, then run it again\n";
  CHECK(heard.err == "a.json: error: cannot write: no space left on device" + hint +
                         "state/d.jsonl: warning: cannot create: no space left on device" + hint + "between\n" +
                         others +
                         "error: no space left on device (and 2 more like it)\n"
                         "warning: no space left on device (and 1 more like it)\n");
}

TEST_CASE("terminal: in a workflow a full disk is one annotation, and a line with the number", "[terminal]") {
  Heard heard;
  heard.where.github = true;
  {
    Console console(Loudness::quiet, heard.where);
    for (const char* name : {"a.json", "b.json"}) console.error(system_error(name, "write", ENOSPC));
  }
  CHECK(heard.out ==
        "::error file=a.json::cannot write: no space left on device%0Ahint: free some space on that disk, then run it "
        "again\nerror: no space left on device (and 1 more like it)\n");
}

TEST_CASE("terminal: verbose names each file that a full disk has no room for", "[terminal]") {
  Heard heard;
  {
    Console console(Loudness::verbose, heard.where);
    for (const char* name : {"a.json", "b.json"}) console.error(system_error(name, "write", ENOSPC));
  }
  CHECK(heard.err.find("b.json: error: cannot write") != std::string::npos);
  CHECK(heard.err.find("more like it") == std::string::npos);
}

TEST_CASE("terminal: C1 controls and bidirectional ones reach neither a terminal nor an annotation", "[terminal]") {
  const Error foreign{Kind::failed, Place{"a.xml", 1, 0}, "\u009B2J\u202Etitle\x1b[31m", ""};
  Heard heard;
  Console(Loudness::normal, heard.where).warning(foreign);
  CHECK(heard.err == "a.xml:1: warning: 2Jtitle[31m\n");
  Heard workflow;
  workflow.where.github = true;
  Console(Loudness::normal, workflow.where).warning(foreign);
  CHECK(workflow.out == "::warning file=a.xml,line=1::2Jtitle[31m\n");
}

TEST_CASE("terminal: a job summary that is a pipe is refused, and nobody waits for its reader", "[terminal]") {
  const TemporaryFolder folder;
  Heard heard;
  heard.where.summary_path = folder / "pipe";
  REQUIRE(::mkfifo(heard.where.summary_path.c_str(), 0600) == 0);
  const auto said = Console(Loudness::normal, heard.where).summarize("text");
  REQUIRE_FALSE(said);
  CHECK(said.error().what == "cannot write: this is a pipe, not a regular file");
}

TEST_CASE("messages: faults that were said are remembered, in order and without secrets", "[terminal]") {
  Heard heard;
  Console console(Loudness::quiet, heard.where, {"sk-secret"});
  console.say("nothing of this");
  console.warning(Error{Kind::failed, Place{"a.toml", 3, 0}, "with sk-secret\x1b", "m"});
  console.error(Error{Kind::later, Place{}, "l", ""});
  console.error(fault);
  CHECK(console.messages() ==
        std::vector<Message>{{Severity::warning, {Kind::failed, {"a.toml", 3, 0}, "with ***", "m"}},
                             {Severity::notice, {Kind::later, {}, "l", ""}},
                             {Severity::error, fault}});
}
