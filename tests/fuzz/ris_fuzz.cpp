// A library, whatever it is, gives references that say something, and faults with their places.
#include "fuzz/input.h"
#include "library/ris.h"
#include "paper/paper.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Errors errors;
  std::size_t bytes = 0;
  for (const Reference& reference : read_ris(fuzz::text_of(data, size), "fuzz.ris", errors)) {
    fuzz::promise(!reference.id.empty() || !reference.title.empty());
    fuzz::promise(reference.id.empty() || ArxivId::parse(reference.id)->text == reference.id);
    fuzz::promise(reference.line > 0);
    bytes += reference.title.size() + reference.abstract.size();
  }
  fuzz::promise(bytes <= 3 * size);  // a stray byte becomes three
  for (const Error& error : errors) fuzz::promise(!error.what.empty() && error.place.source == "fuzz.ris");
  return 0;
}
