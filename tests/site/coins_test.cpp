#include "site/coins.h"

#include <map>

#include "core/text.h"
#include "site/links.h"
#include "site/samples.h"
#include "support/catch.h"
#include "tex/tex.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

using Kev = std::multimap<std::string, std::string>;

// As a form is read: https://url.spec.whatwg.org/#urlencoded-parsing.
std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

Kev read_kev(const std::string& text) {
  Kev pairs;
  for (const std::string_view pair : split(text, '&')) {
    const auto equals = pair.find('=');
    REQUIRE(equals != std::string_view::npos);
    pairs.emplace(pair.substr(0, equals), decoded(std::string(pair.substr(equals + 1))));
  }
  return pairs;
}

std::string value(const Kev& pairs, const std::string& key) {
  CHECK(pairs.count(key) == 1);
  const auto found = pairs.find(key);
  return found == pairs.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("COinS: the ContextObject of a paper", "[coins]") {
  Entry one = entry("9901.00001", "maps", 9, monday);
  one.paper.title = "A + B = C";
  CHECK(coins(one) ==
        "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.type=preprint&rft.title=A+%2B+B+%3D+C"
        "&rft.date=2099-01&rft_id=info:doi/10.48550/arXiv.9901.00001");
}

TEST_CASE("COinS: read back, a ContextObject says what the record does", "[coins]") {
  Entry one = entry("hep-th/9901001", "maps", 9, monday);
  one.paper.title = "50% & <b>\"R$^3$\"</b>; \\'Etudes = a+b, 'so'";
  const std::string text = coins(one);
  CHECK(text.find_first_of("<>\"' ") == std::string::npos);
  const Kev pairs = read_kev(text);
  CHECK(value(pairs, "ctx_ver") == "Z39.88-2004");
  CHECK(value(pairs, "rft_val_fmt") == "info:ofi/fmt:kev:mtx:dc");
  CHECK(value(pairs, "rft.type") == "preprint");
  CHECK(value(pairs, "rft.title") == plain_text(one.paper.title));
  CHECK(value(pairs, "rft.date") == "1999-01");
  CHECK(value(pairs, "rft_id") == "info:doi/10.48550/arXiv.hep-th/9901001");
  CHECK(pairs.count("rft.au") == 0);
}

TEST_CASE("COinS: a page's spans are those of the day's papers, in order", "[coins]") {
  const Day day = day_with(monday, 3);
  const Files files = built({day}, parts());
  const std::string& page = files.at("2099/01/05/index.html");
  const std::string start = "<span class=\"Z3988\" title=\"";
  CHECK(count(page, start) == day.papers.size());
  std::size_t at = 0;
  for (const Entry& entry : day.papers) {
    at = page.find(start, at);
    REQUIRE(at != std::string::npos);
    at += start.size();
    std::string text = page.substr(at, page.find('"', at) - at);
    for (auto amp = text.find("&amp;"); amp != std::string::npos; amp = text.find("&amp;", amp + 1))
      text.erase(amp + 1, 4);
    const Kev pairs = read_kev(text);
    CHECK(value(pairs, "rft.title") == plain_text(entry.paper.title));
    CHECK(value(pairs, "rft_id") == "info:doi/" + arxiv_doi(entry.paper.id));
  }
}

TEST_CASE("COinS: arXiv's DOI as a link", "[coins]") {
  CHECK(doi_url("9901.00001") == "https://doi.org/10.48550/arXiv.9901.00001");
  CHECK(doi_url("hep-th/9901001") == "https://doi.org/10.48550/arXiv.hep-th/9901001");
}
