// A paper as arXiv announces it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "settings/settings.h"

namespace daybook {

// An arXiv identifier, without its version: "9901.00001", "0704.0001", "hep-th/9901001", "math.GT/0309136".
// Both schemes: https://info.arxiv.org/help/arxiv_identifier.html
struct ArxivId {
  std::string text;  // canonical: no "arXiv:", no version; an old id without its subject class ("math/0309136")
  int version = 0;   // 0: not said

  // Reads an id alone, behind "arXiv:" or "oai:arXiv.org:", in an address of arxiv.org (abs, pdf, html) or
  // alphaxiv.org, or in arXiv's DOI (10.48550/arXiv.ID, with or without doi.org), with or without "vN", "[cs.LG]"
  // behind it and marks around it. Nothing where it is none: an address elsewhere, another DOI.
  static std::optional<ArxivId> parse(std::string_view text);
  bool operator==(const ArxivId&) const = default;
};

// When arXiv gave out an id (ArxivId::text): "2099-01" of "9901.00001", "1999-01" of "hep-th/9901001".
std::string month_of_id(std::string_view id);

// Text is kept as arXiv wrote it, TeX and all, white space at its ends cut off.
struct Paper {
  std::string id;   // ArxivId::text
  int version = 0;  // 0: unknown
  std::string title;
  std::vector<std::string> authors;       // names, without affiliations
  std::vector<std::string> affiliations;  // parallel to authors where any is known, else empty; "" for none
  std::string abstract;
  std::vector<std::string> categories;  // the primary category first
  std::vector<std::string> listed_in;   // the categories whose announcement named it, in the order of the settings
  std::optional<AnnounceType> announce_type;
  std::string comments;  // the authors': "12 pages, 3 figures"
  std::string journal_ref;
  std::string doi;
  std::string license;               // address
  std::optional<Instant> published;  // first version; API only
  bool operator==(const Paper&) const = default;
};

}  // namespace daybook
