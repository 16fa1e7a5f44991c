// The owner's accent in the style sheet: pages can't have it, since their policy allows no style of their own.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Rules for the end of style.css that set its --acc: `accent` ("#0b57a4") on light pages, and on dark ones as much
// lighter as it takes to be read there. Empty for none.
std::string accent_rules(std::string_view accent);

}  // namespace daybook
