// A paper in a library of the owner's, as the programs that keep such libraries export it: bibtex.h and ris.h read
// them. What both formats share stands here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace daybook {

// Text is kept as it was written, TeX and all, with single blanks.
struct Reference {
  std::string id;  // ArxivId::text; empty: none is given
  std::string title;
  std::string abstract;
  std::vector<std::string> authors;  // "Ada Imagined"
  int line = 0;                      // where it begins
  bool operator==(const Reference&) const = default;
};

// Fields of a library that its owner may not want to publish: notes, and where files lie.
struct PrivateFields {
  std::size_t count = 0;
  int first_line = 0;
  bool operator==(const PrivateFields&) const = default;
};

// The arXiv id that a text of another purpose names: "arXiv preprint arXiv:9901.00001v2", "https://arxiv.org/abs/...",
// "10.48550/arXiv.9901.00001". Empty where it names none; the first of several.
std::string arxiv_id_in(std::string_view text);

// The same for a journal that is arXiv ("CoRR", "ArXiv") and its volume, "abs/9901.00001".
std::string arxiv_id_of_volume(std::string_view journal, std::string_view volume);

// "Imagined, Ada" as "Ada Imagined", "Imagined, Jr., Ada" as "Ada Imagined Jr."; commas within braces part nothing.
std::string name_in_order(std::string_view name);

// The bytes without byte order mark, those that are not UTF-8 as U+FFFD. Nothing where it is UTF-16. Both are faults.
std::optional<std::string> library_text(std::string_view bytes, const std::string& source, Errors& errors);

// Adds it; but what has neither id nor title is a fault, since nothing can be told from it.
void add_reference(std::vector<Reference>& references, Reference reference, const std::string& source, Errors& errors);

}  // namespace daybook
