// Whatever is taken for TeX comes out as well-formed markup in UTF-8.
#include <tinyxml2.h>

#include "core/text.h"
#include "fuzz/input.h"
#include "tex/tex.h"

using namespace daybook;

namespace {

// XML 1.0 has no place for control characters; arXiv's feeds, being XML, can't bring any.
bool has_control_characters(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') return true;
  return false;
}

bool is_well_formed(const std::string& fragment) {
  tinyxml2::XMLDocument document;
  const auto status = document.Parse(("<p>" + fragment + "</p>").c_str());
  return status == tinyxml2::XML_SUCCESS || status == tinyxml2::XML_ELEMENT_DEPTH_EXCEEDED;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tex = fuzz::text_of(data, size);
  if (!is_utf8(tex) || has_control_characters(tex)) return 0;
  const auto page = html(tex);
  fuzz::promise(is_utf8(page) && is_well_formed(page));
  const auto line = markdown(tex);
  fuzz::promise(is_utf8(line) && line.find('\n') == std::string::npos);
  fuzz::promise(is_utf8(from_markdown(line)));
  fuzz::promise(is_utf8(plain_text(tex)));
  return 0;
}
