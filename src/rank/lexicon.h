// The owner's interests as terms to look for, each a phrase with what it counts for, and a paper held against them.
#pragma once

#include <string>
#include <vector>

#include "rank/phrases.h"
#include "settings/settings.h"

namespace daybook {

// What a term does where it is met.
struct Use {
  int topic = 0;      // index of Interests::topics, or `every`: it speaks against all of them
  double weight = 0;  // at most 1; below 0 it speaks against
  static constexpr int every = -1;
};

struct Text {
  std::string plain;
  Words words;
};
Text read_text(std::string_view tex);

// A term that stands in the paper.
struct Hit {
  std::uint32_t term = 0;
  bool in_title = false;
  std::size_t at = 0;      // the word it starts with, in the title where it stands there, else in the abstract
  std::size_t length = 0;  // in words
  int in_abstract = 0;     // times

  // 0-1: how much of the term's weight the paper earns. It grows ever slower with repetition.
  double strength() const;
};

struct Match {
  std::vector<Hit> hits;          // by term
  std::vector<double> for_topic;  // by topic; 0 or more
  double in_favour = 0;           // all topics together
  double against = 0;             // 0 or more
};

class Lexicon {
 public:
  explicit Lexicon(const Interests& interests);

  Match match(const Text& title, const Text& abstract) const;

  // The uses of a hit's term; one for each topic at most.
  const std::vector<Use>& uses(std::uint32_t term) const { return terms_[term]; }

  // How much there is to match in all, and in one topic: the root of the sum of the squares of the weights for it.
  double breadth() const { return breadth_; }
  double breadth(std::size_t topic) const { return topic_breadth_[topic]; }

 private:
  Phrases phrases_;
  std::vector<std::vector<Use>> terms_;
  double breadth_ = 0;
  std::vector<double> topic_breadth_;
};

}  // namespace daybook
