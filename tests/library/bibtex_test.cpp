#include "library/bibtex.h"

#include "support/catch.h"

using namespace daybook;

namespace {

struct Read {
  std::vector<Reference> references;
  std::string said;
};

Read read(const std::string& text) {
  Errors errors;
  Read all{read_bibtex(text, "mine.bib", errors), ""};
  for (const Error& error : errors) {
    CHECK(error.kind == Kind::failed);
    all.said += describe(error);
  }
  return all;
}

// The only reference of a text without faults.
Reference one(const std::string& text) {
  const Read all = read(text);
  CHECK(all.said == "");
  REQUIRE(all.references.size() == 1);
  return all.references[0];
}

std::string id_of(const std::string& fields) { return one("@misc{key, title = {T}, " + fields + "}").id; }

}  // namespace

TEST_CASE("BibTeX: an entry as arXiv exports it is read whole", "[library]") {
  const Reference expected{"9901.00001", "Less is More", "", {"Ada Imagined", "Bo F. Fiction"}, 1};
  CHECK(one("@misc{imagined2099less,\n"
            "      title={Less is More}, \n"
            "      author={Ada Imagined and Bo F. Fiction},\n"
            "      year={2099},\n"
            "      eprint={9901.00001},\n"
            "      archivePrefix={arXiv},\n"
            "      primaryClass={cs.LG},\n"
            "      url={https://arxiv.org/abs/9901.00001}, \n"
            "}\n") == expected);
}

TEST_CASE("BibTeX: an entry as the ACL Anthology exports it has an abstract and no id", "[library]") {
  const Reference expected{"", "Words {\\&} {W}onders", "We invent {``}words{''}.", {"Ada Imagined", "Bo Fiction"}, 1};
  CHECK(one("@inproceedings{imagined-fiction-2099-words,\n"
            "    title = \"Words {\\&} {W}onders\",\n"
            "    author = \"Imagined, Ada  and\n      Fiction, Bo\",\n"
            "    booktitle = \"Proceedings of an Invented Meeting (Volume 1)\",\n"
            "    month = jul,\n"
            "    year = \"2099\",\n"
            "    url = \"https://aclanthology.org/2099.invented-long.1/\",\n"
            "    doi = \"10.18653/v1/2099.invented-long.1\",\n"
            "    abstract = \"We invent {``}words{''}.\"\n"
            "}\n") == expected);
}

TEST_CASE("BibTeX: an id is found where each program puts it", "[library]") {
  CHECK(id_of("eprint = {9901.00001v2}, archivePrefix = {arXiv}") == "9901.00001");
  CHECK(id_of("eprint = \"hep-th/9901001\", archivePrefix = \"arXiv\"") == "hep-th/9901001");
  CHECK(id_of("eprint = {9901001}, archivePrefix = {arXiv}, primaryClass = {hep-th}") == "hep-th/9901001");
  CHECK(id_of("eprinttype = {arxiv}, eprint = {9901.00001}, eprintclass = {cs}") == "9901.00001");
  CHECK(id_of("arxivId = {9901.00001}") == "9901.00001");
  CHECK(id_of("eprint = {arXiv:9901.00001}") == "9901.00001");
  CHECK(id_of("doi = {10.48550/arXiv.9901.00001}") == "9901.00001");
  CHECK(id_of("doi = {https://doi.org/10.48550/ARXIV.9901.00001}") == "9901.00001");
  CHECK(id_of("url = {http://arxiv.org/abs/math.GT/0309136v1}") == "math/0309136");
  CHECK(id_of("url = {https://arxiv.org/pdf/9901.00001.pdf}") == "9901.00001");
  CHECK(id_of("journal = {arXiv preprint arXiv:9901.00001}, year = 2099") == "9901.00001");
  CHECK(id_of("journal = {CoRR}, volume = {abs/9901.00001}") == "9901.00001");
  CHECK(id_of("journal = {ArXiv}, volume = {abs/9901.00001}, url = {https://reader.example/1}") == "9901.00001");
  CHECK(id_of("publisher = {arXiv}, number = {arXiv:9901.00001}") == "9901.00001");
  CHECK(id_of("journal = {arXiv e-prints}, pages = {arXiv:9901.00001}, eid = {arXiv:9901.00001}") == "9901.00001");
  CHECK(id_of("note = {arXiv: 9901.00001 [cs]}") == "9901.00001");
  CHECK(id_of("howpublished = {\\url{https://arxiv.org/abs/9901.00001}}") == "9901.00001");
  CHECK(id_of("note = \"See arXiv:9901.00001.\"") == "9901.00001");
}

TEST_CASE("BibTeX: a field that only looks like an id is none", "[library]") {
  CHECK(id_of("eprint = {9901.00001}, archivePrefix = {HAL}") == "");
  CHECK(id_of("eprint = {PMC0000001}, eprinttype = {pubmed}") == "");
  CHECK(id_of("journal = {Invented Letters}, volume = {9901.00001}") == "");
  CHECK(id_of("url = {https://notarxiv.org/abs/9901.00001}") == "");
  CHECK(id_of("url = {https://arxiv.org/list/cs.LG/recent}, note = {arXiv}") == "");
  CHECK(id_of("annote = {Compare arXiv:9901.00001}") == "");
}

TEST_CASE("BibTeX: an eprint of arXiv that is no id is told, and the id is looked for elsewhere", "[library]") {
  const Read all =
      read("\n@misc{a, title={T}, archivePrefix={arXiv}, eprint={99010001}, url={arxiv.org/abs/9901.00001}}");
  CHECK(all.said ==
        "mine.bib:2: error: the entry's eprint \"99010001\" is not an arXiv id\n"
        "  hint: write it as in \"2401.12345\" or \"hep-th/9901001\"\n");
  REQUIRE(all.references.size() == 1);
  CHECK(all.references[0].id == "9901.00001");
}

TEST_CASE("BibTeX: texts keep their TeX, without what is only there for their capitals", "[library]") {
  const auto title = [](const std::string& value) { return one("@misc{k, title = " + value + "}").title; };
  CHECK(title("{{Less is {MORE}}}") == "Less is {MORE}");
  CHECK(title("{{Less} is {More}}") == "{Less} is {More}");
  CHECK(title("\"{Less is {\\\"o}}\"") == "Less is {\\\"o}");
  CHECK(title("{ {{Less\r\n   is}} more }") == "{{Less is}} more");
  CHECK(title("{$O(n^{2})$ is 3\\%}") == "$O(n^{2})$ is 3\\%");
  CHECK(title("{{{{{Less}}}}}") == "Less");
  CHECK(title("2099") == "2099");
}

TEST_CASE("BibTeX: names are put in order, TeX and groups stay", "[library]") {
  const auto names = [](const std::string& value) {
    return one("@misc{k, title={T}, author={" + value + "}}").authors;
  };
  using Names = std::vector<std::string>;
  CHECK(names("Imagined, Ada and Fiction, Bo F.") == Names{"Ada Imagined", "Bo F. Fiction"});
  CHECK(names("Ada Imagined AND Bo Fiction and others") == Names{"Ada Imagined", "Bo Fiction"});
  CHECK(names("{The Invention and Fiction Group} and {\\'E}mile, Zo{\\\"e}") ==
        Names{"The Invention and Fiction Group", "Zo{\\\"e} {\\'E}mile"});
  CHECK(names("Imagined, Jr., Ada") == Names{"Ada Imagined Jr."});
  CHECK(names("Ferdinand\nand\nAnders Sand") == Names{"Ferdinand", "Anders Sand"});
  CHECK(names("") == Names{});
}

TEST_CASE("BibTeX: abbreviations and pieces are put together", "[library]") {
  CHECK(one("@string{less = \"Less is\"}\n@STRING(More = {{M}ore})\n"
            "@article(key, title = less # \" \" # MORE, month = 1 # \"~\" # jan)")
            .title == "Less is {M}ore");
}

TEST_CASE("BibTeX: comments, preambles and text between entries are passed over", "[library]") {
  const Read all = read(
      "Mail to ada@daybook.example, or @ home.\n"
      "@comment{jabref-meta: groups; @article{a, title={Hidden}} }\n"
      "@Comment a line\n@preamble{ \"\\newcommand{\\x}{y}\" # {z} }\n% said { nothing\n"
      "@misc{b,\n  title = {Shown},\n  % volume = {1},\n  eprint = {9901.00001}, % mine, really\n}\n"
      "@comment{ is never closed\n@misc{c, title = {Too}}\n@comment{ is not closed\n@misc{d, title = {Third}}\n");
  CHECK(all.said == "");
  REQUIRE(all.references.size() == 3);
  CHECK(all.references[0] == Reference{"9901.00001", "Shown", "", {}, 6});
  CHECK(all.references[1].title == "Too");
  CHECK(all.references[2].title == "Third");
}

TEST_CASE("BibTeX: an entry without key, comma or value is read as it is meant", "[library]") {
  CHECK(one("@article{, title = {No Key}}").title == "No Key");
  CHECK(one("@article{title = {No, Key}, year = 1}").title == "No, Key");
  CHECK(one("@article{key, year = , title = {No Year},,}").title == "No Year");
  CHECK(one("@article{key, year = {2099} title = {No Comma}}").title == "No Comma");
  CHECK(one("@article{key\n  title = {No Comma Either}}").title == "No Comma Either");
  CHECK(one("@article { DBLP:conf/x/Y-99 , TITLE={Odd Key} }").title == "Odd Key");
  CHECK(one("@misc{key, title = {First}, title = {Second}}").title == "First");
}

TEST_CASE("BibTeX: carriage returns and a byte order mark make no difference", "[library]") {
  const std::string text = "@misc{k,\n title = {Less\n is},\n eprint = {9901.00001},\n}\n";
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(one(windows) == one(text));
}

TEST_CASE("BibTeX: an empty file has no entries and no faults", "[library]") {
  CHECK(read("").said == "");
  CHECK(read(" \n").said == "");
  CHECK(read("@comment{jabref-meta: databaseType:bibtex;}\n").said == "");
}

TEST_CASE("BibTeX: what would take for ever is read in no time", "[library]") {
  const auto many = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  constexpr int times = 200'000;
  for (const std::string piece : {"@", "@a{", "@a(", "@comment{", "@comment{\n", "{", "\n@a{b,", "@a{b,c={",
                                  "@a(b,c=\"", "a={},", "@string{a=a#a}", "\n  ", "arxiv", "title=a#", "@preamble("}) {
    INFO(piece);
    CHECK(read(many(piece, times)).references.size() <= times);
    CHECK(read("@misc{k, title = {" + many(piece, times) + "}, eprint = {9901.00001}}").references.size() <= times);
    CHECK(read("@misc{k, " + many(piece, times) + "}").references.size() <= times);
  }
  CHECK(one("@misc{k, title = {" + many("{", times) + "x" + many("}", times) + "}}").title == "x");
  const Read expanded = read("@string{a = {" + many("x", 2000) + "}}@misc{k, title = " + many("a # ", times) + " a}");
  REQUIRE(expanded.references.size() == 1);
  CHECK(expanded.references[0].title.size() < 1U << 20U);
  CHECK(expanded.said ==
        "mine.bib:1: error: the file's abbreviations expand to more than 1048576 bytes: they are ignored from here "
        "on\n  hint: write long texts out\n");
}

TEST_CASE("BibTeX: an eprint names its paper in any of arXiv's ways", "[library]") {
  for (const char* eprint : {"arXiv:9901.00001 [cs.LG]", "https://arxiv.org/abs/9901.00001v2",
                             "10.48550/arXiv.9901.00001", "9901.00001.", "https://doi.org/10.48550/arXiv.9901.00001"}) {
    INFO(eprint);
    CHECK(id_of("eprint = {" + std::string(eprint) + "}, archiveprefix = {arXiv}") == "9901.00001");
  }
  CHECK(id_of("url = {https://www.alphaxiv.org/abs/9901.00001}") == "9901.00001");
  CHECK(id_of("url = {https://not-arxiv.org/abs/9901.00001}") == "");
}

TEST_CASE("BibTeX: notes and paths of files are counted, with the first one's line", "[library]") {
  CHECK(private_fields_of_bibtex("@string{note = {N}}\n@misc{a, title = {note = {N}}, keywords = {file}}\n") ==
        PrivateFields{});
  CHECK(private_fields_of_bibtex("@misc{a,\n title = {T},\n Note = {N},\n note = { },\n file = \"a.pdf\"}\n"
                                 "@misc{b, annote = {A}, annotation = 7}") == PrivateFields{4, 3});
  CHECK(private_fields_of_bibtex("@misc{a, note = {cut") == PrivateFields{});
  CHECK(private_fields_of_bibtex("@misc{a, note = {arXiv:9901.00001 [cs]}}\n") == PrivateFields{});
}
