#include <utility>

#include "paper/paper.h"
#include "support/catch.h"

using namespace daybook;

namespace {

// "id vN", or "none".
std::string read(std::string_view text) {
  const auto id = ArxivId::parse(text);
  return id ? id->text + " v" + std::to_string(id->version) : "none";
}

}  // namespace

TEST_CASE("arXiv id: its names and addresses are read", "[id]") {
  const std::pair<std::string_view, std::string_view> table[] = {
      // an id of the new scheme is read with and without a version
      {"9901.00001", "9901.00001 v0"},
      {"9901.00001v1", "9901.00001 v1"},
      {"0704.0001v12", "0704.0001 v12"},
      {" 1412.9999 \n", "1412.9999 v0"},
      // an id of the old scheme loses its subject class
      {"math.GT/0309136", "math/0309136 v0"},
      {"cond-mat.mes-hall/0703001v2", "cond-mat/0703001 v2"},
      {"hep-th/9901001v3", "hep-th/9901001 v3"},
      {"q-alg/9107001", "q-alg/9107001 v0"},
      // the names that arXiv gives its ids are taken off
      {"arXiv:9901.00001v2", "9901.00001 v2"},
      {"ARXIV:hep-th/9901001", "hep-th/9901001 v0"},
      {"oai:arXiv.org:9901.00001v2", "9901.00001 v2"},
      {"oai:arXiv.org:math/0309136v1", "math/0309136 v1"},
      // an address of arxiv.org is read
      {"https://arxiv.org/abs/9901.00001", "9901.00001 v0"},
      {"http://arxiv.org/abs/9901.00001v1", "9901.00001 v1"},
      {"http://export.arxiv.org/abs/math.GT/0309136v4", "math/0309136 v4"},
      {"https://www.arxiv.org/pdf/9901.00001v3.pdf", "9901.00001 v3"},
      {"https://arxiv.org/pdf/hep-th/9901001", "hep-th/9901001 v0"},
      {"arxiv.org/abs/9901.00001?context=cs#top", "9901.00001 v0"},
      // numbers have four digits until 2014 and five from 2015
      {"1501.00001", "1501.00001 v0"},
      // its DOI names it, another prefix or host does not
      {"10.48550/arXiv.hep-th/9901001v2", "hep-th/9901001 v2"},
      {"https://doi.org/10.48550/arXiv.9901.00001", "9901.00001 v0"},
      {"http://dx.doi.org/10.48550/ARXIV.9901.00001", "9901.00001 v0"},
      {"10.48550/arXiv.9901.00001", "9901.00001 v0"},
      {"10.48550/arxiv.9901.00001", "9901.00001 v0"},
      {"doi:10.48550/arXiv.9901.00001", "9901.00001 v0"},
      {"DOI: 10.48550/arXiv.9901.00001", "9901.00001 v0"},
      {"https://doi.org/10.48550/arXiv.9901.00001?x=1#y", "9901.00001 v0"},
      {"https://www.doi.org/10.48550/arXiv.9901.00001.", "9901.00001 v0"},
      // each page about a paper names it, with what stands around
      {"arXiv:9901.00001 [cs.LG]", "9901.00001 v0"},
      {"arXiv:9901.00001v2 [cs.LG]", "9901.00001 v2"},
      {"arXiv:hep-th/9901001v2 [hep-th]", "hep-th/9901001 v2"},
      {"https://arxiv.org/pdf/9901.00001v1.pdf", "9901.00001 v1"},
      {"https://arxiv.org/pdf/9901.00001.PDF", "9901.00001 v0"},
      {"https://arxiv.org/html/9901.00001v3", "9901.00001 v3"},
      {"https://arxiv.org:443/abs/9901.00001/", "9901.00001 v0"},
      {"https://ar5iv.labs.arxiv.org/html/9901.00001", "9901.00001 v0"},
      {"https://www.alphaxiv.org/abs/9901.00001v1", "9901.00001 v1"},
      {"alphaxiv.org/overview/9901.00001", "9901.00001 v0"},
      {"http://export.arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001 v1"},
      {"<https://arxiv.org/abs/9901.00001>,", "9901.00001 v0"},
      {"(9901.00001v2).", "9901.00001 v2"},
      {"[9901.00001]", "9901.00001 v0"},
      {"\"9901.00001\"", "9901.00001 v0"},
      {"https://arxiv.org/abs/9901.00001.", "9901.00001 v0"}};
  for (const auto& [text, id] : table) {
    INFO(text);
    CHECK(read(text) == id);
  }
}

TEST_CASE("arXiv id: what only looks like one is none", "[id]") {
  for (const std::string_view text :
       {// addresses elsewhere, and other pages of arXiv, are no ids
        "https://example.org/abs/9901.00001", "https://notarxiv.org/abs/9901.00001", "https://arxiv.org/",
        "https://arxiv.org", "https://arxiv.org/abs/", "https://arxiv.org/list/cs.LG/9901",
        "https://arxiv.org/9901.00001", "https://arxiv.org/api/errors#incorrect_id_format_for_nonsense",
        // months that don't exist and times before the scheme are no ids
        "9913.00001", "9900.00001", "0703.0001", "0001.0001", "math/0313136", "math/0300136", "math/0704001",
        "math/9106001", "hep-th/5001001",
        // numbers have four digits until 2014 and five from 2015
        "1412.12345", "1501.1234", "9901.000001",
        // what only looks like an id is none
        "", " ", "v1", "9901", "9901.", "9901.00001v", "9901.00001v0", "9901.00001v01", "9901.00001v99999",
        "9901.00001x", "9901.0000a", "99O1.00001", "9901.00001 v1", "/", "/0309136", "math/", "math/030913",
        "math/03091367", "math.1/0309136", "math./0309136", "maths/0309136", "10.1000/0309136", "9901.00001v1v2",
        "-901.00001", "arXiv:", "oai:arXiv.org:",
        // its DOI names it, another prefix or host does not
        "10.1234/arXiv.9901.00001", "https://doi.org/10.1234/9901.00001", "https://doi.org/9901.00001",
        "https://doi.org.evil.example/10.48550/arXiv.9901.00001", "10.48550/9901.00001", "doi:9901.00001",
        // a host that looks like arXiv, or a number in another context, is none
        "https://arxiv.org.evil.example/abs/9901.00001", "https://arxiv.org@evil.example/abs/9901.00001",
        "https://evil.example/arxiv.org/abs/9901.00001", "https://not-arxiv.org/abs/9901.00001",
        "https://evil.example/?u=https://arxiv.org/abs/9901.00001", "https://arxiv.org/search/9901.00001",
        "https://xalphaxiv.org/abs/9901.00001", "9901.00001 [1]", "9901.00001 [cs.LG] 5 Jan", "pages 9901.00001",
        "version 9901.00001", "[cs.LG]", "[cs.LG] 9901.00001"}) {
    INFO(text);
    CHECK(read(text) == "none");
  }
}

TEST_CASE("arXiv id: it tells the month in which arXiv gave it out", "[id]") {
  CHECK(month_of_id("9901.00001") == "2099-01");
  CHECK(month_of_id("0704.0001") == "2007-04");
  CHECK(month_of_id("hep-th/9901001") == "1999-01");
  CHECK(month_of_id("math/0309136") == "2003-09");
}
