// daybook replay, as a process, over an invented month.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>
#include <tuple>

#include "core/date.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date first_day = *Date::from_parts(2099, 1, 5);

// Numbers that look random and are the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::size_t below(std::size_t count) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DU) >> 33U) % count;
  }

 private:
  std::uint64_t state_;
};

// What an LLM would want is told by bees' words, of which the owner's topic names some, and by words that go with them.
std::string sentence(Dice& dice, bool wanted) {
  static const std::vector<std::string> of_bees = {"hive", "honey", "pollen", "nectar", "swarm", "comb", "waggle"};
  static const std::vector<std::string> of_all = {"stone",  "gravel", "river", "bridge", "tower", "harbour", "lantern",
                                                  "window", "ladder", "wheel", "rope",   "anvil", "kettle",  "barrel"};
  std::string text;
  for (int i = 0; i < 12; ++i) {
    const bool bees = dice.below(10) < (wanted ? 4U : 1U) && (wanted || dice.below(3) == 0);
    const auto& words = bees ? of_bees : of_all;
    text += (i == 0 ? "" : " ") + words[dice.below(words.size())];
  }
  return text;
}

std::string id_of(int day, int number) {
  char text[32];
  std::snprintf(text, sizeof text, "9901.%02d%03d", day + 30, number);
  return text;
}

using ModelOn = std::function<std::string(int)>;
std::string same_model(int) { return "model-1"; }

// A line a paper: 60 papers a day, of which the LLM selected 15.
std::vector<std::string> month(int days = 30, int from = 0, const ModelOn& model_on = same_model) {
  std::vector<std::string> lines;
  for (int day = from; day < from + days; ++day) {
    Dice dice(static_cast<std::uint64_t>(day) + 1);
    for (int number = 1; number <= 60; ++number) {
      const bool selected = number % 4 == 1;
      const std::string relevance = selected ? ", \"relevance\": " + std::to_string(7 + number % 3) : "";
      lines.push_back(R"({"date": ")" + (first_day + day).iso() + R"(", "id": ")" + id_of(day, number) +
                      R"(", "title": ")" + sentence(dice, selected) +
                      R"(", "authors": ["Ada Imagined"], "abstract": ")" + sentence(dice, selected) + ". " +
                      sentence(dice, selected) + R"(.", "categories": ["cs.LG"], "selected": )" +
                      (selected ? "true" : "false") + relevance + R"(, "model": ")" + model_on(day) + "\"}\n");
    }
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

struct Told {
  std::string date, id, score;
  bool sent = false;
};

std::vector<Told> told(const std::string& scores) {
  std::vector<Told> all;
  std::istringstream lines(scores);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    Told one;
    std::string sent;
    std::getline(fields, one.date, '\t');
    std::getline(fields, one.id, '\t');
    std::getline(fields, one.score, '\t');
    std::getline(fields, sent);
    REQUIRE((sent == "0" || sent == "1"));
    one.sent = sent == "1";
    all.push_back(one);
  }
  return all;
}

// How many papers of a day were not sent.
int kept_back(const std::string& scores, int day) {
  int count = 0;
  for (const Told& one : told(scores)) count += one.date == (first_day + day).iso() && !one.sent ? 1 : 0;
  return count;
}
int kept_back(const std::string& scores) {
  int count = 0;
  for (const Told& one : told(scores)) count += one.sent ? 0 : 1;
  return count;
}

// Whether the LLM had selected it, by what month() says.
bool was_selected(const Told& one) { return std::atoi(one.id.substr(7).c_str()) % 4 == 1; }

class ReplayOwner {
 public:
  ReplayOwner() {
    put(folder_ / "config/daybook.toml",
        "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n[select]\nrelevance = 7\n"
        "[[topic]]\nname = \"Bees\"\nkeep = \"bees\"\nkeywords = [\"hive\", \"honey\", \"pollen\"]\n");
  }

  // The exit code, and what was said, with the folder's name taken out.
  std::pair<int, std::string> run(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"replay", "-q", "--config", folder_ / "config/daybook.toml"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    Program program(arguments, {}, folder_ / "output");
    const int code = program.wait();
    std::string output = program.output();
    const std::string name = folder_.path() + '/';
    for (auto at = output.find(name); at != std::string::npos; at = output.find(name)) output.erase(at, name.size());
    return {code, output};
  }

  // The scores of papers, with these options more.
  std::string replay(const std::string& papers, const std::vector<std::string>& more = {}) {
    put(folder_ / "papers.jsonl", papers);
    return replay_file("papers.jsonl", more);
  }
  std::string replay_file(const std::string& name, const std::vector<std::string>& more = {}) {
    std::vector<std::string> options = {folder_ / name, "--scores", folder_ / "scores.tsv"};
    options.insert(options.end(), more.begin(), more.end());
    const auto [code, output] = run(options);
    CHECK(output.empty());
    REQUIRE(code == 0);
    return bytes_of(folder_ / "scores.tsv");
  }

  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
};

const std::string hint = "\n  hint: correct or remove that line\n";

}  // namespace

TEST_CASE("replay: each paper is listed with date, id, score and whether sent, the first day by topic text",
          "[replay]") {
  ReplayOwner owner;
  const std::string scores = owner.replay(joined(month(2)));
  CHECK(scores.substr(0, 5 * 31) ==
        "2099-01-05\t9901.30001\t0.8019\t1\n"
        "2099-01-05\t9901.30002\t0.1030\t1\n"
        "2099-01-05\t9901.30003\t0.1016\t1\n"
        "2099-01-05\t9901.30004\t0.0955\t1\n"
        "2099-01-05\t9901.30005\t0.7206\t1\n");
  CHECK(std::count(scores.begin(), scores.end(), '\n') == 120);
  const auto all = told(scores);
  REQUIRE(all.size() == 120);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].date == (first_day + static_cast<int>(i / 60)).iso());
    CHECK(all[i].id == id_of(static_cast<int>(i / 60), static_cast<int>(i % 60) + 1));
    CHECK(all[i].score.size() == 6);
    CHECK(all[i].sent);
  }
}

TEST_CASE("replay: with each day's labels, what the LLM would turn down is kept from it once there are enough",
          "[replay]") {
  ReplayOwner owner;
  const std::string scores = owner.replay(joined(month()), {"--labels", "all"});
  for (int day = 0; day < 7; ++day) CHECK(kept_back(scores, day) == 0);
  CHECK(kept_back(scores, 7) > 6);  // from then on there are a hundred selected papers, and nothing was edited
  CHECK(kept_back(scores, 29) > 20);
  int selected = 0, selected_sent = 0;
  for (const Told& one : told(scores)) {
    selected += was_selected(one) ? 1 : 0;
    selected_sent += was_selected(one) && one.sent ? 1 : 0;
  }
  CHECK(selected == 450);
  CHECK(selected_sent > 420);
}

TEST_CASE("replay: without labels everything is sent, whatever there was to warm up with", "[replay]") {
  ReplayOwner owner;
  put(owner / "before.jsonl", joined(month(10, -15)));
  const std::string papers = joined(month());
  const std::string scores = owner.replay(papers, {"--labels", "none"});
  CHECK(kept_back(scores) == 0);
  const std::string warmed = owner.replay(papers, {"--labels", "none", "--warmup", owner / "before.jsonl"});
  CHECK(kept_back(warmed) == 0);
  CHECK(warmed != scores);  // more papers without labels to learn words from
  // None of the labels was looked at.
  std::string turned = papers;
  for (auto at = turned.find("true"); at != std::string::npos; at = turned.find("true")) turned.replace(at, 4, "false");
  CHECK(owner.replay(turned, {"--labels", "none"}) == scores);
}

TEST_CASE("replay: of labels only those of papers that were sent are seen, unless it is said otherwise", "[replay]") {
  ReplayOwner owner;
  const std::string papers = joined(month());
  const std::string sent = owner.replay(papers, {"--labels", "sent"});
  CHECK(owner.replay(papers) == sent);
  CHECK(kept_back(sent) > 100);
  const std::string all = owner.replay(papers, {"--labels", "all"});
  // Until a paper is kept back, both see the same.
  CHECK(sent.substr(0, sent.find("\t0\n")) == all.substr(0, sent.find("\t0\n")));
  CHECK(sent != all);
  // A discarded paper's label is never seen.
  std::string turned = papers;
  for (const Told& one : told(sent)) {
    if (one.sent) continue;
    const auto line = turned.find('"' + one.id + '"');
    const auto at = turned.find("\"selected\": ", line) + 12;
    if (turned.compare(at, 5, "false") == 0) turned.replace(at, 5, "true");
  }
  REQUIRE(turned != papers);
  CHECK(owner.replay(turned, {"--labels", "sent"}) == sent);
}

TEST_CASE("replay: a day's scores are told before its labels are seen", "[replay]") {
  ReplayOwner owner;
  std::vector<std::string> lines = month(12);
  const std::string scores = owner.replay(joined(lines), {"--labels", "all"});
  for (std::size_t i = 11 * 60; i < lines.size(); ++i) {
    const auto at = lines[i].find("\"selected\": false");
    if (at != std::string::npos) lines[i].replace(at, 17, "\"selected\": true");
  }
  CHECK(owner.replay(joined(lines), {"--labels", "all"}) == scores);
}

TEST_CASE("replay: the order of a labelled file makes no difference, nor does a second run", "[replay]") {
  ReplayOwner owner;
  std::vector<std::string> lines = month(15);
  const std::string scores = owner.replay(joined(lines));
  CHECK(owner.replay(joined(lines)) == scores);
  CHECK(owner.replay(joined(lines), {"--jobs", "1"}) == scores);
  std::reverse(lines.begin(), lines.end());
  CHECK(owner.replay(joined(lines)) == scores);
}

TEST_CASE("replay: days to warm up with are learned from first, from several files in any order", "[replay]") {
  ReplayOwner owner;
  put(owner / "first.jsonl", joined(month(10, -20)));
  put(owner / "second.jsonl", joined(month(10, -10)));
  const std::string papers = joined(month(3));
  const std::string warmed =
      owner.replay(papers, {"--warmup", owner / "first.jsonl", "--warmup", owner / "second.jsonl"});
  CHECK(std::count(warmed.begin(), warmed.end(), '\n') == 180);
  CHECK(kept_back(warmed, 0) > 10);  // on the first day already
  CHECK(owner.replay(papers, {"--warmup", owner / "second.jsonl", "--warmup", owner / "first.jsonl"}) == warmed);
  put(owner / "both.jsonl", joined(month(20, -20)));
  CHECK(owner.replay(papers, {"--warmup", owner / "both.jsonl"}) == warmed);
  CHECK(owner.replay(papers, {"--warmup", owner / "second.jsonl"}) != warmed);
}

TEST_CASE("replay: after a change of the LLM's model everything is sent for seven days", "[replay]") {
  ReplayOwner owner;
  const std::string same = owner.replay(joined(month()));
  const std::string changed =
      owner.replay(joined(month(30, 0, [](int day) { return day < 15 ? "model-1" : "model-2"; })));
  CHECK(same.substr(0, same.find((first_day + 15).iso())) == changed.substr(0, changed.find((first_day + 15).iso())));
  for (int day = 15; day < 22; ++day) {
    INFO(day);
    CHECK(kept_back(same, day) > 0);
    CHECK(kept_back(changed, day) == 0);
  }
  CHECK(kept_back(changed, 22) > 0);
}

TEST_CASE("replay: labelled papers may be packed by gzip", "[replay]") {
  ReplayOwner owner;
  const std::string papers = joined(month(9));
  const std::string scores = owner.replay(papers, {"--labels", "all"});
  put(owner / "before.jsonl", joined(month(9, -9)));
  const std::string warmed = owner.replay(papers, {"--labels", "all", "--warmup", owner / "before.jsonl"});
  REQUIRE(std::system(("gzip -f '" + owner / "papers.jsonl" + "' '" + owner / "before.jsonl" + "'").c_str()) == 0);
  CHECK(owner.replay_file("papers.jsonl.gz", {"--labels", "all"}) == scores);
  CHECK(owner.replay_file("papers.jsonl.gz", {"--labels", "all", "--warmup", owner / "before.jsonl.gz"}) == warmed);
}

TEST_CASE("replay: a labelled file that is missing, damaged or empty is an error, and no scores are written",
          "[replay]") {
  ReplayOwner owner;
  put(owner / "good.jsonl", joined(month(1)));
  put(owner / "scores.tsv", "of an earlier run");
  const auto fails = [&](const std::string& papers, const std::vector<std::string>& more = {}) {
    std::vector<std::string> options = {owner / papers, "--scores", owner / "scores.tsv"};
    options.insert(options.end(), more.begin(), more.end());
    const auto [code, output] = owner.run(options);
    CHECK(code == 1);
    CHECK(bytes_of(owner / "scores.tsv") == "of an earlier run");
    return output;
  };
  const std::string missing =
      "none.jsonl: error: cannot read: no such file or directory\n  hint: check the path, or create what it names\n";
  CHECK(fails("none.jsonl") == missing);
  CHECK(fails("good.jsonl", {"--warmup", owner / "none.jsonl"}) == missing);
  put(owner / "damaged.jsonl", month(1)[0] + "{\"date\": \"2099-01-05\"\n" + month(1)[1] + "[]\n");
  const std::string damaged =
      "damaged.jsonl:2:22: error: this is not valid JSON: Missing a comma or '}' after an object member." + hint +
      "damaged.jsonl:4:1: error: this is not an object" + hint;
  CHECK(fails("damaged.jsonl") == damaged);
  CHECK(fails("good.jsonl", {"--warmup", owner / "damaged.jsonl"}) == damaged);
  put(owner / "empty.jsonl", "\n");
  CHECK(fails("empty.jsonl") ==
        "empty.jsonl: error: there is no paper in it\n  hint: name a file of labelled papers\n");
  put(owner / "cut.jsonl.gz", "\x1F\x8B\x08");
  CHECK(fails("cut.jsonl.gz") ==
        "cut.jsonl.gz: error: cannot read: it breaks off\n  hint: fetch the file again, and compare its checksum\n");
}

TEST_CASE("replay: scores that cannot be written are an error", "[replay]") {
  ReplayOwner owner;
  put(owner / "good.jsonl", joined(month(1)));
  put(owner / "file", "no folder");
  auto [code, output] = owner.run({owner / "good.jsonl", "--scores", owner / "file/scores.tsv"});
  CHECK(code == 1);
  CHECK(output ==
        "file/scores.tsv: error: cannot write: not a directory\n  hint: part of the path is a file, not a folder; "
        "check the path\n");
  std::tie(code, output) = owner.run({owner / "good.jsonl", "--scores", owner / "config"});
  CHECK(code == 1);
  CHECK(output == "config: error: cannot write: is a directory\n  hint: this is a folder; name a file\n");
}
