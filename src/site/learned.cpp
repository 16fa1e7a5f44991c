#include "site/learned.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/text.h"
#include "site/links.h"
#include "site/summary.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t opinions_shown = 100;
constexpr std::size_t words_shown = 12;

Fields opinion_fields(const GivenOpinion& opinion, const std::string& form) {
  Fields fields;
  fields.set("id", opinion.id).flag("liked", opinion.liked).flag("by_issue", opinion.by_issue);
  fields.set("title_html", opinion.title.empty() ? "" : html(opinion.title));
  fields.set("place", opinion.title.empty() ? "" : day_path(opinion.day) + '#' + anchor(opinion.id));
  fields.set("abstract_url", abstract_url(opinion.id));
  return fields.set("forget_url", opinion.by_issue ? forget_url(form, opinion.id) : "");
}

}  // namespace

DayWords words_of(const Day& day, const Learned& learned) {
  DayWords found{day.date};
  std::set<std::string> judged;
  for (const GivenOpinion& opinion : learned.opinions) judged.insert(opinion.id);
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries)
      if (judged.count(entry.paper.id) != 0) found.judged.emplace(entry.paper.id, entry.paper);
  if (found.judged.empty()) return found;
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) found.papers.emplace(entry.paper.id, terms_of(entry.paper));
  return found;
}

Learned with_words(Learned learned, const std::vector<DayWords>& days) {
  std::map<std::string, std::pair<Date, const Paper*>> judged;
  std::map<std::string, const PaperTerms*> terms;
  for (const DayWords& day : days) {
    for (const auto& [id, paper] : day.judged) judged.insert_or_assign(id, std::pair(day.date, &paper));
    for (const auto& [id, of_paper] : day.papers) terms.insert_or_assign(id, &of_paper);
  }
  std::map<bool, std::vector<const Paper*>> papers;  // by whether they are liked
  std::map<std::string, bool> liked;
  for (GivenOpinion& opinion : learned.opinions) {
    liked.emplace(opinion.id, opinion.liked);
    const auto found = judged.find(opinion.id);
    if (found == judged.end()) continue;
    opinion.day = found->second.first;
    opinion.title = found->second.second->title;
    papers[opinion.liked].push_back(found->second.second);
  }
  const auto told = [&](bool wanted) {
    std::vector<const PaperTerms*> others;
    for (const auto& [id, of_paper] : terms)
      if (const auto opinion = liked.find(id); opinion == liked.end() || opinion->second != wanted)
        others.push_back(of_paper);
    return telling_words(papers[wanted], others, words_shown);
  };
  learned.words_for = told(true);
  learned.words_against = told(false);
  return learned;
}

void set_learned(Fields& fields, const Learned& learned, const std::string& form) {
  const auto likes = static_cast<std::size_t>(std::count_if(learned.opinions.begin(), learned.opinions.end(),
                                                            [](const GivenOpinion& opinion) { return opinion.liked; }));
  const std::size_t all = learned.opinions.size();
  const std::size_t shown = std::min(all, opinions_shown);
  const auto count = [](std::size_t papers) { return papers == 0 ? "" : counted(papers, "paper", "papers"); };
  fields.flag("has_learned", all + learned.library > 0);
  fields.set("like_count", count(likes)).set("dislike_count", count(all - likes));
  fields.set("library_count", count(learned.library));
  fields.set("words_for", joined(learned.words_for, ", ")).set("words_against", joined(learned.words_against, ", "));
  Fields::List newest;
  for (std::size_t i = 0; i < shown; ++i) newest.push_back(opinion_fields(learned.opinions[i], form));
  fields.flag("has_opinions", shown > 0);
  fields.set("opinions_title", shown < all
                                   ? "The newest " + std::to_string(shown) + " of " + counted(all, "paper", "papers")
                                   : counted(all, "paper", "papers"));
  fields.set("opinions", std::move(newest));
}

}  // namespace daybook
