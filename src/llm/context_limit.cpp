#include "llm/context_limit.h"

#include <algorithm>
#include <utility>

namespace daybook {

bool ContextLimit::is_cut(long long estimated, const Tokens& told) {
  if (!told.prompt) return false;
  const long long counted = *told.prompt;
  const long long before = std::exchange(greatest_, std::max(greatest_, counted));
  const bool far_below = 6 * (counted + told.cached.value_or(0)) < 4 * estimated && 2 * counted >= before;
  const bool at_the_edge = counted % 1024 == 0 && counted <= estimated && counted >= before;
  return far_below || at_the_edge;
}

}  // namespace daybook
