#include "paper/entries.h"

#include <algorithm>
#include <utility>

#include "paper/reply.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

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
class Reader {
 public:
  Reader(std::string_view xml, std::string_view root)
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

}  // namespace

FeedLayout layout_of(std::string_view xml) { return Reader(xml, root_name(xml)).read(); }

}  // namespace daybook
