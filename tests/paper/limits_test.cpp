#include "paper/limits.h"

#include <sys/stat.h>

#include "core/text.h"
#include "reading.h"
#include "support/catch.h"
#include "support/feed_text.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date day = *Date::parse("2099-01-05");

Feed feed_of(const Paper& paper, std::string& warnings) {
  Errors errors;
  const auto feed = read_feed(rss_feed("cs.LG", day, {paper}), "f.xml", errors);
  REQUIRE(feed);
  for (const Error& error : errors) warnings += describe(error, "warning");
  return *feed;
}

}  // namespace

TEST_CASE("limits: a paper as the largest are passes as it is, without a warning", "[limits]") {
  Paper paper = invented_paper(1);
  paper.authors.clear();
  for (int i = 0; i < 5000; ++i)
    paper.authors.push_back("Ada Imagined" + std::string(1, static_cast<char>('a' + i % 26)));
  paper.abstract = std::string(8000, 'x');
  std::string warnings;
  CHECK(feed_of(paper, warnings).papers.at(0).authors == paper.authors);
  CHECK(warnings.empty());
}

TEST_CASE("limits: what is longer than any paper's is cut with one warning, between two characters", "[limits]") {
  Paper paper = invented_paper(1);
  paper.title = std::string(field_bytes_max - 1, 't') + "\u00e9\u00e9";
  paper.abstract = std::string(1000000, 'x');
  paper.categories.clear();
  for (int i = 0; i < 20000; ++i) paper.categories.push_back("cs.C" + std::to_string(i));
  paper.authors.assign(authors_max + 1, "Bo Li");
  std::string warnings;
  const Paper cut = feed_of(paper, warnings).papers.at(0);
  CHECK(cut.title == std::string(field_bytes_max - 1, 't'));
  CHECK(cut.abstract.size() == field_bytes_max);
  CHECK(cut.categories.size() == categories_max);
  CHECK(cut.authors.size() == authors_max);
  CHECK(warnings ==
        "f.xml:17: warning: the 1st entry (9901.00001) has implausibly long fields, which are truncated: "
        "title, "
        "authors, abstract, categories\n");
}
