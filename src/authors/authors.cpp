#include "authors/authors.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "authors/names.h"
#include "core/text.h"

namespace daybook {

namespace {

using Words = std::unordered_set<std::string_view>;

Words words_of(std::string_view text) {
  const auto parts = split(text, ' ');
  return {parts.begin(), parts.end()};
}

// Family names of which science has thousands. Where most given names are a syllable or two, a single one is shared by
// dozens.
const Words& east_asian_families() {
  static const Words words = words_of(
      "wang li zhang chen liu yang wu xu huang zhao zhou zhu yu sun lin hu ma jiang he guo lu lv lyu zheng gao tang "
      "song han shi luo xie liang cheng shen cao wei feng yan jin fan ye peng dong yuan zeng fu deng cai tan ding xiao "
      "yao yin pan du su ren gu fang tian dai wen zhong xia ji cui jia qiu liao qin bai gong zou xue qian chang hong "
      "wong chan cheung lam lau leung ng ho yeung chow kim lee park choi jung jeong kang cho yoon jang lim shin seo "
      "kwon hwang ahn oh bae nguyen tran le pham hoang vu vo dang bui do ngo phan truong");
  return words;
}

const Words& other_families() {
  static const Words words = words_of(
      "smith johnson williams brown jones miller davis wilson anderson taylor thomas moore martin jackson thompson "
      "white harris clark lewis robinson walker young hall allen king wright scott green baker adams hill evans "
      "roberts edwards turner mueller muller schmidt schneider fischer weber meyer wagner becker garcia rodriguez "
      "martinez hernandez lopez gonzalez perez sanchez silva santos oliveira souza costa ferreira pereira rossi russo "
      "ferrari ivanov petrov smirnov dubois singh kumar gupta sharma patel shah das jain roy ghosh mishra verma "
      "agarwal agrawal reddy rao khan ahmed ahmad rahman islam hussain hossain ali hassan mohamed mohammed sato suzuki "
      "takahashi tanaka watanabe ito yamamoto nakamura kobayashi cohen levy jensen nielsen hansen andersen johansson "
      "andersson nowak");
  return words;
}

const Words& common_given() {
  static const Words words = words_of(
      "david michael daniel alexander thomas mohammad mohammed mohamed muhammad md andrew john james matthew ali peter "
      "alex benjamin martin paul christopher chris kevin jonathan robert marco andrea mark simon sebastian eric "
      "christian adam jan william samuel sam luca nicholas andreas francesco anna patrick ryan ahmed ivan stefan "
      "richard maria juan brian george joseph jason nicolas jacob joshua anthony steven stephen scott charles laura "
      "sarah emily jessica jennifer elizabeth julia lisa michelle linda susan karen amy rachel hannah emma jose carlos "
      "luis antonio pedro miguel joao rafael lucas gabriel diego sergio dmitry sergey alexey andrey vladimir maxim "
      "nikolai elena rahul amit ankit rohit rohan abhishek aditya arjun vikas vivek sanjay rajesh ravi sandeep ashish "
      "deepak manish pradeep priya neha pooja anil vijay omar hassan hussein ibrahim abdul abdullah mahmoud hamid reza "
      "hiroshi takashi kenji yuki kenta takeshi satoshi tony henry jack leo frank felix edward oliver max tom tim "
      "xiaoming xiaohui xiaoyan xiaodong xiaofeng xiaolong xiaoyu xiaojun xiaolin xinyu xinyi yifan yuxuan zihan "
      "jiayi jiaqi yuhan yichen haoran haoyu yutong zhiyuan zhiwei jianwei jianhua jianjun jianfeng jiawei weiwei "
      "junjie mingming lingling yanyan tingting zixuan yiming yuchen ziyang tianyu haotian yixuan zhenyu wenjie "
      "yuxin ruoyu jingyi yujie siyuan kaiwen jiahao chenyang minh anh tuan hieu duc hung linh huy nam long khanh");
  return words;
}

// Families whose given names are written as two syllables, joined or apart: Min-Su, Minsu.
const Words& korean_families() {
  static const Words words = words_of("kim lee park choi jung");
  return words;
}

constexpr std::size_t syllable_letters_max = 6;  // zhuang
constexpr std::size_t korean_letters_max = 6;

bool is_vowel(std::string_view word, std::size_t at) {
  constexpr std::string_view vowels = "aeiou";
  const auto is_one = [&](std::size_t i) { return i < word.size() && vowels.find(word[i]) != vowels.npos; };
  return is_one(at) || (word[at] == 'y' && !is_one(at + 1));  // ziyao has two syllables
}

std::size_t vowel_groups(std::string_view word) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (is_vowel(word, i) && (i == 0 || !is_vowel(word, i - 1))) ++groups;
  return groups;
}

bool is_initial(const std::string& word) { return word.size() == 1; }

bool is_common(const std::vector<std::string>& given, const std::string& family) {
  const bool east_asian = east_asian_families().count(family) > 0;
  if (!east_asian && other_families().count(family) == 0) return false;
  // Middle initials are often left out, and tell nobody apart then.
  std::vector<std::string> names;
  std::copy_if(given.begin(), given.end(), std::back_inserter(names),
               [](const auto& word) { return !is_initial(word); });
  if (names.empty() || (!given.empty() && is_initial(given.front()))) return true;
  const std::string whole = joined(names, "");
  for (const std::string& word : {whole, names.front(), names.back()})
    if (common_given().count(word) > 0) return true;
  if (!east_asian) return false;
  if (whole.size() <= syllable_letters_max && vowel_groups(whole) <= 1) return true;
  return korean_families().count(family) > 0 && whole.size() <= korean_letters_max && vowel_groups(whole) <= 2;
}

// In their own script a family name of one character, and one behind it, or two in Korean.
bool is_common_in_characters(const std::string& name) {
  constexpr std::array<std::string_view, 16> families = {"王", "李", "张", "張", "刘", "劉", "陈", "陳",
                                                         "杨", "楊", "黄", "黃", "赵", "趙", "吴", "周"};
  constexpr std::array<std::string_view, 5> korean = {"김", "이", "박", "최", "정"};
  constexpr std::size_t character = 3;  // bytes
  const auto is_among = [&](const auto& all) {
    return std::find(all.begin(), all.end(), std::string_view(name).substr(0, character)) != all.end();
  };
  if (name.size() <= 2 * character && is_among(families)) return true;
  return name.size() <= 3 * character && is_among(korean);
}

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

// `people`: the paper's authors, each name taken apart.
Likeness likeness_by_name(const Author& author, const std::vector<std::string>& names,
                          const std::vector<PersonName>& people) {
  const PersonName followed = person_name(author.name);
  Likeness likeness = Likeness::none;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!same_person(followed, people[i])) continue;
    if (!is_common_name(author.name) && !is_common_name(names[i])) return Likeness::same;
    likeness = Likeness::namesake;
  }
  return likeness;
}

// What ids say of an author who has one; nothing: names decide.
std::optional<Likeness> likeness_by_id(const Author& author, const std::vector<KnownAuthor>& known) {
  if (std::any_of(known.begin(), known.end(), [&](const auto& one) { return has_id_of(one, author); }))
    return Likeness::same;
  const PersonName followed = person_name(author.name);
  const auto is_another = [&](const KnownAuthor& one) {
    return has_other_id(one, author) && same_person(followed, person_name(one.name));
  };
  if (std::any_of(known.begin(), known.end(), is_another)) return Likeness::none;
  return std::nullopt;
}

std::optional<int> highest_h_index(const std::vector<KnownAuthor>& known) {
  std::optional<int> highest;
  for (const auto& author : known)
    if (author.h_index) highest = std::max(highest.value_or(0), *author.h_index);
  return highest;
}

}  // namespace

bool is_common_name(const std::string& name) {
  const PersonName person = person_name(name);
  if (person.family.empty()) return false;
  const std::string family = joined(person.family, "");
  if (person.given.empty()) return is_common_in_characters(family) || is_common({}, family);
  if (is_common(person.given, family)) return true;
  // "Wang Wei", "Nguyen Van Anh": nobody knows whether the family name stands in front.
  if (east_asian_families().count(person.given.front()) == 0) return false;
  std::vector<std::string> given(person.given.begin() + 1, person.given.end());
  given.insert(given.end(), person.family.begin(), person.family.end());  // "van" looks like a particle
  return is_common(given, person.given.front());
}

AuthorMatch match_authors(const Paper& paper, const std::vector<Author>& authors,
                          const std::vector<KnownAuthor>* known) {
  if (known != nullptr && known->empty()) known = nullptr;  // a paper without authors is one not known yet
  AuthorMatch match;
  if (known != nullptr) match.h_index = highest_h_index(*known);
  if (authors.empty()) return match;
  std::vector<PersonName> people;
  for (const auto& name : paper.authors) people.push_back(person_name(name));
  for (const Author& author : authors) {
    const bool by_id = known != nullptr && (!author.s2.empty() || !author.orcid.empty());
    const auto told = by_id ? likeness_by_id(author, *known) : std::nullopt;
    Likeness found = told ? *told : likeness_by_name(author, paper.authors, people);
    if (!told && by_id && !author.s2.empty() && found == Likeness::same) found = Likeness::namesake;
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
