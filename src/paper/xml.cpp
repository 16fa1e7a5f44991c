#include "paper/xml.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/entries.h"

namespace daybook {

namespace {

constexpr std::string_view again = "fetch it again";

bool parse(std::string_view text, tinyxml2::XMLDocument& document) {
  return document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS && document.RootElement() != nullptr;
}

std::string xml_fault(tinyxml2::XMLError fault) {
  switch (fault) {
    case tinyxml2::XML_ERROR_PARSING_ELEMENT:
      return ": an element's tag is broken";
    case tinyxml2::XML_ERROR_PARSING_ATTRIBUTE:
      return ": an attribute is broken";
    case tinyxml2::XML_ERROR_PARSING_TEXT:
      return ": a text does not end";
    case tinyxml2::XML_ERROR_PARSING_CDATA:
      return ": a CDATA section does not end";
    case tinyxml2::XML_ERROR_PARSING_COMMENT:
      return ": a comment does not end";
    case tinyxml2::XML_ERROR_MISMATCHED_ELEMENT:
      return ": an end tag does not match its element";
    default:
      return "";
  }
}

Error too_deep(const std::string& source, int line) {
  return {Kind::failed,
          {source, line, 0},
          "the elements are nested too deep for a feed",
          "check that the address is that of an arXiv feed"};
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
    return too_deep(source, document.ErrorLineNum());
  const FeedLayout layout = layout_of(text);
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
