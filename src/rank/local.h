// The local scorer: no key, no network, no labels needed, any field of science. It scores a day's papers among those of
// the last weeks, by the owner's words and by what the papers that fit these best have in common.
//
//   1. Words. BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) of each
//      topic's terms (rank/lexicon.h) in title and abstract. How rare a term is, is counted in these very papers; one
//      that half of them have weighs nothing. Topics are scaled alike, and their positive values combined by the root
//      of the sum of squares: more than the best topic alone, less than their sum. What speaks against a paper is
//      subtracted.
//   2. Company. The best 8 % by these words, against the worst 90 %, give a direction (Rocchio, "Relevance Feedback in
//      Information Retrieval", 1971): the words that go with the owner's, which nobody has to know beforehand. No
//      paper speaks for itself. Both values, scaled alike, are added; company counts twice, but less among few papers.
//   3. The LLM's decisions, where there are any (rank/local_model.h).
//   4. The owner's taste. A classifier of liked and disliked papers shifts the scores, by n/(n+10) of its full strength
//      after n opinions. The day's scores are then dealt out again in the shifted order: taste changes which papers
//      rank high, but not how many are shown, or sent to the LLM.
//
// Relevance is a place among these papers: the best of eight have 6 and more, of fifteen 7, of forty 8. A paper without
// enough of the owner's words has at most 5. From 5 label days on, relevance follows the LLM's counts instead.
//
// 30 papers without any of the owner's words are assumed besides, so that few papers, or one, are scored sensibly too.
//
// The constants were chosen on six fields of arXiv, and half or twice of each changes the order little
// (docs/ranking.md). Left out, since they bought nothing: a logistic regression beside the direction, a second round
// from its result, a direction for each topic.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/date.h"
#include "paper/score.h"
#include "rank/lexicon.h"
#include "rank/local_model.h"

namespace daybook {

// What is kept of a paper to score it, and others beside it.
struct PaperText {
  std::vector<Hit> hits;
  std::size_t length = 0;  // words of title and abstract
  Features features;       // not weighed
};

struct ReadDay {
  Date date;
  std::vector<PaperText> papers;  // in a fixed order, by id
  bool is_whole = true;           // else some are titles only: they tell how rare words are, and nothing more
};

// How many days a day's papers are seen among.
inline constexpr int days_of_background = 30;

// A paper that the owner likes or dislikes.
struct Tasted {
  Features features;  // not weighed
  bool liked = true;
};

// What a day is scored by besides the owner's words.
struct Background {
  std::span<const ReadDay> recent = {};  // the 30 days before
  std::span<const Tasted> tasted = {};
  const LocalModel* model = nullptr;  // of the LLM's decisions, if there are any
};

class LocalScorer {
 public:
  explicit LocalScorer(const Interests& interests);

  // Safe to call from several threads at once.
  PaperText read(const Paper& paper) const;

  // Parallel to `papers`, which are in a fixed order, by id: relevance, local_score (0-1), the slug of the topic that
  // fits best (empty: none does), and a comment that names it and the words that decided. Words do not tell novelty: it
  // stays unknown. Nothing is random: same papers, same bits.
  std::vector<Score> score(std::span<const PaperText> papers, const Background& background = {}) const;

  // The slug of the topic that a paper fits best by itself; empty: none.
  std::string topic(const PaperText& paper) const;

 private:
  std::string slug_of(int topic) const;

  Interests interests_;
  Lexicon lexicon_;
};

}  // namespace daybook
