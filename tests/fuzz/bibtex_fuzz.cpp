// A library, whatever it is, gives references that say something, and faults with their places.
#include "fuzz/input.h"
#include "library/bibtex.h"
#include "paper/paper.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  Errors errors;
  std::size_t bytes = 0;
  for (const Reference& reference : read_bibtex(text, "fuzz.bib", errors)) {
    fuzz::promise(!reference.id.empty() || !reference.title.empty());
    fuzz::promise(reference.id.empty() || ArxivId::parse(reference.id)->text == reference.id);
    fuzz::promise(reference.line > 0);
    bytes += reference.title.size() + reference.abstract.size();
    for (const std::string& author : reference.authors) fuzz::promise(!author.empty());
  }
  // A stray byte becomes three; abbreviations expand to a mebibyte in all.
  fuzz::promise(bytes <= 3 * size + (1U << 20U));
  for (const Error& error : errors) fuzz::promise(!error.what.empty() && error.place.source == "fuzz.bib");
  return 0;
}
