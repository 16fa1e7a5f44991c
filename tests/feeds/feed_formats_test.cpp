#include "feeds/feed_formats.h"

#include <tinyxml2.h>

#include <string>

#include "core/json.h"
#include "support/catch.h"

using namespace daybook;

namespace {

FeedItem paper() {
  FeedItem item;
  item.id = "tag:daybook.example,2026:/papers/9901.00001";
  item.url = "https://arxiv.org/abs/9901.00001";
  item.page_url = "https://daybook.example/2099/01/05/#p9901.00001";
  item.title = "Bits & <pieces>";
  item.authors = {"Ada Imagined", "and 384 more"};
  item.summary = "9·8 · Maps — why";
  item.html = "<p>a ]]> b \x01</p>";
  item.categories = {{"maps", "https://daybook.example/topics/", "Maps & more"},
                     {"cs.LG", "http://arxiv.org/schemas/atom", ""}};
  item.paper = FeedPaper{"9901.00001", 9, {}, "maps", "llm"};
  item.published = item.updated = {1767225600};
  return item;
}

FeedChannel channel_of(const FeedItem& item) {
  FeedChannel channel;
  channel.id = "tag:daybook.example,2026:/feeds/";
  channel.title = "Test";
  channel.home_url = channel.folder_url = "https://daybook.example/";
  channel.author = "Test";
  channel.language = "en";
  channel.updated = item.updated;
  channel.items = {&item};
  return channel;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string content(const std::string& xml, std::initializer_list<const char*> path) {
  tinyxml2::XMLDocument document;
  REQUIRE(document.Parse(xml.data(), xml.size()) == tinyxml2::XML_SUCCESS);
  const tinyxml2::XMLElement* element = document.RootElement();
  for (const char* name : path) element = element == nullptr ? nullptr : element->FirstChildElement(name);
  REQUIRE(element != nullptr);
  std::string text;  // CDATA in several parts
  for (const auto* node = element->FirstChild(); node != nullptr; node = node->NextSibling()) text += node->Value();
  return text;
}

}  // namespace

TEST_CASE("feed formats: a paper links to arXiv, its page is related, its categories say whose they are", "[site]") {
  const FeedItem item = paper();
  const FeedChannel channel = channel_of(item);
  const std::string atom = atom_feed(channel);
  CHECK(has(atom, "<link rel=\"alternate\" href=\"https://arxiv.org/abs/9901.00001\"/>"));
  CHECK(has(atom, "<link rel=\"related\" href=\"https://daybook.example/2099/01/05/#p9901.00001\"/>"));
  CHECK(has(atom, "<name>Ada Imagined</name>\n</author>\n<author>\n<name>and 384 more</name>"));
  CHECK(has(atom, "<category term=\"maps\" scheme=\"https://daybook.example/topics/\" label=\"Maps &amp; more\"/>"));
  CHECK(has(atom, "<category term=\"cs.LG\" scheme=\"http://arxiv.org/schemas/atom\"/>"));
  CHECK(has(atom, "<rights>"));
  const std::string rss = rss_feed(channel);
  CHECK(has(rss, "<link>https://arxiv.org/abs/9901.00001</link>"));
  CHECK(has(rss, "<dc:creator>Ada Imagined</dc:creator>\n<dc:creator>and 384 more</dc:creator>"));
  CHECK(has(rss, "<category domain=\"https://daybook.example/topics/\">Maps &amp; more</category>"));
  CHECK(has(rss, "<description>9·8 · Maps — why</description>"));
  CHECK(has(rss, "<ttl>720</ttl>"));
}

TEST_CASE("feed formats: the content is the same in all three, without characters that XML forbids", "[site]") {
  const FeedItem item = paper();
  const FeedChannel channel = channel_of(item);
  const std::string expected = "<p>a ]]> b \uFFFD</p>";
  CHECK(content(atom_feed(channel), {"entry", "content"}) == expected);
  CHECK(content(rss_feed(channel), {"channel", "item", "content:encoded"}) == expected);
  JsonDocument json;
  json.text = json_feed(channel);
  REQUIRE_FALSE(parse_json(json, "feed.json"));
  const Json& one = (*member(json.root, "items"))[0];
  CHECK(string_of(member(one, "content_html")) == expected);
  CHECK(string_of(member(one, "url")) == item.url);
  const Json& extension = *member(one, "_daybook");
  CHECK(string_of(member(extension, "page_url")) == item.page_url);
  CHECK(string_of(member(extension, "arxiv_id")) == "9901.00001");
  CHECK(member(extension, "relevance")->GetInt() == 9);
  CHECK(member(extension, "novelty") == nullptr);
}

TEST_CASE("feed formats: an archive document says so, and its entries are those of the feed", "[site]") {
  FeedItem item = paper();
  item.html.clear();
  FeedChannel channel = channel_of(item);
  CHECK_FALSE(has(atom_feed(channel), "fh:archive"));
  CHECK_FALSE(has(atom_feed(channel), "<content"));
  CHECK_FALSE(has(rss_feed(channel), "content:encoded>"));
  CHECK(has(json_feed(channel), "\"content_text\":\"9·8 · Maps — why\""));
  channel.document = FeedDocument::archive;
  channel.self_url = "https://daybook.example/2099-01.xml";
  channel.current = "https://daybook.example/atom.xml";
  channel.prev_archive = "https://daybook.example/2098-12.xml";
  const std::string archive = atom_feed(channel);
  CHECK(has(archive, "<fh:archive xmlns:fh=\"http://purl.org/syndication/history/1.0\"/>"));
  CHECK(
      has(archive, "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://daybook.example/2099-01.xml\"/>"));
  CHECK(has(archive, "<link rel=\"current\" href=\"https://daybook.example/atom.xml\"/>"));
  CHECK(has(archive, "<link rel=\"prev-archive\" href=\"https://daybook.example/2098-12.xml\"/>"));
  CHECK(has(archive, atom_entry(item)));
  CHECK(atom_feed(channel, {atom_entry(item)}) == archive);
}

TEST_CASE("feed formats: a hub and a style sheet are announced where there are some", "[site]") {
  const FeedItem item = paper();
  FeedChannel channel = channel_of(item);
  for (const std::string& feed : {atom_feed(channel), rss_feed(channel), json_feed(channel)}) {
    CHECK_FALSE(has(feed, "hub"));
    CHECK_FALSE(has(feed, "xml-stylesheet"));
  }
  channel.hub = "https://hub.example/";
  channel.style_path = "../feed.css";
  const std::string sheet = "<?xml-stylesheet type=\"text/css\" href=\"../feed.css\"?>\n";
  CHECK(has(atom_feed(channel), "?>\n" + sheet + "<feed"));
  CHECK(has(rss_feed(channel), "?>\n" + sheet + "<rss"));
  CHECK(has(atom_feed(channel), "<link rel=\"hub\" href=\"https://hub.example/\"/>"));
  CHECK(has(rss_feed(channel), "<atom:link rel=\"hub\" href=\"https://hub.example/\"/>"));
  CHECK(has(json_feed(channel), "\"hubs\":[{\"type\":\"WebSub\",\"url\":\"https://hub.example/\"}]"));
}
