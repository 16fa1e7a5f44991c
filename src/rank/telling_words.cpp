#include "rank/telling_words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "paper/white_space.h"
#include "rank/lexicon.h"
#include "rank/words.h"

namespace daybook {

namespace {

constexpr double least_errors = 1.64;  // of 20 words that tell nothing, one reaches it

// A word, or two that follow each other; the second of one alone is `sentence_end`.
struct Term {
  Stem first = sentence_end;
  Stem second = sentence_end;

  bool is_pair() const { return second != sentence_end; }
  std::uint64_t hash() const { return is_pair() ? (first ^ (second << 1U)) * 0x9E3779B97F4A7C15U : first; }
};

// Calls met(term, words as they stand there) for each term at each place.
template <typename Met>
void find_terms(const Paper& paper, Met met) {
  for (const std::string* tex : {&paper.title, &paper.abstract}) {
    const Text text = read_text(*tex);
    const auto& stems = text.words.stems;
    const auto& spans = text.words.spans;
    const auto standing = [&](std::size_t first, std::size_t last) {
      return std::string_view(text.plain).substr(spans[first].begin, spans[last].end - spans[first].begin);
    };
    for (std::size_t i = 0; i < stems.size(); ++i) {
      if (stems[i] == sentence_end) continue;
      met(Term{stems[i]}, standing(i, i));
      if (i + 1 < stems.size() && stems[i + 1] != sentence_end) met(Term{stems[i], stems[i + 1]}, standing(i, i + 1));
    }
  }
}

// In how many papers a term is, and in which forms.
struct Counted {
  Term term;
  std::size_t papers = 0;
  std::size_t others = 0;
  std::map<std::string, std::size_t> forms = {};

  const std::string& form() const {
    return std::max_element(forms.begin(), forms.end(),
                            [](const auto& a, const auto& b) {
                              return std::tie(a.second, a.first) <
                                     std::tie(b.second, b.first);  // of equals the one in small letters
                            })
        ->first;
  }
};

using Counts = std::map<std::uint64_t, Counted>;

Counts count(const std::vector<const Paper*>& papers, const std::vector<const PaperTerms*>& others) {
  Counts counts;
  for (const Paper* paper : papers) {
    std::set<std::uint64_t> seen;
    find_terms(*paper, [&](const Term& term, std::string_view form) {
      if (!seen.insert(term.hash()).second) return;
      Counted& counted = counts[term.hash()];
      counted.term = term;
      ++counted.papers;
      ++counted.forms[single_spaced(form)];
    });
  }
  for (const PaperTerms* terms : others)
    for (const std::uint64_t term : *terms)
      if (const auto found = counts.find(term); found != counts.end()) ++found->second.others;
  return counts;
}

// Numbers, units and single letters tell a topic at best by chance: "8", "7B", "M".
bool is_a_word(std::string_view form) {
  constexpr int least_letters = 3;
  return std::count_if(form.begin(), form.end(),
                       [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }) >= least_letters;
}

// Rounded, so that no mathematical library's last bit changes an order.
double standard_errors(const Counted& counted, std::size_t papers, std::size_t others) {
  const auto odds = [](std::size_t having, std::size_t all) {
    const double with = static_cast<double>(having) + 0.5;
    const double without = static_cast<double>(all - having) + 0.5;
    return std::pair(std::log(with / without), 1 / with + 1 / without);
  };
  const auto [here, variance_here] = odds(counted.papers, papers);
  const auto [there, variance_there] = odds(counted.others, others);
  return std::round((here - there) / std::sqrt(variance_here + variance_there) * 1e4) / 1e4;
}

}  // namespace

PaperTerms terms_of(const Paper& paper) {
  PaperTerms terms;
  find_terms(paper, [&](const Term& term, std::string_view) { terms.push_back(term.hash()); });
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::vector<std::string> telling_words(const std::vector<const Paper*>& papers,
                                       const std::vector<const PaperTerms*>& others, std::size_t most) {
  const Counts counts = count(papers, others);
  // Of a pair and its words, where one tells as much as the other, the pair says more.
  std::vector<std::tuple<double, bool, std::string, Term>> telling;
  for (const auto& [hash, counted] : counts) {
    const double errors = standard_errors(counted, papers.size(), others.size());
    if (counted.papers > 1 && errors >= least_errors && is_a_word(counted.form()))
      telling.emplace_back(-errors, !counted.term.is_pair(), counted.form(), counted.term);
  }
  std::sort(telling.begin(), telling.end(), [](const auto& a, const auto& b) {
    const auto order = [](const auto& one) { return std::tie(std::get<0>(one), std::get<1>(one), std::get<2>(one)); };
    return order(a) < order(b);
  });
  std::vector<std::string> shown;
  std::set<Stem> named;
  for (auto& [errors, is_word, form, term] : telling) {
    if (shown.size() == most) break;
    if (named.count(term.first) != 0 || (term.is_pair() && named.count(term.second) != 0)) continue;
    named.insert(term.first);
    if (term.is_pair()) named.insert(term.second);
    shown.push_back(std::move(form));
  }
  return shown;
}

}  // namespace daybook
