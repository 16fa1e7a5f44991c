// Environment variables, by the ecosystem's names.
#pragma once

#include <optional>
#include <string>

namespace daybook {

// A variable that is set to nothing counts as not set: a workflow sets a secret that the repository lacks to "".
std::optional<std::string> variable(const std::string& name);

// The same without white space at both ends: secrets are pasted with the line break behind them, and one in a header
// would break it.
std::optional<std::string> secret(const std::string& name);

bool in_github_actions();  // GITHUB_ACTIONS is "true"

}  // namespace daybook
