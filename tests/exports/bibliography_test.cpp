#include "exports/bibliography.h"

#include "library/bibtex.h"
#include "library/ris.h"
#include "site/samples.h"
#include "support/catch.h"
#include "tex/tex.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

Entry titled(const std::string& id, const std::string& title) {
  Entry one = entry(id, "maps", 9, monday);
  one.paper.title = title;
  return one;
}

Day day_of(std::vector<Entry> entries) {
  Day day;
  day.date = monday;
  day.papers = std::move(entries);
  return day;
}

Day hard_day() {
  return day_of({
      titled("9901.00001", "LoRA & {K}-FAC, N:M: 100% of $x^{2} < y$ for 5\\$ in \\'Etudes~#1"),
      titled("hep-th/9901002", "A_b ^ c \\{ \\textbackslash{} ~ and R$^3$Mem"),
      titled("9901.00003", "An unclosed { and a $\\text{formula}}$ too many"),
      titled("9901.00004", "\\emph{Deep} \\texttt{Range} of $\\mathcal{O}(\\sqrt{n})$\n  -- twice"),
      titled("9901.00005", "\xE6\xB7\xB1\xE5\xBA\xA6, @misc{x, and \"quotes\""),
  });
}

std::string field(const std::string& text, const std::string& name) {
  const auto at = text.find("\n  " + name + " = {");
  if (at == std::string::npos) return "";
  const auto start = at + name.size() + 7;
  return text.substr(start, text.find("}\n", start) == std::string::npos ? 0 : text.find('\n', start) - start);
}

}  // namespace

TEST_CASE("exports: the entry of a paper in BibTeX", "[exports]") {
  Entry one = titled("9901.00001", "LoRA by Ada & the 3D K-means of $x < y$");
  one.paper.authors = {"Ada Imagined",      "Aart van der Molenveld",
                       "Tom Ashgrove Jr.",  "The Invented Collaboration",
                       "J\\\"org \\'Etude", "Seed"};
  CHECK(exports_of(day_of({one})).bibtex ==
        "@misc{arXiv:9901.00001,\n"
        "  title = {{LoRA} by Ada \\& the {3D} {K}-means of $x < y$},\n"
        "  author = {Imagined, Ada and van der Molenveld, Aart and Ashgrove, Jr., Tom and "
        "{The Invented Collaboration} and Étude, Jörg and Seed},\n"
        "  year = {2099},\n"
        "  eprint = {9901.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.LG},\n"
        "  doi = {10.48550/arXiv.9901.00001},\n"
        "  url = {https://arxiv.org/abs/9901.00001}\n"
        "}\n");
  one.paper.journal_ref = "J. Inv. & Co. 1";
  one.paper.doi = "10.0000/a_b";
  one.paper.categories = {};
  const std::string published = exports_of(day_of({one})).bibtex;
  CHECK(published.find("  note = {J. Inv. \\& Co. 1},\n  doi = {10.0000/a\\_b},\n") != std::string::npos);
  CHECK(published.find("primaryclass") == std::string::npos);
}

TEST_CASE("exports: the record of a paper in RIS", "[exports]") {
  Entry one = titled("hep-th/9901001", "On $\\alpha$ \\'Etudes");
  one.paper.authors = {"Ada Imagined", "The Invented Collaboration"};
  CHECK(exports_of(day_of({one})).ris ==
        "TY  - UNPB\r\nTI  - On α Études\r\nAU  - Imagined, Ada\r\nAU  - The Invented Collaboration\r\n"
        "PY  - 1999\r\nPB  - arXiv\r\nDO  - 10.48550/arXiv.hep-th/9901001\r\n"
        "UR  - https://arxiv.org/abs/hep-th/9901001\r\nER  - \r\n\r\n");
}

TEST_CASE("exports: a library's reader finds each paper again, whatever its title", "[exports]") {
  Day day = hard_day();
  day.papers[1].paper.doi = "10.0000/1";
  Errors errors;
  const auto from_bibtex = read_bibtex(exports_of(day).bibtex, "day.bib", errors);
  const auto from_ris = read_ris(exports_of(day).ris, "day.ris", errors);
  for (const Error& error : errors) FAIL_CHECK(describe(error));
  REQUIRE(from_bibtex.size() == day.papers.size());
  REQUIRE(from_ris.size() == day.papers.size());
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    const Paper& paper = day.papers[i].paper;
    INFO(paper.title);
    CHECK(from_bibtex[i].id == paper.id);
    CHECK(from_ris[i].id == paper.id);
    CHECK(plain_text(from_bibtex[i].title) == one_line(plain_text(paper.title)));
    CHECK(from_ris[i].title == one_line(plain_text(paper.title)));
    CHECK(from_bibtex[i].authors == paper.authors);
    CHECK(from_ris[i].authors == paper.authors);
  }
}

TEST_CASE("exports: entries are parted by empty lines and each is found by its eprint", "[exports]") {
  const std::string text = exports_of(hard_day()).bibtex;
  std::size_t found = 0;
  for (std::size_t at = 0; at < text.size(); ++found) {
    const auto end = std::min(text.find("\n\n", at), text.size());
    const std::string one = text.substr(at, end - at);
    CHECK(one.find("@misc{arXiv:" + field(one + '\n', "eprint").substr(0, 5)) == 0);
    CHECK(count(one, "eprint = {") == 1);
    at = end + 2;
  }
  CHECK(found == 5);
}

TEST_CASE("exports: a day's files stand beside its page, and a day without papers has none", "[exports]") {
  Day quiet;
  quiet.date = monday + 1;
  quiet.status = Status::quiet;
  const Day day = day_with(monday, 2);
  const Files files = built({quiet, day}, parts());
  CHECK(files.at("2099/01/05/day.bib") == exports_of(day).bibtex);
  CHECK(files.at("2099/01/05/day.ris") == exports_of(day).ris);
  CHECK(files.count("2099/01/06/day.bib") + files.count("2099/01/06/day.ris") == 0);
}
