#include "rank/comment.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/fold.h"

namespace daybook {

namespace {

constexpr std::size_t words_for = 5;
constexpr std::size_t most_words_against = 3;
constexpr double least_worth_naming = 0.02;  // below it a word decided nothing

struct Reason {
  const Hit* hit = nullptr;
  double worth = 0;
};

// The words that counted most for the topic (or against all of them), best first.
std::vector<Reason> reasons(const Lexicon& lexicon, const Match& match, int topic) {
  std::vector<Reason> found;
  for (const Hit& hit : match.hits) {
    for (const Use& use : lexicon.uses(hit.term)) {
      const double worth = std::abs(use.weight) * hit.strength();
      if (use.topic == topic && worth >= least_worth_naming) found.push_back({&hit, worth});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Reason& a, const Reason& b) { return a.worth > b.worth; });
  return found;
}

// The words as they stand in the paper, blanks folded.
std::string as_written(const Hit& hit, const Text& text) {
  const std::size_t begin = text.words.spans[hit.at].begin;
  const std::size_t end = text.words.spans[hit.at + hit.length - 1].end;
  std::string out;
  for (const char c : std::string_view(text.plain).substr(begin, end - begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

void append_list(std::string& out, const std::vector<std::string>& items, std::string_view place) {
  if (items.empty()) return;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    out += items[i];
  }
  out.append(" in the ").append(place);
}

// "Quantization, Low-Rank in the title; KV cache in the abstract"; empty where there is nothing to name.
std::string named(const std::vector<Reason>& reasons, std::size_t most, const Text& title, const Text& abstract) {
  std::vector<std::string> in_title;
  std::vector<std::string> in_abstract;
  std::vector<std::string> seen;
  for (const Reason& reason : reasons) {
    if (seen.size() == most) break;
    std::string words = as_written(*reason.hit, reason.hit->in_title ? title : abstract);
    const std::string plain = folded(words);
    // "attention" says nothing beside "attention heads".
    const bool told = std::any_of(seen.begin(), seen.end(), [&](const std::string& other) {
      return other.find(plain) != other.npos || plain.find(other) != plain.npos;
    });
    if (told) continue;
    seen.push_back(plain);
    (reason.hit->in_title ? in_title : in_abstract).push_back(std::move(words));
  }
  std::string out;
  append_list(out, in_title, "title");
  if (!in_title.empty() && !in_abstract.empty()) out += "; ";
  append_list(out, in_abstract, "abstract");
  return out;
}

}  // namespace

std::string local_comment(const Lexicon& lexicon, const Interests& interests, const Match& match, int topic,
                          const Text& title, const Text& abstract) {
  std::string out;
  if (topic == Use::every) {
    out = match.in_favour > 0 ? "No topic fits: too few of the topics' words are in the title and the abstract."
                              : "No topic fits: none of the topics' words is in the title or the abstract.";
  } else {
    out = interests.topics[static_cast<std::size_t>(topic)].name + ": " +
          named(reasons(lexicon, match, topic), words_for, title, abstract) + ".";
  }
  const std::string against = named(reasons(lexicon, match, Use::every), most_words_against, title, abstract);
  if (!against.empty()) out += " Against it: " + against + ".";
  return out;
}

}  // namespace daybook
