#include "tex/alphabets.h"

#include <array>
#include <string_view>
#include <utility>

#include "core/text.h"

namespace daybook {
namespace {

// Where an alphabet's A, a, 0, Alpha and alpha stand; 0 where it has none.
struct Alphabet {
  char32_t upper, lower, digit, greek_upper, greek_lower;
};

// In the order of Font. TeX's bold italic has capital Greek letters and digits that stand upright.
constexpr std::array<Alphabet, 9> alphabets = {{{},
                                                {},
                                                {0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2},
                                                {0x1D49C, 0x1D4B6, 0, 0, 0},
                                                {0x1D504, 0x1D51E, 0, 0, 0},
                                                {0x1D538, 0x1D552, 0x1D7D8, 0, 0},
                                                {0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0},
                                                {0x1D670, 0x1D68A, 0x1D7F6, 0, 0},
                                                {0x1D468, 0x1D482, 0x1D7CE, 0x1D6A8, 0x1D736}}};

// Letters that Unicode had before the block; their places in it are unassigned.
constexpr std::array<std::pair<char32_t, char32_t>, 23> older = {
    {{0x1D49D, U'ℬ'}, {0x1D4A0, U'ℰ'}, {0x1D4A1, U'ℱ'}, {0x1D4A3, U'ℋ'}, {0x1D4A4, U'ℐ'}, {0x1D4A7, U'ℒ'},
     {0x1D4A8, U'ℳ'}, {0x1D4AD, U'ℛ'}, {0x1D4BA, U'ℯ'}, {0x1D4BC, U'ℊ'}, {0x1D4C4, U'ℴ'}, {0x1D506, U'ℭ'},
     {0x1D50B, U'ℌ'}, {0x1D50C, U'ℑ'}, {0x1D515, U'ℜ'}, {0x1D51D, U'ℨ'}, {0x1D53A, U'ℂ'}, {0x1D53F, U'ℍ'},
     {0x1D545, U'ℕ'}, {0x1D547, U'ℙ'}, {0x1D548, U'ℚ'}, {0x1D549, U'ℝ'}, {0x1D551, U'ℤ'}}};

constexpr std::u32string_view plain_superscripts =
    U"0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*′∘⊤†‡";
constexpr std::u32string_view superscripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′°ᵀ†‡";
constexpr std::u32string_view plain_subscripts = U"0123456789+-−=()aehijklmnoprstuvxβγρφχ";
constexpr std::u32string_view subscripts = U"₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ";
static_assert(plain_superscripts.size() == superscripts.size() && plain_subscripts.size() == subscripts.size());

char32_t across(std::u32string_view from, std::u32string_view to, char32_t c) {
  const auto at = from.find(c);
  return at == std::u32string_view::npos ? 0 : to[at];
}

template <typename Script>
std::string each(std::string_view text, Script script) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t raised = script(next_code_point(text, i));
    if (raised == 0) return {};
    append_utf8(out, raised);
  }
  return out;
}

}  // namespace

char32_t in_font(char32_t letter, Font font) {
  const Alphabet& to = alphabets.at(static_cast<std::size_t>(font));
  char32_t result = letter;
  if (letter >= U'A' && letter <= U'Z' && to.upper != 0) result = to.upper + (letter - U'A');
  if (letter >= U'a' && letter <= U'z' && to.lower != 0) result = to.lower + (letter - U'a');
  if (letter >= U'0' && letter <= U'9' && to.digit != 0) result = to.digit + (letter - U'0');
  if (letter >= U'Α' && letter <= U'Ω' && to.greek_upper != 0) result = to.greek_upper + (letter - U'Α');
  if (letter >= U'α' && letter <= U'ω' && to.greek_lower != 0) result = to.greek_lower + (letter - U'α');
  if (letter == U'∇' && to.greek_upper != 0) result = to.greek_upper + 25;
  const auto variant = std::u32string_view(U"∂ϵϑϰϕϱϖ").find(letter);  // in the block they are behind omega
  if (variant != std::u32string_view::npos && to.greek_lower != 0) {
    result = to.greek_lower + 25 + static_cast<char32_t>(variant);
  }
  for (const auto& [place, character] : older) {
    if (place == result) return character;
  }
  return result;
}

char32_t superscript(char32_t c) { return across(plain_superscripts, superscripts, c); }
char32_t subscript(char32_t c) { return across(plain_subscripts, subscripts, c); }

std::string superscript(std::string_view text) {
  return each(text, [](char32_t c) { return superscript(c); });
}
std::string subscript(std::string_view text) {
  return each(text, [](char32_t c) { return subscript(c); });
}

std::string vulgar_fraction(std::string_view over, std::string_view under) {
  constexpr std::string_view written = "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/7 1/8 3/8 5/8 7/8 1/9 1/10 ";
  constexpr std::u32string_view characters = U"½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒";
  std::string character;
  const auto at = written.find(std::string(over) + "/" + std::string(under) + " ");
  if (over.size() == 1 && at != std::string_view::npos) append_utf8(character, characters[at / 4]);
  return character;
}

}  // namespace daybook
