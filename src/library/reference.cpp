#include "library/reference.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/paper.h"
#include "paper/white_space.h"

namespace daybook {

namespace {

constexpr std::string_view arxiv = "arxiv";
constexpr std::string_view alphaxiv = "alphaxiv";  // whose pages are about arXiv's papers
constexpr ByteSet white(" \t\r\n");
constexpr ByteSet ends_of_address(" \t\r\n\"'<>{}[]()|\\,;");
constexpr std::size_t longest_address = 200;

// Of a host's name too: "not-arxiv.org" is another.
bool is_of_word(char c) { return is_alnum(c) || c == '-' || c == '_'; }

// What stands at `at` up to a blank or a mark that no address has, without the full stop of its sentence.
std::string_view address_at(std::string_view text, std::size_t at) {
  std::string_view rest = text.substr(std::min(at, text.size()), longest_address);
  rest = rest.substr(0, ends_of_address.find_in(rest));
  while (!rest.empty() && (rest.back() == '.' || rest.back() == ':')) rest.remove_suffix(1);
  return rest;
}

// Of "arXiv:9901.00001", "arxiv.org/abs/9901.00001", "arXiv.9901.00001" (a DOI's end), "arXiv: 9901.00001" at `at`.
std::optional<ArxivId> id_at(std::string_view text, std::size_t at) {
  const std::string_view address = address_at(text, at);
  if (address.size() == arxiv.size()) {
    auto next = at + arxiv.size();
    if (next < text.size() && text[next] == ':') ++next;
    while (next < text.size() && white.has(text[next])) ++next;
    return ArxivId::parse(address_at(text, next));
  }
  if (auto id = ArxivId::parse(address)) return id;
  return address[arxiv.size()] == '.' ? ArxivId::parse(address.substr(arxiv.size() + 1)) : std::nullopt;
}

}  // namespace

std::string arxiv_id_in(std::string_view text) {
  for (std::size_t at = 0; at + arxiv.size() <= text.size(); ++at) {
    if (lower(text[at]) != 'a') continue;
    const bool is_arxiv = equal_ignoring_case(text.substr(at, arxiv.size()), arxiv);
    const bool is_alphaxiv = equal_ignoring_case(text.substr(at, alphaxiv.size()), alphaxiv);
    if (!(is_arxiv || is_alphaxiv) || (at > 0 && is_of_word(text[at - 1]))) continue;
    if (auto id = is_arxiv ? id_at(text, at) : ArxivId::parse(address_at(text, at))) return std::move(id->text);
  }
  return {};
}

std::string arxiv_id_of_volume(std::string_view journal, std::string_view volume) {
  journal = trim(journal);
  volume = trim(volume);
  const bool is_arxiv = equal_ignoring_case(journal, "corr") || equal_ignoring_case(journal.substr(0, 5), arxiv);
  if (!is_arxiv) return {};
  if (volume.substr(0, 4) == "abs/") volume.remove_prefix(4);
  auto id = ArxivId::parse(volume);
  return id ? std::move(id->text) : std::string();
}

std::string name_in_order(std::string_view name) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : name) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = single_spaced(part);
  if (parts.size() == 2) return single_spaced(parts[1] + ' ' + parts[0]);
  if (parts.size() == 3) return single_spaced(parts[2] + ' ' + parts[0] + ' ' + parts[1]);
  return single_spaced(name);
}

std::optional<std::string> library_text(std::string_view bytes, const std::string& source, Errors& errors) {
  constexpr std::string_view hint = "save the file as UTF-8";
  const std::string_view start = bytes.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") {
    errors.push_back({Kind::failed, {source, 1, 1}, "the file is in UTF-16, not in UTF-8", std::string(hint)});
    return std::nullopt;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const std::size_t length = utf8_length(bytes);
  if (length == bytes.size()) return std::string(bytes);
  errors.push_back({Kind::failed, place_at(bytes, length, source),
                    "a byte is not UTF-8; letters written with such bytes are lost", std::string(hint)});
  return repaired_utf8(bytes);
}

void add_reference(std::vector<Reference>& references, Reference reference, const std::string& source, Errors& errors) {
  if (reference.id.empty() && reference.title.empty()) {
    errors.push_back({Kind::failed,
                      {source, reference.line, 0},
                      "the entry has neither an arXiv id nor a title, so nothing can be learned from it",
                      "add one of the two, or remove the entry"});
    return;
  }
  references.push_back(std::move(reference));
}

}  // namespace daybook
