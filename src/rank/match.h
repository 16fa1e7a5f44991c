// A paper's title and abstract held against the owner's interests.
#pragma once

#include <string>
#include <vector>

#include "rank/lexicon.h"
#include "rank/words.h"

namespace daybook {

struct Text {
  std::string plain;
  Words words;
};
Text read_text(std::string_view tex);

// A term that stands in the paper.
struct Hit {
  std::uint32_t term = 0;
  bool in_title = false;
  int in_abstract = 0;     // times
  std::size_t at = 0;      // the word it starts with, in the title where it stands there, else in the abstract
  std::size_t length = 0;  // in words

  // 0-1: how much of the term's weight the paper earns. It grows ever slower with repetition.
  double strength() const;
};

struct Match {
  std::vector<Hit> hits;          // by term
  std::vector<double> for_topic;  // by topic; 0 or more
  double in_favour = 0;           // all topics together
  double against = 0;             // 0 or more
};

Match match(const Lexicon& lexicon, std::size_t topics, const Text& title, const Text& abstract);

}  // namespace daybook
