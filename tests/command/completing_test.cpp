// Days of which arXiv's feeds did not tell all: published at once, and completed by later runs.
#include "backfill_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

using Ids = std::set<std::string>;

const Date monday = day_named("2099-01-05");
const Date tuesday = monday + 1;
const Date wednesday = monday + 2;
const Date thursday = monday + 3;
const std::vector<std::string> both = {"cs.LG", "math.KT"};

// Two categories: three papers a day in cs.LG, and one in math.KT, for a week.
struct TwoCategories {
  ArxivServer arxiv;
  BackfillOwner owner;
  int number = 500;

  explicit TwoCategories(const std::string& llm = "") : owner(arxiv, llm, "", "0", "\"cs.LG\", \"math.KT\"") {
    submit_daily(arxiv, monday, monday + 9);
    for (Date day = monday - 5; day <= monday + 9; day = day + 1) {
      Paper paper = feed_text::invented_paper(++number);
      paper.categories = {"math.KT"};
      arxiv.submit(std::move(paper), new_york_time(day, 10));
    }
  }

  int run(Date day, int hour = 1, const std::vector<std::string>& options = {}) {
    arxiv.set_today(day);
    owner.set_hour(hour);
    return owner.run(day, options);
  }
  Ids announced(Date day) const { return arxiv.ids_of(day, both); }
  bool said(const std::string& text) const { return owner.output().find(text) != std::string::npos; }
  const CategoryCount& category(const Day& day, const std::string& name) const {
    for (const CategoryCount& count : day.categories)
      if (count.category == name) return count;
    FAIL("no count of " << name);
    return day.categories.front();
  }
};

// A category's feed with the papers of another day, as a file: a run of files asks for no missed day.
std::string feed_file(const TwoCategories& world, const std::string& category, Date dated, Date batch) {
  std::vector<Paper> papers;
  for (const std::string& id : world.arxiv.ids_of(batch, {category})) {
    Paper paper = feed_text::invented_paper(1);
    paper.id = id;
    paper.categories = {category};
    papers.push_back(std::move(paper));
  }
  const std::string path = world.owner / (category + ".xml");
  put(path, feed_text::rss_feed(category, dated, papers));
  return path;
}

}  // namespace

TEST_CASE("run: a stale category is named, the rest is published, and the API completes the day", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  INFO(world.owner.output());
  CHECK(world.said(
      "warning: 2099-01-06 is not complete yet: cs.LG: arXiv's feed has today's date but an earlier day's papers"));
  const Day half = world.owner.record(tuesday);
  CHECK(half.again.empty());
  CHECK(world.category(half, "cs.LG").state == CategoryState::stale);
  CHECK(world.category(half, "math.KT").state == CategoryState::complete);
  CHECK(half.cut_off.size() == 1);
  CHECK(world.owner.ids(tuesday) == world.arxiv.ids_of(tuesday, {"math.KT"}));
  CHECK(world.owner.site().at("2099/01/06/index.html").find("cs.LG: arXiv") != std::string::npos);
  CHECK(world.run(tuesday) == exit_later);
  world.arxiv.show("cs.LG", {});
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
  const Day whole = world.owner.record(tuesday);
  CHECK_FALSE(is_unsettled(whole));
  CHECK(whole.cut_off.empty());
  CHECK(whole.counts.announced == static_cast<int>(world.announced(tuesday).size()));
  CHECK(world.category(whole, "cs.LG").new_papers > 0);
}

TEST_CASE("run: a category that is renewed later the same day completes it", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.show("cs.LG", {});
  REQUIRE(world.run(tuesday, 4) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK_FALSE(is_unsettled(world.owner.record(tuesday)));
}

TEST_CASE("run: where every category is stale nothing is recorded", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  for (const std::string& category : both) world.arxiv.show(category, {{}, monday});
  CHECK(world.run(tuesday) == exit_later);
  CHECK_FALSE(world.owner.has(tuesday));
  for (const std::string& category : both) world.arxiv.show(category, {});
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: a feed that stays a batch behind loses no batch", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  for (const Date day : {tuesday, wednesday, thursday}) {
    world.arxiv.show("cs.LG", {{}, day - 1});
    CHECK_NOFAIL(world.run(day) == 0);
  }
  world.arxiv.show("cs.LG", {});
  for (const Date day : {monday + 4, monday + 7, monday + 8}) REQUIRE(world.run(day) == 0);
  Ids recorded, announced;
  for (Date day = monday; day <= monday + 8; day = day + 1) {
    if (day.is_weekend()) continue;
    for (const std::string& id : world.owner.ids(day)) CHECK(recorded.insert(id).second);
    announced.merge(world.announced(day));
  }
  CHECK(recorded == announced);
}

TEST_CASE("run: an API that lags is not believed, and completes the day when it knows it", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.show("cs.LG", {});
  world.arxiv.set_api_lag(2);
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.said("2099-01-06: arXiv's API does not have the day's papers yet; later runs ask again"));
  CHECK(is_unsettled(world.owner.record(tuesday)));
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: an API that does not know a day's recorded papers is not believed, however old the day", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.show("cs.LG", {});
  world.arxiv.set_api_lag(9);
  for (const Date day : {wednesday, thursday, monday + 4, monday + 7}) REQUIRE(world.run(day) == 0);
  CHECK(is_unsettled(world.owner.record(tuesday)));
  world.arxiv.set_api_lag(0);
  REQUIRE(world.run(monday + 8) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: a missed day takes nothing of a short day before it", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.show("cs.LG", {});
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
}

TEST_CASE("run: a paper that arXiv held back over a holiday is found though its day was missed", "[feeds]") {
  TwoCategories world;
  world.arxiv.add_holiday(wednesday);
  Paper held = feed_text::invented_paper(700);
  held.categories = {"cs.LG"};
  held.published = new_york_time(tuesday, 10);  // in the holiday's window, which comes with Thursday
  world.arxiv.announce_again(monday + 4, held);
  for (const Date day : {monday, tuesday}) REQUIRE(world.run(day) == 0);
  REQUIRE(world.run(wednesday, 12) == 0);
  REQUIRE(world.run(thursday) == 0);
  REQUIRE(world.run(monday + 7) == 0);
  // Nobody can tell which of the two days had it.
  Ids recorded = world.owner.ids(thursday), announced = world.announced(thursday);
  for (const std::string& id : world.owner.ids(monday + 4)) CHECK(recorded.insert(id).second);
  announced.merge(world.announced(monday + 4));
  CHECK(recorded == announced);
}

TEST_CASE("run: a missed day has no old papers of a category that was not followed yet", "[feeds]") {
  TwoCategories world;
  const std::string path = world.owner / "config/daybook.toml";
  const std::string all = bytes_of(path);
  std::string one = all;
  const std::string second = ", \"math.KT\"";
  one.erase(one.find(second), second.size());
  put(path, one);
  for (const Date day : {monday, tuesday}) REQUIRE(world.run(day) == 0);
  put(path, all);
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
}

TEST_CASE("run: what a day lacked is recorded though the LLM is down meanwhile", "[feeds]") {
  LlmServer llm;
  TwoCategories world;
  world.owner.use_llm(llm.base_url());
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.show("cs.LG", {});
  LlmBehaviour down;
  down.always = LlmFault::unauthorized;
  llm.behave(down);
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(world.owner.record(tuesday).status == Status::partial);
}

TEST_CASE("run: a holiday and a short day after it, completed by one run, share no paper", "[feeds]") {
  TwoCategories world;
  world.arxiv.add_holiday(tuesday);
  for (int i = 0; i < 3; ++i) {  // of the holiday's window, and of no interest: a paper that is shown is known to be
    Paper paper = feed_text::invented_paper(700 + i);
    paper.title = "Moss";
    paper.abstract = "It grows.";
    world.arxiv.submit(paper, new_york_time(monday, 9));
  }
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(tuesday, 12) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  world.arxiv.set_api_lag(2);
  REQUIRE(world.run(wednesday) == 0);
  world.arxiv.show("cs.LG", {});
  world.arxiv.set_api_lag(0);
  REQUIRE(world.run(thursday) == 0);
  Ids both_days = world.owner.ids(tuesday);
  for (const std::string& id : world.owner.ids(wednesday)) CHECK(both_days.insert(id).second);
  CHECK(both_days == world.announced(wednesday));
}

TEST_CASE("run: one category that can't be fetched is asked for later, and no other waits for it", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.fail_next(ArxivPart::feeds, ArxivFault::unavailable);
  REQUIRE(world.run(tuesday) == 0);
  CHECK(world.category(world.owner.record(tuesday), "cs.LG").state == CategoryState::unknown);
  CHECK(world.owner.ids(tuesday) == world.arxiv.ids_of(tuesday, {"math.KT"}));
  REQUIRE(world.run(tuesday, 3) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: a holiday is quiet when the listing pages say so at noon", "[feeds]") {
  TwoCategories world;
  world.arxiv.add_holiday(tuesday);
  REQUIRE(world.run(monday) == 0);
  CHECK(world.run(tuesday) == exit_later);
  CHECK_FALSE(world.owner.has(tuesday));
  REQUIRE(world.run(tuesday, 12) == 0);
  CHECK(world.owner.record(tuesday).status == Status::quiet);
  CHECK(world.arxiv.requests(ArxivPart::listings).size() == 2);
  CHECK(world.run(tuesday, 16) == 0);
  CHECK(world.arxiv.requests(ArxivPart::listings).size() == 2);
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
  CHECK_FALSE(is_unsettled(world.owner.record(tuesday)));
}

TEST_CASE("run: a holiday is quiet when the API knows of nothing, where no listing page can be read", "[feeds]") {
  TwoCategories world;
  world.arxiv.add_holiday(tuesday);
  world.arxiv.set_listing("<p>What is new</p>");
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(tuesday, 12) == 0);
  CHECK(world.said("arXiv's listing page can't be read, so it can't confirm what was announced"));
  CHECK(world.owner.record(tuesday).status == Status::quiet);
}

TEST_CASE("run: feeds that are all empty by a fault make no quiet day", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  for (const std::string& category : both) world.arxiv.show(category, {{}, {}, true});
  for (const int hour : {1, 12, 18}) CHECK(world.run(tuesday, hour) == exit_later);
  CHECK_FALSE(world.owner.has(tuesday));
  for (const std::string& category : both) world.arxiv.show(category, {});
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: a small category that is empty raises no alarm, and what it lacked comes from the API", "[feeds]") {
  TwoCategories world;
  for (const Date day : {monday, tuesday, wednesday, thursday, monday + 4, monday + 7}) REQUIRE(world.run(day) == 0);
  world.arxiv.show("math.KT", {{}, {}, true});
  REQUIRE(world.run(monday + 8) == 0);
  CHECK_FALSE(world.said("math.KT"));
  CHECK(is_unsettled(world.owner.record(monday + 8)));
  world.arxiv.show("math.KT", {});
  REQUIRE(world.run(monday + 9) == 0);
  CHECK(world.owner.ids(monday + 8) == world.announced(monday + 8));
  CHECK_FALSE(is_unsettled(world.owner.record(monday + 8)));
}

TEST_CASE("run: a category that is added the same day counts, so that announced is scanned and more", "[feeds]") {
  TwoCategories world;
  const std::string path = world.owner / "config/daybook.toml";
  const std::string all = bytes_of(path);
  std::string one = all;
  const std::string second = ", \"math.KT\"";
  one.erase(one.find(second), second.size());
  put(path, one);
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.owner.ids(monday) == world.arxiv.ids_of(monday, {"cs.LG"}));
  put(path, all);
  REQUIRE(world.run(monday, 3) == 0);
  CHECK(world.owner.ids(monday) == world.announced(monday));
  const auto adds_up = [&] {
    const Counts counts = world.owner.record(monday).counts;
    return counts.announced == static_cast<int>(world.announced(monday).size()) && *counts.announced >= *counts.scanned;
  };
  CHECK(adds_up());
  put(path, one);
  REQUIRE(world.run(monday, 5) == 0);
  CHECK(adds_up());
}

TEST_CASE("run: on Wednesdays the listing pages audit all categories", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(tuesday) == 0);
  CHECK(world.arxiv.requests(ArxivPart::listings).empty());
  const std::size_t left_out = GENERATE(1U, 2U);  // a cross-list, and a new paper too
  world.arxiv.show("cs.LG", {{}, {}, false, false, static_cast<int>(left_out)});
  REQUIRE(world.run(wednesday, 12) == 0);
  INFO(world.owner.output());
  CHECK(world.arxiv.requests(ArxivPart::listings).size() == 2);
  CHECK(world.said("cs.LG: arXiv's listing has") == (left_out == 2));
  world.arxiv.show("cs.LG", {});
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
}

TEST_CASE("run: a feed of tomorrow says that the clock is behind, and nothing is recorded", "[feeds]") {
  TwoCategories world;
  world.arxiv.set_today(tuesday);
  world.owner.set_hour(23);
  CHECK(world.owner.run(monday) == exit_later);
  CHECK(
      world.said("arXiv's feed of cs.LG is of 2099-01-06, but here it is still 2099-01-05 in New York: this machine's "
                 "clock is behind"));
  CHECK_FALSE(world.owner.has(monday));
  CHECK_FALSE(world.owner.has(tuesday));
}

TEST_CASE("run: the first run of an owner shows the last announcement, on a weekend and while none is there yet",
          "[feeds]") {
  TwoCategories world;
  SECTION("weekend") {
    REQUIRE(world.run(monday + 5) == 0);
    CHECK(world.owner.ids(monday + 4) == world.announced(monday + 4));
  }
  SECTION("Monday before the announcement") {
    world.arxiv.set_late(true);
    CHECK(world.run(monday + 7) == exit_later);
    CHECK(world.owner.ids(monday + 4) == world.announced(monday + 4));
  }
  SECTION("a holiday before the weekend") {
    world.arxiv.add_holiday(monday + 4);
    REQUIRE(world.run(monday + 5) == 0);
    CHECK(world.owner.ids(thursday) == world.announced(thursday));
  }
  CHECK(world.owner.site().at("index.html").find("Invention") != std::string::npos);
}

TEST_CASE("run: an archive whose feed is full is asked for class by class", "[feeds]") {
  ArxivServer arxiv;
  BackfillOwner owner(arxiv, "", "", "0", "\"stat\"");
  Ids announced;
  for (int i = 1; i <= 2100; ++i) {
    Paper paper = feed_text::invented_paper(i);
    paper.categories = {i % 2 == 0 ? "stat.ML" : "stat.ME"};
    announced.insert(paper.id);
    arxiv.submit(std::move(paper), new_york_time(monday - 3, 9));
  }
  arxiv.set_today(monday);
  REQUIRE(owner.run(monday) == 0);
  INFO(owner.output());
  CHECK(owner.ids(monday) == announced);
  CHECK_FALSE(is_unsettled(owner.record(monday)));
  CHECK(arxiv.requests(ArxivPart::feeds).size() == 7);
}

TEST_CASE("run: a full feed of one category is cut off, and the API completes it", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  for (int i = 0; i < 2000; ++i) {
    Paper paper = feed_text::invented_paper(i);
    paper.id.replace(0, 4, "9801");
    paper.categories = {"cs.LG"};
    paper.version = 2;
    paper.announce_type = AnnounceType::replace;
    world.arxiv.announce_again(tuesday, paper);
  }
  const Ids announced = world.announced(tuesday);
  REQUIRE(world.run(tuesday) == 0);
  CHECK(world.said("cs.LG: arXiv's feed is at its limit of 2000 entries and omits new papers"));
  REQUIRE(world.run(wednesday) == 0);
  Ids wanted;
  for (const std::string& id : announced)
    if (id.substr(0, 4) == "9901") wanted.insert(id);
  CHECK(world.owner.ids(tuesday) == wanted);
}

TEST_CASE("backfill: a recorded day that is not whole is completed, without being in reach of a run", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  world.arxiv.set_today(monday + 60);
  REQUIRE(world.owner.backfill(monday + 60, tuesday, tuesday) == 0);
  INFO(world.owner.output());
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK_FALSE(is_unsettled(world.owner.record(tuesday)));
}

TEST_CASE("backfill: a later day of the range that is found to be short is completed too", "[feeds]") {
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.show("cs.LG", {{}, tuesday});  // a batch behind, while nobody has seen Tuesday's
  REQUIRE(world.run(wednesday, 1, {"--feed", feed_file(world, "cs.LG", wednesday, tuesday)}) == 0);
  world.arxiv.show("cs.LG", {});
  world.arxiv.set_today(monday + 60);
  REQUIRE(world.owner.backfill(monday + 60, tuesday, wednesday) == 0);
  Ids recorded = world.owner.ids(tuesday);
  for (const std::string& id : world.owner.ids(wednesday)) CHECK(recorded.insert(id).second);
  Ids announced = world.announced(tuesday);
  announced.merge(world.announced(wednesday));
  CHECK(recorded == announced);
}

TEST_CASE("backfill: imported days on which no paper was scored are fetched like missed ones, which is said",
          "[feeds]") {
  TwoCategories world;
  put(world.owner / "archive/2099/2099-01-06.json",
      "{\"schema\": 1, \"date\": \"2099-01-06\", \"status\": \"lost\", \"counts\": {\"announced\": 650, \"scanned\": "
      "0}, "
      "\"papers\": [], \"near_misses\": []}\n");
  world.arxiv.set_today(monday + 60);
  REQUIRE(world.owner.backfill(monday + 60, tuesday, tuesday) == 0);
  CHECK(world.said("2099-01-06 was lost and is now scored"));
  CHECK(world.owner.record(tuesday).status == Status::local);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("run: what an LLM has said of half a day stays when the rest comes without one", "[feeds]") {
  LlmServer llm;
  TwoCategories world;
  REQUIRE(world.run(monday) == 0);
  world.owner.use_llm(llm.base_url());
  world.arxiv.show("cs.LG", {{}, monday});
  REQUIRE(world.run(tuesday) == 0);
  const Day half = world.owner.record(tuesday);
  REQUIRE(half.status == Status::complete);
  world.owner.use_llm("");
  world.arxiv.show("cs.LG", {});
  REQUIRE(world.run(wednesday) == 0);
  INFO(world.owner.output());
  const Day whole = world.owner.record(tuesday);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(whole.status == Status::partial);
  CHECK(whole.usage == half.usage);
  int read = 0;
  for (const auto* entries : {&whole.papers, &whole.near_misses})
    for (const Entry& entry : *entries) read += entry.score.scorer == Scorer::llm ? 1 : 0;
  CHECK(read == static_cast<int>(half.papers.size() + half.near_misses.size()));
}
