// COinS, by which Zotero's connector and others find the papers of a page: an OpenURL ContextObject as the title of an
// empty span, <span class="Z3988" title="{{coins}}"></span>. https://www.niso.org/standards/z39.88-2004,
// https://web.archive.org/web/20170701222814/http://ocoins.info/
//
// The format is Dublin Core, not journal: with rft.type=preprint Zotero makes a preprint of it, else an article without
// a journal. As a DOI it takes info:doi/ alone; an address would be kept as a web page's.
#pragma once

#include <string>

#include "day/day.h"

namespace daybook {

// Key and value pairs parted by '&', which templates must escape ({{coins}}, not {{{coins}}}); no other character needs
// it. The first ten authors are named.
std::string coins(const Entry& entry);

}  // namespace daybook
