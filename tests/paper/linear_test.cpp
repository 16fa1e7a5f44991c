// Every reader of other people's text takes time in proportion to its length.
#include "core/text.h"
#include "library/bibtex.h"
#include "library/opinions.h"
#include "library/ris.h"
#include "paper/feed.h"
#include "paper/listing.h"
#include "paper/withdrawn.h"
#include "support/catch.h"
#include "support/growth.h"

using namespace daybook;

namespace {

// What a pass may look for, over and over, when it never comes.
// Parted by '|'.
constexpr std::string_view tokens =
    "a| |\n|<|>|<a>|</a>|<item>|<item/>|</item>|<entry>|<![CDATA[|]]>|<!--|-->|&|&#1;|&lt;|\"|'|(|)|()|(1|(1)|,|, |"
    "and | and |{|}|{}|@|@a{|@a{b}\n|@a{b,|@a{b,c={d}}\n|@a{b, c = d # |@comment{|@string{a = a # a}\n|\n@a{b|= |#|%|"
    "% x\n|arxiv:|arXiv 1|arxiv.org/|TY  - X\n|ER  - \nTY  - X\n|AU  - |DO  - arxiv\n|9901.00001\n|- 9901.00001 x\n|"
    "http://|v1|\xC3\xA9|\xFF|withdrawn |this paper has been withdrawn, |New submissions |Showing new listings for |"
    ";|\\|$|$^{1}$, ";

template <typename Read>
void check_linear(Read read, const std::string& before = "", const std::string& behind = "") {
  for (const std::string_view part : split(tokens, '|')) {
    const std::string token(part);
    INFO("token: " << token << ", behind: " << before);
    CHECK_FALSE(grows_too_fast([&](std::size_t bytes) { read(before + repeated(token, bytes) + behind); }));
  }
}

const std::string source = "x";

void read_any_feed(const std::string& text) {
  Errors errors;
  static_cast<void>(read_feed(text, source, errors));
}

const std::string open_feed = "<rss version=\"2.0\"><channel><title>cs.LG updates on arXiv.org</title>";
const std::string open_item = open_feed + "<item><guid>oai:arXiv.org:9901.00001v1</guid><title>T</title>";

}  // namespace

TEST_CASE("linear: reading a feed", "[linear]") {
  check_linear(read_any_feed);
  check_linear(read_any_feed, open_feed, "</channel></rss>");
  check_linear(read_any_feed, open_item + "<dc:creator>", "</dc:creator></item></channel></rss>");
  check_linear(read_any_feed, open_item + "<description>", "</description></item></channel></rss>");
  check_linear(read_any_feed, open_feed + "<link>http://rss.arxiv.org/rss/", "</link></channel></rss>");
  CHECK_FALSE(grows_too_fast(
      [](std::size_t bytes) {
        std::string text = open_item;
        for (std::size_t i = 0; i < bytes / 16; ++i) text += "<category>cs.X" + std::to_string(i) + "</category>";
        read_any_feed(text + "</item></channel></rss>");
      },
      std::size_t{256} << 10U));
}

TEST_CASE("linear: reading a library", "[linear]") {
  const auto bibtex = [](const std::string& text) {
    Errors errors;
    read_bibtex(text, source, errors);
  };
  check_linear(bibtex);
  check_linear(bibtex, "@article{k, title = {", "}}");
  check_linear(bibtex, "@article{k, author = {", "}}");
  check_linear(bibtex, "@article{k, note = \"", "\"}");
  const auto ris = [](const std::string& text) {
    Errors errors;
    read_ris(text, source, errors);
  };
  check_linear(ris);
  check_linear(ris, "TY  - JOUR\nTI  - ");
  check_linear([](const std::string& text) {
    Errors errors;
    read_opinions(text, source, errors);
  });
}

TEST_CASE("linear: a listing page, and whether a paper is withdrawn", "[linear]") {
  check_linear([](const std::string& text) { static_cast<void>(read_listing(text)); });
  check_linear([](const std::string& text) {
    Paper paper;
    paper.abstract = text;
    paper.comments = text;
    static_cast<void>(is_withdrawn(paper));
  });
}

TEST_CASE("linear: an id in a text", "[linear]") {
  check_linear([](const std::string& text) { static_cast<void>(ArxivId::parse(text)); });
  check_linear([](const std::string& text) { static_cast<void>(ArxivId::parse(text)); }, "https://arxiv.org/abs/");
}
