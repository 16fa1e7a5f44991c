#include "library/ris.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::vector<Reference> read(const std::string& text) {
  Errors errors;
  auto references = read_ris(text, "mine.ris", errors);
  CHECK(errors.empty());
  return references;
}

std::string id_of(const std::string& lines) {
  const auto references = read("TY  - GEN\nTI  - T\n" + lines + "ER  - \n");
  REQUIRE(references.size() == 1);
  return references[0].id;
}

}  // namespace

TEST_CASE("RIS: records are read with values of several lines", "[library]") {
  const std::string text =
      "TY  - UNPB\n"
      "TI  - Less is\n  More\n"
      "AU  - Imagined, Ada\nAU  - Fiction, Bo F.\n"
      "AB  - We invent\n\nthings.\nAB - is no tag.\n"
      "UR  - https://reader.example/1\nUR  - http://arxiv.org/abs/9901.00001v2\n"
      "ER  - \n\n"
      "TY  - JOUR\nT1  - Without an id\nA1  - Nobody\nN2  - An abstract.\nER  -\n";
  const std::vector<Reference> expected = {
      {"9901.00001", "Less is More", "We invent things. AB - is no tag.", {"Ada Imagined", "Bo F. Fiction"}, 1},
      {"", "Without an id", "An abstract.", {"Nobody"}, 14}};
  CHECK(read(text) == expected);
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(read(windows) == expected);
}

TEST_CASE("RIS: an id is found in the places that programs give it", "[library]") {
  CHECK(id_of("DO  - 10.48550/arXiv.9901.00001\n") == "9901.00001");
  CHECK(id_of("AN  - arXiv:9901.00001\n") == "9901.00001");
  CHECK(id_of("JO  - arXiv preprint arXiv:9901.00001\n") == "9901.00001");
  CHECK(id_of("JO  - ArXiv\nVL  - abs/9901.00001\n") == "9901.00001");
  CHECK(id_of("JF  - CoRR\nVL  - abs/9901.00001\n") == "9901.00001");
  CHECK(id_of("L1  - https://arxiv.org/pdf/hep-th/9901001.pdf\n") == "hep-th/9901001");
  CHECK(id_of("JO  - Invented Letters\nVL  - 9901.00001\n") == "");
  CHECK(id_of("AB  - As arXiv:9901.00001 says.\n") == "");
}

TEST_CASE("RIS: records that lack their first or last line are read all the same", "[library]") {
  const auto references = read(
      "Provider: An Invented Library\nContent: text/plain\n\n"
      "TI  - No type\nER  - \nleft over\n"
      "TY  - JOUR\nTI  - No end\nTY  - JOUR\nTI  - Cut off");
  REQUIRE(references.size() == 3);
  CHECK(references[0] == Reference{"", "No type", "", {}, 4});
  CHECK(references[1] == Reference{"", "No end", "", {}, 7});
  CHECK(references[2] == Reference{"", "Cut off", "", {}, 9});
  CHECK(read("").empty());
  CHECK(read("\r\n \r\n").empty());
}

TEST_CASE("RIS: long values of a great many lines are read in no time", "[library]") {
  std::string text = "TY  - JOUR\nTI  - T\nAB  - A";
  for (int i = 0; i < 300'000; ++i) text += i % 2 == 0 ? "\narxiv" : "\nUR  - arXiv";
  CHECK(read(text).size() == 1);
}

TEST_CASE("RIS: a record names its paper in any of arXiv's ways, and by no other host", "[library]") {
  CHECK(id_of("UR  - https://doi.org/10.48550/ARXIV.9901.00001\n") == "9901.00001");
  CHECK(id_of("UR  - https://www.alphaxiv.org/abs/9901.00001v2\n") == "9901.00001");
  CHECK(id_of("UR  - https://arxiv.org/html/9901.00001v1#S1\n") == "9901.00001");
  CHECK(id_of("M1  - arXiv:9901.00001 [cs.LG]\n") == "9901.00001");
  CHECK(id_of("UR  - https://arxiv.org.evil.example/abs/9901.00001\n") == "");
  CHECK(id_of("UR  - https://not-arxiv.org/abs/9901.00001\n") == "");
  CHECK(id_of("DO  - 10.1234/9901.00001\n") == "");
}

TEST_CASE("RIS: notes and paths of files are counted, with the first one's line", "[library]") {
  CHECK(private_fields_of_ris("TY  - JOUR\nTI  - N1\nL1  - https://arxiv.org/pdf/9901.00001\nN1  - \nER  - \n") ==
        PrivateFields{});
  CHECK(private_fields_of_ris("TY  - JOUR\r\nN1  - Mine\r\nRN  - Mine\r\nL1  - files/1.pdf\r\nL4  - a.png\r\n") ==
        PrivateFields{4, 2});
}
