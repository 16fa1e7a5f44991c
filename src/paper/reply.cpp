#include "paper/reply.h"

#include <algorithm>
#include <cstring>

#include "core/text.h"
#include "paper/feed.h"
#include "paper/white_space.h"
#include "tex/letters.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view white = " \t\r\n";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view again = "fetch it again later";
constexpr std::string_view check_address = "check that the address is that of an arXiv feed";

// What stands before the first element.
struct Prolog {
  std::size_t element = npos;      // the '<' of the first element; npos: there is none
  std::string_view declaration;    // "<?xml ... ?>"
  std::string_view document_type;  // "<!DOCTYPE ... [": up to its end, or to its own declarations
  bool declares = false;           // it has declarations of its own
  std::size_t document_type_at = 0;
};

// The end of a document type at `at`: its '>', or the '[' of its declarations. Quoted text can hold both.
std::size_t document_type_end(std::string_view xml, std::size_t at) {
  char quote = 0;
  for (; at < xml.size(); ++at) {
    const char c = xml[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>' || c == '[') {
      return at;
    }
  }
  return npos;
}

Prolog read_prolog(std::string_view xml) {
  Prolog prolog;
  for (std::size_t at = 0;;) {
    at = xml.find_first_not_of(white, at);
    if (at == npos || xml[at] != '<') return prolog;
    const std::string_view rest = xml.substr(at);
    std::size_t end = npos;
    if (rest.starts_with("<?")) {
      end = xml.find("?>", at);
      if (end == npos) return prolog;
      if (rest.starts_with("<?xml ")) prolog.declaration = xml.substr(at, end - at);
      end += 1;
    } else if (rest.starts_with("<!--")) {
      end = xml.find("-->", at + 4);
      if (end == npos) return prolog;
      end += 2;
    } else if (rest.starts_with("<!")) {
      end = document_type_end(xml, at);
      if (end == npos) return prolog;
      prolog.document_type = xml.substr(at, end - at);
      prolog.document_type_at = at;
      prolog.declares = xml[end] == '[';
      if (prolog.declares) return prolog;
    } else {
      prolog.element = at;
      return prolog;
    }
    at = end + 1;
  }
}

std::string_view element_name(std::string_view xml, std::size_t at) {
  if (at == npos) return {};
  const auto end = std::min(xml.find_first_of(" \t\r\n/><", at + 1), xml.size());
  return xml.substr(at + 1, end - at - 1);
}

// "latin-1" of encoding='latin-1'; empty where none is declared.
std::string_view declared_encoding(std::string_view declaration) {
  const auto key = declaration.find("encoding");
  if (key == npos) return {};
  const auto open = declaration.find_first_of("\"'", key);
  if (open == npos) return {};
  const auto close = declaration.find(declaration[open], open + 1);
  return declaration.substr(open + 1, close == npos ? npos : close - open - 1);
}

bool is_all_ascii(std::string_view text) { return std::all_of(text.begin(), text.end(), is_ascii); }

// The title of an HTML page: a proxy's says what went wrong ("502 Bad Gateway").
std::string html_title(std::string_view html) {
  const std::string lower = ascii_lower(html.substr(0, 4096));
  const auto start = lower.find("<title>");
  const auto end = lower.find("</title>");
  if (start == std::string::npos || end == std::string::npos || end < start) return {};
  return std::string(trim(html.substr(start + 7, end - start - 7)));
}

bool is_html(const Prolog& prolog, std::string_view xml) {
  const std::string name = ascii_lower(element_name(xml, prolog.element));
  if (is_one_of(name, "html head body")) return true;
  const std::string type = ascii_lower(prolog.document_type.substr(0, 16));
  return type.starts_with("<!doctype html") && name != "rss" && name != "feed";
}

std::optional<Error> refused_encoding(std::string_view body, const std::string& source) {
  const auto say = [&](std::string_view encoding) {
    return Error{Kind::failed,
                 {source, 1, 1},
                 "the feed is in " + std::string(encoding) + ", not in UTF-8",
                 "arXiv's feeds are in UTF-8: " + std::string(check_address)};
  };
  if (body.starts_with("\xFF\xFE") || body.starts_with("\xFE\xFF") || body.starts_with(std::string_view("<\0", 2)) ||
      body.starts_with(std::string_view("\0<", 2)))
    return say("UTF-16");
  const auto encoding = declared_encoding(read_prolog(body).declaration);
  if (encoding.empty() || is_one_of(ascii_lower(encoding), "utf-8 utf8 us-ascii ascii") || is_all_ascii(body))
    return std::nullopt;
  return say(encoding);
}

std::optional<Error> refused_start(std::string_view body, const std::string& source) {
  const auto start = body.find_first_not_of(white);
  if (start == npos) return Error{Kind::later, {source, 0, 0}, "the reply is empty", std::string(again)};
  if (body[start] == '<') return std::nullopt;
  return Error{Kind::later, place_at(body, start, source), "this is not XML, it begins with " + excerpt(body),
               std::string(again) + ", or " + std::string(check_address)};
}

std::optional<Error> refused_prolog(std::string_view body, const std::string& source) {
  const Prolog prolog = read_prolog(body);
  if (is_html(prolog, body)) {
    const std::string title = html_title(body);
    return Error{Kind::later, place_at(body, body.find('<'), source),
                 "this is a page in HTML, not a feed" + (title.empty() ? "" : ": " + excerpt(title)),
                 std::string(again) + ", or " + std::string(check_address)};
  }
  if (prolog.declares)
    return Error{Kind::failed, place_at(body, prolog.document_type_at, source),
                 "the document type has declarations of its own, which no feed needs and which can be an attack",
                 std::string(check_address)};
  if (prolog.element == npos)
    return Error{Kind::later, place_at(body, body.size(), source), "the feed breaks off before its first element",
                 std::string(again)};
  const auto name = element_name(body, prolog.element);
  const auto local = local_name(name);
  // A name at the very end may be the first half of one.
  const bool unfinished = prolog.element + 1 + name.size() == body.size();
  if (local == "rss" || local == "feed" || unfinished) return std::nullopt;
  return Error{Kind::failed, place_at(body, prolog.element, source),
               "this is no feed but other XML, its first element is " + excerpt(name), std::string(check_address)};
}

}  // namespace

std::optional<Error> refusal(std::string_view body, const std::string& source) {
  if (body.size() > feed_bytes_max)
    return Error{Kind::failed,
                 {source, 0, 0},
                 "the feed has " + std::to_string(body.size()) + " bytes, more than " + std::to_string(feed_bytes_max),
                 std::string(check_address)};
  if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
  if (auto error = refused_encoding(body, source)) return error;
  if (auto error = refused_start(body, source)) return error;
  return refused_prolog(body, source);
}

std::string as_utf8(std::string_view body, const std::string& source, Errors& errors) {
  if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
  // A NUL is UTF-8, but ends the text for a parser written in C.
  if (body.find('\0') == npos && is_utf8(body)) return std::string(body);
  std::string marked(body);
  std::replace(marked.begin(), marked.end(), '\0', '\xFF');
  std::string text = repaired_utf8(marked);
  const auto first = std::mismatch(marked.begin(), marked.end(), text.begin(), text.end()).first - marked.begin();
  const std::size_t bytes = (text.size() - marked.size()) / 2;  // U+FFFD has three bytes in place of one
  errors.push_back({Kind::failed, place_at(marked, static_cast<std::size_t>(first), source),
                    (bytes == 1 ? "a byte is not UTF-8, U+FFFD stands for it"
                                : std::to_string(bytes) + " bytes are not UTF-8, U+FFFD stands for each"),
                    ""});
  return text;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string line = single_spaced(repaired_utf8(trim(text).substr(0, 4 * longest)));
  if (line.size() > longest) line = std::string(utf8_prefix(line, longest)) + "...";
  return '"' + line + '"';
}

std::string_view root_name(std::string_view xml) { return element_name(xml, read_prolog(xml).element); }

std::string_view local_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon == npos ? name : name.substr(colon + 1);
}

}  // namespace daybook
