#include "guard/addressed_ids.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/byte_set.h"
#include "core/text.h"
#include "guard/addressed_text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::string_view instead = "[a paper]";
constexpr ByteSet id_starts("0123456789/aA");

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Fullwidth and mathematical digits as plain ones, and whatever looks like a full stop as one.
std::string with_plain_digits(std::string_view text) {
  constexpr std::array<char32_t, 8> stops = {0xB7, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0xFF0E, 0xFF61};
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    const char32_t plain = c < 0x80 ? c : plain_letter(c);
    const bool stop = std::find(stops.begin(), stops.end(), c) != stops.end() && !out.empty() && is_digit(out.back());
    if (plain >= '0' && plain <= '9') {
      out += static_cast<char>(plain);
    } else if (stop) {
      out += '.';
    } else {
      out.append(text, start, at - start);
    }
  }
  return out;
}

std::size_t end_of_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

std::size_t end_of_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size());
}

std::size_t end_of_version(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || (text[at] != 'v' && text[at] != 'V')) return at;
  const std::size_t end = end_of_digits(text, at + 1);
  return end == at + 1 ? at : end;
}

// What parts the two numbers of an id: a full stop with or without blanks, or a word or sign in its place.
std::size_t end_of_stop(std::string_view text, std::size_t at) {
  const std::size_t word = end_of_blanks(text, at);
  for (const std::string_view stop : {"dot ", "[dot]", "(dot)", "point "})
    if (equal_ignoring_case(text.substr(word, stop.size()), stop)) return end_of_blanks(text, word + stop.size());
  if (word < text.size() && text[word] == '.') return end_of_blanks(text, word + 1);
  return at < text.size() && (text[at] == ',' || text[at] == '_') ? at + 1 : at;
}

// The end of an id of the new scheme whose digits start at `at`.
std::optional<std::size_t> end_of_new_id(std::string_view text, std::size_t at) {
  const std::size_t month_end = end_of_digits(text, at);
  if (month_end - at != 4) return std::nullopt;
  const std::size_t number = end_of_stop(text, month_end);
  const std::size_t end = end_of_digits(text, number);
  if (number == month_end) return std::nullopt;
  const auto id =
      ArxivId::parse(std::string(text.substr(at, 4)) + "." + std::string(text.substr(number, end - number)));
  return id ? std::optional(end_of_version(text, end)) : std::nullopt;
}

// The end of an id of the old scheme whose number follows the slash at `slash`; its archive ends `before`.
std::optional<std::size_t> end_of_old_id(std::string_view text, std::size_t slash, std::string_view archive) {
  const std::size_t end = end_of_digits(text, slash + 1);
  if (end - slash != 8 || archive.empty()) return std::nullopt;
  const auto id = ArxivId::parse(ascii_lower(archive) + std::string(text.substr(slash, 8)));
  return id ? std::optional(end_of_version(text, end)) : std::nullopt;
}

// Whatever number stands behind "arXiv:".
std::optional<std::size_t> end_of_named_id(std::string_view text, std::size_t at) {
  constexpr std::string_view name = "arxiv";
  if (!equal_ignoring_case(text.substr(at, name.size()), name)) return std::nullopt;
  std::size_t number = end_of_blanks(text, at + name.size());
  if (number < text.size() && (text[number] == ':' || text[number] == '#')) number = end_of_blanks(text, number + 1);
  std::size_t end = end_of_digits(text, number);
  if (end - number < 4) return std::nullopt;
  if (end + 1 < text.size() && text[end] == '.') end = is_digit(text[end + 1]) ? end_of_digits(text, end + 1) : end;
  return end_of_version(text, end);
}

// "https://arxiv.org/abs/" and the like before an id says nothing without it.
void drop_address(std::string& out) {
  constexpr std::array<std::string_view, 12> parts = {"arxiv:",  "arxiv: ", "arxiv.",   "arxiv ",
                                                      "/abs/",   "/pdf/",   "/html/",   "arxiv.org",
                                                      "export.", "www.",    "https://", "http://"};
  const auto ends_in = [&](std::string_view part) {
    return out.size() >= part.size() &&
           equal_ignoring_case(std::string_view(out).substr(out.size() - part.size()), part);
  };
  for (auto part = parts.begin(); part != parts.end();) {
    if (ends_in(*part)) {
      out.resize(out.size() - part->size());
      part = parts.begin();
    } else {
      ++part;
    }
  }
}

// The letters, hyphens and full stops at the end of what was written: where an archive's name would stand.
std::size_t archive_start(const std::string& out) {
  std::size_t start = out.size();
  while (start > 0 && (is_letter(out[start - 1]) || out[start - 1] == '-' || out[start - 1] == '.')) --start;
  return start;
}

std::string replaced(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = std::min(id_starts.find_in(text, at), text.size());
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    const char c = text[at];
    std::optional<std::size_t> end;
    std::size_t kept = out.size();
    if (is_digit(c) && (at == 0 || !is_digit(text[at - 1]))) {
      end = end_of_new_id(text, at);
    } else if (c == '/') {
      const std::size_t start = archive_start(out);
      end = end_of_old_id(text, at, std::string_view(out).substr(start));
      if (end) kept = start;
    } else if (c == 'a' || c == 'A') {
      end = end_of_named_id(text, at);
    }
    if (!end) {
      out += c;
      ++at;
      continue;
    }
    out.resize(kept);
    drop_address(out);
    out += instead;
    at = *end;
  }
  return out;
}

}  // namespace

std::string without_arxiv_ids(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? replaced(text) : replaced(with_plain_digits(text));
}

}  // namespace daybook
