// The marks that authors put behind their names: Ada$^{1,2}$, Bo$^\dagger$, Cy\textsuperscript{1}, Di¹*, Ed [1].
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// Behind what opens at `at` and holds together whatever commas are in it: math ($..$, \(..\)), the argument of a
// command, a script in braces, an escaped character. 0 where the byte there stands for itself.
std::size_t joined_end(std::string_view text, std::size_t at);

// Behind the mark at `at`; 0 where there is none.
std::size_t mark_end(std::string_view text, std::size_t at);

// Takes the marks off both ends of a name; inside of it they are part of it ("The R$^3$B Collaboration"). Returns the
// numbers among them, "1,2", which a key can explain.
std::string take_marks(std::string& name);

}  // namespace daybook
