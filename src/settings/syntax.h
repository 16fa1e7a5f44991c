// What toml++ says of text that is no TOML, in words for the owner of the file.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

struct Fault {
  std::string what;
  std::string mend;
  bool operator==(const Fault&) const = default;
};

// `description` as toml++ words it: "Error while parsing array: encountered end-of-file".
Fault explain_syntax(std::string_view description);

}  // namespace daybook
