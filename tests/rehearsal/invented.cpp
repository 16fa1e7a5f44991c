#include "rehearsal/invented.h"

#include <array>
#include <cstdio>

namespace daybook::rehearsal {

namespace {

constexpr std::array things = {"Pruning",
                               "Quantization",
                               "Sparse Attention",
                               "a Mixture of Experts",
                               "Grokking",
                               "Low-Rank Maps",
                               "Autoencoders",
                               "Scaling Laws",
                               "Teapots",
                               "Moss",
                               "Weather Vanes",
                               "Lighthouse Keepers",
                               "Caf\\'e Talk",
                               "$k$-Means",
                               "Knots",
                               "Umbrellas"};
constexpr std::array deeds = {"in the Rain", "without Regret",        "at Half the Price",  "for the Patient",
                              "by Ear",      "under $\\epsilon < 1$", "and Its Discontents"};
constexpr std::array sentences = {
    "We take away what is not missed, and count what is left.",
    "A proof for two layers and a picture for more are given.",
    "The memory that is saved, $\\mathcal{O}(n \\log n)$, is spent on something nice.",
    "Nobody has asked before whether <b>this</b> & that are the same; they are.",
    "On eight tasks of our own making it is 3\\% better than a coin.",
    "Training dynamics are followed from initialization to lunch.",
    "Transformers are rebuilt from string, with 40\\% fewer knots.",
};
constexpr std::array names = {"Ada Quillfeather", "Jos\\'e Umbra", "Linnea Silk", "M. {\\O}rsted-Vane", "Noor Ashdown"};

template <typename Texts>
std::string one_of(const Texts& texts, int number) {
  return texts[static_cast<std::size_t>(number) % texts.size()];
}

}  // namespace

Paper invented_paper(int number, const std::string& primary, const std::string& cross) {
  Paper paper;
  char id[16];
  std::snprintf(id, sizeof id, "9901.%05d", number);
  paper.id = id;
  paper.version = 1;
  paper.title = one_of(things, number) + ' ' + one_of(deeds, number / 3) + ", Part " + std::to_string(number);
  for (int i = 0; i < 4; ++i)
    paper.abstract += (i > 0 ? " " : "") + one_of(sentences, number * 5 + i * (number % 3 + 1));
  for (int i = 0; i <= number % 3; ++i) paper.authors.push_back(one_of(names, number + i * 2));
  paper.categories = {primary};
  if (number % 4 == 0) paper.categories.push_back(cross);
  return paper;
}

}  // namespace daybook::rehearsal
