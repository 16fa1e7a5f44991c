#include "authors/authors.h"

#include <algorithm>
#include <string_view>

#include "authors/common_names.h"
#include "authors/names.h"
#include "core/text.h"

namespace daybook {

namespace {

enum class Likeness { none, namesake, same };

// "https://orcid.org/0000-0001-2345-6789" and "0000-0001-2345-6789" are one.
bool same_orcid(std::string_view a, std::string_view b) {
  const auto number = [](std::string_view text) {
    text = trim(text);
    const auto slash = text.rfind('/');
    return slash == std::string_view::npos ? text : text.substr(slash + 1);
  };
  return !number(a).empty() && equal_ignoring_case(number(a), number(b));
}

bool has_id_of(const KnownAuthor& known, const Author& author) {
  return (!author.s2.empty() && known.id == author.s2) || same_orcid(known.orcid, author.orcid);
}

// Whether ids say that this is another person.
bool has_other_id(const KnownAuthor& known, const Author& author) {
  if (!author.s2.empty()) return !known.id.empty();
  return !author.orcid.empty() && !known.orcid.empty();
}

// A paper's authors, each name taken apart once.
class Candidates {
 public:
  explicit Candidates(const Paper& paper) : names_(paper.authors) {
    for (const auto& name : names_) people_.push_back(person_name(name));
  }

  Likeness by_name(const Author& author) const {
    const PersonName followed = person_name(author.name);
    Likeness likeness = Likeness::none;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      if (!same_person(followed, people_[i])) continue;
      if (!is_common_name(author.name) && !is_common_name(names_[i])) return Likeness::same;
      likeness = Likeness::namesake;
    }
    return likeness;
  }

 private:
  const std::vector<std::string>& names_;
  std::vector<PersonName> people_;
};

Likeness likeness(const Candidates& candidates, const Author& author, const std::vector<KnownAuthor>* known) {
  const bool has_id = !author.s2.empty() || !author.orcid.empty();
  if (known == nullptr || !has_id) return candidates.by_name(author);
  if (std::any_of(known->begin(), known->end(), [&](const auto& one) { return has_id_of(one, author); }))
    return Likeness::same;
  const PersonName followed = person_name(author.name);
  const auto is_another = [&](const KnownAuthor& one) {
    return has_other_id(one, author) && same_person(followed, person_name(one.name));
  };
  if (std::any_of(known->begin(), known->end(), is_another)) return Likeness::none;
  const Likeness by_name = candidates.by_name(author);
  return by_name == Likeness::same && !author.s2.empty() ? Likeness::namesake : by_name;
}

std::optional<int> highest_h_index(const std::vector<KnownAuthor>& known) {
  std::optional<int> highest;
  for (const auto& author : known)
    if (author.h_index) highest = std::max(highest.value_or(0), *author.h_index);
  return highest;
}

}  // namespace

AuthorMatch match_authors(const Paper& paper, const std::vector<Author>& authors,
                          const std::vector<KnownAuthor>* known) {
  if (known != nullptr && known->empty()) known = nullptr;  // a paper without authors is one not known yet
  AuthorMatch match;
  if (known != nullptr) match.h_index = highest_h_index(*known);
  if (authors.empty()) return match;
  const Candidates candidates(paper);
  for (const Author& author : authors) {
    const Likeness found = likeness(candidates, author, known);
    if (found == Likeness::same) {
      match.followed = &author;
      match.namesake = nullptr;
      return match;
    }
    if (found == Likeness::namesake && match.namesake == nullptr) match.namesake = &author;
  }
  return match;
}

}  // namespace daybook
