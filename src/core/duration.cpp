#include "core/duration.h"

#include <cmath>

namespace daybook {

std::string wait_words(double seconds) {
  if (!(seconds <= sensible_wait_max)) return "for more than a year";
  return std::to_string(static_cast<long long>(std::ceil(seconds > 0 ? seconds : 0))) + " s";
}

}  // namespace daybook
