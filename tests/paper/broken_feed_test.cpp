#include <utility>

#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date monday = date("2099-01-05");
const std::string wrong_address = "  hint: check that the address belongs to an arXiv feed\n";
const std::string again_or_address =
    "  hint: fetch it again later, or check that the address belongs to an arXiv feed\n";

std::string three_papers() { return rss_feed("cs.LG", monday, invented_papers(3)); }

// Reads the text cut off at every byte: an error that says something, or whole papers.
void cut_everywhere(const std::string& text, const std::vector<Paper>& papers) {
  const std::size_t whole = text.find_last_not_of('\n') + 1;
  for (std::size_t length = 0; length < text.size(); ++length) {
    Errors errors;
    const auto feed = read_feed(std::string_view(text).substr(0, length), "feed.xml", errors);
    if (!feed) {
      if (feed.error().what.empty() || !errors.empty()) FAIL(length);
      continue;
    }
    if (feed->cut_off.has_value() != (length < whole) || feed->papers.empty() || !errors.empty()) FAIL(length);
    for (std::size_t i = 0; i < feed->papers.size(); ++i) {
      Paper expected = papers.at(i);
      expected.listed_in = feed->papers[i].listed_in;
      if (feed->papers[i] != expected) FAIL(length << ": " << feed->papers[i].id);
    }
  }
}

}  // namespace

TEST_CASE("broken feed: a feed cut off anywhere gives whole papers or an error", "[feeds]") {
  const auto papers = invented_papers(3);
  cut_everywhere(rss_feed("cs.LG", monday, papers), papers);
  cut_everywhere(atom_feed("cs.LG", monday, papers), papers);
  auto plain = papers;
  for (Paper& paper : plain) {
    paper.announce_type.reset();
    paper.license.clear();
  }
  cut_everywhere(api_feed(plain), plain);
}

TEST_CASE("broken feed: a quiet day's feed cut off anywhere is an error, never a quiet day", "[feeds]") {
  for (const std::string& text : {rss_feed("cs.LG", monday, {}), atom_feed("cs.LG", monday, {})}) {
    for (std::size_t length = 0; length + 1 < text.size(); ++length)
      if (refused(text.substr(0, length)).empty()) FAIL(text.substr(0, length));
    CHECK(refused(text).empty());
  }
}

TEST_CASE("broken feed: a feed that breaks off inside an entry says where and how many are used", "[feeds]") {
  const std::string text = three_papers();
  const std::string cut = text.substr(0, text.find("Invention 3") + 4);
  const Feed feed = read_well(cut);
  CHECK(feed.papers.size() == 2);
  REQUIRE(feed.cut_off);
  CHECK(describe(*feed.cut_off) ==
        "feed.xml:44:18: error: the feed is cut off inside the 3rd entry; the 2 whole ones before it are used\n"
        "  hint: fetch it again for the rest\n");
  CHECK(feed.cut_off->kind == Kind::later);
}

TEST_CASE("broken feed: a feed that breaks off behind an entry says so", "[feeds]") {
  const std::string text = three_papers();
  const auto end = text.find("</item>") + 7;
  const Feed feed = read_well(text.substr(0, end) + "\n\n");
  REQUIRE(feed.cut_off);
  CHECK(describe(*feed.cut_off) ==
        "feed.xml:29:12: error: the feed is cut off after the 1st entry; the whole one is used\n"
        "  hint: fetch it again for the rest\n");
  const auto second = text.find("</item>", end) + 7;
  CHECK(read_well(text.substr(0, second + 8)).cut_off->what ==
        "the feed is cut off after the 2nd entry; the 2 whole ones are used");
}

TEST_CASE("broken feed: a feed that breaks off in its first entry is an error to try again", "[feeds]") {
  const std::string text = three_papers();
  Errors errors;
  const auto feed = read_feed(text.substr(0, text.find("Invention 1")), "feed.xml", errors);
  REQUIRE_FALSE(feed);
  CHECK(describe(feed.error()) ==
        "feed.xml:18:14: error: the feed is cut off before the end of its first entry\n  hint: fetch it again\n");
  CHECK(feed.error().kind == Kind::later);
}

TEST_CASE("broken feed: an entry that is not well-formed is left out and named, the others stay at their lines",
          "[feeds]") {
  const std::string text = replaced(three_papers(), "Invention 2: Less", "Invention 2: <b>Less");
  Errors errors;
  const auto feed = read_feed(text, "feed.xml", errors);
  REQUIRE(feed);
  CHECK_FALSE(feed->cut_off);
  REQUIRE(feed->papers.size() == 2);
  CHECK(feed->papers[1].id == "9901.00003");
  REQUIRE(errors.size() == 1);
  CHECK(describe(errors[0]) == "feed.xml:30:5: error: the 2nd entry is not well-formed XML and is skipped\n");
}

TEST_CASE("broken feed: a feed that is broken between its entries is told to be, and they are used", "[feeds]") {
  const std::string text = replaced(three_papers(), "</item>\n    <item>", "</item>\n    <<item>");
  CHECK(complaints(text) ==
        "feed.xml:30: error: this is not well-formed XML; its complete entries are used\n  hint: fetch it "
        "again\n");
}

TEST_CASE("broken feed: an entry that another begins in is left out and named", "[feeds]") {
  const std::string text = replaced(three_papers(), "</item>", "");
  CHECK(complaints(text) == "feed.xml:17:5: error: the 1st entry is not well-formed XML and is skipped\n");
}

TEST_CASE("broken feed: behind a broken entry, one without a title keeps its line", "[feeds]") {
  std::string text = replaced(three_papers(), "Invention 2: Less", "Invention 2: <b>Less");
  text = replaced(text, "<title>Invention 3: Less is More</title>", "<title/>");
  CHECK(complaints(text) ==
        "feed.xml:30:5: error: the 2nd entry is not well-formed XML and is skipped\n"
        "feed.xml:43: error: the 2nd entry (9901.00003) has no title and is skipped\n");
}

TEST_CASE("broken feed: an item without id or title is named with its line, the rest stays", "[feeds]") {
  std::string text = replaced(three_papers(), "<title>Invention 2: Less is More</title>", "<title> </title>");
  CHECK(complaints(text) == "feed.xml:30: error: the 2nd entry (9901.00002) has no title and is skipped\n");
  text = three_papers();
  for (const std::string id : {"https://arxiv.org/abs/9901.00003", "arXiv:9901.00003v1", "oai:arXiv.org:9901.00003v1"})
    text = replaced(text, id, "");
  CHECK(complaints(text) == "feed.xml:43: error: the 3rd entry has no id and is skipped\n");
  text = three_papers();
  for (const std::string id : {"https://arxiv.org/abs/9901.00003", "arXiv:9901.00003v1", "oai:arXiv.org:9901.00003v1"})
    text = replaced(text, id, "9913.00003");
  CHECK(complaints(text) == "feed.xml:43: error: the 3rd entry has no arXiv id but \"9913.00003\" and is skipped\n");
}

TEST_CASE("broken feed: a feed none of whose entries is a paper is an error, never a quiet day", "[feeds]") {
  std::string text = rss_feed("cs.LG", monday, invented_papers(1));
  CHECK(refused(replaced(text, "<title>Invention 1: Less is More</title>", "")) ==
        "feed.xml:17: error: none of the feed's entries is a paper: the 1st entry (9901.00001) has no title and is "
        "skipped\n" +
            wrong_address);
}

TEST_CASE("broken feed: a paper of an unknown announce type is kept, and the type named", "[feeds]") {
  const std::string text = replaced(three_papers(), "<arxiv:announce_type>new</", "<arxiv:announce_type>renewed</");
  CHECK(complaints(text) ==
        "feed.xml:17: error: the 1st entry (9901.00001) has the unknown announce type \"renewed\"\n");
}

TEST_CASE("broken feed: a reply that is no feed, or holds no paper, is told with place, fact and hint", "[feeds]") {
  const std::string empty = "feed.xml: error: the reply is empty\n  hint: fetch it again later\n";
  const std::string untitled = "feed.xml:1:1: error: this is an HTML page, not a feed\n" + again_or_address;
  const std::pair<std::string, std::string> table[] = {
      {"", empty},
      {" \r\n\t", empty},
      {"\xEF\xBB\xBF", empty},
      {"\n Rate  exceeded.\n",
       "feed.xml:2:2: error: this is not XML, it begins with \"Rate exceeded.\"\n" + again_or_address},
      {"{" + std::string(200, 'x'), "feed.xml:1:1: error: this is not XML, it begins with \"{" + std::string(79, 'x') +
                                        "...\"\n" + again_or_address},
      {"<!DOCTYPE html>\n<html><head><TITLE>502 Bad\nGateway</TITLE></head><body><p>x<br></body></html>",
       "feed.xml:1:1: error: this is an HTML page, not a feed: \"502 Bad Gateway\"\n" + again_or_address},
      {"<HTML><body>no</body></HTML>", untitled},
      {"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", untitled},
      {"<!doctype html><p>half a pag", untitled},
      {"<?xml version='1.0'?>\n<!-- x -->\n<rdf:RDF/>",
       "feed.xml:3:1: error: this is XML but not a feed: its first element is \"rdf:RDF\"\n" + wrong_address},
      {"<rss version=\"2.0\"/>", "feed.xml:1: error: the feed has no channel\n" + wrong_address},
      {"<rss><channel></chanel></rss>",
       "feed.xml:1: error: this is not well-formed XML: an end tag does not match its element\n"
       "  hint: fetch it again\n"},
      {api_error("incorrect id format for nonsense"),
       "feed.xml:9: error: arXiv's API answers with an error: \"incorrect id format for nonsense\"\n"
       "  hint: check the ids and dates that were asked for\n"},
      {api_feed({}),
       "feed.xml: error: the query of arXiv's API found nothing\n"
       "  hint: check the ids and dates that were asked for\n"},
      {std::string(feed_bytes_max + 1, ' '),
       "feed.xml: error: the feed has 16777217 bytes, more than 16777216\n" + wrong_address}};
  for (const auto& [body, message] : table) CHECK(refused(body) == message);
}

TEST_CASE("broken feed: a quotation never ends inside a character", "[feeds]") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\xE2\x82\xAC";
  std::string quoted;
  for (int i = 0; i < 26; ++i) quoted += "\xE2\x82\xAC";
  CHECK(refused(text) ==
        "feed.xml:1:1: error: this is not XML, it begins with \"" + quoted + "...\"\n" + again_or_address);
}

TEST_CASE("broken feed: elements nested too deep are refused", "[feeds]") {
  std::string text = "<rss>";
  for (int i = 0; i < 100000; ++i) text += "<a>";
  CHECK(refused(text).starts_with("feed.xml:1: error: the elements are nested too deeply for a feed\n  hint: "));
}

TEST_CASE("broken feed: a document type with declarations is refused, one without is read", "[feeds]") {
  const std::string bomb =
      "<?xml version='1.0'?>\n<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<rss><channel/></rss>";
  CHECK(refused(bomb) ==
        "feed.xml:2:1: error: the document type has declarations; no feed needs them, and they can be an attack\n" +
            wrong_address);
  const std::string plain =
      "<!DOCTYPE rss PUBLIC \"-//X//DTD RSS [0.91]//EN\" \"http://example.org/rss>.dtd\">\n<rss><channel/></rss>";
  CHECK(refused(plain).empty());
}

TEST_CASE("broken feed: a feed that says it is in another encoding is refused", "[feeds]") {
  const std::string text = replaced(three_papers(), "UTF-8", "ISO-8859-1");
  CHECK(refused(replaced(text, "Invention", "\xC9tude")) ==
        "feed.xml:1:1: error: the feed is in ISO-8859-1, not in UTF-8\n"
        "  hint: arXiv's feeds are in UTF-8: check that the address belongs to an arXiv feed\n");
  CHECK(refused(text).empty());  // nothing but ASCII in it: the same in both
  CHECK(refused(std::string("\xFF\xFE<\0r\0", 6)).substr(0, 57) ==
        "feed.xml:1:1: error: the feed is in UTF-16, not in UTF-8\n");
  CHECK(refused(std::string("\0<\0r", 4)).substr(0, 57) ==
        "feed.xml:1:1: error: the feed is in UTF-16, not in UTF-8\n");
}

TEST_CASE("broken feed: stray bytes are replaced, told, and the feed is read", "[feeds]") {
  Errors errors;
  const auto feed = read_feed(replaced(three_papers(), "Invention 1", "\xC9tude \xE9"), "feed.xml", errors);
  REQUIRE(feed);
  CHECK(feed->papers.size() == 3);
  CHECK(feed->papers[0].title == "\xEF\xBF\xBDtude \xEF\xBF\xBD: Less is More");
  REQUIRE(errors.size() == 1);
  CHECK(describe(errors[0]) == "feed.xml:18:14: error: 2 bytes are not UTF-8 and are replaced by U+FFFD\n");
}

TEST_CASE("broken feed: a NUL does not end the feed", "[feeds]") {
  Errors errors;
  const auto feed = read_feed(replaced(three_papers(), "Invention 1", std::string_view("\0", 1)), "feed.xml", errors);
  REQUIRE(feed);
  CHECK(feed->papers.size() == 3);
  CHECK_FALSE(feed->cut_off);
  REQUIRE(errors.size() == 1);
  CHECK(describe(errors[0]) == "feed.xml:18:14: error: a byte is not UTF-8 and is replaced by U+FFFD\n");
}

TEST_CASE("broken feed: garbage in place of any byte of a feed does no harm", "[feeds]") {
  const std::string text = rss_feed("cs.LG", monday, invented_papers(2));
  for (const char garbage : {'<', '>', '&', '"', '/', '\0', '\xFF', ']'}) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string spoiled = text;
      spoiled[i] = garbage;
      Errors errors;
      const auto feed = read_feed(spoiled, "feed.xml", errors);
      if (feed ? feed->papers.size() > 2 : feed.error().what.empty()) FAIL(i);
      if (feed && feed->papers.size() < 2 && errors.empty() && !feed->cut_off) FAIL(spoiled);
    }
  }
}

TEST_CASE("broken feed: texts made to cost much are read in no time", "[feeds]") {
  const auto many = [](std::string_view part, int count) {
    std::string text = "<rss><channel>";
    for (int i = 0; i < count; ++i) text += part;
    return text;
  };
  for (const std::string_view part :
       {"<item ", "<item \"", "</item ", "<item><b></item>", "<!--", "<item/>", "<![CDATA["}) {
    Errors errors;
    (void)read_feed(many(part, 100000), "feed.xml", errors);
  }
  SUCCEED("done");
}
