#include <algorithm>

#include "core/text.h"
#include "paper/paper.h"
#include "tex/letters.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

// The archives that ever gave out ids of the old scheme: https://info.arxiv.org/help/arxiv_identifier.html
// and https://arxiv.org/archive/ with the subsumed ones.
constexpr std::string_view archives =
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con stat q-fin";

bool all_digits(std::string_view text) { return !text.empty() && all(text, is_digit); }

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

bool ends_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

bool take_ignoring_case(std::string_view& text, std::string_view start) {
  if (!starts_ignoring_case(text, start)) return false;
  text.remove_prefix(start.size());
  return true;
}

// The host itself or one below it: "www.arxiv.org" is of "arxiv.org", "notarxiv.org" is not.
bool is_host_of(std::string_view host, std::string_view domain) {
  if (const auto port = host.find(':'); port != npos && all_digits(host.substr(port + 1))) host = host.substr(0, port);
  return ends_ignoring_case(host, domain) &&
         (host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.');
}

// What a page is about: "/abs/hep-th/9901001v3" -> "hep-th/9901001v3"; empty where it is about no paper.
std::string_view paper_of_page(std::string_view path) {
  const auto page = path.find('/');
  if (page == npos) return {};
  if (!is_one_of(path.substr(0, page), "abs pdf html format ps src e-print overview")) return {};
  path.remove_prefix(page + 1);
  if (ends_ignoring_case(path, ".pdf")) path.remove_suffix(4);
  return path;
}

// DOIs of arXiv's own prefix, 10.48550: https://info.arxiv.org/help/doi.html. Others name no id of arXiv.
std::string_view paper_of_doi(std::string_view doi) {
  take_ignoring_case(doi, "doi:");
  doi = trim(doi);
  return take_ignoring_case(doi, "10.48550/arxiv.") ? doi : std::string_view();
}

// "http://export.arxiv.org/abs/hep-th/9901001v3?x#y" -> "hep-th/9901001v3"; other text as it is, other addresses empty.
std::string_view without_address(std::string_view text) {
  if (starts_ignoring_case(text, "doi:") || starts_ignoring_case(text, "10.")) return paper_of_doi(text);
  const bool address = take_ignoring_case(text, "https://") || take_ignoring_case(text, "http://");
  const auto slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const bool is_paper_host = is_host_of(host, "arxiv.org") || is_host_of(host, "alphaxiv.org");
  const bool is_doi_host = is_host_of(host, "doi.org");
  if (!is_paper_host && !is_doi_host) return address ? std::string_view() : text;
  if (slash == npos) return {};
  const std::string_view path = text.substr(slash + 1, text.find_first_of("?#", slash) - slash - 1);
  return is_doi_host ? paper_of_doi(path) : paper_of_page(path);
}

// Of the sentence, the brackets or the quotes around it.
std::string_view without_marks(std::string_view text) {
  constexpr std::string_view before = "<([{\"'";
  constexpr std::string_view behind = ">)]}\"'.,;:!?/";
  while (!text.empty() && before.find(text.front()) != npos) text.remove_prefix(1);
  while (!text.empty() && behind.find(text.back()) != npos) text.remove_suffix(1);
  return text;
}

// "2401.12345v2 [cs.LG]", as arXiv's stamp has it.
std::string_view without_category(std::string_view text) {
  const auto open = text.rfind('[');
  if (text.empty() || text.back() != ']' || open == npos || open == 0) return text;
  const std::string_view category = text.substr(open + 1, text.size() - open - 2);
  const bool is_one = !category.empty() && std::all_of(category.begin(), category.end(),
                                                       [](char c) { return is_letter(c) || c == '-' || c == '.'; });
  const std::string_view id = trim(text.substr(0, open));
  return is_one && id.size() < open ? id : text;
}

// Takes "vN" off the end. False where something that is no version stands there.
bool take_version(std::string_view& text, int& version) {
  const auto v = text.rfind('v');
  if (v == npos || v == 0 || !is_digit(text[v - 1])) return true;
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
  text = without_marks(without_address(without_marks(without_category(trim(text)))));
  for (const std::string_view start : {"oai:", "arXiv.org:", "arXiv:"}) take_ignoring_case(text, start);
  text = trim(text);
  ArxivId id;
  if (!take_version(text, id.version)) return std::nullopt;
  const auto slash = text.find('/');
  if (slash == npos) {
    if (!is_new_scheme(text)) return std::nullopt;
    id.text = std::string(text);
    return id;
  }
  std::string_view archive = text.substr(0, slash);
  if (const auto dot = archive.find('.'); dot != npos) {
    if (!is_subject_class(archive.substr(dot + 1))) return std::nullopt;
    archive = archive.substr(0, dot);
  }
  const std::string_view number = text.substr(slash + 1);
  if (!is_one_of(archive, archives) || !is_old_number(number)) return std::nullopt;
  id.text = std::string(archive) + '/' + std::string(number);
  return id;
}

std::string month_of_id(std::string_view id) {
  const auto slash = id.find('/');
  const std::string_view number = slash == npos ? id : id.substr(slash + 1);
  if (number.size() < 4) return {};
  const bool last_century = slash != npos && number[0] == '9';
  return std::string(last_century ? "19" : "20").append(number.substr(0, 2)).append("-").append(number.substr(2, 2));
}

}  // namespace daybook
