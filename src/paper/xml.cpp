#include "paper/xml.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text.h"
#include "paper/reply.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view again = "fetch it again";

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

// Places of offsets that only grow; place_at() would count all lines again for each.
class Places {
 public:
  Places(std::string_view text, const std::string& source) : text_(text), source_(source) {}

  Place at(std::size_t offset) {
    for (; counted_ < offset; ++counted_) {
      if (text_[counted_] != '\n') continue;
      ++line_;
      line_start_ = counted_ + 1;
    }
    return {source_, line_, static_cast<int>(offset - line_start_) + 1};
  }

 private:
  std::string_view text_;
  const std::string& source_;
  std::size_t counted_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
};

// The text with nothing but whole entries in it, and how many these are.
struct Mended {
  std::string text;
  std::size_t whole = 0;
};

Mended with_whole_entries(std::string_view text, const std::string& source, const FeedLayout& layout, Errors& errors) {
  Mended mended;
  if (layout.entries.empty()) return mended;
  Places places(text, source);
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
      // Where the feed breaks off in its last entry, that is told as such.
      if (entry.closed || !last || layout.root_closed)
        errors.push_back({Kind::failed, places.at(entry.begin),
                          "the " + ordinal(i + 1) + " entry is not well-formed XML and is left out", ""});
    }
    done = entry.end;
  }
  mended.text += layout.end_tags;
  return mended;
}

Error told_cut_off(std::string_view text, const std::string& source, const FeedLayout& layout, std::size_t whole) {
  const std::size_t count = layout.entries.size();
  const bool inside = !layout.entries.back().closed;
  std::string what = std::string("the feed breaks off ") + (inside ? "inside" : "behind") + " the " + ordinal(count) +
                     " entry; the " + (whole == 1 ? "whole one" : std::to_string(whole) + " whole ones") +
                     (inside ? " before it " : " ") + (whole == 1 ? "is used" : "are used");
  const std::size_t end = static_cast<std::size_t>(trim(text).data() - text.data()) + trim(text).size();
  return {Kind::later, place_at(text, end, source), std::move(what), std::string(again) + " for the rest"};
}

}  // namespace

std::optional<Error> parse_feed_xml(std::string_view text, const std::string& source, tinyxml2::XMLDocument& document,
                                    std::optional<Error>& cut_off, Errors& errors) {
  const bool parsed = parse(text, document);
  if (!parsed && document.ErrorID() == tinyxml2::XML_ELEMENT_DEPTH_EXCEEDED)
    return Error{Kind::failed,
                 {source, document.ErrorLineNum(), 0},
                 "the elements are nested too deep for a feed",
                 "check that the address is that of an arXiv feed"};
  const FeedLayout layout = LayoutReader(text, root_name(text)).read();
  // tinyxml2 is content with an end tag that lacks its last letters.
  if (parsed && layout.root_closed) return std::nullopt;
  const Error broken{Kind::failed,
                     {source, document.ErrorLineNum(), 0},
                     "this is not well-formed XML" + xml_fault(document.ErrorID()),
                     std::string(again)};
  const std::size_t told_before = errors.size();
  const Mended mended = with_whole_entries(text, source, layout, errors);
  if (mended.whole == 0 && !layout.root_closed)
    return Error{Kind::later, place_at(text, text.size(), source),
                 "the feed breaks off before the end of its first entry", std::string(again)};
  if (mended.whole == 0 || !parse(mended.text, document)) return broken;
  if (!layout.root_closed) cut_off = told_cut_off(text, source, layout, mended.whole);
  // An entry whose own tag is broken leaves no other trace.
  if (layout.root_closed && errors.size() == told_before) {
    errors.push_back(broken);
    errors.back().what += "; its whole entries are used";
  }
  return std::nullopt;
}

std::string ordinal(std::size_t number) {
  const std::size_t last = number % 10;
  const bool teen = number % 100 / 10 == 1;
  const char* const ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  return std::to_string(number) + ending;
}

}  // namespace daybook
