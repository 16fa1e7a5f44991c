// daybook run without files, against a real server on loopback.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "command/command.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/loopback_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);
constexpr const char* monday_morning = "2099-01-05T06:00:00Z";  // one o'clock in New York
constexpr const char* tuesday_noon = "2099-01-06T17:00:00Z";

// An owner's folder whose arXiv is the test's server.
class Owner {
 public:
  explicit Owner(const LoopbackServer& arxiv, const std::string& more = "") {
    put(folder_ / "config/daybook.toml",
        "[site]\ntitle = \"Test\"\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\", \"cs.CL\"]\n"
        "rss_url = \"" +
            arxiv.url("/rss/") + "\"\napi_url = \"" + arxiv.url("/api/query") + "\"\nlist_url = \"" +
            arxiv.url("/list/") + "\"\nseconds_between = 0.2\nretries = 1\n" + more +
            "\n[select]\nrelevance = 1\n[[topic]]\nname = \"Inventions\"\nkeep = \"inventions\"\n");
  }

  int run(const char* now = monday_morning) const { return command("run", {}, now); }
  int backfill() const { return command("backfill", {"--from", "2099-01-05", "--to", "2099-01-05"}, tuesday_noon); }

  std::string record() const { return bytes_of(folder_ / "archive/2099/2099-01-05.json"); }
  bool recorded_anything() const { return std::filesystem::exists(folder_ / "archive/2099"); }
  const std::string& folder() const { return folder_.path(); }

 private:
  int command(const char* name, const std::vector<const char*>& more, const char* now) const {
    ::setenv("DAYBOOK_NOW", now, 1);
    const std::string config = folder_ / "config/daybook.toml";
    const std::string archive = folder_ / "archive";
    const std::string state = folder_ / "state";
    const std::string out = folder_ / "public";
    std::vector<const char*> argv = {"daybook",       "-q",      name,          "--config", config.c_str(), "--archive",
                                     archive.c_str(), "--state", state.c_str(), "--out",    out.c_str()};
    argv.insert(argv.end(), more.begin(), more.end());
    const int exit = command_main(static_cast<int>(argv.size()), argv.data());
    ::unsetenv("DAYBOOK_NOW");
    return exit;
  }

  TemporaryFolder folder_;
};

Answer feed(const std::string& category, Date day, const std::vector<Paper>& papers) {
  return {200,
          {{"Content-Type", "application/rss+xml"}, {"ETag", "\"" + category + day.iso() + "\""}},
          feed_text::rss_feed(category, day, papers)};
}

}  // namespace

TEST_CASE("run: each category is asked for once, seconds apart, on one connection, by a named client", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer("/rss/cs.LG", feed("cs.LG", monday, feed_text::invented_papers(3)));
  arxiv.answer("/rss/cs.CL", feed("cs.CL", monday, feed_text::invented_papers(1)));
  const Owner owner(arxiv);
  REQUIRE(owner.run() == 0);
  const auto requests = arxiv.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].path == "/rss/cs.LG");
  CHECK(requests[1].path == "/rss/cs.CL");
  CHECK(requests[0].connection == requests[1].connection);
  CHECK(requests[1].seconds - requests[0].seconds >= 0.2);
  CHECK(requests[0].header("User-Agent").find("Daybook/") == 0);
  CHECK_FALSE(requests[0].header("Accept").empty());
  CHECK(owner.record().find("\"counts\": {\"announced\": 3, \"scanned\": 3, \"shown_before\": 0") != std::string::npos);
  CHECK(owner.record().find("\"listed_in\": [\"cs.LG\", \"cs.CL\"]") != std::string::npos);
}

TEST_CASE("run: feeds of an earlier day are not announced yet: exit 75, nothing recorded", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer("/rss/cs.LG", feed("cs.LG", monday - 3, feed_text::invented_papers(3)));
  arxiv.answer("/rss/cs.CL", feed("cs.CL", monday - 3, feed_text::invented_papers(1)));
  const Owner owner(arxiv);
  CHECK(owner.run() == exit_later);
  CHECK_FALSE(owner.recorded_anything());
}

TEST_CASE("run: shortly before midnight in New York the day is still the one before", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer_all([](const Received&) { return feed("cs.LG", monday, feed_text::invented_papers(2)); });
  const Owner owner(arxiv);
  CHECK(owner.run("2099-01-06T04:59:59Z") == 0);
  CHECK(owner.record().find("\"date\": \"2099-01-05\"") != std::string::npos);
}

TEST_CASE("run: on a weekend nothing is asked for and the day is quiet", "[run]") {
  LoopbackServer arxiv;
  const Owner owner(arxiv);
  CHECK(owner.run("2099-01-10T15:00:00Z") == 0);
  for (const Received& request : arxiv.requests()) CHECK(request.path.find("/api/") == 0);  // the last announcement
}

TEST_CASE("run: feeds of the day without papers are no quiet day until someone else says so", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer_all([](const Received& request) {
    if (request.path.find("/rss/") == 0) return feed("cs.LG", monday, {});
    return Answer{request.path.find("/list/") == 0 ? 200 : 404, {}, "<p>No updates today.</p>"};
  });
  const Owner owner(arxiv);
  CHECK(owner.run() == exit_later);
  CHECK_FALSE(owner.recorded_anything());
  CHECK(owner.run("2099-01-05T18:00:00Z") == 0);  // one o'clock in the afternoon
  CHECK(owner.record().find("\"status\": \"quiet\"") != std::string::npos);
}

TEST_CASE("run: a second run asks only whether something changed, and changes nothing", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer_all([](const Received& request) {
    const Answer whole = feed("any", monday, feed_text::invented_papers(3));
    return request.header("If-None-Match").empty() ? whole : Answer{304, {}, ""};
  });
  const Owner owner(arxiv);
  REQUIRE(owner.run() == 0);
  const std::string first = owner.record();
  REQUIRE(owner.run() == 0);
  CHECK(owner.record() == first);
  const auto requests = arxiv.requests();
  REQUIRE(requests.size() == 4);
  CHECK(requests[2].header("If-None-Match") == "\"any2099-01-05\"");
}

TEST_CASE("run: a server that is busy is asked again, and one that stays so means later: exit 75", "[run]") {
  LoopbackServer arxiv;
  const Answer busy{503, {{"Retry-After", "0"}}, "busy"};
  arxiv.answer_in_turn("/rss/cs.LG", {busy, feed("cs.LG", monday, feed_text::invented_papers(1))});
  arxiv.answer("/rss/cs.CL", feed("cs.CL", monday, {}));
  const Owner patient(arxiv);
  CHECK(patient.run() == 0);

  LoopbackServer dead;
  dead.answer_all([&](const Received&) { return busy; });
  const Owner owner(dead);
  CHECK(owner.run() == exit_later);
  CHECK_FALSE(owner.recorded_anything());
}

TEST_CASE("run: a reply that is cut off in transit is fetched again, not taken for the day", "[run]") {
  LoopbackServer arxiv;
  Answer half = feed("cs.LG", monday, feed_text::invented_papers(5));
  half.cut_after = half.body.size() / 2;
  arxiv.answer_in_turn("/rss/cs.LG", {half, feed("cs.LG", monday, feed_text::invented_papers(5))});
  arxiv.answer("/rss/cs.CL", feed("cs.CL", monday, {}));
  const Owner owner(arxiv);
  REQUIRE(owner.run() == 0);
  CHECK(owner.record().find("\"announced\": 5") != std::string::npos);
  CHECK(owner.record().find("cut_off") == std::string::npos);
}

TEST_CASE("run: half a feed is recorded as cut off and fetched whole by the next run, not taken for unchanged",
          "[run]") {
  LoopbackServer arxiv;
  const Answer whole = feed("cs.LG", monday, feed_text::invented_papers(4));
  Answer half = whole;
  half.body.resize(half.body.find("9901.00003"));
  arxiv.answer_in_turn("/rss/cs.LG", {half, whole});
  arxiv.answer("/rss/cs.CL", feed("cs.CL", monday, {}));
  const Owner owner(arxiv);
  REQUIRE(owner.run() == 0);
  CHECK(owner.record().find("cut_off") != std::string::npos);
  CHECK(owner.record().find("\"announced\": 2") != std::string::npos);
  REQUIRE(owner.run() == 0);
  CHECK(owner.record().find("cut_off") == std::string::npos);
  CHECK(owner.record().find("\"announced\": 4") != std::string::npos);
  CHECK(arxiv.requests()[2].header("If-None-Match").empty());
}

TEST_CASE("run: an error page in HTML is no day", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer_all([](const Received&) { return Answer{200, {}, "<!DOCTYPE html><title>Maintenance</title>"}; });
  const Owner owner(arxiv);
  CHECK(owner.run() == exit_later);
  CHECK_FALSE(owner.recorded_anything());
}

TEST_CASE("run: settings without categories or an address say so before anything is asked", "[run]") {
  LoopbackServer arxiv;
  const TemporaryFolder folder;
  put(folder / "daybook.toml", "[site]\ntitle = \"Test\"\n");
  const std::string config = folder / "daybook.toml";
  const std::string archive = folder / "archive";
  const char* argv[] = {"daybook", "-q", "run", "--config", config.c_str(), "--archive", archive.c_str()};
  CHECK(command_main(static_cast<int>(std::size(argv)), argv) == exit_misuse);
}

TEST_CASE("run: the Zotero library is asked for, a backfill goes by the copy, and the key is in no file", "[run]") {
  LoopbackServer arxiv;
  arxiv.answer_all([](const Received&) { return feed("cs.LG", monday, feed_text::invented_papers(2)); });
  LoopbackServer zotero;
  zotero.answer("/groups/88/items/top",
                {.headers = {{"Last-Modified-Version", "5"}, {"Total-Results", "1"}},
                 .body = R"([{"key": "ABCD2345", "data": {"itemType": "book", "title": "T"}}])"});
  const Owner owner(arxiv, "[zotero]\ngroup = 88\nurl = \"" + zotero.url("/") + "\"\n");
  ::setenv("ZOTERO_API_KEY", "invented-zotero-key", 1);
  REQUIRE(owner.run() == 0);
  ::unsetenv("ZOTERO_API_KEY");
  CHECK(zotero.requests().size() == 1);
  CHECK(zotero.requests().at(0).header("Zotero-API-Key") == "invented-zotero-key");
  bool is_kept = false;
  for (const auto& [path, bytes] : contents(owner.folder())) {
    CHECK(bytes.find("invented-zotero-key") == std::string::npos);
    is_kept = is_kept || path == "state/zotero.json";
  }
  CHECK(is_kept);
  CHECK(owner.backfill() == 0);
  CHECK(zotero.requests().size() == 1);
}
