// Hand-written Markdown (GitHub's) as HTML. The only door to cmark-gfm.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Math between dollar signs becomes MathML, as in papers (tex/tex.h: "$5 and $10" is text, and so is "\\$").
// Tables, strikethrough and autolinks are on; raw HTML is left out. Headings are moved down by `shift` levels, so that
// they stand below the page's own. A link with user info in its address is none (tex/addresses.h).
std::string prose_html(std::string_view markdown, int shift);

// The same without math; the highest of its headings stands just below one of `level`, however the text counts them, so
// that no level is left out.
std::string prose_html_below(std::string_view markdown, int level);

// The text of the first heading, its math in plain characters where they can say it; or empty.
std::string prose_title(std::string_view markdown);

}  // namespace daybook
