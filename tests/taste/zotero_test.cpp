// The owner's Zotero library, asked for over HTTP and kept. The server counts papers as the API documents it.
#include "taste/zotero.h"

#include <algorithm>

#include "support/catch.h"
#include "support/folder.h"
#include "support/loopback_server.h"
#include "taste/feedback.h"

using namespace daybook;

namespace {

constexpr const char* the_key = "invented-zotero-key-9876";

// "key": the item's number, padded.
std::string item(int number, const std::string& more = "") {
  const std::string digits = std::to_string(10'000'000 + number);
  return R"({"key": ")" + digits + R"(", "version": 5, "meta": {}, "data": {"itemType": "preprint", "title": "Title )" +
         std::to_string(number) + R"(", "abstractNote": "Abstract.")" + more + "}}";
}

std::string items(int from, int to) {
  std::string all;
  for (int i = from; i < to; ++i) all += (all.empty() ? "" : ",") + item(i);
  return '[' + all + ']';
}

int number_behind(const std::string& text, const std::string& name) {
  const auto at = text.find(name);
  return at == std::string::npos ? 0 : std::stoi(text.substr(at + name.size()));
}

// The text, where the part is not in it; else nothing.
std::string lacks(const std::string& text, const std::string& part) {
  return text.find(part) == std::string::npos ? text : std::string();
}

// A library of so many papers, as Zotero's server has it.
struct Zotero {
  LoopbackServer server;
  int papers = 250;
  int version = 7;
  int moves = 0;         // how often the library still changes behind a page
  std::string key = "";  // that is needed
  Answer before = {};    // for so many requests
  int times_before = 0;

  Zotero() {
    server.answer_all([this](const Received& request) { return answer(request); });
  }
  Answer answer(const Received& request) {
    if (times_before-- > 0) return before;
    if (request.header("Zotero-API-Key") != key) return {.status = 403, .body = "Forbidden"};
    if (request.path.rfind("/users/77/", 0) != 0) return {.status = 404, .body = "Not found"};
    if (request.header("If-Modified-Since-Version") == std::to_string(version)) return {.status = 304};
    const int start = number_behind(request.path, "start=");
    Answer page{.headers = {{"Last-Modified-Version", std::to_string(version)}}};
    if (request.path.find("/collections?") != std::string::npos) {
      page.headers.emplace_back("Total-Results", "3");
      page.body = R"([{"key": "PAPERS23", "data": {"name": "Papers", "parentCollection": false}},
                      {"key": "SPARSE23", "data": {"name": "Sparse", "parentCollection": "PAPERS23"}},
                      {"key": "THESIS23", "data": {"name": "Thesis", "parentCollection": false}}])";
    } else if (request.path.find("/collections/SPARSE23/") != std::string::npos) {
      page.headers.emplace_back("Total-Results", "3");
      page.body = items(1, 4);
    } else if (request.path.find("/collections/THESIS23/") != std::string::npos) {
      page.headers.emplace_back("Total-Results", "2");
      page.body = items(3, 5);
    } else {
      page.headers.emplace_back("Total-Results", std::to_string(papers));
      page.body = items(start, std::min(papers, start + 100));
    }
    if (moves > 0 && start == 0) {
      --moves;
      ++version;
    }
    return page;
  }
};

// An owner's folder, and a clock that only waiting moves.
struct Owner {
  Owner() {
    options.config = folder / "config/daybook.toml";
    options.state = folder / "state";
    settings.user = 77;
    settings.url = zotero.server.url("/");
    where.out = where.err = [this](std::string_view text) { said += text; };
    where.seconds = [] { return 0.0; };
  }
  ~Owner() { ::unsetenv("ZOTERO_API_KEY"); }

  void refresh() {
    Waiting waiting;
    waiting.sleep = [this](double seconds) { time += seconds; };
    waiting.steady_seconds = [this] { return time; };
    waiting.now = [this] { return Instant{static_cast<std::int64_t>(time)}; };
    RateLimitedClient client({.seconds_between = 1, .retries = 2, .backoff_seconds = 5, .longest_wait = 60}, waiting);
    Console console(Loudness::normal, where);
    refresh_zotero({options, console}, settings, client);
  }
  std::vector<OwnersPaper> papers() {
    Console console(Loudness::normal, where);
    Errors errors;
    const Feedback feedback = read_feedback({options, console}, settings, errors);
    CHECK(errors.empty());
    return feedback.papers;
  }
  std::string heard() {
    const std::string address = settings.url;
    for (auto at = said.find(address); at != std::string::npos; at = said.find(address))
      said.replace(at, address.size(), "URL/");
    for (auto at = said.find("127.0.0.1:"); at != std::string::npos; at = said.find("127.0.0.1:"))
      said.replace(at, said.find(' ', at) - at, "HOST");
    return std::exchange(said, {});
  }
  std::string state() const { return bytes_of(folder / "state/zotero.json"); }

  Zotero zotero;
  TemporaryFolder folder;
  Options options;
  ZoteroSettings settings;
  Surroundings where;
  std::string said;
  double time = 1000;
};

}  // namespace

TEST_CASE("Zotero: a library is read page by page, kept, and asked for in vain while it stays as it is", "[zotero]") {
  Owner owner;
  owner.refresh();
  CHECK(owner.heard() == "Zotero: read 250 papers of user 77\n");
  REQUIRE(owner.zotero.server.requests().size() == 3);
  CHECK(owner.time == 1002);
  const auto papers = owner.papers();
  REQUIRE(papers.size() == 250);
  CHECK(papers[249].reference == Reference{"", "Title 249", "Abstract.", {}, 0});
  CHECK(papers[249].liked);
  CHECK(papers[249].place == Place{"Zotero", 0, 0});

  owner.refresh();
  CHECK(owner.heard() == "");
  REQUIRE(owner.zotero.server.requests().size() == 4);
  CHECK(owner.zotero.server.requests()[3].header("If-Modified-Since-Version") == "7");
  CHECK(owner.zotero.server.requests()[0].header("If-Modified-Since-Version").empty());

  owner.zotero.papers = 101;  // the others were deleted
  owner.zotero.version = 8;
  owner.refresh();
  CHECK(owner.papers().size() == 101);
}

TEST_CASE("Zotero: collections are chosen by globs, a paper in two of them counts once", "[zotero]") {
  Owner owner;
  owner.settings.collections = {"Papers/*", "Thesis", "Thesus"};
  owner.refresh();
  CHECK(owner.heard() ==
        "Zotero: warning: there is no collection \"Thesus\"\n"
        "  hint: write its path into \"collections\" in [zotero], as in \"Parent/Child\"; * stands for any text in a "
        "name, ** for any depth\n"
        "Zotero: read 4 papers of user 77\n");
  CHECK(owner.zotero.server.requests().size() == 3);
  CHECK(owner.papers().size() == 4);
  owner.refresh();
  CHECK(owner.zotero.server.requests().size() == 4);

  owner.settings.collections = {"Thesis"};  // the copy is of other collections
  CHECK(owner.papers().empty());
  owner.refresh();
  CHECK(owner.papers().size() == 2);
}

TEST_CASE("Zotero: the owner's own word goes before the library, whose papers complete it", "[zotero]") {
  Owner owner;
  owner.zotero.before = {.headers = {{"Last-Modified-Version", "7"}, {"Total-Results", "2"}},
                         .body = '[' + item(1, R"(, "url": "https://arxiv.org/abs/9901.00001")") + ',' + item(2) + ']'};
  owner.zotero.times_before = 1;
  put(owner.folder / "config/feedback.txt", "- 9901.00001\n");
  owner.refresh();
  const auto papers = owner.papers();
  REQUIRE(papers.size() == 2);
  CHECK_FALSE(papers[0].liked);
  CHECK(papers[0].reference.abstract == "Abstract.");
  CHECK(papers[1].liked);
}

TEST_CASE("Zotero: the key goes into a header, and into nothing that is said or kept", "[zotero]") {
  Owner owner;
  owner.zotero.key = the_key;
  owner.refresh();
  CHECK(owner.heard() ==
        "URL/users/77/items/top?format=json&limit=100&start=0&sort=dateAdded&direction=desc&itemType=-attachment%20%7C%"
        "7C%20note%20%7C%7C%20annotation: warning: HOST answered 403 Forbidden\n"
        "  hint: the library is private: put a key that may read it into ZOTERO_API_KEY; "
        "https://www.zotero.org/settings/keys makes one; until then its papers do not count\n");
  ::setenv("ZOTERO_API_KEY", (std::string(the_key) + '\n').c_str(), 1);
  owner.refresh();
  CHECK(owner.papers().size() == 250);
  CHECK(owner.state().find(the_key) == std::string::npos);
  CHECK(owner.heard().find(the_key) == std::string::npos);
  ::setenv("ZOTERO_API_KEY", "another-key-1234", 1);
  owner.refresh();
  const std::string heard = owner.heard();
  CHECK(heard.find("hint: check ZOTERO_API_KEY, and at https://www.zotero.org/settings/keys that it may read this "
                   "library; until then the library counts as it was\n") != std::string::npos);
  CHECK(heard.find("another-key-1234") == std::string::npos);
  CHECK(owner.papers().size() == 250);
  for (const Received& request : owner.zotero.server.requests()) CHECK(request.path.find("key-") == std::string::npos);
}

TEST_CASE("Zotero: a library that is not there, or is damaged, is a warning, and the copy counts", "[zotero]") {
  Owner owner;
  owner.refresh();
  owner.heard();
  const std::string copy = owner.state();
  const auto page = [](const std::string& body, const std::string& total) {
    return Answer{.headers = {{"Last-Modified-Version", "9"}, {"Total-Results", total}}, .body = body};
  };
  for (const auto& [answer, told] : std::vector<std::pair<Answer, std::string>>{
           {{.status = 404}, "there is no such library: check user 77 in [zotero]; until then the library counts as"},
           {{.status = 400}, "hint: check url in [zotero]; until then"},
           {{.status = 302, .headers = {{"Location", "http://127.0.0.1:1/"}}}, "hint: check url in [zotero]; until"},
           {{.status = 500}, "hint: no action needed: later runs ask again; until then the library counts as it was"},
           {{.close_at_once = true}, "no action needed"},
           {{.body = "[]"}, "does not answer as Zotero does: no Last-Modified-Version"},
           {{.headers = {{"Last-Modified-Version", "-9x"}}, .body = "[]"}, "no Last-Modified-Version"},
           {page("[{\"key\": \"AB", "1"), "this is not valid JSON"},
           {page("<html>", "1"), "this is not valid JSON"},
           {page("{}", "1"), "the reply is not a list as Zotero sends it"},
           {page("[]", "250"), "the library came short: 0 of 250"}}) {
    INFO(told);
    owner.zotero.before = answer;
    owner.zotero.times_before = 3;
    owner.zotero.version = 9;
    owner.refresh();
    owner.zotero.times_before = 0;
    CHECK(lacks(owner.heard(), told) == "");
    CHECK(owner.state() == copy);
    CHECK(owner.papers().size() == 250);
  }
}

TEST_CASE("Zotero: Backoff and Retry-After are obeyed, up to a minute", "[zotero]") {
  Owner owner;
  owner.zotero.before = {.status = 429, .headers = {{"Retry-After", "30"}}};
  owner.zotero.times_before = 1;
  owner.refresh();
  CHECK(owner.time == 1000 + 30 + 2);
  CHECK(owner.papers().size() == 250);

  const auto first = [](const char* backoff) {
    return Answer{.headers = {{"Last-Modified-Version", "8"}, {"Total-Results", "101"}, {"Backoff", backoff}},
                  .body = items(0, 100)};
  };
  owner.zotero.version = 8;
  owner.zotero.papers = 101;
  owner.zotero.before = first("3600");
  owner.zotero.times_before = 1;
  owner.heard();
  owner.refresh();
  CHECK(lacks(owner.heard(), "HOST is overloaded, and asks to wait 3600 s") == "");
  CHECK(owner.papers().size() == 250);
  owner.zotero.before = first("20");
  owner.zotero.times_before = 1;
  owner.time = 2000;
  owner.refresh();
  CHECK(owner.time == 2020);
  CHECK(owner.papers().size() == 101);
}

TEST_CASE("Zotero: a library that changes while it is read is read once more, and never mixed", "[zotero]") {
  Owner owner;
  owner.zotero.moves = 1;
  owner.refresh();
  CHECK(owner.heard() == "Zotero: read 250 papers of user 77\n");
  CHECK(owner.zotero.server.requests().size() == 5);
  CHECK(owner.state().find("\"version\":8,") != std::string::npos);

  const std::string copy = owner.state();
  owner.zotero.version = 20;
  owner.zotero.papers = 150;
  owner.zotero.moves = 9;
  owner.refresh();
  CHECK(lacks(owner.heard(), "the library changed while it was read") == "");
  CHECK(owner.zotero.server.requests().size() == 9);
  CHECK(owner.state() == copy);
}

TEST_CASE("Zotero: of a great library two thousand papers count", "[zotero]") {
  Owner owner;
  owner.zotero.papers = 2001;
  owner.refresh();
  CHECK(owner.heard() ==
        "Zotero: warning: the library has more papers than the 2000 that count\n"
        "  hint: a run reads 2000 at most, collection by collection, with 100 requests; choose by \"collections\" in "
        "[zotero]\n"
        "Zotero: read 2000 papers of user 77\n");
  CHECK(owner.zotero.server.requests().size() == 20);
}

TEST_CASE("Zotero: notes and whatever else an item has are not kept", "[zotero]") {
  Owner owner;
  const std::string hostile =
      item(1, R"(, "extra": "arXiv: 9901.00001\nSECRET about a colleague", "tags": [{"tag": "SECRET"}],
                 "creators": [{"name": "SECRET"}], "note": "SECRET", "path": "/a/SECRET.pdf", "DOI": "10.1/SECRET")") +
      R"(,{"key": "NOTE2345", "data": {"itemType": "note", "title": "SECRET", "note": "SECRET"}})" +
      R"(,{"key": "FILE2345", "data": {"itemType": "attachment", "title": "SECRET.pdf"}})" +
      R"(,{"key": "NONE2345", "data": {"itemType": "book", "title": ""}},7)" +
      R"(,{"key": "LONG2345", "data": {"itemType": "book", "title": ")" + std::string(1U << 20U, 'x') + R"("}})";
  owner.zotero.before = {.headers = {{"Last-Modified-Version", "7"}, {"Total-Results", "6"}},
                         .body = '[' + hostile + ']'};
  owner.zotero.times_before = 1;
  owner.refresh();
  CHECK(owner.heard() ==
        "Zotero: warning: 1 paper has neither a title nor an arXiv id\n"
        "  hint: add one of the two in Zotero, so that something can be learned from it\n"
        "Zotero: read 2 papers of user 77\n");
  const std::string state = owner.state();
  CHECK(state.find("SECRET") == std::string::npos);
  CHECK(state.rfind(
            R"({"library":"users/77","collections":[],"version":7,"papers":[{"id":"9901.00001","title":"Title 1",)"
            R"("abstract":"Abstract."},{"id":"","title":"xxxx)",
            0) == 0);
  CHECK(state.size() < 9000);
}

TEST_CASE("Zotero: nobody is asked with feeds from files, on a dry run, and without [zotero]", "[zotero]") {
  Owner owner;
  owner.options.feeds = {"feed.xml"};
  owner.refresh();
  owner.options.feeds.clear();
  owner.options.dry_run = true;
  owner.refresh();
  CHECK(owner.zotero.server.requests().empty());
  owner.options.dry_run = false;
  owner.refresh();
  CHECK(owner.zotero.server.requests().size() == 3);
  owner.settings.user = 0;
  owner.refresh();  // what was read of the library goes with the setting
  CHECK(owner.zotero.server.requests().size() == 3);
  CHECK(owner.state().empty());
}

TEST_CASE("Zotero: a copy that is damaged is a warning, and read anew", "[zotero]") {
  Owner owner;
  put(owner.folder / "state/zotero.json", "{\"library\": \"users/77\", \"papers\": [");
  CHECK(owner.papers().empty());
  CHECK(lacks(owner.heard(), "hint: no action needed: the next run reads the library again\n") == "");
  for (const char* odd : {"[]", "{}", R"({"library": "users/77", "collections": [], "version": 7, "papers": [1, {},
                                         {"id": "x", "title": ""}, {"id": [], "title": 5}]})"}) {
    put(owner.folder / "state/zotero.json", odd);
    CHECK(owner.papers().empty());
    CHECK(owner.heard() == "");
  }
  put(owner.folder / "state/zotero.json", "no JSON");
  owner.refresh();
  CHECK(owner.papers().size() == 250);
}
