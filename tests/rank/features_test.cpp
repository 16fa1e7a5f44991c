#include "rank/features.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

Paper paper(const std::string& title, const std::string& abstract, std::vector<std::string> categories = {}) {
  Paper made;
  made.title = title;
  made.abstract = abstract;
  made.categories = std::move(categories);
  return made;
}

Features read(const std::string& title, const std::string& abstract, std::vector<std::string> categories = {}) {
  return Featurizer().read(paper(title, abstract, std::move(categories)));
}
Features of(const std::string& abstract) { return read("", abstract); }

// The bucket of a word, or of the pair of two.
std::uint32_t bucket(const std::string& words) { return of(words).back().bucket; }

std::vector<std::uint32_t> buckets_of(const Features& features) {
  std::vector<std::uint32_t> all;
  for (const Feature& feature : features) all.push_back(feature.bucket);
  return all;
}

// Every byte that can be of a word, as a word, beside as many others as there are: the most features of a text.
std::string one_letter_words(std::size_t bytes) {
  std::string letters;
  for (int c = 'b'; c <= 'z'; ++c) letters += static_cast<char>(c);
  for (int c = 128; c < 256; ++c) letters += static_cast<char>(c);
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < bytes) {
    state = state * 1664525U + 1013904223U;
    text += letters[(state >> 8U) % letters.size()];
    text += ' ';
  }
  return text;
}

std::vector<Paper> odd_papers() {
  std::vector<std::string> many;
  for (int i = 0; i < 300; ++i) many.push_back("xx." + std::to_string(i));
  return {
      paper("", ""),
      paper("", "An abstract whose paper has no title.", {"cs.LG"}),
      paper("A Title Alone", "", {}),
      paper("Bees, Counted", "We count bees.\r\nThen we count\r\nthem again.\r\n", {"cs.LG", "cs.AI"}),
      paper("Na\u00EFve Caf\u00E9s of M\u00FCnchen", "\u00C9tude: na\u00EFvet\u00E9 e\u0301tude.", {"math.HO"}),
      paper("$\\mathcal{O}(n^2)$ Bees", "Let $x_{i}$ \\emph{be} a bee; \\cite{bee}. Then $$\\sum_i x_i$$.", {"cs.DS"}),
      paper("\U0001F994 Hedgehogs", "\U0001F994\U0001F994 \U0001F41D.", {"cs.CL"}),
      paper("\u05E2\u05DC \u05D3\u05D1\u05D5\u05E8\u05D9\u05DD: Bees", "\u05D3\u05D1\u05D5\u05E8\u05D4 bee.",
            {"cs.CL"}),
      paper("Bees", std::string("a\0b \xFF\xFE \x80", 9), {"", " "}),
      paper("Categories", "Many.", many),
      paper("One Letter Each", one_letter_words(200000), {"cs.LG"}),
      paper(one_letter_words(200000), one_letter_words(200000), many),
  };
}

}  // namespace

TEST_CASE("whatever a paper is, each bucket stands once, is below 2^18, and has a finite value above 0") {
  Featurizer featurizer;
  for (const Paper& odd : odd_papers()) {
    INFO(odd.title.substr(0, 40));
    const Features features = featurizer.read(odd);
    std::set<std::uint32_t> seen;
    bool sound = true;
    for (const Feature& feature : features)
      sound = sound && feature.bucket < buckets && seen.insert(feature.bucket).second && feature.value > 0 &&
              std::isfinite(feature.value);
    CHECK(sound);
    CHECK(features.empty() == (odd.title.empty() && odd.abstract.empty()));
  }
}

TEST_CASE("a reader that has read others reads a paper as a new one does") {
  Featurizer used;
  for (const Paper& odd : odd_papers()) used.read(odd);
  for (const Paper& odd : odd_papers()) {
    INFO(odd.title.substr(0, 40));
    CHECK(used.read(odd) == Featurizer().read(odd));
  }
  Features into = used.read(paper("left from before", ""));
  used.read(paper("Bees", "Amber."), into);
  CHECK(into == read("Bees", "Amber."));
}

TEST_CASE("features stand in the order of their first appearance: a word, then the pair that it ends") {
  CHECK(buckets_of(of("amber birch cedar amber birch")) == std::vector{bucket("amber"), bucket("birch"),
                                                                       bucket("amber birch"), bucket("cedar"),
                                                                       bucket("birch cedar"), bucket("cedar amber")});
  CHECK(buckets_of(read("amber", "birch")) ==
        std::vector{bucket("amber"), bucket("birch"), read("amber", "").back().bucket});
}

TEST_CASE("a pair is another feature than its words, and than the same words in the other order") {
  const std::set<std::uint32_t> apart = {bucket("amber"), bucket("birch"), bucket("amber birch"), bucket("birch amber"),
                                         bucket("amberbirch")};
  CHECK(apart.size() == 5);
}

TEST_CASE("pairs of words of one letter are as far apart as others") {
  std::set<std::uint32_t> seen;
  for (char a = 'b'; a <= 'z'; ++a)
    for (char b = 'b'; b <= 'z'; ++b) seen.insert(bucket(std::string{a, ' ', b}));
  CHECK(seen.size() > 620);  // of 625, by chance one shares its bucket with another
}

TEST_CASE("case and plurals make no difference, where the word is long enough to have a plural") {
  CHECK(of("Sparse NETWORKS") == of("sparse network"));
  CHECK(of("attention heads attend") == of("attention head attend"));
  for (const auto& [a, b] : {std::pair{"bias", "bia"}, {"class", "clas"}, {"nets", "net"}, {"loss", "los"}}) {
    INFO(a);
    CHECK(of(a) != of(b));
  }
  CHECK(of("gaps") != of("gap"));  // too short to be sure
  CHECK(of("\u00E9tudes") == of("\u00E9tude"));
}

TEST_CASE("the end of a sentence divides a pair, other marks and line breaks do not") {
  for (const char* end : {". ", "? ", "! ", "; ", ".\r\n", "..."}) {
    INFO(end);
    CHECK(buckets_of(of("amber" + std::string(end) + "birch")) == std::vector{bucket("amber"), bucket("birch")});
  }
  for (const char* within : {", ", "-", "\n", "\r\n", " \t ", ": ", " (", "/", "_"}) {
    INFO(within);
    CHECK(of("amber" + std::string(within) + "birch") == of("amber birch"));
  }
  // Nor do the title's last word and the abstract's first make one.
  CHECK(read("amber", "birch").size() == 3);
}

TEST_CASE("words that say nothing are passed over, and what they stand between is a pair") {
  CHECK(of("The amber of THE birch") == of("amber birch"));
  CHECK(of("we can also use which is not such").empty());
  CHECK(of("between").empty());
  CHECK(of("amber. The birch") == of("amber. birch"));
  CHECK(of("others").size() == 1);  // only the word itself is on the list
}

TEST_CASE("a word counts more the oftener it stands there, but less and less") {
  const auto value = [](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += "amber. ";
    return of(text).at(0).value;
  };
  CHECK(value(1) == 1);
  CHECK(value(2) == Approx(1 + std::log(2)));
  CHECK(value(15) == Approx(1 + std::log(15)));
  CHECK(value(16) == Approx(1 + std::log(16)));
  CHECK(value(1000) == Approx(1 + std::log(1000)));
}

TEST_CASE("the title's words count in the text and once more as the title's own, which weigh more") {
  const Features both = read("amber", "amber");
  const Features title = read("amber", "");
  const Features abstract = of("amber");
  REQUIRE(both.size() == 2);
  REQUIRE(title.size() == 2);
  REQUIRE(abstract.size() == 1);
  CHECK(buckets_of(both) == buckets_of(title));
  CHECK(both[0].bucket == abstract[0].bucket);
  CHECK(both[0].value == Approx(1 + std::log(2)));
  CHECK(both[1].value == title[1].value);
  CHECK(title[0].value == 1);
  CHECK(title[1].value == 1.5F);
  // A pair of the title's is the title's own too.
  CHECK(read("amber birch", "").size() == 6);
}

TEST_CASE("categories are features, and the primary one is one more") {
  const Features two = read("", "", {"cs.LG", "cs.AI"});
  CHECK(two.size() == 3);
  const Features other_way = read("", "", {"cs.AI", "cs.LG"});
  const auto sorted = [](const Features& features) {
    const auto all = buckets_of(features);
    return std::set<std::uint32_t>(all.begin(), all.end());
  };
  CHECK(sorted(two) != sorted(other_way));
  CHECK(read("", "", {"cs.LG"}).size() == 2);
  CHECK(sorted(read("", "", {"bees"})).count(bucket("bees")) == 0);
  std::vector<std::string> many;
  for (int i = 0; i < 300; ++i) many.push_back("xx." + std::to_string(i));
  CHECK(read("", "", many).size() == 301);
}

TEST_CASE("TeX's marks divide words, and its commands are words") {
  CHECK(of("$\\alpha$-stable \\emph{amber}") == of("alpha stable emph amber"));
  CHECK(of("$x_{i}^{2}$") == of("x i 2"));
  CHECK(of("\\'etude") == of("etude"));
}

TEST_CASE("letters of every script are of words, and an accent makes another word") {
  CHECK(of("\u05D3\u05D1\u05D5\u05E8\u05D4 \u05D4\u05DE\u05D3\u05D1\u05E8").size() == 3);
  CHECK(of("\U0001F994").size() == 1);
  CHECK(of("na\u00EFve").size() == 1);
  CHECK(of("na\u00EFve") != of("naive"));
}

TEST_CASE("of a paper whose abstract is lost, title and categories are read") {
  Featurizer featurizer;
  CHECK(featurizer.read_title(paper("Amber Bees", "Birch.", {"cs.LG"})) == read("Amber Bees", "", {"cs.LG"}));
}

TEST_CASE("a text without an end is read as far as a book's length") {
  const std::string text = one_letter_words(200000);
  CHECK(of(text + " and more of it") == of(text.substr(0, 200000)));
  CHECK(read(text + " and more", "amber") == read(text.substr(0, 200000), "amber"));
  CHECK(of(text).size() > 20000);
}
