#include <algorithm>
#include <array>

#include "core/text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

// The archives that ever gave out ids of the old scheme: https://info.arxiv.org/help/arxiv_identifier.html
// and https://arxiv.org/archive/ with the subsumed ones.
constexpr std::array<std::string_view, 36> archives = {
    "acc-phys", "adap-org", "alg-geom", "ao-sci",  "astro-ph", "atom-ph",  "bayes-an", "chao-dyn", "chem-ph",
    "cmp-lg",   "comp-gas", "cond-mat", "cs",      "dg-ga",    "funct-an", "gr-qc",    "hep-ex",   "hep-lat",
    "hep-ph",   "hep-th",   "math",     "math-ph", "mtrl-th",  "nlin",     "nucl-ex",  "nucl-th",  "patt-sol",
    "physics",  "plasm-ph", "q-alg",    "q-bio",   "quant-ph", "solv-int", "supr-con", "stat",     "q-fin"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

// "http://export.arxiv.org/abs/hep-th/9901001v3?x#y" -> "hep-th/9901001v3"; other text as it is, other addresses empty.
std::string_view without_address(std::string_view text) {
  bool address = false;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!starts_ignoring_case(text, scheme)) continue;
    text.remove_prefix(scheme.size());
    address = true;
    break;
  }
  const auto slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  constexpr std::string_view arxiv = "arxiv.org";
  const bool ours = host.size() >= arxiv.size() &&
                    equal_ignoring_case(host.substr(host.size() - arxiv.size()), arxiv) &&
                    (host.size() == arxiv.size() || host[host.size() - arxiv.size() - 1] == '.');
  if (!ours) return address ? std::string_view() : text;
  if (slash == std::string_view::npos) return {};
  text.remove_prefix(slash + 1);
  text = text.substr(0, text.find_first_of("?#"));
  const auto page = text.find('/');
  if (page == std::string_view::npos) return {};
  const std::string_view kind = text.substr(0, page);
  if (kind != "abs" && kind != "pdf" && kind != "html" && kind != "format") return {};
  text.remove_prefix(page + 1);
  if (kind == "pdf" && text.size() > 4 && text.substr(text.size() - 4) == ".pdf") text.remove_suffix(4);
  return text;
}

// Takes "vN" off the end. False where something that is no version stands there.
bool take_version(std::string_view& text, int& version) {
  const auto v = text.rfind('v');
  if (v == std::string_view::npos || v == 0 || !is_digit(text[v - 1])) return true;
  const std::string_view digits = text.substr(v + 1);
  if (!all_digits(digits) || digits[0] == '0' || digits.size() > 4) return false;
  for (const char digit : digits) version = version * 10 + (digit - '0');
  text = text.substr(0, v);
  return true;
}

// YYMM.NNNN from April 2007, YYMM.NNNNN from January 2015.
bool is_new_scheme(std::string_view text) {
  if (text.size() < 9 || text[4] != '.' || !all_digits(text.substr(0, 4)) || !all_digits(text.substr(5))) return false;
  const int year = two_digits(text);
  const int month = two_digits(text.substr(2));
  if (month < 1 || month > 12 || year < 7 || (year == 7 && month < 4)) return false;
  return text.size() == (year < 15 ? 9U : 10U);
}

// YYMMNNN from July 1991 to March 2007.
bool is_old_number(std::string_view text) {
  if (text.size() != 7 || !all_digits(text)) return false;
  const int year = two_digits(text);
  const int month = two_digits(text.substr(2));
  if (month < 1 || month > 12) return false;
  return year > 91 || (year == 91 && month >= 7) || year < 7 || (year == 7 && month <= 3);
}

bool is_subject_class(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-'; });
}

}  // namespace

std::optional<ArxivId> ArxivId::parse(std::string_view text) {
  text = without_address(trim(text));
  for (const std::string_view start : {"oai:", "arXiv.org:", "arXiv:"})
    if (starts_ignoring_case(text, start)) text.remove_prefix(start.size());
  text = trim(text);
  ArxivId id;
  if (!take_version(text, id.version)) return std::nullopt;
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    if (!is_new_scheme(text)) return std::nullopt;
    id.text = std::string(text);
    return id;
  }
  std::string_view archive = text.substr(0, slash);
  if (const auto dot = archive.find('.'); dot != std::string_view::npos) {
    if (!is_subject_class(archive.substr(dot + 1))) return std::nullopt;
    archive = archive.substr(0, dot);
  }
  const std::string_view number = text.substr(slash + 1);
  if (std::find(archives.begin(), archives.end(), archive) == archives.end() || !is_old_number(number))
    return std::nullopt;
  id.text = std::string(archive) + '/' + std::string(number);
  return id;
}

}  // namespace daybook
