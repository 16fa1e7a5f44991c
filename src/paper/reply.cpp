#include "paper/reply.h"

#include <tinyxml2.h>

#include <algorithm>
#include <utility>

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
constexpr std::string_view fetch_again = "fetch it again";
constexpr std::string_view check_address = "check that the address belongs to an arXiv feed";

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
                 "this is an HTML page, not a feed" + (title.empty() ? "" : ": " + excerpt(title)),
                 std::string(again) + ", or " + std::string(check_address)};
  }
  if (prolog.declares)
    return Error{Kind::failed, place_at(body, prolog.document_type_at, source),
                 "the document type has declarations; no feed needs them, and they can be an attack",
                 std::string(check_address)};
  if (prolog.element == npos)
    return Error{Kind::later, place_at(body, body.size(), source), "the feed is cut off before its first element",
                 std::string(again)};
  const auto name = element_name(body, prolog.element);
  const auto local = local_name(name);
  // A name at the very end may be the first half of one.
  const bool unfinished = prolog.element + 1 + name.size() == body.size();
  if (local == "rss" || local == "feed" || unfinished) return std::nullopt;
  return Error{Kind::failed, place_at(body, prolog.element, source),
               "this is XML but not a feed: its first element is " + excerpt(name), std::string(check_address)};
}

std::string_view root_name(std::string_view xml) { return element_name(xml, read_prolog(xml).element); }

// Where a feed's entries stand in its text, found without a parser: for texts that no parser takes.
struct EntrySpan {
  std::size_t begin = 0;  // of the '<' of <item> or <entry>
  std::size_t end = 0;    // behind its end tag, or where the next entry begins, or the end of the text
  bool closed = false;    // its end tag is there
};

struct FeedLayout {
  std::vector<EntrySpan> entries;
  std::string end_tags;      // what closes the feed behind its last entry
  bool root_closed = false;  // the feed's own end tag is there
};

bool at(std::string_view xml, std::size_t place, std::string_view text) {
  return xml.compare(place, text.size(), text) == 0;
}

// Behind a comment or a CDATA section at `place`, npos where it never ends; `place` where there is neither.
std::size_t behind_unread(std::string_view xml, std::size_t place) {
  const auto behind = [&](std::string_view open, std::string_view close) {
    const auto end = xml.find(close, place + open.size());
    return end == npos ? npos : end + close.size();
  };
  if (at(xml, place, "<!--")) return behind("<!--", "-->");
  if (at(xml, place, "<![CDATA[")) return behind("<![CDATA[", "]]>");
  return place;
}

// Whether `<name` or `</name` stands at `place`, with the name at its end there.
bool is_tag(std::string_view xml, std::size_t place, std::string_view open) {
  if (!at(xml, place, open)) return false;
  const std::size_t end = place + open.size();
  return end < xml.size() && std::string_view(" \t\r\n/>").find(xml[end]) != npos;
}

// The '>' of the tag at `place`, npos where it is not there. Attributes' values can hold a '>', but no '<': a tag
// without end stops at the next, so that many of them cost no more than one.
std::size_t tag_end(std::string_view xml, std::size_t place) {
  char quote = 0;
  for (std::size_t i = place + 1; i < xml.size() && xml[i] != '<'; ++i) {
    const char c = xml[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i;
    }
  }
  return npos;
}

// Reads the tags of a feed in order.
class LayoutReader {
 public:
  LayoutReader(std::string_view xml, std::string_view root)
      : xml_(xml),
        entry_(local_name(root) == "rss" ? std::string("item") : prefix(root) + "entry"),
        open_entry_('<' + entry_),
        close_entry_("</" + entry_),
        open_root_('<' + std::string(root)),
        close_root_("</" + std::string(root)) {
    layout_.end_tags = (local_name(root) == "rss" ? "</channel>" : "") + close_root_ + '>';
  }

  FeedLayout read() {
    for (auto place = xml_.find('<'); place != npos; place = xml_.find('<', place)) {
      const auto behind = behind_unread(xml_, place);
      if (behind == npos) break;
      place = behind > place ? behind : place + tag(place);
    }
    if (open_) layout_.entries.back().end = xml_.size();
    return std::move(layout_);
  }

 private:
  static std::string prefix(std::string_view root) {
    return std::string(root.substr(0, root.size() - local_name(root).size()));
  }

  // Notes the tag at `place`; how many bytes to go on.
  std::size_t tag(std::size_t place) {
    if (is_tag(xml_, place, open_entry_)) return begin_entry(place);
    if (is_tag(xml_, place, open_root_)) {
      const auto end = tag_end(xml_, place);
      layout_.root_closed = end != npos && xml_[end - 1] == '/';
      return 1;
    }
    const bool ends_entry = is_tag(xml_, place, close_entry_);
    if (!ends_entry && !is_tag(xml_, place, close_root_)) return 1;
    const auto end = tag_end(xml_, place);
    if (end == npos) return 1;
    if (!ends_entry) layout_.root_closed = true;
    if (open_) {
      layout_.entries.back().end = ends_entry ? end + 1 : place;
      layout_.entries.back().closed = ends_entry;
      open_ = false;
    }
    return end + 1 - place;
  }

  std::size_t begin_entry(std::size_t place) {
    if (open_) layout_.entries.back().end = place;
    const auto end = tag_end(xml_, place);
    const bool empty = end != npos && xml_[end - 1] == '/';
    layout_.entries.push_back({place, empty ? end + 1 : place, empty});
    open_ = !empty;
    return 1;
  }

  std::string_view xml_;
  std::string entry_, open_entry_, close_entry_, open_root_, close_root_;
  FeedLayout layout_;
  bool open_ = false;
};

bool parse(std::string_view text, tinyxml2::XMLDocument& document) {
  return document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS && document.RootElement() != nullptr;
}

std::string xml_fault(tinyxml2::XMLError fault) {
  return fault == tinyxml2::XML_ERROR_PARSING_ELEMENT      ? ": an element's tag is broken"
         : fault == tinyxml2::XML_ERROR_PARSING_ATTRIBUTE  ? ": an attribute is broken"
         : fault == tinyxml2::XML_ERROR_PARSING_TEXT       ? ": a text does not end"
         : fault == tinyxml2::XML_ERROR_PARSING_CDATA      ? ": a CDATA section does not end"
         : fault == tinyxml2::XML_ERROR_PARSING_COMMENT    ? ": a comment does not end"
         : fault == tinyxml2::XML_ERROR_MISMATCHED_ELEMENT ? ": an end tag does not match its element"
                                                           : "";
}

// Line breaks only, so that what follows keeps its line.
std::string blanked(std::string_view text) {
  return std::string(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), '\n');
}

// The text with nothing but whole entries in it, and how many these are.
struct Mended {
  std::string text;
  std::size_t whole = 0;
};

Mended with_whole_entries(std::string_view text, const std::string& source, const FeedLayout& layout, Errors& errors) {
  Mended mended;
  if (layout.entries.empty()) return mended;
  const Places places(text, source);
  std::size_t done = layout.entries.front().begin;
  mended.text = std::string(text.substr(0, done));
  for (std::size_t i = 0; i < layout.entries.size(); ++i) {
    const EntrySpan& entry = layout.entries[i];
    const std::string_view span = text.substr(entry.begin, entry.end - entry.begin);
    mended.text += blanked(text.substr(done, entry.begin - done));
    tinyxml2::XMLDocument alone;
    const bool last = i + 1 == layout.entries.size();
    if (entry.closed && parse(span, alone)) {
      mended.text += span;
      ++mended.whole;
    } else {
      mended.text += blanked(span);
      // Where the feed is cut off in its last entry, that is told as such.
      if (entry.closed || !last || layout.root_closed)
        errors.push_back({Kind::failed, places.at(entry.begin),
                          "the " + ordinal(i + 1) + " entry is not well-formed XML and is skipped", ""});
    }
    done = entry.end;
  }
  mended.text += layout.end_tags;
  return mended;
}

Error told_cut_off(std::string_view text, const std::string& source, const FeedLayout& layout, std::size_t whole) {
  const std::size_t count = layout.entries.size();
  const bool inside = !layout.entries.back().closed;
  std::string what = std::string("the feed is cut off ") + (inside ? "inside" : "after") + " the " + ordinal(count) +
                     " entry; the " + (whole == 1 ? "whole one" : std::to_string(whole) + " whole ones") +
                     (inside ? " before it " : " ") + (whole == 1 ? "is used" : "are used");
  const std::size_t end = static_cast<std::size_t>(trim(text).data() - text.data()) + trim(text).size();
  return {Kind::later, place_at(text, end, source), std::move(what), std::string(fetch_again) + " for the rest"};
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
  const std::size_t bytes = (text.size() - marked.size()) / 2;  // U+FFFD has three bytes in place of one
  errors.push_back({Kind::failed, place_at(marked, utf8_length(marked), source),
                    (bytes == 1 ? "a byte is not UTF-8 and is replaced by U+FFFD"
                                : std::to_string(bytes) + " bytes are not UTF-8 and are replaced by U+FFFD"),
                    ""});
  return text;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string line = single_spaced(repaired_utf8(trim(text).substr(0, 4 * longest)));
  if (line.size() > longest) line = std::string(utf8_prefix(line, longest)) + "...";
  return '"' + line + '"';
}

std::string_view local_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon == npos ? name : name.substr(colon + 1);
}

std::optional<Error> parse_feed_xml(std::string_view text, const std::string& source, tinyxml2::XMLDocument& document,
                                    std::optional<Error>& cut_off, Errors& errors) {
  const bool parsed = parse(text, document);
  if (!parsed && document.ErrorID() == tinyxml2::XML_ELEMENT_DEPTH_EXCEEDED)
    return Error{Kind::failed,
                 {source, document.ErrorLineNum(), 0},
                 "the elements are nested too deeply for a feed",
                 std::string(check_address)};
  const FeedLayout layout = LayoutReader(text, root_name(text)).read();
  // tinyxml2 is content with an end tag that lacks its last letters.
  if (parsed && layout.root_closed) return std::nullopt;
  const Error broken{Kind::failed,
                     {source, document.ErrorLineNum(), 0},
                     "this is not well-formed XML" + xml_fault(document.ErrorID()),
                     std::string(fetch_again)};
  const std::size_t told_before = errors.size();
  const Mended mended = with_whole_entries(text, source, layout, errors);
  if (mended.whole == 0 && !layout.root_closed)
    return Error{Kind::later, place_at(text, text.size(), source),
                 "the feed is cut off before the end of its first entry", std::string(fetch_again)};
  if (mended.whole == 0 || !parse(mended.text, document)) return broken;
  if (!layout.root_closed) cut_off = told_cut_off(text, source, layout, mended.whole);
  // An entry whose own tag is broken leaves no other trace.
  if (layout.root_closed && errors.size() == told_before) {
    errors.push_back(broken);
    errors.back().what += "; its complete entries are used";
  }
  return std::nullopt;
}

std::string ordinal(std::size_t number) {
  const std::size_t last = number % 10;
  const bool teen = number % 100 / 10 == 1;
  const char* const ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  return std::to_string(number) + ending;
}

Places::Places(std::string_view text, std::string source) : source_(std::move(source)) {
  for (auto at = text.find('\n'); at != npos; at = text.find('\n', at + 1)) breaks_.push_back(at);
}

Place Places::at(std::size_t offset) const {
  const auto next = std::lower_bound(breaks_.begin(), breaks_.end(), offset);
  const std::size_t start = next == breaks_.begin() ? 0 : *(next - 1) + 1;
  return {source_, static_cast<int>(next - breaks_.begin()) + 1, static_cast<int>(offset - start) + 1};
}

}  // namespace daybook
