// Where a feed's entries stand in its text, found without a parser: for texts that no parser takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

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

FeedLayout layout_of(std::string_view xml);

}  // namespace daybook
