// What an LLM said of the papers that it was asked about, read from the text of its reply.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/settings.h"

namespace daybook {

// The two things that are asked: scores from titles and abstracts, or, before that, from titles alone, whether a paper
// is worth it.
enum class Pass { scores, titles };

struct Verdict {
  std::string id;
  int relevance = 0;  // 1-10; 0 in the pass over titles
  int novelty = 0;
  std::string topic;  // a slug of the settings; empty: none
  std::string comment;
  bool keep = true;  // of the pass over titles
  bool operator==(const Verdict&) const = default;
};

struct Verdicts {
  std::vector<Verdict> accepted;     // in the order asked; at most one for each paper
  std::vector<std::string> refused;  // ten at most, and how many more; why others were not: "9901.00001: its relevance
                                     // is not a number from 1 to 10"
};

// Accepts what is whole, in range and of a paper asked about. Two that contradict each other on one paper are both
// refused, since one of them may be what a title or abstract asked for.
Verdicts read_verdicts(std::string_view content, Pass pass, const std::vector<std::string>& asked,
                       const std::vector<Topic>& topics);

// The JSON Schema of the reply, for endpoints that hold a model to one: an object, since none takes a list.
std::string verdict_schema(Pass pass, const std::vector<Topic>& topics);

}  // namespace daybook
