#include "site/learned.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

bool has(const std::string& page, const std::string& part) { return page.find(part) != std::string::npos; }

Day day_of(Date date, const std::vector<std::pair<std::string, std::string>>& papers) {
  Day day = day_with(date, 0);
  for (const auto& [id, title] : papers) {
    day.papers.push_back(entry(id, "maps", 8, date));
    day.papers.back().paper.title = title;
    day.papers.back().paper.abstract.clear();
  }
  return day;
}

const Day newer = day_of(monday + 1, {{"9901.00001", "Sparse attention for bees"},
                                      {"9901.00002", "Sparse attention of ants"},
                                      {"9901.00003", "Sparse attention < none"},
                                      {"9901.00004", "A survey of honey"},
                                      {"9901.00005", "Honey: a survey"},
                                      {"9901.00006", "Moths at dawn"},
                                      {"9901.00007", "Moths at noon"}});
const Day older = day_of(monday, {{"9901.00001", "Sparse attention for bees"}, {"9901.00008", "Wasps"}});
const Day unjudged = day_of(monday - 1, {{"9901.00009", "Sparse attention of nobody"}});

Learned learned_from(std::vector<GivenOpinion> opinions) {
  Learned learned{std::move(opinions), 3};
  return with_words(learned, {words_of(newer, learned), words_of(older, learned), words_of(unjudged, learned)});
}

std::string page_of(const Learned& learned, const std::string& form = "") {
  SiteParts all = parts();
  all.learned = learned;
  all.feedback_form = form;
  return built({newer, older}, all).at("about/index.html");
}

}  // namespace

TEST_CASE("learned: opinions get title and day, and their words are told from other papers' of the same days",
          "[learned]") {
  const Learned learned = learned_from(
      {{"9901.00001"}, {"9901.00002"}, {"9901.00003"}, {"9901.00004", false}, {"9901.00005", false}, {"9901.77777"}});
  CHECK(learned.opinions[0].title == "Sparse attention for bees");
  CHECK(learned.opinions[0].day == monday);
  CHECK(learned.opinions[5].title.empty());
  CHECK(learned.words_for == std::vector<std::string>{"Sparse attention"});
  CHECK(learned.words_against == std::vector<std::string>{"honey", "survey"});
  CHECK(words_of(unjudged, learned).papers.empty());
}

TEST_CASE("learned: the about page lists opinions by id, each with what takes it back", "[learned]") {
  const std::string page =
      page_of(learned_from({{"9901.00003", true, true}, {"9901.00004", false}, {"9901.77777", false, true}}),
              "https://github.com/ada/papers/issues/new?template=feedback.yml");
  CHECK(has(page, "likes <b>1 paper</b> and dislikes <b>2 papers</b>, and likes <b>3 papers</b> of a library"));
  CHECK(has(page, "<summary>3 papers</summary>"));
  CHECK(has(page, "<a href=\"../2099/01/06/#p9901.00003\">Sparse attention &lt; none</a>"));
  CHECK(has(page,
            "href=\"https://github.com/ada/papers/issues/new?template=feedback.yml&amp;papers=forget+9901.00003\""));
  CHECK_FALSE(has(page, "forget+9901.00004"));
  CHECK(has(page, "forget+9901.77777"));
}

TEST_CASE("learned: without opinions the about page says nothing, and of many it shows the newest hundred",
          "[learned]") {
  CHECK_FALSE(has(page_of({}), "learned"));
  const std::string library = page_of({{}, 3});
  CHECK(has(library, "Its owner likes <b>3 papers</b> of a library."));
  CHECK_FALSE(has(library, "<summary>3 papers"));
  std::vector<GivenOpinion> many;
  for (int i = 0; i < 150; ++i) many.push_back({"9902." + std::to_string(10000 + i), true, true});
  const std::string page = page_of({many});
  CHECK(has(page, "<summary>The newest 100 of 150 papers</summary>"));
  CHECK(has(page, "9902.10099"));
  CHECK_FALSE(has(page, "9902.10100"));
  CHECK_FALSE(has(page, ">Forget</a>"));  // there is no form
}
