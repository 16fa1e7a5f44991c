// Lexicon turns the owner's interests into weighted phrases and finds them in a paper. It is what scores papers on the
// first day, when there is neither a label nor a corpus.
//
// A topic yields phrases of three origins: its keywords; single words and pairs of its prose (`name`, `keep`); and
// related phrases from a built-in list of what the field mentions together: "quantization" also finds "4 bit". `skip`
// yields the same with negative weight. If two origins give the same phrase, the stronger decides. Words that most
// papers use ("propose", "result") weigh little, by a built-in list; inverse document frequencies were no option, for
// want of documents. Phrases are compared as stems.
//
// A hit's strength is n/(n+4) of its weight, where n counts the abstract's occurrences and 3 for the title: the first
// mention says most. Topics are combined by the root of the sum of squares. That lies between the best topic alone and
// their sum: two topics half met count less than one met, and more than one half met.
#pragma once

#include <string>
#include <vector>

#include "rank/phrases.h"
#include "settings/settings.h"

namespace daybook {

// What a term counts for.
struct Use {
  int topic = 0;      // index of Interests::topics, or `every`: it speaks against all of them
  double weight = 0;  // at most 1; negative: it speaks against
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
  bool in_title = false;
  std::size_t at = 0;      // index of its first word, in the title if `in_title`, else in the abstract
  std::size_t length = 0;  // in words
  int in_abstract = 0;     // times

  // The share of the term's weight that the paper earns, 0-1.
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

  // The uses of a hit's term, at most one a topic.
  const std::vector<Use>& uses(std::uint32_t term) const { return terms_[term]; }

  // How much there is to match, in all and in one topic: the root of the sum of the squared positive weights.
  double breadth() const { return breadth_; }
  double breadth(std::size_t topic) const { return topic_breadth_[topic]; }

 private:
  Phrases phrases_;
  std::vector<std::vector<Use>> terms_;
  double breadth_ = 0;
  std::vector<double> topic_breadth_;
};

}  // namespace daybook
