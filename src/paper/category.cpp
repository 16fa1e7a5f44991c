#include "paper/category.h"

namespace daybook {

bool is_within(std::string_view category, std::string_view asked) {
  return category.substr(0, asked.size()) == asked &&
         (category.size() == asked.size() || category[asked.size()] == '.');
}

}  // namespace daybook
