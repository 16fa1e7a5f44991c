#include "rank/common.h"

#include <array>
#include <string_view>
#include <unordered_map>

#include "core/text.h"

namespace daybook {

namespace {

struct Tier {
  double worth;
  std::string_view words;
};

// There is no corpus to count in on the first day, so these are ours: by how often a paper on machine learning says
// them whatever it is about.
constexpr std::array<Tier, 3> tiers = {{
    {0.05,
     "accuracy achieve address approach base baseline data dataset demonstrate existing experiment experimental "
     "extensive "
     "first framework high improve improvement introduce large learning leverage low machine method methodology model "
     "modeling novel paper performance present previous problem propose provide real result recent set show "
     "significant "
     "state study system task technique time train training use using various work world outperform effective novel "
     "new "
     "different further future compare comparable limited limitation key challenge potential purpose aim goal enable "
     "lead "
     "remain better best achieving one two three several numerous standard conventional traditional typical"},
    {0.2,
     "ability adaptive aware algorithm analysis application available capability code complex complexity comprehensive "
     "consistent context control cost critical decision deep deploy design development direct distribution diverse "
     "domain "
     "driven end enhance environment evaluate evaluation example factor feature find fundamental gap general "
     "generalization "
     "generate guide human image important information input insight integrate issue knowledge language level local "
     "long "
     "maintain mechanism metric modern multiple natural need network neural objective open optimal optimization output "
     "paradigm parameter pattern practical predict prediction principle process quality range reduce require research "
     "resource robust sample scale scenario simple single solution source space specific strategy strong structure "
     "support "
     "target test understand understanding variable work broad major merely certain straightforward existing known "
     "many "
     "contribution theme idea topic area field question lacking without breakthrough innovation advance development "
     "finding investigate explore reveal establish mechanism"},
    {0.45,
     "agent architecture attention benchmark classification computation computational conditional dynamic efficiency "
     "efficient embedding estimation flow function generation generative global graph hidden inference interpretable "
     "latent "
     "layer linear llm loss memory noise online policy prior reasoning representation sequence series signal "
     "spatial temporal text theoretical theory token transformer uncertainty video vision visual foundation "
     "structural empirical encoder decoder block operator domain pretrain finetun gradient"},
}};

std::unordered_map<Stem, double> counted() {
  std::unordered_map<Stem, double> worth;
  for (const Tier& tier : tiers) {
    for (const auto word : split(tier.words, ' ')) worth.try_emplace(hashed(stemmed(word)), tier.worth);
  }
  return worth;
}

}  // namespace

double rarity(Stem stem) {
  static const auto worth = counted();
  const auto found = worth.find(stem);
  return found == worth.end() ? 1.0 : found->second;
}

}  // namespace daybook
