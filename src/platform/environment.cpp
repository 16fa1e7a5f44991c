#include "platform/environment.h"

#include <cstdlib>

#include "core/text.h"

namespace daybook {

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

std::optional<std::string> secret(const std::string& name) {
  const auto value = variable(name);
  if (!value || trim(*value).empty()) return std::nullopt;
  return std::string(trim(*value));
}

bool in_github_actions() { return variable("GITHUB_ACTIONS") == "true"; }

}  // namespace daybook
