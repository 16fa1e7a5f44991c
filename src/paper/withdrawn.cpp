#include "paper/withdrawn.h"

#include <span>

#include "core/text.h"
#include "tex/letters.h"

namespace daybook {

namespace {

// An abstract that opens with "Withdrawn" alone may be about a drug; one of a line is a notice.
constexpr std::size_t one_line = 200;
constexpr std::size_t opening = 400;  // bytes of a text that are looked at

using Tokens = std::span<const std::string_view>;

bool is_mark(std::string_view token) { return !is_lower(token.front()); }

// Words and single marks, from text in small letters.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_lower(text[end])) ++end;
    if (end == i) ++end;
    if (!is_space(text[i])) tokens.push_back(text.substr(i, end - i));
    i = end;
  }
  return tokens;
}

// Whether any was there to be skipped.
bool skip(Tokens& tokens, std::string_view words) {
  const std::size_t before = tokens.size();
  while (!tokens.empty() && is_one_of(tokens.front(), words)) tokens = tokens.subspan(1);
  return tokens.size() < before;
}

// "withdrawn", "paper withdrawn", "this paper is withdrawn".
enum class Subject { none, noun, pointed };

// Withdrawn from a conference, or in the course of a story, is not withdrawn from arXiv.
bool ends_as_notice(Tokens rest, bool surely_this_paper) {
  const bool ends = rest.empty() || is_mark(rest.front()) ||
                    is_one_of(rest.front(), "by due owing because since as for until pending");
  if (!ends && !surely_this_paper && rest.front() != "from") return false;
  skip(rest, "by the all author authors us");
  if (!skip(rest, "from")) return true;
  skip(rest, "the");
  return !rest.empty() && rest.front() == "arxiv";
}

// What is said to be withdrawn at the start of these tokens, where anything is.
std::optional<Subject> notice_in(Tokens tokens) {
  const bool surely_this_paper = !tokens.empty() && tokens.front() == "this";
  const bool pointed = skip(tokens, "this the our present following current");
  const bool named = skip(tokens, "paper article submission submissions manuscript preprint work version note");
  const bool said = skip(tokens, "has have been is was being now hereby");
  if ((pointed || said) && !named) return std::nullopt;
  if (!skip(tokens, "withdrawn") || !ends_as_notice(tokens, surely_this_paper)) return std::nullopt;
  return pointed ? Subject::pointed : named ? Subject::noun : Subject::none;
}

// "[", "- ", "arXiv admin note:" may stand before it.
Tokens without_lead_in(Tokens tokens) {
  while (!tokens.empty() && is_mark(tokens.front())) tokens = tokens.subspan(1);
  skip(tokens, "arxiv admin note :");
  return tokens;
}

bool is_mentioned(std::string_view lower) { return lower.find("withdrawn") != std::string_view::npos; }

bool abstract_says_so(std::string_view abstract) {
  const std::string lower = ascii_lower(abstract.substr(0, opening));
  if (!is_mentioned(lower)) return false;
  const auto tokens = tokens_of(lower);
  const auto subject = notice_in(without_lead_in(tokens));
  return subject && (subject != Subject::none || abstract.size() <= one_line);
}

bool comments_say_so(std::string_view comments) {
  const std::string lower = ascii_lower(comments);
  if (!is_mentioned(lower)) return false;
  const auto tokens = tokens_of(lower);
  if (notice_in(without_lead_in(tokens))) return true;
  const Tokens all(tokens);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_mark(all[i])) continue;
    // Behind other words "withdrawn" may be said of a conference; an administrator's note speaks of arXiv.
    const bool noted = i > 0 && all[i - 1] == "note";
    const auto subject = notice_in(all.subspan(i + 1));
    if (subject == Subject::pointed || (subject && noted)) return true;
  }
  return false;
}

}  // namespace

bool is_withdrawn(const Paper& paper) { return abstract_says_so(paper.abstract) || comments_say_so(paper.comments); }

}  // namespace daybook
