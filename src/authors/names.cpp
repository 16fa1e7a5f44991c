#include "authors/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "tex/tex.h"

namespace daybook {

namespace {

using Parts = std::vector<std::string>;

constexpr std::array<std::string_view, 22> particles = {"af",  "al",  "bin", "da",  "dal", "de", "del", "della",
                                                        "den", "der", "di",  "do",  "dos", "du", "el",  "ibn",
                                                        "la",  "le",  "ten", "van", "von", "zu"};
constexpr std::array<std::string_view, 5> suffixes = {"jr", "sr", "ii", "iii", "iv"};

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_initial(const std::string& word) { return word.size() == 1 && is_lower(word[0]); }

// Letters of any script make words; everything else divides them, but for apostrophes: O'Neill is one.
Parts parts_of(std::string_view text) {
  Parts parts;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xC0 && (c < 0x2000 || c >= 0x2C00));
    if (letter) {
      append_utf8(word, c);
    } else if (c != '\'' && c != 0x2019 && !word.empty()) {
      parts.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) parts.push_back(std::move(word));
  return parts;
}

Parts sorted_words(const PersonName& name) {
  Parts all = name.given;
  all.insert(all.end(), name.family.begin(), name.family.end());
  std::sort(all.begin(), all.end());
  return all;
}

bool fits(const std::string& a, const std::string& b) {
  return a == b || ((is_initial(a) || is_initial(b)) && a[0] == b[0]);
}

// Given names in order; an initial stands for a name, and middle initials may be missing on one side. Where the first
// is but an initial, no more can be asked of the middle names either.
bool given_fit(const Parts& a, const Parts& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  if (joined(a, "") == joined(b, "")) return true;  // Xiao-Ming, Xiaoming
  if (!fits(a[0], b[0])) return false;
  const bool only_initial = is_initial(a[0]) || is_initial(b[0]);
  const Parts& longer = a.size() >= b.size() ? a : b;
  const Parts& shorter = a.size() >= b.size() ? b : a;
  for (std::size_t i = 1; i < longer.size(); ++i) {
    if (i < shorter.size() ? !fits(longer[i], shorter[i]) : !is_initial(longer[i]) && !only_initial) return false;
  }
  return true;
}

}  // namespace

PersonName person_name(std::string_view name) {
  const std::string plain = folded(plain_text(name));
  const auto comma = plain.find(',');
  Parts before = parts_of(std::string_view(plain).substr(0, comma));
  Parts after = comma == plain.npos ? Parts{} : parts_of(std::string_view(plain).substr(comma + 1));
  while (before.size() > 1 && is_among(suffixes, before.back())) before.pop_back();
  while (!after.empty() && is_among(suffixes, after.back())) after.pop_back();
  // Where the family name begins among words that begin with a given name, particles and all.
  const auto family_in = [](const Parts& words, Parts::const_iterator family) {
    while (family - words.begin() > 1 && is_among(particles, *(family - 1))) --family;
    return family;
  };
  if (!after.empty()) {
    // "Maaten, Laurens van der": particles may stand behind the given names.
    const auto particle = family_in(after, after.end());
    PersonName out{{after.cbegin(), particle}, {particle, after.cend()}};
    out.family.insert(out.family.end(), before.begin(), before.end());
    return out;
  }
  if (before.empty()) return {};
  // "LeCun Y": initials behind, so the family name is in front.
  const auto initials = std::find_if_not(before.rbegin(), before.rend(), is_initial).base();
  if (initials != before.end() && initials != before.begin() && !is_initial(before.front()))
    return {{initials, before.end()}, {before.begin(), initials}};
  const auto family = family_in(before, before.end() - 1);
  return {{before.cbegin(), family}, {family, before.cend()}};
}

std::string family_first(std::string_view name) {
  constexpr std::array<std::string_view, 7> groups = {"collaboration", "consortium", "team",        "group",
                                                      "project",       "initiative", "organization"};
  auto words = split(name, ' ');
  std::erase(words, "");
  const auto is_group = [&](std::string_view word) {
    return std::any_of(groups.begin(), groups.end(), [&](auto group) { return equal_ignoring_case(word, group); });
  };
  if (name.find(',') != name.npos || std::any_of(words.begin(), words.end(), is_group)) return std::string(name);
  std::string suffix;
  if (words.size() > 2 && words.back().size() < 5 &&
      is_among(suffixes, joined(parts_of(ascii_lower(words.back())), ""))) {
    suffix = ", " + std::string(words.back());
    words.pop_back();
  }
  if (words.size() < 2) return std::string(name);
  const auto particle =
      std::find_if(words.begin() + 1, words.end(), [](std::string_view word) { return is_lower(word[0]); });
  const auto family = particle == words.end() ? words.end() - 1 : particle;
  std::string turned;
  turned.reserve(name.size() + 2);
  const auto append = [&turned](std::string_view word) {
    if (!turned.empty() && turned.back() != ' ') turned += ' ';
    turned += word;
  };
  std::for_each(family, words.end(), append);
  turned.append(suffix).append(", ");
  std::for_each(words.begin(), family, append);
  return turned;
}

bool same_person(const PersonName& a, const PersonName& b) {
  const Parts words_of_a = sorted_words(a);
  if (words_of_a.empty()) return false;
  if (words_of_a == sorted_words(b)) return true;
  return joined(a.family, "") == joined(b.family, "") && given_fit(a.given, b.given);
}

const Author* followed_author(const Paper& paper, const std::vector<Author>& authors) {
  if (authors.empty()) return nullptr;
  std::vector<PersonName> of_paper;
  for (const auto& name : paper.authors) of_paper.push_back(person_name(name));
  for (const Author& author : authors)
    for (const PersonName followed = person_name(author.name); const PersonName& one : of_paper)
      if (same_person(followed, one)) return &author;
  return nullptr;
}

}  // namespace daybook
