#include "authors/names.h"

#include "rank/local.h"
#include "support/catch.h"

using namespace daybook;

namespace {

bool same(std::string_view a, std::string_view b) {
  const bool forth = same_person(person_name(a), person_name(b));
  CHECK(forth == same_person(person_name(b), person_name(a)));
  return forth;
}

}  // namespace

TEST_CASE("person name: case, accents, punctuation, hyphens and order make no difference", "[authors]") {
  CHECK(same("Zoë Quillfeather", "zoe QUILLFEATHER"));
  CHECK(same("Zoe Quillfeather", "Quillfeather, Zoe"));
  CHECK(same("Zo\\\"e Quillfeather", "Zoë Quillfeather"));
  CHECK(same("Zo{\\\"e} Quillfeather", "Zoe Quillfeather"));
  CHECK(same("Quillfeather Zoe", "Zoe Quillfeather"));
  CHECK(same("Nguyễn Thị Mặc", "Nguyen Thi Mac"));
  CHECK(same("Zoe\xCC\x88 Quillfeather", "Zoë Quillfeather"));
  CHECK(same("Brian O'Marrow", "Brian OMarrow"));
  CHECK(same("墨羽", "墨羽"));
  CHECK_FALSE(same("墨羽", "墨雨"));
  CHECK(same("Jean-Luc Montrevel", "Jean Luc Montrevel"));
  CHECK(same("Xiao-Mo Quan", "Xiaomo Quan"));
  CHECK(same("J.-L. Montrevel", "Jean-Luc Montrevel"));
  CHECK(same("Ida Stern-Halm", "Ida Stern Halm"));
}

TEST_CASE("person name: initials fit, and middle ones may be missing", "[authors]") {
  CHECK(same("Z. Quillfeather", "Zoe Quillfeather"));
  CHECK(same("Quillfeather, Z.", "Zoe Quillfeather"));
  CHECK(same("Quillfeather Z", "Zoe Quillfeather"));
  CHECK_FALSE(same("Y. Quillfeather", "Zoe Quillfeather"));
  CHECK_FALSE(same("Z. Quillfeder", "Zoe Quillfeather"));
  CHECK_FALSE(same("Zara Quillfeather", "Zoe Quillfeather"));
  CHECK(same("Zoe M. Quillfeather", "Zoe Quillfeather"));
  CHECK(same("Zoe M. Quillfeather", "Zoe Marie Quillfeather"));
  CHECK_FALSE(same("Zoe M. Quillfeather", "Zoe K. Quillfeather"));
  CHECK_FALSE(same("Zoe Marie Quillfeather", "Zoe Quillfeather"));
}

TEST_CASE("person name: particles are of the family name, suffixes of none, a single name is itself", "[authors]") {
  CHECK(same("Aart van der Molenveld", "van der Molenveld, Aart"));
  CHECK(same("Aart van der Molenveld", "Molenveld, Aart van der"));
  CHECK(same("A. van der Molenveld", "Aart Van Der Molenveld"));
  CHECK(same("Yves Le Corbin", "Y. LeCorbin"));
  CHECK(same("Tom Ashgrove Jr.", "Tom Ashgrove"));
  CHECK(same("Ashgrove, Tom, Jr.", "T. Ashgrove III"));
  CHECK_FALSE(same("Aart van der Molenveld", "Aart Molenveld"));
  CHECK(same("Quillfeather", "quillfeather"));
  CHECK_FALSE(same("Quillfeather", "Zoe Quillfeather"));
  CHECK_FALSE(same("", ""));
  CHECK_FALSE(same(".", ","));
  CHECK(same("Jr.", "jr"));
}

TEST_CASE("person name: as libraries sort it, the family name stands first", "[authors]") {
  const std::pair<const char*, const char*> cases[] = {
      {"Ada Imagined", "Imagined, Ada"},
      {"Aart van der Molenveld", "van der Molenveld, Aart"},
      {"Aart Van der Molenveld", "der Molenveld, Aart Van"},
      {"Tom B. Ashgrove Jr.", "Ashgrove, Jr., Tom B."},
      {"Tom Ashgrove III", "Ashgrove, III, Tom"},
      {"danah quillfeather", "quillfeather, danah"},
      {"Zoë Étude", "Étude, Zoë"},
      {"Seed", "Seed"},
      {"", ""},
      {"The Invented Collaboration", "The Invented Collaboration"},
      {"Ling Team", "Ling Team"},
      {"Imagined, Ada", "Imagined, Ada"},
  };
  for (const auto& [name, sorted] : cases) CHECK(family_first(name) == sorted);
}

TEST_CASE("person name: the followed author among a paper's is found, the first of the settings before others",
          "[authors]") {
  Paper paper;
  paper.authors = {"Tom Ashgrove", "Z. Quillfeather"};
  const std::vector<Author> authors = {
      {"ida", "Ida Stern", "", ""}, {"zoe", "Zoë Quillfeather", "", ""}, {"tom", "Ashgrove, Tom", "", ""}};
  CHECK(followed_author(paper, authors) == &authors[1]);
  CHECK(followed_author(paper, {}) == nullptr);
  CHECK(followed_author(Paper{}, authors) == nullptr);
}
