// Lexicon turns the owner's interests into weighted phrases and finds them in a paper.
//
// A topic's keywords and its name count 1 as whole phrases, their pairs of words a half and their words a quarter (of
// skip_keywords a half); the words and pairs of `keep` count a half. If several give the same phrase, the strongest
// decides. `skip_keywords` and, at a quarter, the words of `skip` speak against papers of all topics, but never with a
// word that a topic wants, unless that is only implied by its prose and `skip_keywords` has it as such. Phrases are
// compared as stems.
//
// How rare a phrase is, and so what it tells, is not known here but learned from the papers of the last weeks
// (rank/local.h): in one field "galaxy" says everything, in another nothing.
#pragma once

#include <string>
#include <vector>

#include "rank/phrases.h"
#include "settings/settings.h"

namespace daybook {

// What a term counts for.
struct Use {
  int topic = 0;      // index of Interests::topics, or `every`: it speaks against all of them
  double weight = 0;  // 0-1
  static constexpr int every = -1;
};

struct Text {
  std::string plain;
  Words words;
};
Text read_text(std::string_view tex);

// A term found in the paper.
struct Hit {
  std::uint32_t term = 0;
  int times = 0;          // in title and abstract
  bool in_title = false;  // then it is counted twice there
  std::string words;      // as they stand in the paper: "KV cache"
};

class Lexicon {
 public:
  explicit Lexicon(const Interests& interests);

  std::vector<Hit> find(const Text& title, const Text& abstract) const;  // by term

  // What each term counts for, at most one use a topic.
  const std::vector<std::vector<Use>>& terms() const { return terms_; }

 private:
  Phrases phrases_;
  std::vector<std::vector<Use>> terms_;
};

}  // namespace daybook
