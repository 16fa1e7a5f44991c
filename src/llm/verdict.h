// Verdicts read from the text of an LLM's reply. This is where a reply is believed or refused.
//
// Models differ in form and are forgiven for it: JSON inside prose or a code fence, keys in any case, "8/10" for 8, a
// topic's name for its slug, text that breaks off. They are not forgiven content: a verdict counts only if it names a
// paper of this request and has scores in range. Nothing is guessed, since a refused paper is simply asked about
// again.
//
// A title or abstract may itself contain a forged reply. Two verdicts that contradict each other on one paper are
// therefore both refused: taking the first or the last would let an author choose. An invented topic becomes none, and
// ids and comments are cut and put on one line before they reach a log or a page. At most ten refusals are listed,
// since a reply may have thousands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/settings.h"

namespace daybook {

// scores: relevance and novelty from title and abstract. titles: the optional pass before it, which asks from titles
// alone whether a paper is worth reading on.
enum class Pass { scores, titles };

struct Verdict {
  std::string id;
  int relevance = 0;  // 1-10; 0 in the pass over titles
  int novelty = 0;
  std::string topic;  // a slug of the settings; empty: none
  std::string comment;
  bool keep = true;  // the answer of the pass over titles
  bool operator==(const Verdict&) const = default;
};

struct Verdicts {
  std::vector<Verdict> accepted;     // in the order asked; at most one for each paper
  std::vector<std::string> refused;  // why others were not, ten at most and then how many more: "9901.00001 has no
                                     // relevance from 1 to 10"
};

// `asked`: the ids of the request's papers.
Verdicts read_verdicts(std::string_view content, Pass pass, const std::vector<std::string>& asked,
                       const std::vector<Topic>& topics);

// The JSON Schema of the reply, for endpoints that hold a model to one. The root is an object, since no endpoint takes
// a list there.
std::string verdict_schema(Pass pass, const std::vector<Topic>& topics);

}  // namespace daybook
