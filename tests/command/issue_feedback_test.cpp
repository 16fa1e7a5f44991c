// daybook feedback, as a process, on an owner's folder with days that daybook run has recorded.
#include <filesystem>

#include "core/json_writer.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

class IssueOwner {
 public:
  IssueOwner() {
    put(folder_ / "config/daybook.toml",
        "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n"
        "[select]\nrelevance = 3\nat_most = 6\n"
        "[[topic]]\nname = \"Bees & <Hives>\"\nkeep = \"bees\"\nkeywords = [\"hive\", \"honey\"]\n"
        "[[topic]]\nname = \"Ants\"\nkeep = \"ants\"\nkeywords = [\"colony\", \"pheromone\"]\n");
  }

  // Twelve papers on bees, twelve on ants, and as many on stones.
  void record(Date day) {
    std::vector<Paper> papers;
    for (int i = 0; i < 36; ++i) {
      Paper paper = feed_text::invented_paper((day - monday.days()).days() * 100 + i + 1);
      const std::string number = std::to_string(i);
      paper.title = (i % 3 == 0 ? "A hive @octocat " : i % 3 == 1 ? "A colony " : "A stone ") + number;
      paper.abstract = i % 3 == 0   ? "Bees bring honey to the hive, by waggling and dancing."
                       : i % 3 == 1 ? "Ants follow a pheromone to the colony, by smell and memory."
                                    : "Stones are heavy.";
      papers.push_back(paper);
    }
    put(folder_ / "feed.xml", feed_text::rss_feed("cs.LG", day, papers));
    REQUIRE(daybook("run", {"--feed", folder_ / "feed.xml", "-q"}) == 0);
  }

  // The outcome's word.
  std::string take(const std::string& body, int number = 12, const std::vector<std::string>& options = {}) {
    JsonWriter text;
    text.value(body);
    return take_json(R"({"title": "$(id) {{x}} @all", "created_at": "2099-01-05T06:02:11Z", "user": {"login": "ada"},)"
                     R"("number": )" +
                         std::to_string(number) + R"(, "body": )" + text.text() + '}',
                     options);
  }

  std::string take_json(const std::string& json, std::vector<std::string> options = {}) {
    put(folder_ / "issue.json", json);
    options.insert(options.end(), {"--issue", folder_ / "issue.json", "--answer", folder_ / "answer.md"});
    const int code = daybook("feedback", options);
    if (code != 0) return "exit " + std::to_string(code);
    const std::string last = output.substr(output.rfind('\n', output.size() - 2) + 1);
    return last.substr(0, last.find(':'));
  }

  int daybook(const std::string& command, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {command, "--config", folder_ / "config/daybook.toml", "--archive", folder_ / "archive", "--state",
                      folder_ / "state", "--out", folder_ / "public"});
    Program program(arguments, {{"DAYBOOK_NOW", "2099-01-07T12:00:00Z"}}, folder_ / "output");
    const int code = program.wait();
    output = program.output();
    return code;
  }

  std::string answer() const { return bytes_of(folder_ / "answer.md"); }
  std::string log() const { return bytes_of(folder_ / "archive/feedback.jsonl"); }
  std::string operator/(const std::string& path) const { return folder_ / path; }

  std::string output;

 private:
  TemporaryFolder folder_;
};

// Without what stands as code.
std::string outside_code(const std::string& markdown) {
  std::string out;
  bool inside = false;
  for (const char c : markdown) {
    if (c == '`') inside = !inside;
    if (!inside) out += c;
  }
  CHECK_FALSE(inside);
  return out;
}

std::size_t times_in(const std::string& text, const std::string& words) {
  std::size_t times = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++times;
  return times;
}

std::size_t lines_in(const std::string& text) { return times_in(text, "\n"); }

}  // namespace

TEST_CASE("issues: opinions are recorded once, answered alike, and taken back", "[feedback]") {
  IssueOwner owner;
  CHECK(owner.take("### Papers\n\n+ 9901.00002\n- 9901.00001\n") == "recorded");
  const std::string answer = owner.answer();
  const std::string log = R"({"id": "9901.00002", "opinion": "like", "at": "2099-01-05T06:02:11Z", "issue": 12})"
                          "\n"
                          R"({"id": "9901.00001", "opinion": "dislike", "at": "2099-01-05T06:02:11Z", "issue": 12})"
                          "\n";
  CHECK(owner.log() == log);
  CHECK(
      answer ==
      "**2 papers noted:** 1 liked, 1 not for you.\n\n"
      "- liked: [9901.00002](https://arxiv.org/abs/9901.00002) (not in this archive: the next run asks arXiv for it)\n"
      "- not for you: [9901.00001](https://arxiv.org/abs/9901.00001) (not in this archive: the next run asks arXiv for "
      "it)\n\n"
      "It counts from the next run on.\n\n");
  CHECK(owner.take("### Papers\n\n+ 9901.00002\n- 9901.00001\n") == "already-recorded");
  CHECK(owner.log() == log);
  CHECK(owner.answer() == answer);
  // A machine that is lost in a write leaves a part of it.
  put(owner / "archive/feedback.jsonl", log.substr(0, log.size() - 30));
  CHECK(owner.take("### Papers\n\n+ 9901.00002\n- 9901.00001\n") == "recorded");
  CHECK(owner.answer() == answer);
  CHECK(owner.take("### Papers\n\nforget 9901.00001\n", 13) == "recorded");
  REQUIRE(owner.daybook("check", {}) == 0);
  CHECK(owner.output.find("your taste is learned from 1 paper that you like and 0 that you don't\n") !=
        std::string::npos);
}

TEST_CASE("issues: one that is edited counts anew, and after others that came between", "[feedback]") {
  IssueOwner owner;
  owner.record(monday);
  CHECK(owner.take("### Papers\n\n+ 9901.00001\n", 60) == "recorded");
  CHECK(owner.take("### Papers\n\nforget 9901.00001\n", 61) == "recorded");
  CHECK(owner.answer().find("- taken back: [A hive @octocat 0]") != std::string::npos);
  CHECK(owner.take("### Papers\n\n- 9901.00001\n", 60) == "recorded");
  CHECK(owner.log().ends_with(R"("opinion": "dislike", "at": "2099-01-07T12:00:00Z", "issue": 60})"
                              "\n"));
  CHECK(owner.take("### Papers\n\n- 9901.00001\n", 60) == "already-recorded");
  CHECK(owner.take("### Papers\n\n+ 9901.00001\n", 60) == "recorded");
}

TEST_CASE("issues: the answer says what changes in the last days, and what the owner's file decides", "[feedback]") {
  IssueOwner owner;
  owner.record(monday);
  owner.record(monday + 1);
  put(owner / "config/feedback.txt", "9901.00002\n");
  std::string likes;
  for (int i = 1; i <= 36; i += 3) likes += "+ 9901." + std::to_string(100000 + i).substr(1) + '\n';
  CHECK(owner.take("### Papers\n\n" + likes + "- 9901.00002\n- 9901.00005\n+ 9901.09999") == "recorded");
  const std::string answer = owner.answer();
  INFO(answer);
  CHECK(answer.starts_with("**15 papers noted:** 13 liked, 2 not for you.\n\n"));
  CHECK(answer.find("- liked: [A hive @octocat 0](https://arxiv.org/abs/9901.00001)\n") != std::string::npos);
  CHECK(answer.find("(but your `config/feedback.txt` has it as liked, and the file wins)\n") != std::string::npos);
  CHECK(answer.find("9901.09999) (not in this archive") != std::string::npos);
  CHECK(
      answer.find("The next day's order: **Bees & \\<Hives>** up; **Ants** down.\n\nWith it, the last 2 days would ") !=
      std::string::npos);
  CHECK(answer.find(" would also have shown:\n\n- [A hive ") != std::string::npos);
  CHECK(answer.find("And no longer:\n\n") != std::string::npos);
  // What a run makes of it: the next day's order.
  owner.record(monday + 2);
  const std::string page = bytes_of(owner / "archive/2099/2099-01-07.md");
  const std::string contents = page.substr(0, page.find("\n---\n"));
  INFO(contents);
  CHECK(times_in(contents, ". [A hive ") > times_in(contents, ". [A colony "));
}

TEST_CASE("issues: of strangers, and of other forms, nothing is recorded", "[feedback]") {
  IssueOwner owner;
  put(owner / "permission.json", R"({"permission": "read", "role_name": "read", "user": {"login": "ada"}})");
  const std::vector<std::string> read_only = {"--permission", owner / "permission.json"};
  CHECK(owner.take("### Papers\n\n+ 9901.00001\n", 12, read_only) == "stranger");
  CHECK(owner.answer().starts_with("Thank you"));
  CHECK(owner.take("### Papers\n\nnothing\n") == "nothing-to-record");
  CHECK(owner.take("It broke.\n+ 9901.00001\n") == "not-feedback");
  CHECK_FALSE(std::filesystem::exists(owner / "answer.md"));
  put(owner / "permission.json", R"({"message": "Bad credentials"})");
  CHECK(owner.take("### Papers\n\n+ 9901.00001\n", 12, read_only) == "exit 1");
  CHECK(owner.take_json("{\"number\": 1, \"body\": \"### Papers\\n\xFF\"}") == "exit 1");
  CHECK(owner.take("### Papers\n\n" + std::string(3U << 20U, 'x')) == "exit 1");
  CHECK_FALSE(std::filesystem::exists(owner / "answer.md"));
  CHECK(owner.log().empty());
}

TEST_CASE("issues: a hostile text stays text", "[feedback]") {
  IssueOwner owner;
  const std::string hostile =
      "$(touch pwned) `touch pwned` ; touch pwned\n![x](https://evil.example/x.png) [a](javascript:b)\n"
      "{{{title}}} {{#papers}} ${{ github.token }}\n@octocat @org/team\n<img src=x onerror=alert(1)> <!-- -->\n"
      "#12\norg/repo#3\nGH-7\n\xE2\x80\xAE"
      "9901.00009\n| a | b |\n::error::x\n../../etc/passwd\n\\`*_~~x~~\n";
  CHECK(owner.take("### Papers\n\n" + hostile + "+ 9901.00001\n") == "recorded");
  CHECK(lines_in(owner.log()) == 1);
  const std::string plain = outside_code(owner.answer());
  INFO(owner.answer());
  for (const char* mark : {"@", "{", "<", "![", "$", "javascript", "#", "evil", "pwned", "\xE2\x80\xAE", "::"})
    CHECK(plain.find(mark) == std::string::npos);
  CHECK_FALSE(std::filesystem::exists("pwned"));

  CHECK(owner.take("### Papers\n\n" + std::string(1U << 20U, 'x') + "\n+ 9901.00002\n", 13) == "recorded");
  CHECK(owner.answer().size() < 2000);
  std::string many = "### Papers\n";
  for (int i = 0; i < 100000; ++i) many += "@a\n";
  CHECK(owner.take(many + "+ 9901.00003", 14) == "recorded");
  CHECK(owner.answer().find("- and 99990 more lines\n") != std::string::npos);
  CHECK(owner.take(std::string("### Papers\n+ 9901.0000\0004\n+ 9901.00005\0\n- 9901.00006", 51), 15) == "recorded");
  CHECK(lines_in(owner.log()) == 4);
  CHECK(owner.take_json(R"({"number": 16, "body": "### Papers\n\ud800\n+ 9901.00007"})") == "exit 1");

  CHECK(owner.take("### Papers\n9901.00008\n- 9901.00008\n", 17) == "nothing-to-record");
  CHECK(owner.answer().find("9901.00008 is disliked here and liked in line") != std::string::npos);
  std::string ids = "### Papers\n";
  for (int i = 0; i < 201; ++i) ids += "9901." + std::to_string(10000 + i) + '\n';
  CHECK(owner.take(ids, 18) == "recorded");
  CHECK(lines_in(owner.log()) == 204);
  CHECK(owner.answer().find("put them into another one: 9901.10200\n") != std::string::npos);
  CHECK(owner.answer().size() < 65536);
}
