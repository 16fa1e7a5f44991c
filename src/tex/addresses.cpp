#include "tex/addresses.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "tex/letters.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view sentence_marks = ".,;:!?'\"*_~`\\$|";
constexpr std::array<std::string_view, 4> schemes = {"http://", "https://", "ftp://", "www."};

std::size_t scheme_length(std::string_view text, std::size_t at) {
  // Most words that begin like one: "have", "with", "for".
  if (std::string_view("tTwW").find(byte_at(text, at + 1)) == npos) return 0;
  for (const std::string_view scheme : schemes) {
    if (equal_ignoring_case(text.substr(at, scheme.size()), scheme)) return scheme.size();
  }
  return 0;
}

// Full stops, commas and brackets behind an address belong to the sentence; a bracket that was opened in it stays.
std::size_t without_punctuation(std::string_view text, std::size_t from, std::size_t end) {
  static constexpr std::array<std::string_view, 3> pairs = {"()", "[]", "{}"};
  std::array<std::ptrdiff_t, 3> unopened{};  // closing brackets more than opening ones, up to `end`
  for (std::size_t i = from; i < end; ++i) {
    for (std::size_t k = 0; k < pairs.size(); ++k) unopened[k] += (text[i] == pairs[k][1]) - (text[i] == pairs[k][0]);
  }
  for (; end > from; --end) {
    const char c = text[end - 1];
    if (sentence_marks.find(c) != npos) continue;
    std::size_t kind = 0;
    while (kind < pairs.size() && pairs[kind][1] != c) ++kind;
    if (kind == pairs.size() || unopened[kind] <= 0) break;
    --unopened[kind];
  }
  return end;
}

bool is_address_byte(char c) { return c > ' ' && c < '\x7F' && c != '<' && c != '>'; }

bool is_host_part(std::string_view part) {
  for (const char c : part) {
    if (!is_alnum(c) && c != '-') return false;
  }
  return !part.empty();
}

bool is_host(std::string_view host) {
  const auto parts = split(host, '.');
  const std::string_view last = parts.back();
  return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), is_host_part) && last.size() > 1 &&
         all(last, is_letter);
}

// name@host.org; cmark-gfm links no host whose last part has digits only, nor do we.
std::size_t mail_length(std::string_view text, std::size_t at) {
  if (!is_alnum(text[at]) || is_word(byte_before(text, at)) ||
      std::string_view(".+-_@").find(byte_before(text, at)) < 5)
    return 0;
  std::size_t sign = at;
  while (sign < text.size() && (is_alnum(text[sign]) || std::string_view(".+-_").find(text[sign]) != npos)) ++sign;
  if (byte_at(text, sign) != '@') return 0;
  std::size_t end = sign + 1;
  while (end < text.size() && (is_alnum(text[end]) || text[end] == '-' || text[end] == '.')) ++end;
  while (end > sign && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return is_host(text.substr(sign + 1, end - sign - 1)) ? end - at : 0;
}

constexpr ByteSet host_bytes("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

std::string_view host_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && host_bytes.has(text[end])) ++end;
  return text.substr(at, end - at);
}

std::string_view host_before(std::string_view text, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && host_bytes.has(text[start - 1])) --start;
  return text.substr(start, end - start);
}

// Behind what an address may hold.
std::size_t end_of_allowed(std::string_view text, std::size_t at) {
  static constexpr ByteSet marks("-._~:/?#@!$&'()*+,;=");
  const auto is_hex = [&](std::size_t i) { return is_hex_digit(byte_at(text, i)); };
  while (at < text.size() &&
         (is_alnum(text[at]) || marks.has(text[at]) || (text[at] == '%' && is_hex(at + 1) && is_hex(at + 2))))
    ++at;
  return at;
}

constexpr std::array<std::string_view, 7> code_hosts = {
    "github.com", "huggingface.co", "bitbucket.org", "codeberg.org", "4open.science", "sourceforge.net", "gitlab"};

// "gist.github.com", "gitlab.com", "gitlab.inria.fr"; not "evilgithub.com".
bool is_code_host(std::string_view host) {
  if (host.find('.') == npos) return false;
  const std::string dotted = '.' + ascii_lower(host) + '.';
  return std::any_of(code_hosts.begin(), code_hosts.end(), [&](std::string_view name) {
    const std::size_t at = dotted.find('.' + std::string(name) + '.');
    return at != npos && (name == "gitlab" || at + name.size() + 2 == dotted.size());
  });
}

// The first address of code in running text.
std::string code_address_in(std::string_view text) {
  // No word before the first that has a host's dot and a slash is one.
  std::size_t slash = text.find('/');
  while (slash != npos && host_before(text, slash).find('.') == npos) slash = text.find('/', slash + 1);
  if (slash == npos) return {};
  for (std::size_t at = text.find_last_of(" \n", slash) + 1; at < text.size(); ++at) {
    if (!is_alnum(text[at]) || is_word(byte_before(text, at))) continue;
    std::size_t length = web_address_length(text, at);
    const std::size_t scheme = length == 0 ? 0 : text.find("://", at) + 3 - at;
    const std::string_view host = host_at(text, at + scheme);
    const std::size_t path = scheme + host.size();
    const char before = byte_before(text, at);
    if (byte_at(text, at + path) == '/' && is_code_host(host) && before != '@' && before != '/') {
      std::string address = scheme == 0 ? "https://" : "";
      const std::size_t added = address.size();
      address += text.substr(at, end_of_allowed(text, at) - at);
      length = web_address_length(address, 0);
      if (length > added + path + 1) return address.substr(0, length);
    }
    at += std::max(length, path);
  }
  return {};
}

}  // namespace

std::size_t address_length(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_alnum(text[at]) || is_word(byte_before(text, at))) return 0;
  const std::size_t scheme = scheme_length(text, at);
  if (scheme == 0) return mail_length(text, at);
  std::size_t end = at + scheme;
  while (end < text.size() && is_address_byte(text[end])) ++end;
  end = without_punctuation(text, at + scheme, end);
  return end > at + scheme ? end - at : 0;
}

bool starts_address(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_alnum(text[at]) || is_word(byte_before(text, at))) return false;
  const std::size_t scheme = scheme_length(text, at);
  if (scheme == 0) return mail_length(text, at) > 0;
  // Marks and closing brackets alone are no address.
  std::size_t first = at + scheme;
  while (first < text.size() &&
         (sentence_marks.find(text[first]) != npos || std::string_view(")]}").find(text[first]) < 3))
    ++first;
  return first < text.size() && is_address_byte(text[first]);
}

bool has_user_info(std::string_view text) {
  constexpr std::size_t longest_scheme = 5;  // "https"
  const auto colon = text.substr(0, longest_scheme + 3).find("://");
  if (colon == npos) return false;
  const std::string_view authority = text.substr(colon + 3);
  return authority.substr(0, authority.find_first_of("/?#\\ \t\n<>\"")).find('@') != npos;
}

bool is_linkable(std::string_view address) {
  return !equal_ignoring_case(address.substr(0, 4), "www.") && !has_user_info(address);
}

std::size_t web_address_length(std::string_view text, std::size_t at) {
  const std::size_t scheme = scheme_length(text, at);
  if (scheme == 0 || lower(text[at]) != 'h' || is_word(byte_before(text, at))) return 0;
  std::string_view host = host_at(text, at + scheme);
  while (!host.empty() && !is_alnum(host.back())) host.remove_suffix(1);  // the sentence's
  if (!is_host(host)) return 0;
  const std::size_t end = scheme + host.size();
  const char behind = byte_at(text, at + end);
  if (behind == '/' || behind == '?' || behind == '#')
    return address_length(text.substr(0, end_of_allowed(text, at)), at);
  const bool goes_on = behind == '@' || (behind == ':' && !is_space(byte_at(text, at + end + 1)));
  return goes_on ? 0 : end;
}

std::string code_address(std::string_view tex) {
  // Most abstracts name none.
  bool named = false;
  for (std::size_t slash = tex.find('/'); slash != npos && !named; slash = tex.find('/', slash + 1)) {
    named = is_code_host(host_before(tex, slash));
  }
  if (!named) return {};
  for (const Run& run : runs(tex)) {
    std::string address = run.kind == Run::Kind::text ? code_address_in(run.text) : "";
    if (!address.empty()) return address;
  }
  return {};
}

}  // namespace daybook
