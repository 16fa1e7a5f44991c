// A record that can be read is written and read again without loss.
#include "day/record.h"
#include "fuzz/input.h"

using namespace daybook;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto day = read_record(std::string(fuzz::text_of(data, size)), "fuzz.json");
  if (!day) {
    fuzz::promise(!day.error().what.empty());
    return 0;
  }
  const auto again = read_record(write_record(*day), "again.json");
  fuzz::promise(static_cast<bool>(again));
  fuzz::promise(*again == *day);
  return 0;
}
