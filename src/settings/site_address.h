// Addresses in [site] url where no site will ever be.
#pragma once

#include <optional>
#include <string>

namespace daybook {

// Where GitHub publishes a repository by default: "https://ada.github.io/papers/" for "Ada/papers".
// https://docs.github.com/en/pages/getting-started-with-github-pages/what-is-github-pages
std::string default_pages(const std::string& repository);

// What is wrong with an address, and what to write.
struct AddressFault {
  std::string what;
  std::string hint;
};

// The example's, one with OWNER or REPOSITORY in it, and a repository's page at github.com.
std::optional<AddressFault> fault_of_address(const std::string& url);

}  // namespace daybook
