// The index is read back by a decoder of its own, written from docs/formats.md.
#include "exports/search_index.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/json.h"
#include "core/text.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

std::string inflated(const std::string& packed) {
  std::string bytes(1 << 20, '\0');
  uLongf size = bytes.size();
  REQUIRE(::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(packed.data()),
                       packed.size()) == Z_OK);
  bytes.resize(size);
  return bytes;
}

SearchIndex packed_index(const std::vector<Day>& newest_first) {
  // The last first, as if threads had been at it.
  SearchIndexer indexer;
  for (std::size_t i = newest_first.size(); i-- > 0;)
    indexer.add(i, search_digest(newest_first[i], summary_of(newest_first[i])));
  SearchIndex index = indexer.finished();
  for (SearchFile& file : index.files) pack(file);
  return index;
}

std::map<std::string, std::string> by_path(const SearchIndex& index) {
  std::map<std::string, std::string> files;
  for (const SearchFile& file : index.files) files[file.path] = file.bytes;
  return files;
}

class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t number() {
    std::size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.at(at_++));
      value |= static_cast<std::size_t>(byte & 127U) << shift;
      if (byte < 128) return value;
    }
  }
  std::string text(std::size_t length) {
    at_ += length;
    return bytes_.substr(at_ - length, length);
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

using Places = std::map<std::string, std::map<int, std::set<std::size_t>>>;  // word, field, papers

// All shards of a year; each word must lie in the shard that the names say.
Places places_in(const SearchIndex& index, const SearchYear& year) {
  const auto files = by_path(index);
  Places places;
  for (std::size_t shard = 0; shard < year.shards.size(); ++shard) {
    Bytes bytes(inflated(files.at("search/" + std::to_string(year.year) + "/words-" + std::to_string(shard) + ".bin")));
    std::string word;
    while (!bytes.at_end()) {
      const std::size_t shared = bytes.number();
      const std::size_t head = bytes.number();
      word = word.substr(0, shared) + bytes.text(head >> 3U);
      CHECK(word >= year.shards[shard]);
      if (shard + 1 < year.shards.size()) CHECK(word < year.shards[shard + 1]);
      for (int field = 0; field < 3; ++field) {
        if ((head >> field & 1U) == 0) continue;
        std::size_t paper = 0;
        for (std::size_t count = bytes.number(); count > 0; --count) {
          paper += bytes.number();
          places[word][field].insert(paper++);
        }
      }
    }
  }
  return places;
}

std::set<std::size_t> papers_with(const Places& places, const std::string& text) {
  std::set<std::size_t> found;
  bool first = true;
  for (const std::string& word : search_words(text)) {
    std::set<std::size_t> papers;
    if (const auto at = places.find(word); at != places.end())
      for (const auto& [field, in] : at->second) papers.insert(in.begin(), in.end());
    std::set<std::size_t> both;
    std::set_intersection(found.begin(), found.end(), papers.begin(), papers.end(), std::inserter(both, both.end()));
    found = first ? papers : both;
    first = false;
  }
  return found;
}

Entry paper(const std::string& id, const std::string& title, const std::string& author, Date date) {
  Entry one = entry(id, "maps", 9, date);
  one.paper.title = title;
  one.paper.authors = {author};
  return one;
}

}  // namespace

// site/search.js must do the same: the browser's tests type the left column and find the right one marked.
TEST_CASE("search words: case, accents, plurals, small digits and scripts fold", "[search]") {
  const std::pair<const char*, const char*> table[] = {
      {"Sparse Attention", "sparse attention"},
      {"self-attention, 2.5-bit", "self attention 2 5 bit"},
      {"Müller Łukasz Ørsted Škoda Æsir ĿÆ", "muller lukasz orsted skoda asir la"},
      {"Nguyễn Ơn Ưu Ǖǜ Țară Șerban", "nguyen on uu \u01D5u tara serban"},
      {"e\u0301tude Straße", "etude strase"},
      {"ΑΒΓ αβγ Ωμέγα", "αβγ αβγ ωμέγα"},
      {"Иван", "Иван"},
      {"transformers policies losses class", "transformer policy loss class"},
      {"bus bias analysis gas its us bayes", "bus bia analysi gas its us baye"},
      {"ties dies series 1990s GPUs LLMs βs", "tie die sery 1990 gpu llm βs"},
      {"H₂O x² ℓ₁ ¹³C 10⁹", "h2o x2 l1 13c 109"},
      {"注意力 アテンション", "注 意 力 ア テ ン シ ョ ン"},
      {"שלום עולם", "שלום עולם"},
      {"model🤗✨hub 👩‍🔬", "model 🤗 hub 👩 🔬"},
      {"don't 5%–10% a\u00A0b «c» ½×÷", "don t 5 10 a b c"},
      {"𝒪(n) ℝ", "𝒪 n ℝ"},
      {"", ""},
      {"  -- …", ""},
  };
  for (const auto& [text, words] : table) {
    INFO(text);
    CHECK(joined(search_words(text), " ") == words);
  }
}

TEST_CASE("search index: papers with TeX, accents and other scripts are found by what readers type", "[search]") {
  Day day = day_with(monday, 0);
  day.papers = {
      paper("9901.00001", "On $\\alpha$-Divergences of Erd\\H{o}s--R\\'enyi Graphs", "Pál Erd\\H{o}s", monday),
      paper("9901.00002", "注意力 is all", "Łukasz Kaiser", monday),
      paper("9901.00003", "שלום to Models 🤗", "Nguy\\~{\\^e}n", monday),
      paper("9901.00004", "An Earlier One", "Nobody", monday - 1)};
  const SearchIndex index = packed_index({day});
  REQUIRE(index.years.size() == 1);
  CHECK(index.years[0].papers == 3);  // the fourth is of the day that showed it first
  const Places places = places_in(index, index.years[0]);
  using Found = std::set<std::size_t>;
  CHECK(papers_with(places, "α divergence") == Found{0});
  CHECK(papers_with(places, "Erdős Rényi") == Found{0});
  CHECK(papers_with(places, "erdos renyi graph") == Found{0});
  CHECK(papers_with(places, "注意") == Found{1});
  CHECK(papers_with(places, "lukasz") == Found{1});
  CHECK(papers_with(places, "שלום 🤗") == Found{2});
  CHECK(papers_with(places, "nguyen model") == Found{2});
  CHECK(papers_with(places, "we show") == Found{0, 1, 2});
  CHECK(papers_with(places, "nobody").empty());
  CHECK(places.at("graph") == Places::mapped_type{{0, {0}}});
  CHECK(places.at("erdo").at(1) == Found{0});  // stands in the title too: fields are apart
  CHECK(places.at("show") == Places::mapped_type{{2, {0, 1, 2}}});
}

TEST_CASE("search index: tables and blocks have the papers in the order of their days", "[search]") {
  std::vector<Day> days = {day_with(monday + 1, 20), day_with(monday, 3)};
  days[0].papers[1].score.relevance = std::nullopt;
  days[0].papers[1].score.topic = "";
  days[1].papers[0].paper.authors = {"A", "B", "C", "D", "E", "F"};
  days[1].papers[0].score.scorer = Scorer::llm;
  days[1].papers[0].score.comment = "Two\nlines \u202Eturned";
  const SearchIndex index = packed_index(days);
  const auto files = by_path(index);

  Bytes table(inflated(files.at("search/2099/table.bin")));
  CHECK(table.text(6) == " maps\n");
  CHECK(table.number() == 2);
  CHECK(table.number() == 4);  // days after 1 January
  CHECK(table.number() == 3);
  CHECK(table.number() == 1);
  CHECK(table.number() == 20);
  CHECK(table.text(5) == "\x95\x85\x75\x95\x05");
  table.text(18);
  CHECK(table.number() == 1);
  for (int i = 1; i < 4; ++i) table.number();
  CHECK(table.number() == 0);

  const std::string first = inflated(files.at("search/2099/papers-0.bin"));
  CHECK(first.starts_with(days[1].papers[0].paper.id + "\nPaper " + days[1].papers[0].paper.id +
                          " on x < y & Études\nA, B, C, … F (6 authors)\nTwo lines turned\n"));
  CHECK(count(first, "\n") == 64);
  CHECK(count(inflated(files.at("search/2099/papers-1.bin")), "\n") == 4 * 7);
  CHECK(files.count("search/2099/papers-2.bin") == 0);
}

TEST_CASE("search index: a year that is over keeps its bytes", "[search]") {
  const Date last = *Date::from_parts(2098, 12, 31);
  std::vector<Day> days = {day_with(last, 40), day_with(last - 1, 30)};
  const auto before = by_path(packed_index(days));
  Day later = day_with(last + 1, 30);
  later.papers[0].score.topic = "another";
  days.insert(days.begin(), later);
  const SearchIndex index = packed_index(days);
  const auto after = by_path(index);
  REQUIRE(index.years.size() == 2);
  CHECK(index.years[0].year == 2099);
  CHECK(after.size() > before.size());
  for (const auto& [path, bytes] : before) {
    INFO(path);
    CHECK(after.at(path) == bytes);
  }
}

TEST_CASE("search index: many words are divided among shards, and the manifest names them", "[search]") {
  Day day = day_with(monday, 60);
  for (std::size_t i = 0; i < day.papers.size(); ++i)
    for (std::size_t word = 0; word < 100; ++word)
      day.papers[i].paper.abstract += " w" + std::to_string(i * 7919 * (word + 1) % 5000) + "x";
  const SearchIndex index = packed_index({day});
  REQUIRE(index.years[0].shards.size() > 1);
  const Places places = places_in(index, index.years[0]);
  CHECK(places.at("w2919x").count(2) == 1);

  JsonDocument json;
  json.text = search_manifest(index, {{"maps", "Maps & <roads>"}});
  REQUIRE_FALSE(parse_json(json, "index.json"));
  const Json& manifest = json.root;
  CHECK(std::string(manifest["topics"]["maps"].GetString()) == "Maps & <roads>");
  CHECK(manifest["block"].GetInt() == 16);
  CHECK(manifest["years"][0]["papers"].GetInt() == 60);
  CHECK(std::string(manifest["years"][0]["shards"].GetString()) == joined(index.years[0].shards, " "));
  std::size_t bytes = 0;
  for (const SearchFile& file : index.files) bytes += file.bytes.size();
  CHECK(manifest["years"][0]["bytes"].GetUint64() == bytes);
}

TEST_CASE("search index: the same days give the same bytes, none gives no years", "[search]") {
  const std::vector<Day> days = {day_with(monday + 1, 30), day_with(monday, 30)};
  CHECK(by_path(packed_index(days)) == by_path(packed_index(days)));
  CHECK(search_manifest(packed_index(days), {}) == search_manifest(packed_index(days), {}));
  CHECK(packed_index({day_with(monday, 0)}).years.empty());
  CHECK(search_manifest(packed_index({}), {}) == "{\"block\":16,\"topics\":{},\"years\":[]}\n");
}
