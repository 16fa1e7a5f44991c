#include "exports/csl.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "site/links.h"
#include "site/traps.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

std::string title_of(const std::string& tex) {
  Day day = day_with(monday, 1);
  day.papers[0].paper.title = tex;
  JsonDocument document;
  document.text = csl_json(day);
  REQUIRE_FALSE(parse_json(document, "day.csl.json"));
  return std::string(string_of(member(document.root[0], "title")));
}

// What the schema of CSL-JSON says of the members that we write: no other is allowed, `id` and `type` are required.
void check_texts(const Json& object, const std::vector<std::string_view>& names) {
  for (const auto& one : object.GetObject()) {
    INFO(one.name.GetString());
    CHECK(std::find(names.begin(), names.end(), one.name.GetString()) != names.end());
    CHECK(one.value.IsString());
    CHECK_FALSE(string_of(&one.value).empty());
  }
}

void check_item(Json& item) {
  REQUIRE(item.IsObject());
  CHECK(string_of(member(item, "type")) == "article");
  CHECK(string_of(member(item, "id")).starts_with("arXiv:"));
  if (const Json* authors = member(item, "author")) {
    REQUIRE(authors->IsArray());
    CHECK_FALSE(authors->Empty());
    for (const Json& name : items_of(authors)) {
      check_texts(name, {"family", "given", "non-dropping-particle", "suffix", "literal"});
      CHECK((member(name, "literal") != nullptr) == (member(name, "family") == nullptr));
    }
  }
  const Json& parts = item["issued"]["date-parts"];
  REQUIRE((parts.Size() == 1 && parts[0].Size() == 2));
  CHECK((parts[0][0].IsInt() && parts[0][1].IsInt() && parts[0][1].GetInt() >= 1 && parts[0][1].GetInt() <= 12));
  item.RemoveMember("author");
  item.RemoveMember("issued");
  check_texts(item, {"id", "type", "title", "publisher", "number", "DOI", "URL"});
}

std::vector<std::string> ids_checked(const std::string& json) {
  JsonDocument document;
  document.text = json;
  REQUIRE_FALSE(parse_json(document, "csl.json"));
  REQUIRE(document.root.IsArray());
  std::vector<std::string> ids;
  for (Json& item : document.root.GetArray()) {
    check_item(item);
    ids.emplace_back(string_of(member(item, "id")).substr(6));
  }
  return ids;
}

}  // namespace

TEST_CASE("csl: a paper is an article of arXiv's, its names parted as CSL parts them", "[csl]") {
  Day day = trap_day();
  day.papers.resize(1);
  CHECK(csl_json(day) ==
        "[\n"
        "{\"id\":\"arXiv:9901.00001\",\"type\":\"article\","
        "\"title\":\"LoRA & K-FAC, \\\"N:M\\\": 100% of x² < y<sub>i,j</sub> for 5$ in Études\u00A01\","
        "\"author\":[{\"family\":\"Imagined\",\"given\":\"Ada\"},"
        "{\"non-dropping-particle\":\"van der\",\"family\":\"Molenveld\",\"given\":\"Aart\"},"
        "{\"family\":\"Ashgrove\",\"given\":\"Tom\",\"suffix\":\"Jr.\"},"
        "{\"literal\":\"The Invented Collaboration\"},{\"family\":\"Étude\",\"given\":\"Jörg\"},"
        "{\"literal\":\"Seed\"},{\"family\":\"Ashgrove\",\"given\":\"Tom\"}],"
        "\"issued\":{\"date-parts\":[[2099,1]]},\"publisher\":\"arXiv\",\"number\":\"arXiv:9901.00001\","
        "\"DOI\":\"10.48550/arXiv.9901.00001\",\"URL\":\"https://arxiv.org/abs/9901.00001\"}\n"
        "]\n");
}

TEST_CASE("csl: mathematics in a title is Unicode, then tags for scripts, then TeX", "[csl]") {
  CHECK(title_of("$\\alpha$-NAS in $O(n^2)$") == "α-NAS in O(n²)");
  CHECK(title_of("2$\\frac{1}{2}$D") == "2½D");
  CHECK(title_of("$x^{p,q_{i/j}}$ of $K^{1/4}$") == "x<sup>p,q<sub>i/j</sub></sup> of K<sup>1/4</sup>");
  CHECK(title_of("a $\\unknown{x}$") == "a $\\unknown{x}$");
  CHECK(title_of("\\emph{Deep} \\'Etudes -- <i> & \"b\"") == "Deep Études – <i> & \"b\"");
}

TEST_CASE("csl: every trap makes items that the schema allows", "[csl]") {
  const std::vector<std::string> ids = {"9901.00001", "hep-th/9901002", "9901.00003", "9901.00004", "9901.00005"};
  CHECK(ids_checked(csl_json(trap_day())) == ids);
  CHECK(csl_json(Day()) == "[]\n");
}

TEST_CASE("csl: the files of a day, a week and a topic hold the papers that their pages list", "[csl]") {
  Day other = day_with(monday + 1, 20);
  other.papers[3].score.topic.clear();
  const Files files = built({other, trap_day()}, parts());
  CHECK(ids_checked(files.at("2099/01/05/day.csl.json")).size() == 5);
  CHECK(ids_checked(files.at("2099/w02/week.csl.json")).size() == 15);
  CHECK(count(files.at("2099/w02/week.csl.json"), "\"family\":\"O'Invented\"") == 300);
  auto ids = ids_checked(files.at("topics/maps/papers.csl.json"));
  CHECK(ids.size() == 23);
  for (const std::string& id : ids)
    CHECK(files.at("topics/maps/index.html").find("#" + anchor(id)) != std::string::npos);
  std::sort(ids.begin(), ids.end());
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  const Files none = built({}, parts());
  CHECK(none.count("topics/maps/papers.csl.json") == 0);
}
