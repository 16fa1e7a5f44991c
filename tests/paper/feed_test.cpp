#include "paper/feed.h"

#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date monday = date("2099-01-05");

// As invented, and as a feed of cs.LG lists it.
Paper listed(Paper paper) {
  paper.listed_in = {"cs.LG"};
  return paper;
}

Paper full_paper() {
  Paper paper = invented_paper(7);
  paper.version = 3;
  paper.authors = {"Ada Imagined", "Bo Fiction", "J\\\"org D{\\o}e"};
  paper.affiliations = {"Nowhere, East", "", "Attic"};
  paper.announce_type = AnnounceType::replace_cross;
  paper.doi = "10.1000/invented.7";
  paper.journal_ref = "J. Inv. <7> (2099) & more";
  return paper;
}

std::string rss_of(const Paper& paper) { return rss_feed("cs.LG", monday, {paper}); }

// An RSS feed whose only paper has this in place of its title or abstract, as XML.
Paper with_title(std::string_view xml) {
  Paper paper = invented_paper(1);
  paper.title = "TITLE";
  return read_well(replaced(rss_of(paper), "TITLE", xml)).papers.at(0);
}

}  // namespace

TEST_CASE("feed: every field of an RSS item is read", "[feeds]") {
  const Feed feed = read_well(rss_of(full_paper()));
  CHECK(feed.kind == FeedKind::rss);
  CHECK(feed.source == "feed.xml");
  CHECK(feed.category == "cs.LG");
  CHECK(feed.announced == monday);
  CHECK(feed.skip_days == std::vector<Weekday>{Weekday::sunday, Weekday::saturday});
  CHECK(feed.total_results == -1);
  CHECK_FALSE(feed.cut_off);
  REQUIRE(feed.papers.size() == 1);
  CHECK(feed.papers[0] == listed(full_paper()));
}

TEST_CASE("feed: every field of an Atom entry is read", "[feeds]") {
  const Feed feed = read_well(atom_feed("cs.LG", monday, {full_paper()}));
  CHECK(feed.kind == FeedKind::atom);
  CHECK(feed.category == "cs.LG");
  CHECK(feed.announced == monday);
  REQUIRE(feed.papers.size() == 1);
  CHECK(feed.papers[0] == listed(full_paper()));
}

TEST_CASE("feed: every field of an entry of the API is read", "[feeds]") {
  Paper paper = full_paper();
  paper.announce_type.reset();
  paper.license.clear();
  paper.comments = "12 pages, 3 figures";
  paper.published = Instant::parse_rfc3339("2099-01-02T18:00:01Z");
  const Feed feed = read_well(api_feed({paper}, 1234));
  CHECK(feed.kind == FeedKind::api);
  CHECK(feed.category.empty());
  CHECK_FALSE(feed.announced);
  CHECK(feed.total_results == 1234);
  REQUIRE(feed.papers.size() == 1);
  CHECK(feed.papers[0] == paper);
}

TEST_CASE("feed: the API's primary category goes first", "[feeds]") {
  Paper paper = invented_paper(1);
  const std::string text = api_feed({paper});
  const Feed feed = read_well(replaced(text, "primary_category term=\"cs.LG\"", "primary_category term=\"cs.AI\""));
  CHECK(feed.papers.at(0).categories == std::vector<std::string>{"cs.AI", "cs.LG"});
}

TEST_CASE("feed: the API's codes of other schemes are no categories", "[feeds]") {
  const std::string own = "<category term=\"cs.AI\" scheme=\"http://arxiv.org/schemas/atom\"/>";
  const std::string acm = "<category term=\"I.2.7; F.4\" scheme=\"http://www.acm.org/class\"/>";
  CHECK(read_well(replaced(api_feed({invented_paper(1)}), own, acm)).papers.at(0).categories ==
        std::vector<std::string>{"cs.LG"});
}

TEST_CASE("feed: lines that the API wrapped are unwrapped, other white space stays", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.title = "A  title\n  on two lines";
  paper.abstract = "One\r\ntwo\n\n   three  four";
  const Paper read = read_well(api_feed({paper})).papers.at(0);
  CHECK(read.title == "A  title on two lines");
  CHECK(read.abstract == "One two three  four");
}

TEST_CASE("feed: abstracts of RSS and Atom keep their lines and blanks", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.abstract = "One\n  two  three\n\nfour";
  CHECK(read_well(rss_of(paper)).papers.at(0).abstract == paper.abstract);
  CHECK(read_well(atom_feed("cs.LG", monday, {paper})).papers.at(0).abstract == paper.abstract);
}

TEST_CASE("feed: a second 'Abstract:' belongs to the abstract", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.abstract = "Abstract: we study the Announce Type: new.\nAbstract: twice";
  CHECK(read_well(rss_of(paper)).papers.at(0).abstract == paper.abstract);
}

TEST_CASE("feed: a description is read on one line, without its head, and without an abstract", "[feeds]") {
  const std::string text = rss_of(invented_paper(1));
  const std::string head = "arXiv:9901.00001v1 Announce Type: new \nAbstract: ";
  const auto abstract = [&](std::string_view by) { return read_well(replaced(text, head, by)).papers.at(0).abstract; };
  const std::string own = "We invent $x_1$ & show that 1 < 2.";
  CHECK(abstract("arXiv:9901.00001v1 Announce Type: new Abstract: ") == own);
  CHECK(abstract("arXiv:9901.00001v1 Announce Type: new\n") == own);
  CHECK(abstract("Abstract: ") == own);
  CHECK(abstract("") == own);
  CHECK(abstract("arXiv:9901.00001v1 is where ") == "arXiv:9901.00001v1 is where " + own);
  Paper paper = invented_paper(1);
  paper.abstract.clear();
  CHECK(read_well(rss_of(paper)).papers.at(0).abstract.empty());
}

TEST_CASE("feed: version and announce type are read off the description where nothing else says them", "[feeds]") {
  std::string text = rss_of(full_paper());
  text = replaced(text, "oai:arXiv.org:9901.00007v3", "");
  text = replaced(text, "<arxiv:announce_type>replace-cross</arxiv:announce_type>", "");
  const Paper paper = read_well(text).papers.at(0);
  CHECK(paper.id == "9901.00007");
  CHECK(paper.version == 3);
  CHECK(paper.announce_type == AnnounceType::replace_cross);
}

TEST_CASE("feed: ids of the old scheme are read in every format", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.id = "math.GT/0309136";
  paper.version = 2;
  for (const std::string& text : {rss_of(paper), atom_feed("cs.LG", monday, {paper}), api_feed({paper})}) {
    CHECK(read_well(text).papers.at(0).id == "math/0309136");
    CHECK(read_well(text).papers.at(0).version == 2);
  }
}

TEST_CASE("feed: references to characters are read, by number and by name", "[feeds]") {
  CHECK(with_title("&#233;t&#xE9; &lt;b&gt; &quot;&apos;&amp; &#x1D53C;").title ==
        "\xC3\xA9t\xC3\xA9 <b> \"'& \xF0\x9D\x94\xBC");
}

TEST_CASE("feed: what is escaped twice is unescaped once", "[feeds]") {
  CHECK(with_title("R&amp;amp;D &amp;lt; &amp;#233;").title == "R&amp;D &lt; &#233;");
}

TEST_CASE("feed: names of characters that XML does not know stay as they are", "[feeds]") {
  CHECK(with_title("a&nbsp;b AT&T").title == "a&nbsp;b AT&T");
}

TEST_CASE("feed: CDATA and comments among the text are read over", "[feeds]") {
  CHECK(with_title("a <![CDATA[<b> & </item>]]> c<!-- </title> --> d").title == "a <b> & </item> c d");
}

TEST_CASE("feed: text in elements inside a title is not lost", "[feeds]") {
  CHECK(with_title("H<sub>2</sub>O").title == "H2O");
}

TEST_CASE("feed: references to characters that XML forbids become U+FFFD", "[feeds]") {
  CHECK(with_title("a&#1;b").title ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(with_title("a\x1F"
                   "b")
            .title ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("feed: namespaces that are named otherwise are read", "[feeds]") {
  std::string text = atom_feed("cs.LG", monday, {full_paper()});
  const auto replace_all = [&](std::string_view old, std::string_view by) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + by.size()))
      text.replace(at, old.size(), by);
  };
  for (const std::string name :
       {"feed", "entry", "id", "title", "updated", "link", "summary", "category", "published"}) {
    replace_all("<" + name + ">", "<ns0:" + name + ">");
    replace_all("<" + name + " ", "<ns0:" + name + " ");
    replace_all("</" + name + ">", "</ns0:" + name + ">");
  }
  replace_all("xmlns=", "xmlns:ns0=");
  replace_all("arxiv:", "ns1:");
  replace_all("dc:", "ns2:");
  replace_all("xmlns:arxiv", "xmlns:ns1");
  replace_all("xmlns:dc", "xmlns:ns2");
  CHECK(read_well(text).papers.at(0) == listed(full_paper()));
  CHECK(read_well(text).announced == monday);
}

TEST_CASE("feed: a quiet day's feed has no papers and is no error", "[feeds]") {
  CHECK(read_well(rss_feed("cs.LG", date("2099-01-03"), {})).papers.empty());
  CHECK(read_well(rss_feed("cs.LG", date("2099-01-03"), {})).announced == date("2099-01-03"));
  const Feed atom = read_well(atom_feed("cs.LG", date("2099-01-03"), {}));
  CHECK(atom.papers.empty());
  CHECK(atom.announced == date("2099-01-03"));
}

TEST_CASE("feed: the day is that of New York, in summer too", "[feeds]") {
  for (const std::string_view iso : {"2099-01-05", "2099-07-06"}) {
    CHECK(read_well(rss_feed("cs.LG", date(iso), {})).announced == date(iso));
    CHECK(read_well(atom_feed("cs.LG", date(iso), {invented_paper(1)})).announced == date(iso));
  }
}

TEST_CASE("feed: without a pubDate the RSS feed's lastBuildDate says the day", "[feeds]") {
  const std::string text = replaced(rss_feed("cs.LG", monday, {}), "<pubDate>Mon, 05", "<pubDate>Mon, 99");
  CHECK(read_well(text).announced == monday);
  CHECK_FALSE(read_well(replaced(text, "<lastBuildDate>Mon, 05", "<lastBuildDate>Mon, 99")).announced);
}

TEST_CASE("feed: the channel's date counts in RSS, not an item's", "[feeds]") {
  const std::string text = rss_item(invented_paper(1), monday - 3);
  const std::string feed = replaced(rss_feed("cs.LG", monday, {}), "  </channel>", text + "  </channel>");
  CHECK(read_well(feed).announced == monday);
}

TEST_CASE("feed: one of several categories lists each paper in those that it has", "[feeds]") {
  Paper other = invented_paper(2);
  other.categories = {"stat.ML", "cs.AI"};
  Paper foreign = invented_paper(3);
  foreign.categories = {"math.GT"};
  const Feed feed = read_well(rss_feed("cs.LG+cs.AI", monday, {invented_paper(1), other, foreign}));
  CHECK(feed.category == "cs.LG+cs.AI");
  CHECK(feed.papers.at(0).listed_in == std::vector<std::string>{"cs.LG", "cs.AI"});
  CHECK(feed.papers.at(1).listed_in == std::vector<std::string>{"cs.AI"});
  CHECK(feed.papers.at(2).listed_in == std::vector<std::string>{"cs.LG", "cs.AI"});
}

TEST_CASE("feed: that of a whole archive lists its papers in the archive", "[feeds]") {
  CHECK(read_well(rss_feed("cs", monday, {invented_paper(1)})).papers.at(0).listed_in ==
        std::vector<std::string>{"cs"});
}

TEST_CASE("feed: the category is read off the title where the address is another's", "[feeds]") {
  const std::string text =
      replaced(rss_of(invented_paper(1)), "http://rss.arxiv.org/rss/cs.LG<", "https://example.org/x<");
  CHECK(read_well(text).category == "cs.LG");
}

TEST_CASE("feed: of a paper twice in a feed one is kept, with the stronger type and the higher version", "[feeds]") {
  Paper again = invented_paper(1);
  again.version = 2;
  again.title = "Another title";
  again.announce_type = AnnounceType::replace;
  const Feed feed = read_well(rss_feed("cs.LG", monday, {again, invented_paper(2), invented_paper(1)}));
  REQUIRE(feed.papers.size() == 2);
  CHECK(feed.papers[0].title == "Another title");
  CHECK(feed.papers[0].version == 2);
  CHECK(feed.papers[0].announce_type == AnnounceType::new_);
  CHECK(feed.papers[1].id == "9901.00002");
}

TEST_CASE("feed: a byte order mark and Windows' line ends do no harm", "[feeds]") {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : rss_of(full_paper())) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(read_well(text).papers.at(0) == listed(full_paper()));
}

TEST_CASE("feed: the API is known by its address where it says no total", "[feeds]") {
  const std::string text = api_feed({invented_paper(1)});
  const auto from = text.find("  <opensearch:itemsPerPage>");
  const auto to = text.find("  <entry>");
  const Feed feed = read_well(text.substr(0, from) + text.substr(to));
  CHECK(feed.kind == FeedKind::api);
  CHECK(feed.total_results == -1);
}

TEST_CASE("feed: a page behind the API's last result is empty and no error", "[feeds]") {
  const Feed feed = read_well(api_feed({}, 300));
  CHECK(feed.papers.empty());
  CHECK(feed.total_results == 300);
}

TEST_CASE("feed: names of the API are taken as they are, the colon of a team is none", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.authors = {"Utopia Team", ":", "Imagined, Ada", "Bo  Fiction"};
  paper.affiliations = {"", "", "Nowhere", ""};
  const Paper read = read_well(api_feed({paper})).papers.at(0);
  CHECK(read.authors == std::vector<std::string>{"Utopia Team", "Imagined, Ada", "Bo Fiction"});
  CHECK(read.affiliations == std::vector<std::string>{"", "Nowhere", ""});
}

TEST_CASE("feed: several affiliations of an author of the API are joined", "[feeds]") {
  Paper paper = invented_paper(1);
  paper.authors = {"Ada Imagined"};
  paper.affiliations = {"Nowhere"};
  const std::string one = "<arxiv:affiliation>Nowhere</arxiv:affiliation>";
  CHECK(read_well(replaced(api_feed({paper}), one, one + one)).papers.at(0).affiliations ==
        std::vector<std::string>{"Nowhere; Nowhere"});
}
