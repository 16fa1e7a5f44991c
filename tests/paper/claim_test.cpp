#include "paper/claim.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "core/json.h"
#include "support/catch.h"
#include "support/growth.h"
#include "tex/tex.h"

using daybook::Claim;
using daybook::find_claim;
using daybook::html_paragraph;

namespace {

std::string claim_of(const std::string& abstract) {
  const auto claim = find_claim(abstract);
  return claim ? abstract.substr(claim->begin, claim->end - claim->begin) : "";
}

void check_parts(const std::string& abstract) {
  const auto claim = find_claim(abstract);
  if (!claim) return;
  INFO(abstract);
  REQUIRE(claim->begin < claim->end);
  REQUIRE(claim->end <= abstract.size());
  REQUIRE(claim->end - claim->begin <= daybook::claim_bytes_max);
  REQUIRE(html_paragraph(abstract.substr(0, claim->begin)) + html_paragraph(claim_of(abstract)) +
              html_paragraph(abstract.substr(claim->end)) ==
          html_paragraph(abstract));
}

}  // namespace

TEST_CASE("claim: the first sentence in which the authors claim something", "[paper]") {
  // The claim stands between > and <, which are taken out.
  for (const std::string marked : {
           "Looms are slow. >In this paper, we propose Loom, a faster one.< We show that it is fast.",
           ">We prove that every loom is finite.< We also show more.",
           "Looms matter. >Here, using a lens, we report 12 new looms.< More follow.",
           "Looms matter. >This work introduces a loom.< It works.",
           "Looms matter. >In this note, a loom is described.< We use it.",
           "We observe that looms break. >To mend them, we, for the first time, develop a knot.<",
           "Do we propose a loom? As we show, never. >Our method reveals all.<",
           "We recently showed that looms break. >We now study why.<",
           "Looms break. >A knot is proposed.< It holds.",
           "Weavers of J. Doe et al. (2020) and E. coli, e.g. Knots, i.e. Threads, vary. >We measure 3.5 of Fig. 2 vs. "
           "4.<",
           "It is due to J. Doe et al. >We extend it to $n = 3. We$ knots.< So.",
           "It weighs 3 C. >We measure it, \\emph{as A. does. So}, in ``air.''< It is light.",
           "Looms, etc.\\ Knots. >We study them (and more.)< End.",
           ">We study looms. low and high.<",
       }) {
    const std::size_t from = marked.find('>'), to = marked.find('<');
    const std::string claim = marked.substr(from + 1, to - from - 1);
    CHECK(claim_of(marked.substr(0, from) + claim + marked.substr(to + 1)) == claim);
  }
}

TEST_CASE("claim: an abstract without one has none", "[paper]") {
  for (const char* abstract : {"", " ", ".", "Looms are slow. They break.", "Can we show it?", "We need looms."}) {
    INFO(abstract);
    CHECK_FALSE(find_claim(abstract));
  }
}

TEST_CASE("claim: a long sentence is cut at a clause, or is no claim", "[paper]") {
  const std::string claim = "We propose a loom, which is new, and of $a, b$ threads";
  const std::string words = [] {
    std::string text;
    for (int i = 0; i < 100; ++i) text += " very";
    return text;
  }();
  CHECK(claim_of(claim + "," + words + " fast.") == claim);
  CHECK(claim_of(claim + "; it is, by all," + words + " fast.") == claim);
  CHECK(claim_of("We propose a" + words + " fast loom.").empty());
}

TEST_CASE("claim: the parts of an abstract show what the whole shows", "[paper]") {
  CHECK(claim_of("``Looms. We show them.'' End.").empty());
  static constexpr std::array<std::string_view, 36> pieces = {"We show ",
                                                              "We propose ",
                                                              ". ",
                                                              ". ",
                                                              ". ",
                                                              "in this paper ",
                                                              "our loom is proposed",
                                                              "$",
                                                              "$$",
                                                              "{",
                                                              "}",
                                                              "\\(",
                                                              "\\)",
                                                              "``",
                                                              "''",
                                                              "`",
                                                              "'",
                                                              "~",
                                                              "--",
                                                              "---",
                                                              "\\begin{align}",
                                                              "\\end{align}",
                                                              "\\emph{",
                                                              "\\it ",
                                                              "\\",
                                                              "a",
                                                              "5",
                                                              " ",
                                                              "\n\n",
                                                              "https://x.example/",
                                                              "\\url{",
                                                              "\\href{",
                                                              "\xC3",
                                                              "\u201D",
                                                              "(e.g. ",
                                                              ")"};
  std::mt19937 random(9901);
  for (int i = 0; i < 8000; ++i) {
    std::string abstract;
    for (std::size_t n = random() % 30; n > 0; --n) abstract += pieces[random() % pieces.size()];
    check_parts(abstract);
  }
}

TEST_CASE("claim: real abstracts have one, and their parts show what the whole shows", "[paper][real]") {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path days =
      std::filesystem::path(shared != nullptr ? shared : DAYBOOK_SOURCE_DIR "/../shared") / "data" / "days";
  if (!std::filesystem::exists(days)) return;
  int abstracts = 0, claims = 0, file_number = 0;
  for (const auto& file : std::filesystem::directory_iterator(days)) {
    if (++file_number % 8 != 0) continue;
    std::ostringstream content;
    content << std::ifstream(file.path(), std::ios::binary).rdbuf();
    daybook::JsonDocument document;
    document.text = content.str();
    if (daybook::parse_json(document, file.path().string())) continue;
    const auto papers = document.root.GetObject();
    for (auto paper = papers.MemberBegin(); paper < papers.MemberEnd(); ++paper) {  // clang 14 finds its != ambiguous
      const std::string abstract(daybook::string_of(daybook::member(paper->value, "abstract")));
      check_parts(abstract);
      ++abstracts;
      claims += find_claim(abstract).has_value() ? 1 : 0;
    }
  }
  CHECK(claims >= abstracts * 85 / 100);
}

TEST_CASE("claim: it is found in time in proportion to the abstract's length", "[paper]") {
  for (const std::string piece : {"We show. ", "``We show. ", "We use ", "our ", "our a", ".", "a.", "a. ", "$", "{",
                                  "is ", "this ", "We, ", "a", "\\begin{x}", "We propose a, "}) {
    INFO(piece);
    CHECK_FALSE(daybook::grows_faster_than_its_input([](std::string_view text) { static_cast<void>(find_claim(text)); },
                                                     piece));
  }
}
