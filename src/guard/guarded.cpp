#include "guard/guarded.h"

#include "core/text.h"
#include "guard/addressed.h"
#include "guard/addressed_ids.h"
#include "guard/addressed_text.h"

namespace daybook {

namespace {

constexpr std::size_t excerpt_bytes_max = 160;
constexpr std::size_t hidden_bytes_least = 8;  // in tag characters; flags of countries need 6
constexpr int rounds_max = 4;                  // what is left may make a sentence anew

std::string excerpt(std::string_view text) {
  text = trim(text);
  if (text.size() <= excerpt_bytes_max) return std::string(text);
  constexpr std::string_view cut = "\u2026";
  std::size_t end = excerpt_bytes_max - cut.size();
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + std::string(cut);
}

// Takes the sentences out that speak to the scorer. False where there are none.
bool take_addressed(std::string& text, std::vector<std::string>& removed) {
  const auto spans = addressed_spans(text);
  if (spans.empty()) return false;
  std::string kept;
  std::size_t from = 0;
  for (const AddressedSpan& span : spans) {
    kept.append(text, from, span.start - from);
    removed.push_back(excerpt(std::string_view(text).substr(span.start, span.end - span.start)));
    from = span.end;
  }
  kept.append(text, from);
  text = without_arxiv_ids(visible_text(kept));
  return true;
}

std::string guarded_field(const std::string& field, std::vector<std::string>& removed) {
  if (const std::string hidden = tagged_text(field); hidden.size() >= hidden_bytes_least)
    removed.push_back(excerpt("hidden: " + hidden));
  // Ids first: "[a paper]" is a word that rules look for.
  std::string text = without_arxiv_ids(visible_text(field));
  for (int round = 0; take_addressed(text, removed); ++round)
    if (round == rounds_max) text.clear();
  return text;
}

}  // namespace

Guarded guarded(const Paper& paper) {
  Guarded out;
  out.title = guarded_field(paper.title, out.removed);
  out.abstract = guarded_field(paper.abstract, out.removed);
  return out;
}

}  // namespace daybook
