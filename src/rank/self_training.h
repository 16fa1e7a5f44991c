// Learning without any label, for as long as nobody has said which papers were wanted: what the lexical score (topic
// text against the paper) finds at the top and at the bottom of many papers shows which other words go with it.
// Self-training: Yarowsky, "Unsupervised Word Sense Disambiguation Rivaling Supervised Methods", 1995.
#pragma once

#include <vector>

#include "rank/features.h"
#include "rank/linear.h"

namespace daybook {

// What a lexical score, 0-1 as LocalScorer gives it, lets us believe of each paper among the others: above 0 wanted,
// below 0 not, by 0.3 to 1 as it is surer; 0 not known, in between. Equal scores are told apart by their order.
std::vector<double> pseudo_labels(const std::vector<double>& lexical);

// A model of the papers, unlabelled, whose value is on the scale of to_learn(): the same mean and spread over these
// papers. Features as Rarity::weigh leaves them, lexical scores parallel to them, of the interests in force now. The
// day that is to be scored should be among them; two to four weeks are enough, and more than 10,000 papers only cost
// time. Where there is nothing to be learned from (no papers, all of one score), its value is their mean score's.
Linear self_trained(const std::vector<Features>& papers, const std::vector<double>& lexical);

// A score's log odds, on which models are learned, and the score again (rounded, as a record shows it). Scores outside
// 0-1 and what is no number are taken for the nearest that is; 0 and 1 have finite odds.
double to_learn(double score);
double from_learned(double value);

// The score of a paper, 0-1, of its lexical score and the value that self_trained() gives it. It takes both: the model
// finds what the owner's words miss, and does not know which of the words were theirs.
double blended(double lexical, double value);

}  // namespace daybook
