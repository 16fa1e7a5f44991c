#include "paper/white_space.h"

#include <algorithm>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::string_view white = " \t\r\n";

// Runs of white space that hold one of `breaks` become a blank; other runs stay.
std::string fold(std::string_view text, std::string_view breaks) {
  text = trim(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto word = std::min(text.find_first_of(white), text.size());
    out += text.substr(0, word);
    text.remove_prefix(word);
    const auto run = text.substr(0, std::min(text.find_first_not_of(white), text.size()));
    if (run.find_first_of(breaks) != std::string_view::npos) {
      out += ' ';
    } else {
      out += run;
    }
    text.remove_prefix(run.size());
  }
  return out;
}

}  // namespace

std::string single_spaced(std::string_view text) { return fold(text, white); }

std::string unwrapped(std::string_view text) { return fold(text, "\r\n"); }

}  // namespace daybook
