// The topic that a predecessor's comment names. Its LLM was given the owner's topics as criteria and told to say which
// one a paper meets ("..., which aligns with the model compression criterion", "Model Architecture: ..."), but its
// reply had no field for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/settings.h"

namespace daybook {

// The slugs of the topics whose names the comment has as whole words, whatever their case and with or without a
// plural's "s"; the first that it names comes first.
std::vector<std::string> topics_named(std::string_view comment, const std::vector<Topic>& topics);

}  // namespace daybook
