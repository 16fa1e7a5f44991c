#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>

namespace daybook {

namespace {

constexpr std::string_view white = " \t\r\n\f\v";

// The length of the UTF-8 sequence at `at`, 0 where there is none (RFC 3629).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = lead == 0xE0 ? follows(1, 0xA0) : lead == 0xED ? follows(1, 0x80, 0x9F) : follows(1);
    return second && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = lead == 0xF0 ? follows(1, 0x90) : lead == 0xF4 ? follows(1, 0x80, 0x8F) : follows(1);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

// How many bytes at the start are ASCII, counted by eights: most text is nothing else.
std::size_t ascii_length(std::string_view text) {
  std::size_t i = 0;
  for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

// The ASCII letters of U+00C0 to U+017F, two code points of the alphabet a line; '?' where there is none.
constexpr char32_t latin_first = 0xC0;
constexpr std::string_view latin =
    "AAAAAAACEEEEIIIIDNOOOOO?OUUUUYTsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUu"
    "Uu"
    "WwYyYZzZzZzs";

// The letter itself where the table has none.
char32_t latin_letter(char32_t c) {
  const char letter = c >= latin_first && c < latin_first + latin.size() ? latin[c - latin_first] : '?';
  return letter == '?' ? c : static_cast<unsigned char>(letter);
}

// The letters of U+1EA0 to U+1EF9, a pair of capital and small each.
constexpr char32_t vietnamese_first = 0x1EA0;
constexpr std::string_view vietnamese = "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

// Single letters with hooks, carons and commas beyond those blocks: Pinyin, Vietnamese horns, Romanian.
char32_t folded_extended(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 22> letters = {
      {{0x1A0, 'o'}, {0x1A1, 'o'}, {0x1AF, 'u'}, {0x1B0, 'u'}, {0x1CD, 'a'}, {0x1CE, 'a'}, {0x1CF, 'i'}, {0x1D0, 'i'},
       {0x1D1, 'o'}, {0x1D2, 'o'}, {0x1D3, 'u'}, {0x1D4, 'u'}, {0x1D6, 'u'}, {0x1D8, 'u'}, {0x1DA, 'u'}, {0x1DC, 'u'},
       {0x1E6, 'g'}, {0x1E7, 'g'}, {0x218, 's'}, {0x219, 's'}, {0x21A, 't'}, {0x21B, 't'}}};
  for (const auto& [from, to] : letters) {
    if (from == c) return to;
  }
  return c;
}

constexpr std::size_t slug_bytes_max = 80;  // a folder's name; file systems take 255

// FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/): the same on every machine.
std::uint32_t fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto start = text.find_first_not_of(white);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(white) - start + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  parts.reserve(4);  // enough for a name
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) text += separator;
    text += part;
  }
  return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t utf8_length(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t length = 1; length > 0; at += length) {
    at += ascii_length(text.substr(at));
    length = at < text.size() ? sequence_length(text, at) : 0;
  }
  return at;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string abridged(std::string_view text, std::size_t bytes) {
  return std::string(utf8_prefix(text, bytes)) + (text.size() > bytes ? "…" : "");
}

std::string one_line(std::string_view text) {
  if (is_plain_line(text)) return std::string(text);
  std::string line(text.size(), '\0');
  std::size_t size = 0;
  bool after_blank = true;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank || !after_blank) line[size++] = blank ? ' ' : c;
    after_blank = blank;
  }
  line.resize(after_blank && size > 0 ? size - 1 : size);
  return line;
}

bool is_plain_line(std::string_view text) {
  if (text.empty()) return true;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  unsigned char odd = bytes[0] > ' ' && bytes[0] < 0x7F && text.back() != ' ' ? 0 : 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool blanks = (bytes[i - 1] | bytes[i]) == ' ';
    odd |= blanks || bytes[i] < ' ' || bytes[i] > '~' ? 1 : 0;
  }
  return odd == 0;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++i;
    } else {
      out.append(text, i, length);
      i += length;
    }
  }
  return out;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6U));
    put(0x80 | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12U));
    put(0x80 | ((code_point >> 6U) & 0x3FU));
    put(0x80 | (code_point & 0x3FU));
  } else {
    put(0xF0 | (code_point >> 18U));
    put(0x80 | ((code_point >> 12U) & 0x3FU));
    put(0x80 | ((code_point >> 6U) & 0x3FU));
    put(0x80 | (code_point & 0x3FU));
  }
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const std::size_t length = std::max<std::size_t>(1, sequence_length(text, at));
  const auto bits = [&](std::size_t i, unsigned mask) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]) & mask);
  };
  constexpr std::array<unsigned, 5> lead_mask = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code_point = bits(0, lead_mask.at(length));
  for (std::size_t i = 1; i < length; ++i) code_point = (code_point << 6U) | bits(i, 0x3F);
  at += length;
  return code_point;
}

std::string slug(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = latin_letter(next_code_point(text, i));
    const char letter = c < 0x80 ? lower(static_cast<char>(c)) : '?';
    if (is_alnum(letter)) {
      out += letter;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  if (out.size() > slug_bytes_max) out.resize(slug_bytes_max);
  while (!out.empty() && out.back() == '-') out.pop_back();
  if (!out.empty()) return out;
  return trim(text).empty() ? "topic" : "topic-" + std::to_string(fnv1a(text));
}

bool is_slug(std::string_view text) {
  if (text.empty() || text.size() > slug_bytes_max || text.front() == '-' || text.back() == '-') return false;
  return text.find("--") == std::string_view::npos &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

char32_t fold(char32_t c) {
  c = latin_letter(c);
  if (c < 0x80) return static_cast<unsigned char>(lower(static_cast<char>(c)));
  if (c < 0x250) return folded_extended(c);
  if (c >= 0x300 && c < 0x370) return 0;
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= vietnamese_first && c < vietnamese_first + 2 * vietnamese.size())
    return static_cast<unsigned char>(vietnamese[(c - vietnamese_first) / 2]);
  return c;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = fold(next_code_point(text, at));
    if (c != 0) append_utf8(out, c);
  }
  return out;
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_alnum(c) || std::string_view("-._~").find(c) != std::string_view::npos || kept.find(c) != kept.npos) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
}

std::string short_hash(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  // Optimal string alignment: a letter more, less, other, or two exchanged, count one each.
  const auto distance = [](std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const bool same = lower(a[i - 1]) == lower(b[j - 1]);
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same ? 0U : 1U)});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.size()][b.size()];
  };
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace daybook
