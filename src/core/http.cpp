#include "core/http.h"

#include "core/text.h"

namespace daybook {

std::string_view header(const Headers& headers, std::string_view name) {
  for (auto it = headers.rbegin(); it != headers.rend(); ++it)
    if (equal_ignoring_case(it->first, name)) return it->second;
  return {};
}

}  // namespace daybook
