#include "taste/feedback.h"
#include "store/archive.h"

#include "pipeline/fetch.h"
#include "store/library_cache.h"
#include "store/state.h"
#include "support/arxiv_server.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

// An owner's folder, and what is said about it, without the folder's name.
class Owner {
 public:
  Owner() : console_(Loudness::normal, surroundings_of(*this)) {
    options.config = folder_ / "config/daybook.toml";
    options.archive = folder_ / "archive";
    options.state = folder_ / "state";
    arxiv.seconds_between = 0;
    arxiv.retries = 0;
    arxiv.api_url = "http://127.0.0.1:1/api/query";
  }

  void has(const std::string& path, const std::string& bytes) const { put(folder_ / path, bytes); }
  std::string operator/(const std::string& path) const { return folder_ / path; }

  Feedback feedback() {
    Errors errors;
    Feedback feedback = read_feedback(world, zotero, errors);
    for (const Error& error : errors) said += describe(error);
    return feedback;
  }
  std::vector<Taste> tastes(Date on = monday) {
    RateLimitedClient client = arxiv_client(world, arxiv);
    return daybook::tastes(world, arxiv, feedback(), on, &client);
  }
  std::string heard() {
    const std::string name = folder_.path() + '/';
    for (auto at = said.find(name); at != std::string::npos; at = said.find(name)) said.erase(at, name.size());
    return std::exchange(said, {});
  }

  Options options;
  ArxivSettings arxiv;
  ZoteroSettings zotero;
  std::string said;

 private:
  static Surroundings surroundings_of(Owner& owner) {
    Surroundings where;
    where.out = where.err = [&owner](std::string_view text) { owner.said += text; };
    where.seconds = [] { return 0.0; };
    return where;
  }
  TemporaryFolder folder_;
  Console console_;

 public:
  CommandContext world{options, console_};
};

// "+9901.00001 Title: abstract" of each.
std::vector<std::string> told(const std::vector<Taste>& tastes) {
  std::vector<std::string> all;
  for (const auto& [paper, liked] : tastes)
    all.push_back((liked ? '+' : '-') + paper.id + ' ' + paper.title + ": " + paper.abstract);
  return all;
}

using Told = std::vector<std::string>;

Paper paper(const std::string& id, const std::string& title, const std::string& abstract) {
  Paper paper;
  paper.id = id;
  paper.version = 1;
  paper.title = title;
  paper.abstract = abstract;
  paper.authors = {"Ada Imagined"};
  paper.categories = {"cs.LG"};
  return paper;
}

// arXiv with these papers, all announced by Monday.
void submit(ArxivServer& arxiv, const std::vector<Paper>& papers) {
  for (const Paper& one : papers) arxiv.submit(one, new_york_time(monday - 30, 9));
  arxiv.set_today(monday);
}

}  // namespace

TEST_CASE("feedback: opinions come before the library, files by name, each paper once", "[feedback]") {
  Owner owner;
  owner.has("config/feedback.txt", "- 9901.00001\n9901.00002\n");
  owner.has("config/library/b.bib",
            "@misc{a, title={One}, abstract={Of one.}, eprint={9901.00001}}\n@misc{b, title={Three}}\n");
  owner.has("config/library/A.RIS", "TY  - JOUR\nTI  - three\nAB  - Of three.\nER  - \n");
  owner.has("config/library/more/c.bib", "@misc{c, title={Four}}");
  owner.has("config/library/.DS_Store", "x");
  CHECK(told(owner.tastes()) == Told{"-9901.00001 One: Of one.", "+ three: Of three.", "+ Four: "});
  CHECK(feedback_words(owner.feedback()) == "your taste is learned from 3 papers that you like and 1 that you don't");
}

TEST_CASE("feedback: without feedback nothing is read, asked, or said", "[feedback]") {
  Owner owner;
  CHECK(owner.tastes().empty());
  CHECK(feedback_words(owner.feedback()).empty());
  CHECK(owner.heard() == "");
  owner.has("config/feedback.txt", "# nothing yet\n");
  CHECK(owner.tastes().empty());
  CHECK(owner.heard() == "");
}

TEST_CASE("feedback: faults name their files, and files of other kinds are a warning", "[feedback]") {
  Owner owner;
  owner.has("config/feedback.txt", "nothing\n9901.00001\n");
  owner.has("config/library/mine.bib", "@misc{a, title={One}}\n@misc{b, title={Never closed}\n");
  for (const char* name : {"1.pdf", "2.pdf", "3.pdf", "files/4.pdf"})
    owner.has(std::string("config/library/") + name, "");
  CHECK(owner.feedback().papers.size() == 2);
  CHECK(
      owner.heard() ==
      "config/library: warning: neither .bib nor .ris, so not read: 1.pdf, 2.pdf, 3.pdf and 1 more\n"
      "  hint: export your library as BibTeX or RIS, and move other files elsewhere\n"
      "config/feedback.txt:1: error: \"nothing\" is not an arXiv id\n"
      "  hint: write 2401.12345 for a paper you like, - 2401.12345 for one you don't; its arxiv.org address works too\n"
      "config/library/mine.bib:2: error: the entry's braces are not closed before the file ends: it is left out\n"
      "  hint: close each { in it with a }\n");
}

TEST_CASE("feedback: of many faults a command that goes on says the first", "[feedback]") {
  Owner owner;
  Errors errors;
  for (int i = 1; i <= 7; ++i) errors.push_back({Kind::failed, {"feedback.txt", i, 0}, "a fault", ""});
  warn_of_feedback(owner.world, errors);
  CHECK(owner.heard() ==
        "feedback.txt:1: warning: a fault\nfeedback.txt:2: warning: a fault\nfeedback.txt:3: warning: a fault\n"
        "feedback.txt:4: warning: a fault\nfeedback.txt:5: warning: a fault\n"
        "warning: there are 2 more errors in your likes and dislikes\n  hint: daybook check lists them all\n");
}

TEST_CASE("feedback: texts come from the archive and from kept candidates, without a request", "[feedback]") {
  Owner owner;
  Day day;
  day.date = monday;
  day.status = Status::local;
  day.papers = {{paper("9901.00001", "Shown", "Shown."), {}, monday}};
  day.near_misses = {{paper("9901.00002", "Near", "Near."), {}, monday}};
  REQUIRE(Archive(owner.options.archive).write(day, ""));
  day.papers = {{paper("9901.00003", "Kept", "Kept."), {}, monday}};
  REQUIRE(State(owner.options.state).keep_candidates(day));
  owner.has("config/feedback.txt", "9901.00003\n- 9901.00002\n9901.00001\n");
  const auto tastes = owner.tastes();
  CHECK(told(tastes) == Told{"+9901.00003 Kept: Kept.", "-9901.00002 Near: Near.", "+9901.00001 Shown: Shown."});
  CHECK(tastes[0].paper.categories == std::vector<std::string>{"cs.LG"});
  CHECK(tastes[0].paper.version == 0);
  CHECK(owner.heard() == "");
}

TEST_CASE("feedback: what is nowhere else comes from arXiv once, and is kept", "[feedback]") {
  ArxivServer server;
  submit(server, {paper("9901.00001", "One \"quoted\"", "Of one."), paper("hep-th/9901001", "Old", "Of old.")});
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "9901.00001\n");
  owner.has("config/library/mine.bib", "@misc{a, title={Their title}, eprint={hep-th/9901001}}\n");
  const Told expected = {"+9901.00001 One \"quoted\": Of one.", "+hep-th/9901001 Old: Of old."};
  CHECK(told(owner.tastes()) == expected);
  CHECK(server.requests().size() == 1);
  CHECK(owner.heard() == "Fetching 2 papers of your library\n");
  CHECK(bytes_of(owner / "state/library.json") ==
        "{\"papers\": {\n"
        "\"9901.00001\": {\"title\":\"One \\\"quoted\\\"\",\"authors\":[\"Ada Imagined\"],\"abstract\":\"Of one.\","
        "\"categories\":[\"cs.LG\"]},\n"
        "\"hep-th/9901001\": {\"title\":\"Old\",\"authors\":[\"Ada Imagined\"],\"abstract\":\"Of old.\","
        "\"categories\":[\"cs.LG\"]}},\n"
        "\"unknown\": {}}\n");
  CHECK(told(owner.tastes(monday + 100)) == expected);
  CHECK(server.requests().size() == 1);
  CHECK(owner.heard() == "");
}

TEST_CASE("feedback: a paper unknown to arXiv is named in each run, and asked about again in thirty days",
          "[feedback]") {
  ArxivServer server;
  submit(server, {paper("9901.00001", "One", "Of one.")});
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "# mine\n9901.00099\n9901.00001\n");
  const std::string warning =
      "config/feedback.txt:2: warning: arXiv knows no paper 9901.00099\n"
      "  hint: correct or remove the id; arXiv is asked again after 2099-02-04\n";
  CHECK(told(owner.tastes()) == Told{"+9901.00001 One: Of one."});
  CHECK(owner.heard() == "Fetching 2 papers of your library\n" + warning);
  CHECK(server.requests().size() == 2);
  CHECK(owner.tastes(monday + 29).size() == 1);
  CHECK(owner.heard() == warning);
  CHECK(server.requests().size() == 2);
  submit(server, {paper("9901.00099", "Late", "Of late.")});
  CHECK(told(owner.tastes(monday + 30)) == Told{"+9901.00099 Late: Of late.", "+9901.00001 One: Of one."});
  CHECK(owner.heard() == "Fetching 1 paper of your library\n");
  CHECK(bytes_of(owner / "state/library.json").find("\"unknown\": {}}") != std::string::npos);
}

TEST_CASE("feedback: an entry of arXiv's reply that says nothing does not keep the papers beside it", "[feedback]") {
  LoopbackServer server;
  const std::string nothing = "<entry><title>\n</title><summary>\n</summary></entry>\n</feed>";
  server.answer_all([&](const Received& request) {
    const bool all = request.path.find("id_list=9901.00001,9901.00099") != std::string::npos;
    std::string body = feed_text::api_feed(
        all ? std::vector<Paper>{paper("9901.00001", "One", "Of one.")} : std::vector<Paper>{}, all ? 2 : 1);
    return Answer{.body = body.replace(body.find("</feed>"), std::string::npos, nothing)};
  });
  Owner owner;
  owner.arxiv.api_url = server.url("/api/query");
  owner.has("config/feedback.txt", "9901.00001\n9901.00099\n");
  CHECK(told(owner.tastes()) == Told{"+9901.00001 One: Of one."});
  CHECK(owner.heard().find("arXiv knows no paper 9901.00099") != std::string::npos);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("feedback: one id that arXiv refuses does not keep the others from being fetched", "[feedback]") {
  LoopbackServer server;
  server.answer_all([&](const Received& request) {
    if (request.path.find("9901.00099") != std::string::npos)
      return Answer{.status = 200, .body = feed_text::api_error("incorrect id format")};
    return Answer{.body = feed_text::api_feed({paper("9901.00001", "One", "Of one.")})};
  });
  Owner owner;
  owner.arxiv.api_url = server.url("/api/query");
  owner.has("config/feedback.txt", "9901.00001\n9901.00099\n");
  CHECK(told(owner.tastes()) == Told{"+9901.00001 One: Of one."});
  CHECK(owner.heard().find("arXiv knows no paper 9901.00099") != std::string::npos);
}

TEST_CASE("feedback: an API that suddenly knows nothing is not believed", "[feedback]") {
  ArxivServer server;
  server.set_today(monday);
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "9901.00001\n9901.00002\n9901.00003\n9901.00004\n");
  CHECK(owner.tastes().empty());
  CHECK(owner.heard() == "Fetching 4 papers of your library\n" + server.api_url() +
                             ": warning: arXiv's API knows none of 4 papers of your library\n"
                             "  hint: no action needed: later runs ask again for the missing papers of your library\n");
  CHECK(bytes_of(owner / "state/library.json") == "");
}

TEST_CASE("feedback: an API that is down is a warning, and the library's titles count meanwhile", "[feedback]") {
  ArxivServer server;
  server.fail_always(ArxivPart::api, ArxivFault::unavailable);
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "9901.00001\n");
  owner.has("config/library/mine.bib", "@misc{a, title={Old}, eprint={9901.00002}}\n@misc{b, title={Whole}}\n");
  CHECK(told(owner.tastes()) == Told{"+9901.00002 Old: ", "+ Whole: "});
  const std::string heard = owner.heard();
  CHECK(heard.find(": warning: ") != std::string::npos);
  CHECK(heard.find("  hint: no action needed: later runs ask again for the missing papers of your library\n") !=
        std::string::npos);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("feedback: a run asks for five hundred papers, and the next for the others", "[feedback]") {
  ArxivServer server;
  std::vector<Paper> papers;
  std::string ids;
  for (int i = 1; i <= 501; ++i) {
    Paper one = feed_text::invented_paper(i);
    ids += one.id + '\n';
    papers.push_back(std::move(one));
  }
  submit(server, papers);
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", ids);
  CHECK(owner.tastes().size() == 500);
  CHECK(owner.heard() == "Fetching 500 papers of your library\nthe next runs fetch the other 1\n");
  CHECK(server.requests().size() == 5);
  CHECK(owner.tastes().size() == 501);
  CHECK(server.requests().size() == 6);
}

TEST_CASE("feedback: with feeds from files, and on a dry run, nobody is asked", "[feedback]") {
  ArxivServer server;
  submit(server, {paper("9901.00001", "One", "Of one.")});
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "9901.00001\n");
  owner.options.feeds = {"feed.xml"};
  CHECK(owner.tastes().empty());
  owner.options.feeds.clear();
  owner.options.dry_run = true;
  CHECK(owner.tastes().empty());
  owner.options.dry_run = false;
  CHECK(daybook::tastes(owner.world, owner.arxiv, owner.feedback(), monday, nullptr).empty());
  CHECK(server.requests().empty());
  CHECK(owner.heard() == "");
}

TEST_CASE("feedback: a damaged cache is a warning and made anew, odd entries in it are passed over", "[feedback]") {
  ArxivServer server;
  submit(server, {paper("9901.00001", "One", "Of one.")});
  Owner owner;
  owner.arxiv.api_url = server.api_url();
  owner.has("config/feedback.txt", "9901.00001\n");
  owner.has("state/library.json", "{\"papers\": {\"9901.00001\": {\"title\": \"Cut o");
  CHECK(told(owner.tastes()) == Told{"+9901.00001 One: Of one."});
  CHECK(owner.heard() ==
        "state/library.json:1:43: warning: this is not valid JSON: Missing a closing quotation mark in string.\n"
        "  hint: no action needed: it is rebuilt from arXiv's data\nFetching 1 paper of your library\n");
  for (const char* odd :
       {"[]", "{\"papers\": 1, \"unknown\": []}", "null",
        "{\"papers\": {\"x\": {\"title\": \"X\"}, \"9901.00001\": {\"title\": 1}, \"9901.00002\": []}, "
        "\"unknown\": {\"x\": \"2099-01-05\", \"9901.00003\": \"never\", \"9901.00004\": 1}}"}) {
    INFO(odd);
    owner.has("state/library.json", odd);
    CHECK(*read_library_cache(owner.world.options.state) == LibraryCache{});
    CHECK(owner.heard() == "");
  }
}

TEST_CASE("feedback: a library with notes and files is warned of, for its owner may publish it", "[feedback]") {
  Owner owner;
  owner.has("config/library/clean.bib", "@misc{a, title={One}}\n");
  owner.has("config/library/mine.bib", "@misc{a, title={One},\nnote={Private}}\n");
  owner.has("config/library/mine.ris", "TY  - JOUR\nTI  - Two\nN1  - Private\nL1  - files/1.pdf\nER  - \n");
  owner.has("config/library/notes.txt", "note = {Private}");
  for (const Error& warning : warnings_of_libraries(owner.world)) owner.said += describe(warning, "warning");
  CHECK(owner.heard() ==
        "config/library/mine.bib:2: warning: 1 field has notes or the paths of files (note, annote, comment, file and "
        "the like), which a public "
        "repository publishes\n"
        "  hint: export without \"Export Notes\" and \"Export Files\", and remove what is left of them\n"
        "config/library/mine.ris:3: warning: 2 fields have notes or the paths of files (N1, RN, L1 to L4), which a "
        "public "
        "repository publishes\n"
        "  hint: export without \"Export Notes\" and \"Export Files\", and remove what is left of them\n");
}

TEST_CASE("feedback: daybook check says what is wrong with the owner's papers, and how many it learns from",
          "[feedback]") {
  const TemporaryFolder folder;
  put(folder / "config/daybook.toml",
      "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n"
      "[[topic]]\nname = \"A\"\nkeep = \"a\"\n");
  const auto check = [&] {
    Program program({"check", "--config", folder / "config/daybook.toml", "--archive", folder / "archive"}, {},
                    folder / "output");
    const int code = program.wait();
    return std::to_string(code) + '\n' + program.output();
  };
  put(folder / "config/feedback.txt", "9901.00001\n- 9901.00002\n");
  CHECK(check() ==
        "0\nsettings, templates and the archive's 0 days are in order\n"
        "your taste is learned from 1 paper that you like and 1 that you don't\n"
        "papers are scored locally, without an LLM\n");
  put(folder / "config/library/mine.ris", "no RIS\n");
  CHECK(check() == "1\n" + (folder / "config/library/mine.ris") +
                       ": error: this file has no RIS record; it begins with \"no RIS\"\n"
                       "  hint: export the library as RIS again\n");
}

TEST_CASE("feedback: daybook check names the Zotero library, and what the last run read of it", "[feedback]") {
  const TemporaryFolder folder;
  put(folder / "config/daybook.toml",
      "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n[zotero]\ngroup = 88\n"
      "[[topic]]\nname = \"A\"\nkeep = \"a\"\n");
  const auto check = [&] {
    Program program({"check", "--config", folder / "config/daybook.toml", "--archive", folder / "archive", "--state",
                     folder / "state"},
                    {}, folder / "output");
    CHECK(program.wait() == 0);
    return program.output();
  };
  CHECK(check().find("\nthe Zotero library of group 88 counts as liked: no run has read it yet\n") !=
        std::string::npos);
  put(folder / "state/zotero.json",
      R"({"library":"groups/88","collections":[],"version":1,"papers":[{"id":"9901.00001","title":"","abstract":""}]})");
  CHECK(check().find("\nyour taste is learned from 1 paper that you like and 0 that you don't\n"
                     "the Zotero library of group 88 counts as liked: 1 paper when it was last read\n") !=
        std::string::npos);
}
