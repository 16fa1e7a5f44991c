// The local scorer: no key, no network, no labels. Topic text and keywords against title and abstract.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "paper/paper.h"
#include "paper/score.h"

namespace daybook {

class LocalScorer {
 public:
  explicit LocalScorer(const Interests& interests);
  ~LocalScorer();
  LocalScorer(LocalScorer&&) noexcept;

  // Relevance and novelty 1-10 (both estimates), local_score 0-1, the best topic, and a comment that names the topic
  // and the words that decided. Same paper, same interests: same score. Safe to call from several threads at once.
  Score score(const Paper& paper) const;

  // The slug of the topic that fits best, or empty where none does: for papers that came without one. `more` is any
  // further text on the paper (an LLM's comment).
  std::string topic(const Paper& paper, const std::string& more) const;

 private:
  struct Model;
  std::unique_ptr<const Model> model_;
};

// The relevance, 1-10, of a local score: 2, 3 .. 10 from the least scores given on; and of one that comes from topic
// text.
int relevance_at(const std::array<double, 9>& least, double score);
int relevance_by_topics(double score);

}  // namespace daybook
