#include "llm/prompt_hash.h"

#include <openssl/evp.h>

#include <array>

namespace daybook {

namespace {

constexpr std::string_view scheme = "sha256:";

}  // namespace

std::string prompt_hash(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hash(scheme);
  for (const unsigned byte : digest) {
    hash += digits[byte >> 4U];
    hash += digits[byte & 0xFU];
  }
  return hash;
}

std::string prompt_file_name(std::string_view hash) {
  if (hash.substr(0, scheme.size()) == scheme) hash.remove_prefix(scheme.size());
  return std::string(hash) + ".md";
}

}  // namespace daybook
