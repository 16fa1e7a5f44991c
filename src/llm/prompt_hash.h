// Prompts are kept once each, under the SHA-256 of their text (FIPS 180-4).
#pragma once

#include <string>
#include <string_view>

namespace daybook {

std::string prompt_hash(std::string_view text);       // "sha256:" and 64 hexadecimal digits
std::string prompt_file_name(std::string_view hash);  // the digits and ".md"

}  // namespace daybook
