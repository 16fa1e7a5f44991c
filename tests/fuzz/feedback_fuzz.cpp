// Each opinion is of another paper, and no line is passed over in silence.
#include <set>

#include "fuzz/input.h"
#include "library/opinions.h"
#include "paper/paper.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Errors errors;
  std::set<std::string> ids;
  for (const Opinion& opinion : read_opinions_of_issue(fuzz::text_of(data, size), "fuzz.txt", errors)) {
    fuzz::promise(ids.insert(opinion.id).second);
    fuzz::promise(ArxivId::parse(opinion.id)->text == opinion.id);
    fuzz::promise(opinion.line > 0);
  }
  for (const Error& error : errors) fuzz::promise(!error.what.empty() && !error.hint.empty() && error.place.line > 0);
  return 0;
}
