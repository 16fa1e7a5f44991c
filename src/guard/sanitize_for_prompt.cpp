#include "guard/sanitize_for_prompt.h"

#include "core/text.h"
#include "guard/injection_rules.h"
#include "guard/visible_text.h"

namespace daybook {

namespace {

constexpr std::size_t excerpt_bytes_max = 160;
constexpr std::size_t hidden_bytes_least = 8;  // in tag characters; flags of countries need 6
constexpr int rounds_max = 4;                  // what is left may make a sentence anew

std::string excerpt(std::string_view text) {
  constexpr std::string_view cut = "\u2026";
  text = trim(text);
  if (text.size() <= excerpt_bytes_max) return std::string(text);
  return std::string(utf8_prefix(text, excerpt_bytes_max - cut.size())).append(cut);
}

// Takes the certain injections out. False where there are none.
bool take_injections(std::string& text, PromptText& out) {
  std::string kept;
  std::size_t from = 0;
  for (const InjectionSpan& span : find_injections(text)) {
    if (out.suspicion.empty()) out.suspicion = span.does;
    if (!span.is_certain) continue;
    kept.append(text, from, span.start - from);
    out.removed.push_back(excerpt(std::string_view(text).substr(span.start, span.end - span.start)));
    from = span.end;
  }
  if (from == 0) return false;
  kept.append(text, from);
  text = without_arxiv_ids(visible_text(kept));
  return true;
}

std::string sanitized(const std::string& field, PromptText& out) {
  if (const std::string hidden = tagged_text(field); hidden.size() >= hidden_bytes_least) {
    out.suspicion = "hides text in tag characters";
    out.removed.push_back(excerpt("hidden: " + hidden));
  }
  std::string text = without_arxiv_ids(visible_text(field));
  for (int round = 0; take_injections(text, out); ++round)
    if (round == rounds_max) text.clear();
  return text;
}

}  // namespace

PromptText sanitize_for_prompt(const Paper& paper) {
  PromptText out;
  out.title = sanitized(paper.title, out);
  out.abstract = sanitized(paper.abstract, out);
  return out;
}

}  // namespace daybook
