#include "authors/authors.h"
#include "authors/names.h"

#include "rank/local.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Paper paper_by(std::vector<std::string> names) {
  Paper paper;
  paper.id = "9901.00001";
  paper.authors = std::move(names);
  return paper;
}

const std::vector<Author> authors = {{"zoe", "Zoe Quillfeather", "", ""},
                                     {"wei", "Wei Wang", "", ""},
                                     {"ada", "Ada Marrowby", "71", ""},
                                     {"jun", "Jun Li", "72", ""},
                                     {"ida", "Ida Sternhalm", "", "0000-0001-2345-6789"},
                                     {"bo", "Bo Zhang", "", "0000-0002-2345-6789"}};

// "followed zoe", "namesake wei" or "nobody".
std::string match(const std::vector<std::string>& names, const std::vector<KnownAuthor>* known = nullptr) {
  const AuthorMatch found = match_authors(paper_by(names), authors, known);
  CHECK((found.followed == nullptr || found.namesake == nullptr));
  if (found.followed != nullptr) return "followed " + found.followed->slug;
  return found.namesake != nullptr ? "namesake " + found.namesake->slug : "nobody";
}

std::string match(const std::vector<std::string>& names, const std::vector<KnownAuthor>& known) {
  return match(names, &known);
}

}  // namespace

TEST_CASE("authors: without ids an uncommon name is followed and a common one a namesake", "[authors]") {
  CHECK(match({"Tom Ashgrove", "Quillfeather, Zoë"}) == "followed zoe");
  CHECK(match({"Z. Quillfeather"}) == "followed zoe");
  CHECK(match({"Wei Wang"}) == "namesake wei");
  CHECK(match({"W. Wang"}) == "namesake wei");
  CHECK(match({"Ada Marrowby"}) == "followed ada");
  CHECK(match({"Jun Li"}) == "namesake jun");
  CHECK(match({"Ida Sternhalm"}) == "followed ida");
  CHECK(match({"Bo Zhang"}) == "namesake bo");
  CHECK(match({"Tom Ashgrove"}) == "nobody");
  CHECK(match({}) == "nobody");
  const std::vector<Author> followed = {{"jer", "Jeremiah Smith", "", ""}};
  CHECK(match_authors(paper_by({"J. Smith"}), followed, nullptr).namesake == &followed[0]);
  CHECK(match_authors(paper_by({"Jeremiah Smith"}), followed, nullptr).followed == &followed[0]);
}

TEST_CASE("authors: ids decide where Semantic Scholar has them, and a missing one says little", "[authors]") {
  CHECK(match({"A. B. Other"}, {{"71", "Someone Else", "", {}}}) == "followed ada");
  CHECK(match({"Jun Li"}, {{"70", "Wei Li", "", {}}, {"72", "Jun Li", "", {}}}) == "followed jun");
  CHECK(match({"I. S."}, {{"9", "I. S.", "0000-0001-2345-6789", {}}}) == "followed ida");
  CHECK(match({"I. S."}, {{"9", "I. S.", "https://orcid.org/0000-0001-2345-6789", {}}}) == "followed ida");
  CHECK(match({"Ada Marrowby"}, {{"99", "Ada Marrowby", "", {}}}) == "nobody");
  CHECK(match({"Ada Marrowby"}, {{"99", "A. Marrowby", "", {}}}) == "nobody");
  CHECK(match({"Jun Li"}, {{"99", "Jun Li", "", {}}}) == "nobody");
  CHECK(match({"Bo Zhang"}, {{"99", "Bo Zhang", "0000-0003-0000-0000", {}}}) == "nobody");
  CHECK(match({"Ada Marrowby"}, {{"", "Ada Marrowby", "", {}}}) == "namesake ada");
  CHECK(match({"Tom Ashgrove", "Ada Marrowby"}, {{"98", "Tom Ashgrove", "", {}}}) == "namesake ada");
  CHECK(match({"Ida Sternhalm"}, {{"99", "Ida Sternhalm", "", {}}}) == "followed ida");
  CHECK(match({"Bo Zhang"}, {{"99", "Bo Zhang", "", {}}}) == "namesake bo");
  CHECK(match({"Zoe Quillfeather"}, {{"99", "Zoe Quillfeather", "", {}}}) == "followed zoe");
  CHECK(match({"Wei Wang"}, {{"99", "Wei Wang", "", {}}}) == "namesake wei");
  CHECK(match({"Ada Marrowby"}, std::vector<KnownAuthor>{}) == "followed ada");
}

TEST_CASE("authors: who is surely followed goes before a namesake", "[authors]") {
  CHECK(match({"Wei Wang", "Ada Marrowby"}) == "followed ada");
  CHECK(match({"Wei Wang", "Jun Li"}) == "namesake wei");
}

TEST_CASE("authors: the highest h-index among the known authors is told, for whoever is followed", "[authors]") {
  const std::vector<KnownAuthor> known = {{"1", "A", "", 7}, {"2", "B", "", std::nullopt}, {"3", "C", "", 31}};
  CHECK(match_authors(paper_by({"A", "B", "C"}), {}, &known).h_index == 31);
  CHECK(match_authors(paper_by({"Zoe Quillfeather"}), authors, &known).h_index == 31);
  const std::vector<KnownAuthor> unknown = {{"2", "B", "", std::nullopt}};
  CHECK(match_authors(paper_by({"B"}), {}, &unknown).h_index == std::nullopt);
  CHECK(match_authors(paper_by({"B"}), {}, nullptr).h_index == std::nullopt);
}

TEST_CASE("authors: names that many have are common", "[authors]") {
  for (const std::string name :
       {"Wei Wang",   "Wang, Wei",     "Wang Wei",     "W. Wang",    "Y. Li",        "Li",
        "Jun Zhang",  "Kevin Chen",    "Xiaoming Liu", "Min-Su Kim", "Minsu Kim",    "J. Lee",
        "Sang Lee",   "Rahul Singh",   "A. Kumar",     "Anh Nguyen", "Nguyễn Anh",   "Nguyen Van Anh",
        "John Smith", "John A. Smith", "J. Smith",     "D. Müller",  "María García", "Md. Islam",
        "王伟",       "김민수"}) {
    INFO(name);
    CHECK(is_common_name(name));
  }
}

TEST_CASE("authors: rare family names and telling given names are not common", "[authors]") {
  for (const std::string name :
       {"Zoe Quillfeather", "Z. Quillfeather", "Wei Quillfeather", "Zoe-Beth Wang", "Ottokar Smith", "Xiaomenghan Li",
        "Quetzalcoatl Garcia", "Wangari Lighthouse", "Yun-Seong-Ryeol Kim", "Ziyao Wang", "Smithson, John",
        "Kim Quillfeather", "", ".", "墨羽", "David"}) {
    INFO(name);
    CHECK_FALSE(is_common_name(name));
  }
}

TEST_CASE("authors: followed_author and match_authors agree on uncommon names", "[authors]") {
  const Paper paper = paper_by({"Tom Ashgrove", "Quillfeather, Z."});
  CHECK(match_authors(paper, authors, nullptr).followed == followed_author(paper, authors));
}
