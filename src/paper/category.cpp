#include "paper/category.h"

namespace daybook {

bool is_within(std::string_view category, std::string_view asked) {
  return category.starts_with(asked) && (category.size() == asked.size() || category[asked.size()] == '.');
}

}  // namespace daybook
