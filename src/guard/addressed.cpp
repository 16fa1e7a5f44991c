#include "guard/addressed.h"

#include <algorithm>

#include "guard/addressed_rules.h"
#include "guard/addressed_signs.h"
#include "guard/addressed_text.h"
#include "guard/addressed_tokens.h"

namespace daybook {

namespace {

bool breaks_any_rule(std::string_view text) {
  const auto sentences = addressed_sentences(text);
  return std::any_of(sentences.begin(), sentences.end(), [](const auto& each) { return !broken_rule(each).empty(); });
}

std::string_view reason(std::string_view text, const AddressedSentence& sentence) {
  if (const auto rule = broken_rule(sentence); !rule.empty()) return rule;
  const auto words = text.substr(sentence.start, sentence.end - sentence.start);
  if (has_role_marks(words)) return "play another role";
  if (has_escapes(words)) return "hide in escapes";
  for (const std::string& decoded : decoded_texts(words))
    if (breaks_any_rule(visible_text(decoded))) return "hide in an encoding";
  return {};
}

}  // namespace

std::vector<AddressedSpan> addressed_spans(std::string_view text) {
  std::vector<AddressedSpan> spans;
  for (const AddressedSentence& sentence : addressed_sentences(text)) {
    const auto why = reason(text, sentence);
    if (!why.empty()) spans.push_back({sentence.start, sentence.end, why});
  }
  return spans;
}

}  // namespace daybook
