// Whatever is taken for TeX comes out as well-formed markup in UTF-8, with no formula where GitHub would not show it.
#include <tinyxml2.h>

#include <algorithm>

#include "core/text.h"
#include "feeds/feed_text.h"
#include "fuzz/input.h"
#include "paper/feed.h"
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

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

// Formulas of ours: other dollar signs are escaped, or in addresses.
bool has_formula_beside_letter(std::string_view markdown) {
  bool in_formula = false;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (in_formula) {
      in_formula = markdown.substr(i, 2) != "`$";
      if (!in_formula && ++i + 1 < markdown.size() && is_word(markdown[i + 1])) return true;
    } else if (markdown[i] == '\\') {
      ++i;
    } else if (markdown[i] == '<' || markdown.substr(i, 2) == "](") {  // an address: nothing in it is a formula
      i = std::min(markdown.find(markdown[i] == '<' ? '>' : ')', i), markdown.size());
    } else if (markdown.substr(i, 2) == "$`") {
      if (i > 0 && is_word(markdown[i - 1])) return true;
      in_formula = true;
      ++i;
    }
  }
  return false;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tex = fuzz::text_of(data, size);
  if (!is_utf8(tex) || has_control_characters(tex)) return 0;
  const auto page = html(tex);
  fuzz::promise(is_utf8(page) && is_well_formed(page));
  const auto line = markdown(tex);
  fuzz::promise(is_utf8(line) && line.find('\n') == std::string::npos);
  fuzz::promise(!has_formula_beside_letter(line));
  const auto label = markdown(tex, MarkdownPlace::link_text);
  fuzz::promise(is_utf8(label) && !has_formula_beside_letter(label));
  fuzz::promise(is_utf8(plain_text(tex)));
  fuzz::promise(is_utf8(linear_text(tex)));
  fuzz::promise(is_well_formed(simple_html(tex)));
  const Names authors = split_authors(tex);
  fuzz::promise(authors.affiliations.empty() || authors.affiliations.size() == authors.names.size());
  for (const auto& name : authors.names) fuzz::promise(!name.empty() && is_utf8(name));
  return 0;
}
