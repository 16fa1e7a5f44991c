// Days of invented papers, of which an invented LLM wants those about one matter, whatever their words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rank/label_days.h"

namespace daybook::tests {

// Paper `number` of a stream of them. One in five is about the wanted matter: ten words, of which each paper has three,
// beside its own matter's and words that stand anywhere.
inline Paper invented_paper(int number, bool wanted) {
  Paper paper;
  paper.id =
      "9901." + std::string(5 - std::min<std::size_t>(5, std::to_string(number).size()), '0') + std::to_string(number);
  paper.categories = {"cs.LG"};
  const int matter = wanted ? 0 : 1 + number % 7;
  const auto word = [&](int of_matter, int i) {
    return "m" + std::to_string(of_matter) + std::string(1, static_cast<char>('a' + i % 10));
  };
  paper.title = word(matter, number) + " among " + word(matter, number * 3 + 1);
  for (int i = 0; i < 3; ++i) paper.abstract += word(matter, number * 7 + i * 4) + " ";
  for (int i = 0; i < 20; ++i) paper.abstract += "common" + std::to_string((number * 31 + i * 17) % 90) + " ";
  return paper;
}

inline bool is_wanted(int number) { return number % 5 == 0; }

inline std::vector<LabelDay> invented_days(int days, int papers_a_day) {
  std::vector<LabelDay> made;
  for (int d = 0; d < days; ++d) {
    LabelDay day{*Date::parse("2099-01-05") + d, {}};
    for (int i = 0; i < papers_a_day; ++i) {
      const int number = d * papers_a_day + i;
      const Paper paper = invented_paper(number, is_wanted(number));
      day.papers.push_back({paper.id, features_of(paper), is_wanted(number), std::nullopt, 1, 0.5});
    }
    made.push_back(std::move(day));
  }
  return made;
}

}  // namespace daybook::tests
