#include "settings/categories.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/text.h"

namespace daybook {

namespace {

struct Archive {
  std::string_view name;
  std::string_view classes;  // divided by blanks; empty: the archive is itself a category
};

constexpr std::array<Archive, 20> archives = {{
    {"astro-ph", "CO EP GA HE IM SR"},
    {"cond-mat", "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con"},
    {"cs",
     "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC "
     "SD SE SI SY"},
    {"econ", "EM GN TH"},
    {"eess", "AS IV SP SY"},
    {"gr-qc", ""},
    {"hep-ex", ""},
    {"hep-lat", ""},
    {"hep-ph", ""},
    {"hep-th", ""},
    {"math", "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST"},
    {"math-ph", ""},
    {"nlin", "AO CD CG PS SI"},
    {"nucl-ex", ""},
    {"nucl-th", ""},
    {"physics",
     "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
     "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph"},
    {"q-bio", "BM CB GN MN NC OT PE QM SC TO"},
    {"q-fin", "CP EC GN MF PM PR RM ST TR"},
    {"quant-ph", ""},
    {"stat", "AP CO ME ML OT TH"},
}};

std::vector<std::string> listed() {
  std::vector<std::string> names;
  for (const Archive& archive : archives) {
    names.emplace_back(archive.name);
    for (std::string& name : classes_of(archive.name)) names.push_back(std::move(name));
  }
  return names;
}

const std::vector<std::string>& names() {
  static const std::vector<std::string> all = listed();
  return all;
}

}  // namespace

std::vector<std::string> classes_of(std::string_view name) {
  std::vector<std::string> classes;
  const auto archive =
      std::find_if(archives.begin(), archives.end(), [&](const Archive& one) { return one.name == name; });
  if (archive == archives.end() || archive->classes.empty()) return classes;
  for (const auto& subject : split(archive->classes, ' '))
    classes.push_back(std::string(name) + '.' + std::string(subject));
  return classes;
}

bool is_arxiv_category(std::string_view name) {
  return std::find(names().begin(), names().end(), name) != names().end();
}

std::string_view nearest_arxiv_category(std::string_view name) {
  // The subject class alone, or its dot forgotten, says enough: "LG", "csLG".
  for (const std::string& known : names()) {
    const auto dot = known.find('.');
    if (dot == known.npos) continue;
    if (equal_ignoring_case(name, known) || equal_ignoring_case(name, known.substr(0, dot) + known.substr(dot + 1)) ||
        (known.substr(0, dot) == "cs" && equal_ignoring_case(name, known.substr(dot + 1))))
      return known;
  }
  std::vector<std::string_view> candidates;
  // Of two that are equally near the one in the same archive is meant.
  const auto archive = [](std::string_view text) { return ascii_lower(text.substr(0, text.find('.'))); };
  for (const bool same : {true, false}) {
    for (const std::string& known : names()) {
      if ((archive(known) == archive(name)) == same) candidates.push_back(known);
    }
  }
  return nearest(name, candidates);
}

}  // namespace daybook
