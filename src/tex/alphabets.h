// Unicode's mathematical alphabets, superscripts and subscripts.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Font::italic is what math has anyway.
enum class Font { italic, upright, bold, script, fraktur, double_struck, sans, typewriter, bold_italic };

// The letter, digit or Greek letter in that alphabet (Unicode block 1D400-1D7FF and the older letters of 2100-214F);
// itself where the alphabet has none.
char32_t in_font(char32_t letter, Font font);

// The character as a superscript or subscript; 0 where Unicode has none.
char32_t superscript(char32_t c);
char32_t subscript(char32_t c);

// A whole text as superscript or subscript; empty where a character has none.
std::string superscript(std::string_view text);
std::string subscript(std::string_view text);

// "½" for 1 and 2; empty where Unicode has no such character.
std::string vulgar_fraction(std::string_view over, std::string_view under);

}  // namespace daybook
