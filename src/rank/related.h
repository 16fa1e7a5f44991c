// What papers speak of when they speak of something: an owner who writes "quantization" means "4-bit weights" too.
#pragma once

#include <string_view>
#include <vector>

namespace daybook {

struct Relation {
  std::string_view heads;    // any of these words of the owner's ...
  std::string_view related;  // ... bring these with them; phrases divided by '|'
};

const std::vector<Relation>& relations();

}  // namespace daybook
