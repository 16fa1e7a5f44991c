#include "paper/authors.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text.h"
#include "paper/author_marks.h"
#include "paper/white_space.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Where each '(' closes; npos where it never does. One pass, so that a text of nothing but brackets costs no more.
std::vector<std::size_t> closings(std::string_view text) {
  std::vector<std::size_t> closing(text.size(), npos);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') open.push_back(i);
    if (text[i] == ')' && !open.empty()) {
      closing[open.back()] = i;
      open.pop_back();
    }
  }
  return closing;
}

// One author as written: the name, and the brackets behind it.
struct Written {
  std::string name;
  std::vector<std::string> brackets;

  bool marked = false;  // the last that was read is a mark: Ada$^{1}$

  // Brackets with more of the name behind them are part of it: "Xu (Zed) Li".
  void append(std::string_view more) {
    const bool blank = more.find_first_not_of(" \t\n\r") == npos;
    std::string mark(more);
    if (!blank && more.size() > 1) take_marks(mark);
    const bool is_mark = !blank && mark.empty();
    if (!blank) marked = is_mark;
    if (!blank && !is_mark) {
      for (const auto& inside : brackets) name += " (" + inside + ") ";
      brackets.clear();
    }
    if (!is_mark || brackets.empty()) name += more;
  }
};

std::vector<Written> split_written(std::string_view text) {
  const auto closing = closings(text);
  std::vector<Written> list(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') {
      // A bracket that never closes ends with its author, so that it can't swallow the others.
      const std::size_t end = closing[i] != npos ? closing[i] : std::min(text.find(',', i), text.size());
      list.back().brackets.push_back(single_spaced(text.substr(i + 1, end - i - 1)));
      i = closing[i] != npos ? end : end - 1;
    } else if (c == ',') {
      list.emplace_back();
    } else if ((!list.back().brackets.empty() || list.back().marked) && text.substr(i, 4) == "and ") {
      list.emplace_back();
      i += 3;
    } else if (const std::size_t end = joined_end(text, i); end > 0) {
      list.back().append(text.substr(i, end - i));
      i = end - 1;
    } else if (c != ')') {
      list.back().append(text.substr(i, 1));
    }
  }
  return list;
}

// "(1) Somewhere, (2) Elsewhere", the key to affiliations that are given as numbers.
using Legend = std::map<std::string, std::string, std::less<>>;

// The end of a "(12)" at `at`, or npos.
std::size_t mark_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '(') return npos;
  std::size_t end = at + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end > at + 1 && end < text.size() && text[end] == ')' ? end : npos;
}

bool read_legend(std::string_view inside, Legend& legend) {
  if (mark_end(inside, 0) == npos) return false;
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t behind = mark_end(inside, at) + 1;
    std::size_t next = behind;
    while (next < inside.size() && mark_end(inside, next) == npos) ++next;
    std::string_view place = trim(inside.substr(behind, next - behind));
    while (!place.empty() && (place.back() == ',' || place.back() == ';'))
      place = trim(place.substr(0, place.size() - 1));
    legend.emplace(inside.substr(at + 1, behind - at - 2), place);
    at = next;
  }
  return true;
}

// The numbers of "1", "1,2" or "1 and 2"; empty where it is something else.
std::vector<std::string_view> marks(std::string_view affiliation) {
  std::vector<std::string_view> numbers;
  for (std::size_t i = 0; i < affiliation.size();) {
    std::size_t end = i;
    while (end < affiliation.size() && is_digit(affiliation[end])) ++end;
    if (end > i) {
      numbers.push_back(affiliation.substr(i, end - i));
      i = end;
    } else if (affiliation.substr(i, 3) == "and") {
      i += 3;
    } else if (std::string_view(" ,;&").find(affiliation[i]) != npos) {
      ++i;
    } else {
      return {};
    }
  }
  return numbers;
}

// A number that no key explains tells nobody anything: it goes.
void resolve_marks(Names& list, const Legend& legend) {
  for (auto& affiliation : list.affiliations) {
    const auto numbers = marks(affiliation);
    if (numbers.empty()) continue;
    std::string places;
    for (const auto number : numbers) {
      const auto found = legend.find(number);
      if (found != legend.end()) places += (places.empty() ? "" : "; ") + found->second;
    }
    affiliation = places;
  }
}

bool is_suffix(std::string_view name) {
  const std::vector<std::string_view> suffixes = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
  return std::find(suffixes.begin(), suffixes.end(), name) != suffixes.end();
}

void join(std::string& all, std::string_view more) {
  if (!all.empty() && !more.empty()) all += "; ";
  all += more;
}

void add_written(Names& list, const Written& written, Legend& legend) {
  std::string affiliation;
  for (const auto& inside : written.brackets)
    if (!read_legend(inside, legend)) join(affiliation, inside);
  std::string name = single_spaced(written.name);
  if (name.compare(0, 4, "and ") == 0) name.erase(0, 4);
  while (!name.empty() && (name.back() == ':' || name.back() == ' ')) name.pop_back();
  const std::string numbers = take_marks(name);
  if (affiliation.empty()) affiliation = numbers;
  if (!is_name(name) || is_suffix(name)) {
    if (list.names.empty()) {
      // Nothing but "(for the X Collaboration)": the bracket is the author.
      name = is_name(name) ? name : affiliation;
      if (is_name(name)) add_author(list, name, "");
      return;
    }
    if (is_name(name)) list.names.back() += ' ' + name;
    join(list.affiliations.back(), affiliation);
    return;
  }
  add_author(list, std::move(name), std::move(affiliation));
}

bool is_given_name(std::string_view text) {
  return text.size() > 1 && is_upper(text[0]) && std::all_of(text.begin() + 1, text.end(), is_lower);
}

// "Xu" or "Ye R.": a given name that waits for its surname.
bool lacks_surname(std::string_view name) {
  const auto words = split(name, ' ');
  return std::all_of(words.begin() + 1, words.end(), [](auto word) { return word.back() == '.'; });
}

bool is_surname(std::string_view text) { return is_upper(text[0]) && text.find(' ') == npos; }

}  // namespace

bool is_name(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80; });
}

void add_author(Names& list, std::string name, std::string affiliation) {
  list.names.push_back(std::move(name));
  list.affiliations.push_back(std::move(affiliation));
}

// arXiv takes the nickname in "Xu (Zed) Li" for an affiliation: it becomes two authors, "Xu" of "Zed" and
// "Li", and all authors before get that affiliation too ("Ada Imagined (Zed), Xu (Zed), Li").
void finish_authors(Names& list) {
  Names mended;
  for (std::size_t i = 0; i < list.names.size(); ++i) {
    const std::string& nickname = list.affiliations[i];
    const bool split = is_given_name(nickname) && lacks_surname(list.names[i]) && i + 1 < list.names.size() &&
                       is_surname(list.names[i + 1]) && list.affiliations[i + 1].empty();
    if (!split) {
      add_author(mended, list.names[i], nickname);
      continue;
    }
    auto& places = mended.affiliations;
    for (std::size_t k = places.size(); k-- > 0 && places[k] == nickname;) places[k].clear();
    add_author(mended, list.names[i] + " (" + nickname + ") " + list.names[i + 1], "");
    ++i;
  }
  auto& places = mended.affiliations;
  if (std::all_of(places.begin(), places.end(), [](const auto& place) { return place.empty(); })) places.clear();
  list = std::move(mended);
}

Names split_authors(std::string_view joined) {
  Names list;
  Legend legend;
  for (const auto& written : split_written(joined)) add_written(list, written, legend);
  resolve_marks(list, legend);
  finish_authors(list);
  return list;
}

}  // namespace daybook
