#include "paper/feed.h"
#include "support/catch.h"
#include "support/growth.h"

using namespace daybook;

namespace {

using List = std::vector<std::string>;

List names(std::string_view joined) { return split_authors(joined).names; }
List places(std::string_view joined) { return split_authors(joined).affiliations; }

}  // namespace

TEST_CASE("authors are split at commas") {
  CHECK(names("Ada Imagined, Bo F. Fiction") == List{"Ada Imagined", "Bo F. Fiction"});
  CHECK(names("Ada Imagined") == List{"Ada Imagined"});
  CHECK(names("").empty());
  CHECK(places("Ada Imagined, Bo F. Fiction").empty());
}

TEST_CASE("an author's affiliation in brackets is not part of the name") {
  const std::string_view text = "Ada Imagined (Nowhere University, College of Dreams), Bo Fiction, Cy Fable (Attic)";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction", "Cy Fable"});
  CHECK(places(text) == List{"Nowhere University, College of Dreams", "", "Attic"});
}

TEST_CASE("an affiliation can hold brackets") {
  const std::string_view text = "Ada Imagined (Dept. of X (East), Nowhere), Bo Fiction";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction"});
  CHECK(places(text) == List{"Dept. of X (East), Nowhere", ""});
}

TEST_CASE("several affiliations of one author are joined") {
  CHECK(places("Ada Imagined (Nowhere) (Elsewhere)") == List{"Nowhere; Elsewhere"});
}

TEST_CASE("doubled blanks and line breaks in names become one blank") {
  CHECK(names("Ada  Imagined,  Bo\n Fiction ") == List{"Ada Imagined", "Bo Fiction"});
}

TEST_CASE("empty places between commas are no authors") {
  CHECK(names("Ada Imagined, , Bo Fiction,") == List{"Ada Imagined", "Bo Fiction"});
}

TEST_CASE("names in TeX stay as they are") {
  CHECK(names("J\\\"org D{\\o}e, Al\\'an Xu\\v{z}a") == List{"J\\\"org D{\\o}e", "Al\\'an Xu\\v{z}a"});
}

TEST_CASE("a group is one author") {
  CHECK(names("The UTOPIA Collaboration") == List{"The UTOPIA Collaboration"});
  CHECK(names("The UTOPIA Collaboration, Ada Imagined") == List{"The UTOPIA Collaboration", "Ada Imagined"});
}

TEST_CASE("a group in brackets belongs to the author before it") {
  const std::string_view text = "Ada Imagined, Bo Fiction (for the UTOPIA Collaboration)";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction"});
  CHECK(places(text) == List{"", "for the UTOPIA Collaboration"});
  CHECK(places("Ada Imagined, (for the UTOPIA Collaboration)") == List{"for the UTOPIA Collaboration"});
  CHECK(names("(for the UTOPIA Collaboration)") == List{"for the UTOPIA Collaboration"});
}

TEST_CASE("the colon behind a team's name is no author") {
  CHECK(names("Utopia Team, :, Ada Imagined") == List{"Utopia Team", "Ada Imagined"});
  CHECK(names("Utopia Team:, Ada Imagined") == List{"Utopia Team", "Ada Imagined"});
}

TEST_CASE("'and' before the last author is no part of the name") {
  CHECK(names("Ada Imagined, and Bo Fiction") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Ada Imagined (X) and Bo Fiction (Y)") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Andy Andrews, Sandy And") == List{"Andy Andrews", "Sandy And"});
}

TEST_CASE("Jr. behind a comma is part of the name before") {
  CHECK(names("Ada Imagined, Jr., Bo Fiction") == List{"Ada Imagined Jr.", "Bo Fiction"});
  CHECK(places("Ada Imagined, III (Attic)") == List{"Attic"});
  CHECK(names("Jr., Bo Fiction") == List{"Jr.", "Bo Fiction"});
}

TEST_CASE("affiliations given as numbers are looked up in the key at the end") {
  const std::string_view text =
      "Ada Imagined (1), Bo Fiction (1 and 2), Cy Fable (2, 3) ((1) Nowhere, East, (2) Attic; (3) Moon)";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction", "Cy Fable"});
  CHECK(places(text) == List{"Nowhere, East", "Nowhere, East; Attic", "Attic; Moon"});
  CHECK(places("Ada Imagined (1), Bo Fiction (2), ((1) Nowhere (2) Attic)") == List{"Nowhere", "Attic"});
}

TEST_CASE("numbers without a key are no affiliations") { CHECK(places("Ada Imagined (1), Bo Fiction (2)").empty()); }

TEST_CASE("a nickname that arXiv took for an affiliation goes back into its name") {
  const std::string_view text = "Ada Imagined (Zed), Bo Fiction (Zed), Xu (Zed), Li, Cy Fable";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction", "Xu (Zed) Li", "Cy Fable"});
  CHECK(places(text).empty());
  CHECK(names("Ye R. (May), Fu") == List{"Ye R. (May) Fu"});
  CHECK(names("Yi (Zed) Li, Cy Fable") == List{"Yi (Zed) Li", "Cy Fable"});
}

TEST_CASE("an author of one name behind an affiliation stays an author") {
  CHECK(names("Ada Imagined (Attic), Madonna") == List{"Ada Imagined", "Madonna"});
  CHECK(names("Plato (MIT), Aristotle") == List{"Plato", "Aristotle"});
}

TEST_CASE("a bracket that never closes swallows nobody") {
  const std::string_view text = "Ada Imagined (Attic, Bo Fiction, Cy Fable (Moon), Di Dream";
  CHECK(names(text) == List{"Ada Imagined", "Bo Fiction", "Cy Fable", "Di Dream"});
  CHECK(places(text) == List{"Attic", "", "Moon", ""});
  CHECK(names("Ada Imagined), Bo Fiction") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Ada Imagined (") == List{"Ada Imagined"});
}

TEST_CASE("three thousand authors are three thousand names") {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += (i == 0 ? "" : ", ") + std::string("A. Author") + std::to_string(i) + " (X, Y)";
  CHECK(names(text).size() == 3000);
  CHECK(names(text).back() == "A. Author2999");
}

TEST_CASE("a million brackets are split as fast as anything") {
  CHECK(names(std::string(1000000, '(')).empty());
  CHECK(names(std::string(1000000, ')')).empty());
}

TEST_CASE("authors cut off or shuffled anywhere never break the two lists apart") {
  const std::string text = "Ada (X (Y), Z), Xu (Zed), Li, Jr., :, (1), and B (1) ((1) N, (2) A), (C), ((";
  for (std::size_t from = 0; from < text.size(); ++from) {
    for (std::size_t to = from; to <= text.size(); ++to) {
      const Names list = split_authors(std::string_view(text).substr(from, to - from));
      if (!list.affiliations.empty() && list.affiliations.size() != list.names.size()) FAIL(from << ' ' << to);
      for (const auto& name : list.names)
        if (name.empty()) FAIL(from << ' ' << to);
    }
  }
}

TEST_CASE("authors: commas in math, scripts and arguments part none, and marks behind a name are no part of it") {
  CHECK(names("Ada$^{1,2}$, Bo") == List{"Ada", "Bo"});
  CHECK(names("Bo Fiction$^{1}$, Ada Imagined$^{1,2}$") == List{"Bo Fiction", "Ada Imagined"});
  CHECK(names("Ada^{1, 2}, Bo^\\dagger, Cy^*, Di^1,2, Ed\\textsuperscript{1,2}, Fay$^{a,b}$$^,$$^*$") ==
        List{"Ada", "Bo", "Cy", "Di", "Ed", "Fay"});
  CHECK(names("Ada¹,², Bo†, Cy*, Di ‡§, Ed\\thanks{Equal, or so}, Fay\\footnotemark[1], Gus ⁵ᵃ, Hal\\(^{1,2}\\)") ==
        List{"Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal"});
  CHECK(names("$^{1}$Ada, *Bo, Cy {1,2}, Di$*$, Ed~$^{1}$, Fay\\dagger") == List{"Ada", "Bo", "Cy", "Di", "Ed", "Fay"});
  CHECK(names("Ada (Attic, Moon)$^*$, Bo$^1$ and Cy$^2$, Di, Jr.$^1$") == List{"Ada", "Bo", "Cy", "Di Jr."});
}

TEST_CASE("authors: a mark that is cut off takes no other author with it") {
  CHECK(names("Ada$^{1, 2, Bo Fiction") == List{"Ada", "Bo Fiction"});
  CHECK(names("Ada^{1, Bo") == List{"Ada", "Bo"});
}

TEST_CASE("authors: math that is never closed ends with its author") {
  CHECK(names("Ada$^{1,2, Bo$^3$, Cy") == List{"Ada", "Bo", "Cy"});
  CHECK(names("Ada$^{1,2}, Bo$^3$, Cy") == List{"Ada", "Bo", "Cy"});
  CHECK(names("Ada$^{1,Bo$^3$") == List{"Ada", "Bo"});
}

TEST_CASE("authors: marks in square brackets are no part of a name, other words in them are") {
  CHECK(names("Ada Imagined [1,2], Bo Fiction [3]") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(places("Ada [1, 2], Bo[2] ((1) Attic, (2) Moon)") == List{"Attic; Moon", "Moon"});
  CHECK(names("Ada [Zed] Imagined, Bo") == List{"Ada [Zed] Imagined", "Bo"});
}

TEST_CASE("authors: the command of LaTeX that parts names parts them") {
  CHECK(names("Ada Imagined\\inst{1,2} \\and Bo Fiction\\inst{2}") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Ada Imagined \\And Bo \\AND Cy") == List{"Ada Imagined", "Bo", "Cy"});
}

TEST_CASE("authors: marks part names where no comma does") {
  CHECK(names("Ada$^{1}$ Bo$^{2}$ Cy$^{3}$") == List{"Ada", "Bo", "Cy"});
  CHECK(names("Ada Imagined$^{1,2}$ Bo Fiction$^2$ and Cy\\inst{3}") == List{"Ada Imagined", "Bo Fiction", "Cy"});
  CHECK(names("Ada [1] Bo [2]") == List{"Ada", "Bo"});
  CHECK(places("Ada¹ Bo² ((1) Attic, (2) Moon)") == List{"Attic", "Moon"});
  CHECK(names("The R$^3$ B Collaboration") == List{"The R$^3$ B Collaboration"});
  CHECK(names("Ada$^1$ Imagined, Bo$^2$").size() == 2);
}

TEST_CASE("authors: a comma between the marks within a name parts nothing") {
  CHECK(names("Ada$^1$,$^2$ Imagined") == List{"Ada Imagined"});
  CHECK(places("Ada¹,² Imagined, Bo² ((1) Attic, (2) Moon)") == List{"Attic; Moon", "Moon"});
  CHECK(names("Ada Imagined$^1$,$^*$ Bo Fiction$^2$, Cy") == List{"Ada Imagined", "Bo Fiction", "Cy"});
  CHECK(names("$^1$ Ada$^*$,$^2$ Bo$^*$") == List{"Ada", "Bo"});
}

TEST_CASE("authors: one 'and' between two people's names parts them, but no group's name") {
  CHECK(names("Ada Imagined and Bo Fiction") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Jos\\'e de la Fable and \\'E. Dream") == List{"Jos\\'e de la Fable", "\\'E. Dream"});
  for (const std::string group :
       {"Institute of Physics and Chemistry", "The UTOPIA and NOWHERE Collaborations", "Utopia LAT and Nowhere BAT",
        "School of Dream Science and Space Technology", "Utopia Array and Nowhere Telescope", "Ada and Bo",
        "Data Science and Artificial Intelligence", "Ada Imagined and Bo Fiction and Cy Fable"}) {
    CHECK(names(group) == List{group});
  }
}

TEST_CASE("authors: numbers in marks are looked up in the key") {
  CHECK(places("Ada$^{1,2}$, Bo¹ ((1) Attic, (2) Moon)") == List{"Attic; Moon", "Attic"});
  CHECK(places("Ada$^{1,2}$, Bo$^{*}$").empty());
}

TEST_CASE("authors: what looks like a mark inside of a name, or like math, stays") {
  for (const std::string name :
       {"The R$^3$B Collaboration", "S$\\o$ren Xu\\v{z}a", "J\\\"org D{\\o}e", "A$AP Fable", "Ke$ha", "Ga\\v{s}i\\'c",
        "Bj{\\\"o}rn", "M\u00AA Imagined", "Ada\\,B. Fiction", "The H$_2$ Team"}) {
    CHECK(names(name) == List{name});
    CHECK(names(name + ", Bo") == List{name, "Bo"});
  }
  CHECK(names("Ke$ha, A$AP Fable, Ca$h") == List{"Ke$ha", "A$AP Fable", "Ca$h"});
}

TEST_CASE("authors: any piece, repeated, takes time in proportion to its length") {
  for (const std::string piece : {"(",
                                  ")",
                                  "()",
                                  "(1",
                                  "(1)",
                                  "((1) a",
                                  ",",
                                  "a,",
                                  "$",
                                  "$^",
                                  "$^1$",
                                  "{",
                                  "{1",
                                  "^{",
                                  "^",
                                  "\\",
                                  "\\a{",
                                  "\\a[",
                                  "\\(",
                                  "\\thanks{",
                                  "\\thanks[",
                                  "*",
                                  "¹",
                                  " and ",
                                  "Jr., ",
                                  "Xu (Zed), Li, ",
                                  "Ada$^{1}$, ",
                                  "~",
                                  "[",
                                  "[1]",
                                  "Ada [1] ",
                                  "\\and ",
                                  "Ada$^1$ ",
                                  "¹,",
                                  "Ada$^1$,$^2$ Bo",
                                  "Ada Imagined and ",
                                  ":",
                                  "a"}) {
    INFO(piece);
    CHECK_FALSE(grows_faster_than_its_input([](std::string_view text) { split_authors(text); }, piece));
  }
}
