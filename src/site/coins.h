// COinS, by which Zotero's connector and others find the papers of a page: an OpenURL ContextObject as the title of an
// empty span, <span class="Z3988" title="{{coins}}"></span>. https://www.niso.org/standards/z39.88-2004,
// https://web.archive.org/web/20170701222814/http://ocoins.info/
//
// The format is Dublin Core, not journal: with rft.type=preprint Zotero makes a preprint of it, else an article without
// a journal. As a DOI it takes info:doi/ alone; an address would be kept as a web page's.
//
// No author is named, on purpose: of a span with a title and no author Zotero asks the DOI's registry for the rest, and
// so has all authors and the abstract; with an author it takes what the span says. It also keeps a page of 40 papers
// light.
#pragma once

#include <string>
#include <string_view>

#include "day/day.h"

namespace daybook {

// TeX as one line of plain text, as other programs are given it: without control characters, bidirectional ones too.
std::string plain_line(std::string_view tex);

// Key and value pairs parted by '&', which templates must escape ({{coins}}, not {{{coins}}}); no other character needs
// it.
std::string coins(const Entry& entry);

}  // namespace daybook
