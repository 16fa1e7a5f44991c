#include "core/masked.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t key_piece = 8;               // bytes of a key that are not to be shown
constexpr std::size_t shortest_key = 4;            // what is shorter stands in any text
constexpr std::size_t random_piece = 16;           // letters and digits in a row, both: no word of a language
constexpr std::size_t quoted_bytes_max = 200;      // of an endpoint's own message
constexpr std::size_t looked_at_bytes_max = 4000;  // of a message that may have megabytes
constexpr std::string_view mask = "***";

// What keys and the ids of accounts begin with.
constexpr std::array<std::string_view, 17> beginnings = {"sk-",   "sk_",   "pk-",  "org-",        "org_", "proj-",
                                                         "proj_", "user-", "key-", "gsk_",        "hf_",  "xai-",
                                                         "aiza",  "ghp_",  "ghs_", "github_pat_", "acct_"};

// Of a key, with what stands for its hidden middle: stars, full stops, an ellipsis of other bytes.
bool is_of_word(char c) {
  return is_alnum(c) || c == '-' || c == '_' || c == '*' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool has_random_piece(std::string_view word) {
  std::size_t length = 0;
  bool digits = false;
  bool letters = false;
  for (const char c : word) {
    const bool goes_on = is_alnum(c);
    length = goes_on ? length + 1 : 0;
    digits = goes_on && (digits || is_digit(c));
    letters = goes_on && (letters || is_letter(c));
    if (length >= random_piece && digits && letters) return true;
  }
  return false;
}

// 8-4-4-4-12 hexadecimal digits (RFC 9562).
bool is_uuid(std::string_view word) {
  if (word.size() != 36) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = word[i];
    const bool hex = is_hex_digit(c);
    if (hyphen ? c != '-' : !hex) return false;
  }
  return true;
}

// "sk-…abcd", "AIza...abcd", "********abcd".
bool has_hidden_middle(std::string_view word) {
  if (word.find("**") != std::string_view::npos) return true;
  const auto joins = [&](std::size_t at, std::size_t length) {
    if (at == std::string_view::npos || at == 0 || at + length >= word.size()) return false;
    const auto is_plain = [](char c) { return is_alnum(c) || c == '-' || c == '_'; };
    return is_plain(word[at - 1]) && is_plain(word[at + length]);
  };
  return joins(word.find("..."), 3) || joins(word.find("\u2026"), 3);
}

bool is_secret(std::string_view word) {
  const std::string lower = ascii_lower(word.substr(0, 16));
  const bool begins = std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return lower.starts_with(beginning) && word.size() >= beginning.size() + 4;
  });
  return begins || has_hidden_middle(word) || is_uuid(word) || has_random_piece(word);
}

}  // namespace

std::string without_key(std::string text, std::string_view key) {
  // "ollama" and "none" are keys too, and words.
  const bool is_word = all(key, is_letter);
  if (key.size() < key_piece && (is_word || key.size() < shortest_key)) return text;
  const std::size_t piece = std::min(key_piece, key.size());
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;  // of the longest piece of the key that stands here
    for (std::size_t k = 0; k + piece <= key.size(); ++k) {
      std::size_t same = 0;
      while (k + same < key.size() && i + same < text.size() && key[k + same] == text[i + same]) ++same;
      length = std::max(length, same);
    }
    const bool hide = length >= piece;
    if (hide) out += mask;
    if (!hide) out += text[i];
    i += hide ? length : 1;
  }
  return out;
}

std::string masked(std::string text, std::string_view key) {
  text = without_key(std::move(text), key);
  std::string out;
  bool after_bearer = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_of_word(text[end])) ++end;
    std::size_t word_end = end;
    while (word_end > at && text[word_end - 1] == '.') --word_end;
    const std::string_view word = std::string_view(text).substr(at, word_end - at);
    if (!word.empty()) {
      out += after_bearer || is_secret(word) ? mask : word;
      after_bearer = equal_ignoring_case(word, "bearer");
    }
    out.append(text, word_end, end - word_end);
    at = end;
    if (at < text.size()) out += text[at++];
  }
  return out;
}

std::string quoted(std::string_view words, std::string_view key) {
  std::string line;
  for (const char c : trim(words).substr(0, looked_at_bytes_max)) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) line += c == '"' ? '\'' : c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  if (line.empty()) return {};
  line = masked(repaired_utf8(line), key);
  const std::string_view shown = utf8_prefix(line, quoted_bytes_max);
  return ": \"" + std::string(shown) + (shown.size() == line.size() ? "\"" : "…\"");
}

}  // namespace daybook
