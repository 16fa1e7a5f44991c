#include "paper/authors.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "core/text.h"
#include "paper/white_space.h"
#include "tex/letters.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

constexpr std::size_t mark_max = 200;  // of a mark, in bytes; what is longer is none

// Commands that are marks, and those whose argument is one.
constexpr std::string_view symbols =
    "dagger ddagger dag ddag ast star S P sharp textdagger textdaggerdbl flat diamond textasteriskcentered "
    "footnotemark parallel";
constexpr std::string_view wrappers = "textsuperscript thanks footnote footnotemark inst orcidlink affilmark";

// Behind a [..] at `at`.
std::size_t option_end(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != '[') return at;
  const std::size_t close = text.substr(0, at + mark_max).find(']', at);
  return close == npos ? at : close + 1;
}

// Behind the brace that closes the one at `open`; 0 where none near does.
std::size_t group_end(std::string_view text, std::size_t open) {
  int depth = 0;
  const std::size_t last = std::min(text.size(), open + mark_max);
  for (std::size_t i = open; i < last; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

// The numeral of a superscript digit, NUL of another mark, and 'x' of what is none.
char numeral(char32_t c) {
  static constexpr std::u32string_view digits = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
  static constexpr std::u32string_view others = U"*#†‡§¶∗⁎‖✉✝⋆★♯⁺⁻⁼⁽⁾ʰʲʷˢˣ";
  const auto digit = digits.find(c);
  if (digit != std::u32string_view::npos) return static_cast<char>('0' + digit);
  const bool letter = (c >= 0x1D2C && c <= 0x1D6A) || (c >= 0x1D9B && c <= 0x1DBF) || c == 0x2071 || c == 0x207F;
  return letter || others.find(c) != std::u32string_view::npos ? '\0' : 'x';
}

// The commas outside of braces; -1 where braces do not pair.
int open_commas(std::string_view text) {
  int depth = 0;
  int commas = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (c == '}' && --depth < 0) return -1;
    if (c == ',' && depth == 0) ++commas;
  }
  return depth == 0 ? commas : -1;
}

// Behind the script whose '^' is at `at`: ^{..}, ^\dagger, ^1; 0 where none is.
std::size_t script_end(std::string_view text, std::size_t at) {
  const char next = byte_at(text, at + 1);
  if (next == '{') return group_end(text, at + 1);
  if (next == '\\') return at + 2 + letters_at(text, at + 2).size();
  if (next == '\0' || next == ' ') return 0;
  std::size_t end = at + 1;
  next_code_point(text, end);
  return end;
}

// True of what stands in math, braces or brackets as a mark: "^{1,2}", "{}^\dagger", "*", "1,2", "^ab", but not
// "\alpha", "_2" or "^1, Ada".
bool is_mark_content(std::string_view text) {
  text = trim(text);
  while (text.substr(0, 2) == "{}") text.remove_prefix(2);
  if (text.empty() || open_commas(text) < 0) return false;
  const bool raised = text.front() == '^';
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '^') {
      const std::size_t end = script_end(text, i);
      if (end == 0) return false;
      i = end;
    } else if (text[i] == '\\') {
      const std::string_view name = letters_at(text, i + 1);
      if (!is_one_of(name, symbols) && byte_at(text, i + 1) != '*') return false;
      i += 1 + std::max<std::size_t>(name.size(), 1);
    } else if (is_digit(text[i]) || (raised && is_lower(text[i])) || std::string_view(" ,;{}").find(text[i]) != npos) {
      ++i;
    } else if (numeral(next_code_point(text, i)) == 'x') {
      return false;
    }
  }
  return true;
}

// Behind the command with its argument at `at`; 0 where it is none of those that are marks.
std::size_t command_mark_end(std::string_view text, std::size_t at) {
  const std::string_view name = letters_at(text, at + 1);
  const std::size_t end = at + 1 + name.size();
  if (name.empty()) return byte_at(text, at + 1) == '*' ? at + 2 : 0;
  if (is_one_of(name, wrappers)) {
    const std::size_t argument = option_end(text, end);
    if (byte_at(text, argument) == '{') return group_end(text, argument);
    if (argument > end) return argument;
  }
  return is_one_of(name, symbols) ? end : 0;
}

// True of "^{1" at the end of a name: a mark that was cut off.
bool is_cut_off(std::string_view rest) {
  return rest.size() < mark_max && rest.find(' ') == npos && (rest.front() == '^' || rest.substr(0, 2) == "$^");
}

// What opens at `at` and holds together whatever commas are in it: math ($..$, \(..\)), the argument of a command, a
// script in braces, an escaped character. Behind it; 0 where the byte there stands for itself.
std::size_t joined_end(std::string_view text, std::size_t at);

// Behind the mark at `at`; 0 where there is none.
std::size_t mark_end(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  const char next = byte_at(text, at + 1);
  if (c == '$' || (c == '\\' && next == '(')) {
    const std::size_t end = joined_end(text, at);
    const std::size_t sign = c == '$' ? 1 : 2;
    return end > 0 && is_mark_content(text.substr(at + sign, end - at - 2 * sign)) ? end : 0;
  }
  if (c == '^') return script_end(text, at);
  if (c == '{' || c == '[') {
    const std::size_t end = c == '{' ? group_end(text, at) : option_end(text, at);
    return end > at + 2 && is_mark_content(text.substr(at + 1, end - at - 2)) ? end : 0;
  }
  if (c == '\\') return command_mark_end(text, at);
  std::size_t end = at;
  return c != '\0' && numeral(next_code_point(text, end)) != 'x' ? end : 0;
}

std::size_t joined_end(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = byte_at(text, at + 1);
  if (c == '$' || (c == '\\' && next == '(')) {
    const std::string_view sign = c == '$' ? "$" : "\\)";
    const std::size_t from = at + (c == '$' ? 1 : 2);
    const std::size_t close = text.substr(0, from + mark_max).find(sign, from);
    // "Ke$ha, A$AP" is no math.
    const std::string_view content = text.substr(from, close == npos ? 0 : close - from);
    // Nor is what reaches over a comma to the next author's mark: "Ada$^{1, Bo$^2$".
    const bool is_script = content.find_first_of("^_\\") != npos && open_commas(content) == 0;
    const bool is_math = close != npos && (is_script || is_mark_content(content));
    return is_math ? close + sign.size() : 0;
  }
  if (c == '^' && next == '{') return group_end(text, at + 1);
  if (c == '{' || c == '[') return mark_end(text, at);
  if (c != '\\') return 0;
  const std::size_t end = at + 1 + letters_at(text, at + 1).size();
  if (end == at + 1) return std::min(at + 2, text.size());
  const std::size_t argument = option_end(text, end);
  return byte_at(text, argument) == '{' ? group_end(text, argument) : 0;
}

void add_numbers(std::string& numbers, std::string_view mark) {
  bool in_number = false;
  for (std::size_t i = 0; i < mark.size();) {
    const char ascii = mark[i];
    const char digit = is_digit(ascii) ? ascii : numeral(next_code_point(mark, i));
    if (is_digit(ascii)) ++i;
    const bool is_number = is_digit(digit);
    if (is_number && !in_number && !numbers.empty()) numbers += ',';
    if (is_number) numbers += digit;
    in_number = is_number;
  }
}

bool is_filler(char c) { return c == ' ' || c == '~' || c == ','; }

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
  std::string numbers;  // of marks in the midst of the name

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

  // Marks with more of the name behind them.
  void append_marks(std::string_view more) {
    name += more;
    numbers += ',' + take_marks(name);
  }
};

constexpr std::size_t marks_bytes_max = 200;  // of one name

// Behind "and " or \and at `at`; 0 where there is neither.
std::size_t and_end(std::string_view text, std::size_t at) {
  if (text.substr(at, 4) == "and ") return at + 3;
  return is_one_of(text.substr(at, 4), "\\and \\And \\AND") && !is_letter(byte_at(text, at + 4)) ? at + 4 : 0;
}

// "Ada$^1$,$^2$ Lovelace" with the comma at `comma`: behind the marks. 0 where a name ends at the comma.
std::size_t marks_inside_end(std::string_view text, std::size_t comma, const Written& written) {
  if (!written.marked || !written.brackets.empty()) return 0;
  std::string name = written.name;
  take_marks(name);
  name = single_spaced(name);
  std::size_t end = comma;
  while (end < text.size() && text[end] == ',' && end - comma < marks_bytes_max) {
    const std::size_t mark = mark_end(text, end + 1);
    if (mark == 0) break;
    end = mark;
  }
  const std::size_t stop = std::min(text.find(',', end), text.size());
  const std::string_view rest = trim(text.substr(end, stop - end));
  const bool one_word = name.find(' ') == npos && rest.find_first_of(" $^\\(") == npos;
  return end < text.size() && text[end] == ' ' && !rest.empty() && is_upper(rest.front()) && one_word ? end : 0;
}

// What starts a name: a capital, a letter with an accent.
bool starts_name(std::string_view text, std::size_t at) {
  if (at >= text.size() || mark_end(text, at) > 0) return false;
  return is_upper(text[at]) || text[at] == '\\' || !is_ascii(text[at]);
}

// "Ada$^1$ Bo$^2$ Cy": marks are all that parts the names. None where that is not sure: "The R$^3$ B Collaboration".
std::vector<Written> parted_at_marks(std::string_view text) {
  std::vector<Written> parts;
  std::size_t start = 0;
  bool marked = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t mark = mark_end(text, i);
    const std::size_t joined = mark > 0 ? mark : joined_end(text, i);
    if (mark == 0 && text[i] != ' ') marked = false;
    if (joined == 0) next_code_point(text, i);
    if (joined > 0) i = joined;
    if (mark == 0) continue;
    marked = true;
    if (i + 1 >= text.size() || text[i] != ' ' || !starts_name(text, i + 1)) continue;
    std::string name(text.substr(start, i - start));
    take_marks(name);
    if (!is_name(name)) continue;
    parts.emplace_back().name = text.substr(start, i - start);
    start = i + 1;
  }
  parts.emplace_back().name = text.substr(start);
  return parts.size() > 2 || (parts.size() == 2 && marked) ? parts : std::vector<Written>();
}

// Two to four words of a person's name, as far as words can tell; "Institute of Physics" and "Fermi LAT" are not.
bool is_person(std::string_view name) {
  constexpr std::string_view particles = "de van der von da di la le den del dos el al bin ten ter du zu";
  constexpr std::string_view groups =
      "Array Artificial Astronomy Data Engineering Intelligence Physics Research Sciences Space Systems Technology "
      "Association Board Center Centre College Collaboration Collaborations Committee Community Company Consortium "
      "Department Experiment Faculty Foundation Group Inc. Initiative Institute Lab Laboratory Ministry Mission "
      "Network "
      "Observatory Office Project School Science Society Survey Team Telescope The University";
  const auto words = split(name, ' ');
  if (words.size() < 2 || words.size() > 4 || name.find_first_of("0123456789:/&@") != npos) return false;
  const auto is_part = [&](std::string_view word) {
    if (word.empty() || is_one_of(word, groups)) return false;
    const bool acronym = word.size() > 1 && all(word, is_upper);
    return is_one_of(word, particles) || (starts_name(word, 0) && !acronym);
  };
  return std::all_of(words.begin(), words.end(), is_part) && starts_name(name, 0) &&
         !is_one_of(words.back(), particles);
}

// "Ada Lovelace and Bo Fiction"; none where either could be a part of a group's name.
std::vector<Written> parted_at_and(std::string_view text) {
  constexpr std::string_view joint = " and ";
  const std::string whole = single_spaced(text);
  const std::size_t at = whole.find(joint);
  if (at == npos || !is_person(whole.substr(0, at)) || !is_person(whole.substr(at + joint.size()))) return {};
  std::vector<Written> parts(2);
  parts[0].name = whole.substr(0, at);
  parts[1].name = whole.substr(at + joint.size());
  return parts;
}

// What no comma parts.
std::vector<Written> parted(std::vector<Written> list) {
  if (list.size() == 1 && list[0].brackets.empty()) {
    if (auto two = parted_at_and(list[0].name); !two.empty()) return two;
  }
  std::vector<Written> parts;
  for (Written& written : list) {
    auto more = parted_at_marks(written.name);
    if (more.empty()) more.emplace_back().name = std::move(written.name);
    more.back().brackets = std::move(written.brackets);
    more.back().numbers = std::move(written.numbers);
    std::move(more.begin(), more.end(), std::back_inserter(parts));
  }
  return parts;
}

std::vector<Written> split_written(std::string_view text) {
  const auto closing = closings(text);
  std::vector<Written> list(1);
  bool has_commas = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') {
      // A bracket that never closes ends with its author, so that it can't swallow the others.
      const std::size_t end = closing[i] != npos ? closing[i] : std::min(text.find(',', i), text.size());
      list.back().brackets.push_back(single_spaced(text.substr(i + 1, end - i - 1)));
      i = closing[i] != npos ? end : end - 1;
    } else if (c == ',') {
      const std::size_t end = marks_inside_end(text, i, list.back());
      if (end > 0) list.back().append_marks(text.substr(i, end - i));
      if (end == 0) list.emplace_back();
      has_commas = has_commas || end == 0;
      i = std::max(end, i + 1) - 1;
    } else if (const std::size_t end = and_end(text, i);
               end > 0 && (c == '\\' || !list.back().brackets.empty() || list.back().marked)) {
      list.emplace_back();
      i = end - 1;
    } else if (const std::size_t joined = is_ascii(c) ? joined_end(text, i) : mark_end(text, i); joined > 0) {
      list.back().append(text.substr(i, joined - i));
      i = joined - 1;
    } else if (c != ')') {
      list.back().append(text.substr(i, 1));
    }
  }
  return has_commas ? list : parted(std::move(list));
}

// "(1) Somewhere, (2) Elsewhere", the key to affiliations that are given as numbers.
using Legend = std::map<std::string, std::string, std::less<>>;

// The end of a "(12)" at `at`, or npos.
std::size_t number_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '(') return npos;
  std::size_t end = at + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end > at + 1 && end < text.size() && text[end] == ')' ? end : npos;
}

bool read_legend(std::string_view inside, Legend& legend) {
  if (number_end(inside, 0) == npos) return false;
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t behind = number_end(inside, at) + 1;
    std::size_t next = behind;
    while (next < inside.size() && number_end(inside, next) == npos) ++next;
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

bool is_suffix(std::string_view name) { return is_one_of(name, "Jr Jr. Sr Sr. II III IV"); }

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
  if (affiliation.empty()) affiliation = written.numbers + numbers;
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

std::string take_marks(std::string& name) {
  std::string numbers;
  std::size_t start = 0;  // of the name
  for (std::size_t end = 0; start < name.size(); start = end) {
    end = is_filler(name[start]) ? start + 1 : mark_end(name, start);
    if (end == 0) break;
    add_numbers(numbers, std::string_view(name).substr(start, end - start));
  }
  std::size_t stop = start;  // behind the last that is no mark
  for (std::size_t at = start; at < name.size();) {
    const std::size_t mark = mark_end(name, at);
    if (mark > 0) {
      at = mark;
    } else if (is_cut_off(std::string_view(name).substr(at))) {
      at = name.size();
    } else if (is_filler(name[at])) {
      ++at;
    } else {
      const std::size_t joined = joined_end(name, at);
      if (joined > 0) at = joined;
      if (joined == 0) next_code_point(name, at);
      stop = at;
    }
  }
  add_numbers(numbers, std::string_view(name).substr(stop));
  name = name.substr(start, stop - start);
  return numbers;
}

bool is_name(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_letter(c) || !is_ascii(c); });
}

void add_author(Names& list, std::string name, std::string affiliation) {
  list.names.push_back(std::move(name));
  list.affiliations.push_back(std::move(affiliation));
}

// arXiv takes the nickname in "Xu (Zed) Li" for an affiliation: it becomes two authors, "Xu" of "Zed" and
// "Li", and all authors before get that affiliation too ("Ada Imagined (Zed), Xu (Zed), Li").
void finish_authors(Names& list) {
  Names repaired;
  for (std::size_t i = 0; i < list.names.size(); ++i) {
    const std::string& nickname = list.affiliations[i];
    const bool split = is_given_name(nickname) && lacks_surname(list.names[i]) && i + 1 < list.names.size() &&
                       is_surname(list.names[i + 1]) && list.affiliations[i + 1].empty();
    if (!split) {
      add_author(repaired, list.names[i], nickname);
      continue;
    }
    auto& places = repaired.affiliations;
    for (std::size_t k = places.size(); k-- > 0 && places[k] == nickname;) places[k].clear();
    add_author(repaired, list.names[i] + " (" + nickname + ") " + list.names[i + 1], "");
    ++i;
  }
  auto& places = repaired.affiliations;
  if (std::all_of(places.begin(), places.end(), [](const auto& place) { return place.empty(); })) places.clear();
  list = std::move(repaired);
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
