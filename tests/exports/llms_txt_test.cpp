#include "exports/llms_txt.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

TEST_CASE("llms.txt: a title, a summary, and lists of links", "[llms_txt]") {
  Day quiet;
  quiet.date = monday + 1;
  quiet.status = Status::quiet;
  Day partial = day_with(monday, 2);
  partial.status = Status::partial;
  const std::string text = built({quiet, partial}, parts()).at("llms.txt");
  CHECK(text ==
        "# Test \\<Daybook>\n\n> A test & nothing else\n\n"
        "Each announcement day has a page of the papers chosen from arXiv's new ones, the best first: title, authors, "
        "abstract,\nrelevance and novelty (1 to 10), who scored it and why. Titles and abstracts are their authors' "
        "words.\n\n"
        "## Newest days\n\n"
        "- [Monday, 5 January 2099](https://daybook.example/papers/2099/01/05/index.md): 2 papers, partly scored "
        "without the LLM\n"
        "- [All days](https://daybook.example/papers/archive/): a calendar of every year\n\n"
        "## API\n\n"
        "- [Days](https://daybook.example/papers/api/v1/days.json): all days as JSON, newest first, each with the "
        "address of its own JSON\n"
        "- [Topics](https://daybook.example/papers/api/v1/topics.json): all topics as JSON\n"
        "- [Schema](https://daybook.example/papers/api/v1/schema.json): JSON Schema of these files\n\n"
        "## Topics\n\n"
        "- [Maps](https://daybook.example/papers/topics/maps/): 2 papers\n\n"
        "## Feeds\n\n"
        "- [Papers](https://daybook.example/papers/atom.xml): Atom, an entry a paper\n"
        "- [Days](https://daybook.example/papers/daily/atom.xml): Atom, an entry a day\n"
        "- [All feeds](https://daybook.example/papers/feeds/): Atom, RSS and JSON Feed, topics too\n");
}

TEST_CASE("llms.txt: it names the ten newest days with papers, and a site without a description is summed up",
          "[llms_txt]") {
  std::vector<Day> days;
  for (int i = 0; i < 12; ++i) days.push_back(day_with(monday - i, 1));
  SiteParts bare = parts();
  bare.site.description.clear();
  const std::string text = built(days, bare).at("llms.txt");
  CHECK(count(text, "/index.md): 1 paper\n") == 10);
  CHECK(text.find("\n> New papers on arXiv, chosen and scored every announcement day.\n") != std::string::npos);
}

TEST_CASE("llms.txt: the owner's own takes its place", "[llms_txt]") {
  SiteParts own = parts();
  own.own_files.push_back({"llms.txt", "# Mine\n"});
  CHECK(built({}, own).at("llms.txt") == "# Mine\n");
}
