#include <utility>

#include "core/text.h"
#include "paper/feed.h"
#include "support/catch.h"
#include "support/growth.h"

using namespace daybook;

namespace {

using List = std::vector<std::string>;

List names(std::string_view joined) { return split_authors(joined).names; }

// "Ada | Bo @ Attic": the names, each with its affiliations.
std::string read(std::string_view joined) {
  const Names list = split_authors(joined);
  std::string text;
  for (std::size_t i = 0; i < list.names.size(); ++i) {
    text += (i == 0 ? "" : " | ") + list.names[i];
    if (!list.affiliations.empty() && !list.affiliations[i].empty()) text += " @ " + list.affiliations[i];
  }
  return text;
}

}  // namespace

TEST_CASE("authors: names and affiliations are told from what stands around them", "[authors]") {
  const std::pair<std::string_view, std::string_view> table[] = {
      // authors are split at commas
      {"Ada Imagined, Bo F. Fiction", "Ada Imagined | Bo F. Fiction"},
      {"Ada Imagined", "Ada Imagined"},
      {"", ""},
      // an author's affiliation in brackets is not part of the name
      {"Ada Imagined (Nowhere University, College of Dreams), Bo Fiction, Cy Fable (Attic)",
       "Ada Imagined @ Nowhere University, College of Dreams | Bo Fiction | Cy Fable @ Attic"},
      // an affiliation can hold brackets
      {"Ada Imagined (Dept. of X (East), Nowhere), Bo Fiction",
       "Ada Imagined @ Dept. of X (East), Nowhere | Bo Fiction"},
      // several affiliations of one author are joined
      {"Ada Imagined (Nowhere) (Elsewhere)", "Ada Imagined @ Nowhere; Elsewhere"},
      // doubled blanks and line breaks in names become one blank
      {"Ada  Imagined,  Bo\n Fiction ", "Ada Imagined | Bo Fiction"},
      // empty places between commas are no authors
      {"Ada Imagined, , Bo Fiction,", "Ada Imagined | Bo Fiction"},
      // names in TeX stay as they are
      {"J\\\"org D{\\o}e, Al\\'an Xu\\v{z}a", "J\\\"org D{\\o}e | Al\\'an Xu\\v{z}a"},
      // a group is one author
      {"The UTOPIA Collaboration", "The UTOPIA Collaboration"},
      {"The UTOPIA Collaboration, Ada Imagined", "The UTOPIA Collaboration | Ada Imagined"},
      // a group in brackets belongs to the author before it
      {"Ada Imagined, Bo Fiction (for the UTOPIA Collaboration)",
       "Ada Imagined | Bo Fiction @ for the UTOPIA Collaboration"},
      {"Ada Imagined, (for the UTOPIA Collaboration)", "Ada Imagined @ for the UTOPIA Collaboration"},
      {"(for the UTOPIA Collaboration)", "for the UTOPIA Collaboration"},
      // the colon behind a team's name is no author
      {"Utopia Team, :, Ada Imagined", "Utopia Team | Ada Imagined"},
      {"Utopia Team:, Ada Imagined", "Utopia Team | Ada Imagined"},
      // 'and' before the last author is no part of the name
      {"Ada Imagined, and Bo Fiction", "Ada Imagined | Bo Fiction"},
      {"Ada Imagined (X) and Bo Fiction (Y)", "Ada Imagined @ X | Bo Fiction @ Y"},
      {"Andy Andrews, Sandy And", "Andy Andrews | Sandy And"},
      // Jr. behind a comma is part of the name before
      {"Ada Imagined, Jr., Bo Fiction", "Ada Imagined Jr. | Bo Fiction"},
      {"Ada Imagined, III (Attic)", "Ada Imagined III @ Attic"},
      {"Jr., Bo Fiction", "Jr. | Bo Fiction"},
      // affiliations given as numbers are looked up in the key at the end
      {"Ada Imagined (1), Bo Fiction (1 and 2), Cy Fable (2, 3) ((1) Nowhere, East, (2) Attic; (3) Moon)",
       "Ada Imagined @ Nowhere, East | Bo Fiction @ Nowhere, East; Attic | Cy Fable @ Attic; Moon"},
      {"Ada Imagined (1), Bo Fiction (2), ((1) Nowhere (2) Attic)", "Ada Imagined @ Nowhere | Bo Fiction @ Attic"},
      // numbers without a key are no affiliations
      {"Ada Imagined (1), Bo Fiction (2)", "Ada Imagined | Bo Fiction"},
      // a nickname that arXiv took for an affiliation goes back into its name
      {"Ada Imagined (Zed), Bo Fiction (Zed), Xu (Zed), Li, Cy Fable",
       "Ada Imagined | Bo Fiction | Xu (Zed) Li | Cy Fable"},
      {"Ye R. (May), Fu", "Ye R. (May) Fu"},
      {"Yi (Zed) Li, Cy Fable", "Yi (Zed) Li | Cy Fable"},
      // an author of one name behind an affiliation stays an author
      {"Ada Imagined (Attic), Madonna", "Ada Imagined @ Attic | Madonna"},
      {"Plato (MIT), Aristotle", "Plato @ MIT | Aristotle"},
      // a bracket that never closes swallows nobody
      {"Ada Imagined (Attic, Bo Fiction, Cy Fable (Moon), Di Dream",
       "Ada Imagined @ Attic | Bo Fiction | Cy Fable @ Moon | Di Dream"},
      {"Ada Imagined), Bo Fiction", "Ada Imagined | Bo Fiction"},
      {"Ada Imagined (", "Ada Imagined"},
      // commas in math, scripts and arguments part none, and marks behind a name are no part of it
      {"Ada$^{1,2}$, Bo", "Ada | Bo"},
      {"Bo Fiction$^{1}$, Ada Imagined$^{1,2}$", "Bo Fiction | Ada Imagined"},
      {"Ada^{1, 2}, Bo^\\dagger, Cy^*, Di^1,2, Ed\\textsuperscript{1,2}, Fay$^{a,b}$$^,$$^*$",
       "Ada | Bo | Cy | Di | Ed | Fay"},
      {"Ada¹,², Bo†, Cy*, Di ‡§, Ed\\thanks{Equal, or so}, Fay\\footnotemark[1], Gus ⁵ᵃ, Hal\\(^{1,2}\\)",
       "Ada | Bo | Cy | Di | Ed | Fay | Gus | Hal"},
      {"$^{1}$Ada, *Bo, Cy {1,2}, Di$*$, Ed~$^{1}$, Fay\\dagger", "Ada | Bo | Cy | Di | Ed | Fay"},
      {"Ada (Attic, Moon)$^*$, Bo$^1$ and Cy$^2$, Di, Jr.$^1$", "Ada @ Attic, Moon | Bo | Cy | Di Jr."},
      // a mark that is cut off takes no other author with it
      {"Ada$^{1, 2, Bo Fiction", "Ada | Bo Fiction"},
      {"Ada^{1, Bo", "Ada | Bo"},
      // math that is never closed ends with its author
      {"Ada$^{1,2, Bo$^3$, Cy", "Ada | Bo | Cy"},
      {"Ada$^{1,2}, Bo$^3$, Cy", "Ada | Bo | Cy"},
      {"Ada$^{1,Bo$^3$", "Ada | Bo"},
      // marks in square brackets are no part of a name, other words in them are
      {"Ada Imagined [1,2], Bo Fiction [3]", "Ada Imagined | Bo Fiction"},
      {"Ada [1, 2], Bo[2] ((1) Attic, (2) Moon)", "Ada @ Attic; Moon | Bo @ Moon"},
      {"Ada [Zed] Imagined, Bo", "Ada [Zed] Imagined | Bo"},
      // the command of LaTeX that parts names parts them
      {"Ada Imagined\\inst{1,2} \\and Bo Fiction\\inst{2}", "Ada Imagined | Bo Fiction"},
      {"Ada Imagined \\And Bo \\AND Cy", "Ada Imagined | Bo | Cy"},
      // a comma between the marks within a name parts nothing
      {"Ada$^1$,$^2$ Imagined", "Ada Imagined"},
      {"Ada¹,² Imagined, Bo² ((1) Attic, (2) Moon)", "Ada Imagined @ Attic; Moon | Bo @ Moon"},
      {"Ada Imagined$^1$,$^*$ Bo Fiction$^2$, Cy", "Ada Imagined | Bo Fiction | Cy"},
      {"$^1$ Ada$^*$,$^2$ Bo$^*$", "Ada | Bo"},
      // numbers in marks are looked up in the key
      {"Ada$^{1,2}$, Bo¹ ((1) Attic, (2) Moon)", "Ada @ Attic; Moon | Bo @ Attic"},
      {"Ada$^{1,2}$, Bo$^{*}$", "Ada | Bo"}};
  for (const auto& [text, expected] : table) {
    INFO(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("authors: three thousand authors are three thousand names", "[authors]") {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += (i == 0 ? "" : ", ") + std::string("A. Author") + std::to_string(i) + " (X, Y)";
  CHECK(names(text).size() == 3000);
  CHECK(names(text).back() == "A. Author2999");
}

TEST_CASE("authors: a million brackets are split as fast as anything", "[authors]") {
  CHECK(names(std::string(1000000, '(')).empty());
  CHECK(names(std::string(1000000, ')')).empty());
}

TEST_CASE("authors: lists cut off or shuffled anywhere never break the two lists apart", "[authors]") {
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

TEST_CASE("authors: marks part names where no comma does", "[authors]") {
  CHECK(names("Ada$^{1}$ Bo$^{2}$ Cy$^{3}$") == List{"Ada", "Bo", "Cy"});
  CHECK(names("Ada Imagined$^{1,2}$ Bo Fiction$^2$ and Cy\\inst{3}") == List{"Ada Imagined", "Bo Fiction", "Cy"});
  CHECK(names("Ada [1] Bo [2]") == List{"Ada", "Bo"});
  CHECK(read("Ada¹ Bo² ((1) Attic, (2) Moon)") == "Ada @ Attic | Bo @ Moon");
  CHECK(names("The R$^3$ B Collaboration") == List{"The R$^3$ B Collaboration"});
  CHECK(names("Ada$^1$ Imagined, Bo$^2$").size() == 2);
}

TEST_CASE("authors: one 'and' between two people's names parts them, but no group's name", "[authors]") {
  CHECK(names("Ada Imagined and Bo Fiction") == List{"Ada Imagined", "Bo Fiction"});
  CHECK(names("Jos\\'e de la Fable and \\'E. Dream") == List{"Jos\\'e de la Fable", "\\'E. Dream"});
  for (const std::string group :
       {"Institute of Physics and Chemistry", "The UTOPIA and NOWHERE Collaborations", "Utopia LAT and Nowhere BAT",
        "School of Dream Science and Space Technology", "Utopia Array and Nowhere Telescope", "Ada and Bo",
        "Data Science and Artificial Intelligence", "Ada Imagined and Bo Fiction and Cy Fable"}) {
    CHECK(names(group) == List{group});
  }
}

TEST_CASE("authors: what looks like a mark inside of a name, or like math, stays", "[authors]") {
  for (const std::string name :
       {"The R$^3$B Collaboration", "S$\\o$ren Xu\\v{z}a", "J\\\"org D{\\o}e", "A$AP Fable", "Ke$ha", "Ga\\v{s}i\\'c",
        "Bj{\\\"o}rn", "M\u00AA Imagined", "Ada\\,B. Fiction", "The H$_2$ Team"}) {
    CHECK(names(name) == List{name});
    CHECK(names(name + ", Bo") == List{name, "Bo"});
  }
  CHECK(names("Ke$ha, A$AP Fable, Ca$h") == List{"Ke$ha", "A$AP Fable", "Ca$h"});
}

TEST_CASE("authors: any piece, repeated, takes time in proportion to its length", "[authors]") {
  constexpr std::string_view pieces =  // parted by '|'
      "(|)|()|(1|(1)|((1) a|,|a,|$|$^|$^1$|{|{1|^{|^|\\|\\a{|\\a[|\\(|\\thanks{|\\thanks[|*|¹| and |Jr., |"
      "Xu (Zed), Li, |Ada$^{1}$, |~|[|[1]|Ada [1] |\\and |Ada$^1$ |¹,|Ada$^1$,$^2$ Bo|Ada Imagined and |:|a";
  for (const std::string_view piece : split(pieces, '|')) {
    INFO(piece);
    CHECK_FALSE(grows_faster_than_its_input([](std::string_view text) { split_authors(text); }, std::string(piece)));
  }
}
