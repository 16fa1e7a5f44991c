// Settings, however misspelt, are read or complained of, each complaint with its place.
#include "fuzz/input.h"
#include "settings/settings.h"

using namespace daybook;

namespace {

void check(const Errors& errors) {
  for (const auto& error : errors) fuzz::promise(!error.what.empty() && error.place.source == "fuzz.toml");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Errors errors;
  read_settings(fuzz::text_of(data, size), "fuzz.toml", errors);
  check(errors);
  errors.clear();
  read_interests(fuzz::text_of(data, size), "fuzz.toml", errors);
  check(errors);
  return 0;
}
