#include "library/zotero.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string entry(const std::string& data) { return R"({"key": "ABCD2345", "data": {)" + data + "}}"; }

ZoteroItems items(const std::string& entries) {
  const auto page = read_zotero_items('[' + entries + ']', "zotero");
  REQUIRE(page);
  return *page;
}

std::string id_of(const std::string& fields) {
  const ZoteroItems page = items(entry(R"("itemType": "preprint", "title": "T", )" + fields));
  return page.items.at(0).reference.id;
}

}  // namespace

TEST_CASE("Zotero: requests name the library, the list and the page, and no key", "[zotero]") {
  ZoteroSettings zotero;
  zotero.user = 77;
  const Request request = zotero_request(zotero, "key-1234567", "collections/ABCD2345/items/top", 200);
  CHECK(request.url ==
        "https://api.zotero.org/users/77/collections/ABCD2345/items/top?format=json&limit=100&start=200&sort=dateAdded&"
        "direction=desc&itemType=-attachment%20%7C%7C%20note%20%7C%7C%20annotation");
  CHECK(request.headers ==
        Headers{{"Zotero-API-Version", "3"}, {"Accept", "application/json"}, {"Zotero-API-Key", "key-1234567"}});
  zotero = {.group = 88, .url = "http://127.0.0.1:1/"};
  const Request open = zotero_request(zotero, "", "collections", 0);
  CHECK(open.url == "http://127.0.0.1:1/groups/88/collections?format=json&limit=100&start=0");
  CHECK(header(open.headers, "Zotero-API-Key").empty());
}

TEST_CASE("Zotero: of an item title, abstract and arXiv id are read", "[zotero]") {
  const ZoteroItems page = items(entry(
      R"("itemType": "preprint", "title": " On\nmaps ", "abstractNote": "We\tdraw.", "archiveID": "arXiv:9901.00001",
         "creators": [{"lastName": "Imagined"}], "tags": [{"tag": "private"}], "extra": "my note")"));
  REQUIRE(page.items.size() == 1);
  CHECK(page.items[0].key == "ABCD2345");
  CHECK(page.items[0].reference == Reference{"9901.00001", "On maps", "We draw.", {}, 0});
}

TEST_CASE("Zotero: the id stands in any of four fields, and in a note it is none", "[zotero]") {
  CHECK(id_of(R"("url": "http://arxiv.org/abs/9901.00001v2")") == "9901.00001");
  CHECK(id_of(R"("DOI": "10.48550/arXiv.9901.00001")") == "9901.00001");
  CHECK(id_of(R"("extra": "PMID: 1\narXiv: 9901.00001 [cs]\nread it again")") == "9901.00001");
  CHECK(id_of(R"("extra": "DOI: 10.48550/arXiv.9901.00001")") == "9901.00001");
  CHECK(id_of(R"("extra": "contradicts arXiv:9901.00001")") == "");
  CHECK(id_of(R"("extra": "see also: arXiv:9901.00001")") == "");
  CHECK(id_of(R"("archiveID": "2401.12345", "DOI": "10.1234/5", "url": 7, "extra": {"a": 1})") == "");
}

TEST_CASE("Zotero: notes, files and odd entries are passed over", "[zotero]") {
  const ZoteroItems page =
      items(entry(R"("itemType": "note", "title": "N", "note": "private")") + ',' +
            entry(R"("itemType": "attachment", "title": "F")") + ',' +
            entry(R"("itemType": "annotation", "title": "A")") + ",7,null,[],{},{\"data\": 1}," +
            R"({"key": "../etc", "data": {"itemType": "book", "title": "B"}},)" + entry(R"("title": "No type")") + ',' +
            entry(R"("itemType": "webpage", "title": " ")") + ',' + entry(R"("itemType": "book", "title": "Kept")"));
  CHECK(page.entries == 12);
  CHECK(page.unusable == 1);
  REQUIRE(page.items.size() == 1);
  CHECK(page.items[0].reference.title == "Kept");
}

TEST_CASE("Zotero: long texts are cut, and control characters go", "[zotero]") {
  const ZoteroItems page =
      items(entry(R"("itemType": "book", "title": "\u001b[31mred\u0000 )" + std::string(1U << 20U, 'x') +
                  R"(", "abstractNote": ")" + std::string(1U << 20U, 'y') + '"'));
  const Reference& paper = page.items.at(0).reference;
  CHECK(paper.title.substr(0, 10) == "[31mred xx");
  CHECK(paper.title.size() <= 8192);
  CHECK(paper.abstract.size() == 8192);
}

TEST_CASE("Zotero: what is no list is to be asked for again", "[zotero]") {
  for (const char* body : {"", "{}", "[1", "Forbidden", "[\"\xFF\"]"}) {
    const auto page = read_zotero_items(body, "zotero");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == Kind::later);
    CHECK(page.error().hint == "run it again later; if this persists, check url in [zotero]");
  }
}

TEST_CASE("Zotero: collections have paths, whoever is whose parent", "[zotero]") {
  std::size_t entries = 0;
  const auto all = read_zotero_collections(
      R"([{"key": "CHILD234", "data": {"name": "Sparse", "parentCollection": "PARENT23"}},
          {"key": "PARENT23", "data": {"name": "Papers", "parentCollection": false}},
          {"key": "TRASH234", "data": {"name": "Gone", "parentCollection": false, "deleted": true}},
          {"key": "a/b", "data": {"name": "Odd"}}, {"key": "NONAME23", "data": {}}, 1,
          {"key": "ORPHAN23", "data": {"name": "Orphan", "parentCollection": "NOWHERE2"}}])",
      "zotero", entries);
  REQUIRE(all);
  CHECK(entries == 7);
  CHECK(collection_paths(*all) == std::vector<std::string>{"Papers/Sparse", "Papers", "Orphan"});
  CHECK(collection_paths({{"A", "a", "B"}, {"B", "b", "A"}}).at(0).size() < 100);
}

TEST_CASE("Zotero: a star stays within a name, two do not", "[zotero]") {
  CHECK(names_path("Thesis", "Thesis"));
  CHECK_FALSE(names_path("Thesis", "Thesis/One"));
  CHECK(names_path("Papers/*", "Papers/Sparse"));
  CHECK_FALSE(names_path("Papers/*", "Papers"));
  CHECK_FALSE(names_path("Papers/*", "Papers/Sparse/Old"));
  CHECK(names_path("Papers/**", "Papers/Sparse/Old"));
  CHECK(names_path("**/Old", "Papers/Sparse/Old"));
  CHECK(names_path("20*", "2099"));
  CHECK(names_path("*", "Th\u00e9orie"));
  CHECK_FALSE(names_path("", "x"));
  const std::string stars(200, '*');
  CHECK_FALSE(names_path(stars + 'b', std::string(20'000, 'a')));
}
