// An older archive's file is imported into a day that can be recorded, or refused with a reason.
#include "day/record.h"
#include "fuzz/input.h"
#include "legacy/import.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto imported = import_file(std::string(fuzz::text_of(data, size)), "2099-01-05.md");
  if (!imported) {
    fuzz::promise(!imported.error().what.empty());
    return 0;
  }
  fuzz::promise(static_cast<bool>(read_record(write_record(imported->day), "imported.json")));
  return 0;
}
