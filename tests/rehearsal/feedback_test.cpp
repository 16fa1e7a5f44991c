// What an owner says of papers through issues: recorded once, answered once, whatever happens to the machine, to GitHub
// or beside it. And what others say there.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"
#include "support/folder.h"
#include "tex/rendered.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const Date monday = *Date::parse("2099-01-05");
const Date tuesday = monday + 1;

std::string form(const std::string& lines) { return "### Papers\n\n" + lines + '\n'; }

// An owner, ada, with one good day behind; grace may write too.
struct Liking {
  Owner owner;

  explicit Liking(Files files = copied_files()) : owner(std::move(files)) {
    owner.submit(monday - 4, monday + 5, 6);
    REQUIRE(owner.daily(monday, 0).result == "success");
    owner.hub.set_permission("ada", "admin");
    owner.hub.set_permission("grace", "write");
  }

  int open(const std::string& login, const std::string& lines, const std::string& title = "More like this") {
    Issue issue;
    issue.title = title;
    issue.body = form(lines);
    issue.creator = login;
    return owner.hub.open_issue(std::move(issue));
  }
  Issue issue(int number) const { return owner.hub.issues().at(static_cast<std::size_t>(number) - 1); }
  // The run that GitHub starts for the issue.
  Played answer(int number) {
    return owner.play("feedback.yml", {"issues", new_york_time(monday, 9), {}, issue(number).body});
  }
  Played answer_waiting() { return owner.play("feedback.yml", {"workflow_dispatch", new_york_time(monday, 10)}); }
  Played like(const std::string& id, const std::string& login = "ada") { return answer(open(login, "+ " + id)); }

  Sentences log() const {
    const auto files = owner.origin.files("archive");
    return files.count("feedback.jsonl") == 0 ? Sentences() : lines_of(files.at("feedback.jsonl"));
  }
  long lines_of_issue(int number) const {
    const auto lines = log();
    return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return text_of(members_in(line), "issue") == std::to_string(number);
    });
  }
  // "completed, 1 answers, 1 lines": how it was closed, how often it was answered, its lines in the log.
  std::string outcome(int number) const {
    const Issue now = issue(number);
    const auto answers = std::count_if(now.comments.begin(), now.comments.end(),
                                       [](const Comment& comment) { return comment.author == bot; });
    return (now.state == "open" ? "open" : now.state_reason) + ", " + std::to_string(answers) + " answers, " +
           std::to_string(lines_of_issue(number)) + " lines";
  }
  Sentences problems() {
    Sentences all = owner.problems();
    for (std::string& leak : owner.leaks()) all.push_back(std::move(leak));
    return all;
  }

  // Once, before the first step that runs this script; not again in the runs that `deed` plays.
  void before(const std::string& script, const std::function<void()>& deed) {
    owner.runner.before_step = [=, done = std::make_shared<bool>(false)](const std::string&, const Step& step) {
      if (*done || step.title().find(script) == std::string::npos) return Stop::none;
      *done = true;
      deed();
      return Stop::none;
    };
  }
  // What GitHub does about a push.
  void hook(const std::string& name, const std::string& script) const {
    const std::string file = owner.origin.folder() + "/hooks/" + name;
    put(file, "#!/bin/sh\n" + script + '\n');
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  std::string first_id() const { return owner.record(monday)->papers.front().paper.id; }
};

// In what stands as code GitHub sees no mention, link or picture.
std::string without_code(std::string html) {
  for (auto start = html.find("<code>"); start != std::string::npos; start = html.find("<code>"))
    html.erase(start, html.find("</code>", start) - start);
  return html;
}

constexpr const char* recorded = "completed, 1 answers, 1 lines";

}  // namespace

TEST_CASE("feedback: a like of the owner's is recorded, answered and closed, and a second run leaves it",
          "[rehearsal]") {
  Liking liking;
  const int number = liking.open("ada", "+ " + liking.first_id());
  const Played played = liking.answer(number);
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(played.annotations() == Sentences{});
  CHECK(liking.outcome(number) == recorded);
  CHECK(text_of(members_in(liking.log().at(0)), "id") == liking.first_id());
  CHECK(liking.issue(number).comments.at(0).body.find(liking.first_id()) != std::string::npos);

  const std::string archive = liking.owner.origin.tip("archive");
  CHECK(liking.answer_waiting().result == "success");
  CHECK(liking.owner.origin.tip("archive") == archive);
  CHECK(liking.outcome(number) == recorded);
  // The next day's order learns from it.
  const Played next = liking.owner.daily(tuesday, 0);
  INFO(next.log());
  CHECK(next.result == "success");
  CHECK(next.log().find("1 paper that you like") != std::string::npos);
  CHECK(liking.problems() == Sentences{});
}

TEST_CASE("feedback: who may write counts, and a stranger, or one who is gone, gets a kind word and changes nothing",
          "[rehearsal]") {
  Liking liking;
  const std::string id = liking.first_id();
  liking.owner.hub.set_permission("eve", "gone");
  const std::string archive = liking.owner.origin.tip("archive");
  for (const std::string stranger : {"bob", "eve"}) {
    const int number = liking.open(stranger, "+ " + id);
    // An answer of somebody else's is none.
    liking.owner.hub.comment(number, {stranger, "<!-- daybook: what became of this issue -->"});
    const Played played = liking.answer(number);
    INFO(played.log());
    CHECK(played.result == "success");
    CHECK(liking.outcome(number) == "not_planned, 1 answers, 0 lines");
    CHECK(liking.issue(number).comments.back().body.find("hank") != std::string::npos);
  }
  CHECK(liking.owner.origin.tip("archive") == archive);
  const int number = liking.open("grace", "- " + id);
  CHECK(liking.answer(number).result == "success");
  CHECK(liking.outcome(number) == recorded);
  CHECK(liking.problems() == Sentences{});
}

TEST_CASE("feedback: an issue or a pull request about something else is left alone, and starts no job", "[rehearsal]") {
  Liking liking;
  Issue other;
  other.title = "A wrong page";
  other.body = "The form says\n\n### Papers\n";
  const int number = liking.owner.hub.open_issue(other);
  CHECK(liking.answer(number).job("feedback").result == "skipped");
  CHECK(liking.answer_waiting().result == "success");
  CHECK(liking.issue(number).state == "open");
  CHECK(liking.issue(number).comments.empty());
}

TEST_CASE("feedback: hostile titles and texts run nothing, steer nothing and say nothing in another's name",
          "[rehearsal]") {
  const Sentences hostile = {"$(touch /tmp/pwned)",
                             "`touch /tmp/pwned`",
                             "'; touch /tmp/pwned; '",
                             "\"; touch /tmp/pwned; \"",
                             "${{ secrets.OPENAI_API_KEY }} {{OPENAI_API_KEY}} $OPENAI_API_KEY $GITHUB_TOKEN",
                             "{{#papers}}{{{title}}}{{/papers}}",
                             "::error::stolen\n::add-mask::x\n##[error]stolen",
                             "%0A::error::stolen",
                             "[x](https://evil.example) <img src=https://evil.example/x> @someone eve/other#1",
                             "+ https://arxiv.org.evil.example/abs/9901.00001",
                             "--help",
                             "../../../../etc/passwd",
                             "<!-- daybook: what became of this issue -->",
                             std::string("\0\x1b[31m\xff\xe2\x80\xae", 12),
                             std::string(1024 * 1024, 'x'),
                             std::string(200 * 1024, '\n') + "+"};
  Liking liking;
  std::vector<int> numbers;
  for (const std::string& text : hostile)
    for (const std::string login : {"ada", "bob"})
      numbers.push_back(liking.open(login, text + "\n+ " + liking.first_id(), text.substr(0, 200)));
  const Played played = liking.answer(numbers.front());
  const std::string log = played.log();
  INFO(log);
  CHECK(played.result == "success");
  CHECK_FALSE(says(played.annotations(), "error: stolen"));
  CHECK(log.find("::add-mask") == std::string::npos);
  CHECK(log.find("\n##[error]") == std::string::npos);
  for (const int number : numbers) {
    const Issue issue = liking.issue(number);
    INFO(issue.creator << ' ' << issue.title.substr(0, 60));
    CHECK(issue.state_reason == (issue.creator == "ada" ? "completed" : "not_planned"));
    REQUIRE(issue.comments.size() == 1);
    CHECK(issue.comments.front().body.size() < 65536);
    const std::string answer = without_code(rendered(issue.comments.front().body));
    for (const std::string live : {"evil.example", "<img", "@someone", "other#1", "papers}}", "\x1b"})
      CHECK(answer.find(live) == std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists("/tmp/pwned"));
  CHECK(liking.owner.daily(tuesday, 0).result == "success");
  CHECK(liking.problems() == Sentences{});
}

TEST_CASE("feedback: of several issues at once the run that GitHub keeps takes all", "[rehearsal]") {
  Liking liking;
  const std::string id = liking.first_id();
  // The second comes while the first is at work, and the third takes the second's place in the queue.
  const int first = liking.open("ada", "+ " + id);
  int second = 0;
  int third = 0;
  liking.before("feedback.sh", [&] { second = liking.open("grace", "- " + id); });
  CHECK(liking.answer(first).result == "success");
  third = liking.open("ada", "forget " + id);
  CHECK(liking.answer(third).result == "success");
  for (const int number : {first, second, third}) CHECK(liking.outcome(number) == recorded);
  CHECK(liking.problems() == Sentences{});
}

// As if GitHub held no group.
TEST_CASE("feedback: two runs side by side lose no line and answer each issue once", "[rehearsal]") {
  Liking liking;
  const std::string id = liking.first_id();
  const int first = liking.open("ada", "+ " + id);
  int second = 0;
  liking.before("feedback.sh", [&] {
    CHECK(liking.answer(first).result == "success");
    second = liking.open("grace", "- " + id);
  });
  const Played played = liking.answer(first);
  INFO(played.log());
  CHECK(played.log().find("was rejected") != std::string::npos);
  CHECK(liking.outcome(first) == recorded);
  CHECK(liking.outcome(second) == recorded);
  CHECK(liking.problems() == Sentences{});
}

TEST_CASE("feedback: a like during a daily run is kept by both, whichever pushes first", "[rehearsal]") {
  for (const bool like_is_first : {true, false}) {
    INFO(like_is_first);
    Liking liking;
    const int number = liking.open("ada", "+ " + liking.first_id());
    Played inner;
    Played outer;
    if (like_is_first) {
      liking.before("keep.sh", [&] { inner = liking.answer(number); });
      outer = liking.owner.daily(tuesday, 0);
    } else {
      liking.before("feedback.sh", [&] { inner = liking.owner.daily(tuesday, 0); });
      outer = liking.answer(number);
    }
    INFO(inner.log() << "\n----- around it\n" << outer.log());
    CHECK(inner.result == "success");
    CHECK(outer.result == "success");
    CHECK(outer.log().find("The push of the archive was rejected") != std::string::npos);
    CHECK(liking.owner.status(tuesday) == "complete");
    CHECK(liking.outcome(number) == recorded);
    CHECK(liking.problems() == Sentences{});
  }
}

TEST_CASE("feedback: a machine that is lost at any moment leaves what the next run finishes, once", "[rehearsal]") {
  for (const std::string call : {"GET /collaborators", "POST /issues", "PATCH /issues"}) {
    INFO(call);
    Liking liking;
    const int number = liking.open("ada", "+ " + liking.first_id());
    liking.owner.hub.hang_on(call);
    liking.owner.runner.during_step = [&](const std::string&, const Step&, const std::string&) {
      return liking.owner.hub.hangs() ? Stop::lost : Stop::none;
    };
    CHECK(liking.answer(number).result == "failure");
    liking.owner.runner.during_step = {};
    const Played next = liking.answer_waiting();
    INFO(next.log());
    CHECK(next.result == "success");
    CHECK(liking.outcome(number) == recorded);
    CHECK(liking.problems() == Sentences{});
  }
}

TEST_CASE("feedback: a machine that is lost right after its push answers by the next run", "[rehearsal]") {
  Liking liking;
  const int number = liking.open("ada", "+ " + liking.first_id());
  liking.hook("post-receive", "mkdir once && sleep 20");
  liking.owner.runner.during_step = [&](const std::string&, const Step&, const std::string&) {
    return liking.log().empty() ? Stop::none : Stop::lost;
  };
  CHECK(liking.answer(number).result == "failure");
  liking.owner.runner.during_step = {};
  CHECK(liking.outcome(number) == "open, 0 answers, 1 lines");
  CHECK(liking.answer_waiting().result == "success");
  CHECK(liking.outcome(number) == recorded);
}

TEST_CASE("feedback: a push that is refused once is tried again, and where rules refuse it, nothing is answered",
          "[rehearsal]") {
  Liking liking;
  const int number = liking.open("ada", "+ " + liking.first_id());
  liking.hook("update", "[ \"$1\" != refs/heads/archive ] || ! mkdir once");
  const Played once = liking.answer(number);
  INFO(once.log());
  CHECK(once.result == "success");
  CHECK(once.log().find("was rejected (1 of 5)") != std::string::npos);
  CHECK(liking.outcome(number) == recorded);

  liking.hook("update", "echo GH013: no >&2; exit 1");
  const int next = liking.open("ada", "- " + liking.first_id());
  const Played refused = liking.answer(next);
  INFO(refused.log());
  CHECK(refused.result == "failure");
  CHECK(says(refused.annotations(), "error: The archive can't be pushed: remote: GH013: no"));
  CHECK(liking.outcome(next) == "open, 0 answers, 0 lines");
}

TEST_CASE("feedback: what GitHub does not do now is left to the next run, which a daily run starts", "[rehearsal]") {
  for (const std::string path : {"/issues", "/collaborators"}) {
    INFO(path);
    Liking liking;
    const int number = liking.open("ada", "+ " + liking.first_id());
    liking.owner.hub.fail_with(503, path);
    const Played failing = liking.answer(number);
    INFO(failing.log());
    CHECK(failing.result == "success");
    CHECK(says(failing.annotations(), "warning: "));
    CHECK(liking.outcome(number) == "open, 0 answers, 0 lines");
    liking.owner.hub.fail_with(0);
    CHECK(liking.owner.daily(tuesday, 0).result == "success");
    CHECK(liking.owner.hub.dispatches() == Sentences{"feedback.yml"});
    CHECK(liking.answer_waiting().result == "success");
    CHECK(liking.outcome(number) == recorded);
    CHECK(liking.owner.daily(tuesday, 1).result == "success");
    CHECK(liking.owner.hub.dispatches().size() == 1);
  }
}

TEST_CASE("feedback: a crowd of strangers does not keep the owner waiting", "[rehearsal]") {
  Liking liking;
  std::vector<int> crowd;
  for (int i = 0; i < 60; ++i) crowd.push_back(liking.open("bob", "+ 9901.00001"));
  const int number = liking.open("ada", "+ " + liking.first_id());
  CHECK(liking.answer(number).result == "success");
  CHECK(liking.outcome(number) == recorded);
  CHECK(liking.issue(crowd.back()).state == "open");
  CHECK(liking.answer_waiting().result == "success");
  for (const int one : crowd) CHECK(liking.outcome(one) == "not_planned, 1 answers, 0 lines");
}

TEST_CASE("feedback: a repository that init made takes likes too, before its first day", "[rehearsal]") {
  Owner owner(initialized_files());
  owner.hub.set_permission("ada", "admin");
  Issue issue;
  issue.body = form("+ 9901.00001");
  issue.title = "More like this";
  issue.creator = "ada";
  owner.hub.open_issue(issue);
  owner.submit(monday - 4, monday + 1, 6);
  const Played played = owner.play("feedback.yml", {"issues", new_york_time(monday - 1, 9), {}, issue.body});
  INFO(played.log());
  CHECK(played.result == "success");
  CHECK(owner.hub.issues().front().state_reason == "completed");
  const Played first = owner.daily(monday, 0);
  INFO(first.log());
  CHECK(first.result == "success");
  CHECK(owner.origin.files("archive").count("feedback.jsonl") == 1);
  CHECK(owner.problems() == Sentences{});
}

TEST_CASE("keep: lines that two runs have added to a ledger are all kept, one that was cut off too", "[rehearsal]") {
  Liking liking;
  const std::map<std::string, std::string> ledgers = {
      {"deliveries.jsonl", "{\"target\": \"x\", \"day\": \"2098-01-0%\", \"state\": \"sent\"}\n"},
      {"feedback.jsonl",
       "{\"id\": \"9901.0000%\", \"opinion\": \"like\", \"at\": \"2098-01-01T00:00:00Z\", \"issue\": 90}\n"}};
  const auto line = [&](const std::string& ledger, char number) {
    std::string text = ledgers.at(ledger);
    text[text.find('%')] = number;
    return text;
  };
  liking.before("keep.sh", [&] {
    for (const auto& [ledger, _] : ledgers) {
      put(liking.owner.runner.folder() + "/run-2/day-0/workspace/archive/" + ledger,
          line(ledger, '1') + line(ledger, '2'));
      liking.owner.origin.commit("archive", {{ledger, line(ledger, '1') + line(ledger, '3').substr(0, 20)}}, "Theirs");
    }
  });
  const Played played = liking.owner.daily(tuesday, 0);
  INFO(played.log());
  CHECK(played.result == "success");
  for (const auto& [ledger, _] : ledgers)
    CHECK(liking.owner.origin.files("archive").at(ledger) ==
          line(ledger, '1') + line(ledger, '3').substr(0, 20) + '\n' + line(ledger, '2'));
}
