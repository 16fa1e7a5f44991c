#include "rank/match.h"

#include <algorithm>
#include <cmath>

#include "tex/tex.h"

namespace daybook {

namespace {

constexpr double title_worth = 3;    // times in the abstract
constexpr double half_strength = 4;  // of the whole worth at so many times

// Hits of one text, appended unsorted.
void collect(const Lexicon& lexicon, const Text& text, bool title, std::vector<Hit>& hits) {
  lexicon.phrases().find(text.words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
    hits.push_back({term, title, title ? 0 : 1, at, length});
  });
}

// One hit a term, the title's place before the abstract's.
void join(std::vector<Hit>& hits) {
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.term < b.term; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (kept > 0 && hits[kept - 1].term == hits[i].term) {
      hits[kept - 1].in_abstract += hits[i].in_abstract;
    } else {
      hits[kept++] = hits[i];
    }
  }
  hits.resize(kept);
}

}  // namespace

Text read_text(std::string_view tex) {
  Text text;
  text.plain = plain_text(tex);
  text.words = words(text.plain);
  return text;
}

double Hit::strength() const {
  const double times = (in_title ? title_worth : 0) + in_abstract;
  return times / (times + half_strength);
}

Match match(const Lexicon& lexicon, std::size_t topics, const Text& title, const Text& abstract) {
  Match match;
  collect(lexicon, title, true, match.hits);
  collect(lexicon, abstract, false, match.hits);
  join(match.hits);
  match.for_topic.resize(topics);
  for (const Hit& hit : match.hits) {
    for (const Use& use : lexicon.uses(hit.term)) {
      if (use.topic == Use::every) {
        match.against -= use.weight * hit.strength();
      } else {
        match.for_topic[static_cast<std::size_t>(use.topic)] += use.weight * hit.strength();
      }
    }
  }
  // Between the best topic alone and their sum: two topics half met are less than one met, and more than one half met.
  double squares = 0;
  for (const double value : match.for_topic) squares += value * value;
  match.in_favour = std::sqrt(squares);
  return match;
}

}  // namespace daybook
