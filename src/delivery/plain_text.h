// Text for terminals and mail programs with letters of one width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// How many columns a terminal gives it: two for East Asian letters (https://www.unicode.org/reports/tr11/) and emoji,
// none for accents that go onto the letter before. Of rare scripts this may be one too many or too few.
std::size_t columns_of(std::string_view text);

// Each line that is longer is broken at blanks, and between East Asian letters, which have none. What follows is
// indented as the line is, or where a number begins it ("12. Title") by four blanks. What cannot be broken, as an
// address, stays whole. Blanks at ends of lines are left out.
std::string wrapped(std::string_view text, std::size_t columns);

}  // namespace daybook
