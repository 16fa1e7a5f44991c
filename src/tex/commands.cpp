#include "tex/commands.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tex/letters.h"

namespace daybook {
namespace {

// Sorted by name.
constexpr std::array<std::pair<std::string_view, Command>, 159> commands = {{
    {"Cite", Command::citation},
    {"Citep", Command::citation},
    {"Citet", Command::citation},
    {"Cref", Command::reference},
    {"Gls", Command::style},
    {"Huge", Command::declaration},
    {"LARGE", Command::declaration},
    {"Large", Command::declaration},
    {"SI", Command::quantity},
    {"ac", Command::style},
    {"acf", Command::style},
    {"acl", Command::style},
    {"acp", Command::style},
    {"acrfull", Command::style},
    {"acrlong", Command::style},
    {"acro", Command::style},
    {"acrshort", Command::style},
    {"acs", Command::style},
    {"allowbreak", Command::nothing},
    {"autocite", Command::citation},
    {"autoref", Command::reference},
    {"bar", Command::formula},
    {"bf", Command::declaration},
    {"bfseries", Command::declaration},
    {"bigskip", Command::blank},
    {"bm", Command::style},
    {"boldmath", Command::declaration},
    {"boldsymbol", Command::style},
    {"centering", Command::declaration},
    {"cite", Command::citation},
    {"citealp", Command::citation},
    {"citealt", Command::citation},
    {"citeauthor", Command::citation},
    {"citep", Command::citation},
    {"citet", Command::citation},
    {"citeyear", Command::citation},
    {"citeyearpar", Command::citation},
    {"color", Command::color},
    {"colorbox", Command::colored},
    {"cref", Command::reference},
    {"ding", Command::dingbat},
    {"em", Command::declaration},
    {"emph", Command::style},
    {"enquote", Command::quotation},
    {"enspace", Command::blank},
    {"ensuremath", Command::style},
    {"eqref", Command::reference},
    {"fbox", Command::style},
    {"footcite", Command::citation},
    {"footnote", Command::footnote},
    {"footnotesize", Command::declaration},
    {"frac", Command::formula},
    {"framebox", Command::style},
    {"gls", Command::style},
    {"glspl", Command::style},
    {"hat", Command::formula},
    {"hbox", Command::style},
    {"hfill", Command::blank},
    {"hl", Command::style},
    {"href", Command::link},
    {"huge", Command::declaration},
    {"hyperlink", Command::link},
    {"hyperref", Command::link},
    {"ignorespaces", Command::nothing},
    {"it", Command::declaration},
    {"itshape", Command::declaration},
    {"label", Command::reference},
    {"large", Command::declaration},
    {"leavevmode", Command::nothing},
    {"linebreak", Command::blank},
    {"lowercase", Command::style},
    {"makebox", Command::style},
    {"mathbb", Command::alphabet},
    {"mathbf", Command::style},
    {"mathcal", Command::alphabet},
    {"mathfrak", Command::alphabet},
    {"mathit", Command::style},
    {"mathnormal", Command::style},
    {"mathrm", Command::style},
    {"mathscr", Command::alphabet},
    {"mathsf", Command::style},
    {"mathtt", Command::style},
    {"mbox", Command::style},
    {"mdseries", Command::declaration},
    {"medskip", Command::blank},
    {"newline", Command::blank},
    {"nicefrac", Command::formula},
    {"noindent", Command::nothing},
    {"nolinebreak", Command::nothing},
    {"nolinkurl", Command::address},
    {"normalfont", Command::declaration},
    {"normalsize", Command::declaration},
    {"null", Command::nothing},
    {"num", Command::style},
    {"operatorname", Command::style},
    {"overline", Command::formula},
    {"par", Command::blank},
    {"parencite", Command::citation},
    {"path", Command::address},
    {"pmb", Command::style},
    {"protect", Command::nothing},
    {"qquad", Command::blank},
    {"qty", Command::quantity},
    {"quad", Command::blank},
    {"ref", Command::reference},
    {"relax", Command::nothing},
    {"rm", Command::declaration},
    {"rmfamily", Command::declaration},
    {"sc", Command::declaration},
    {"scriptsize", Command::declaration},
    {"scshape", Command::declaration},
    {"selectfont", Command::nothing},
    {"sf", Command::declaration},
    {"sffamily", Command::declaration},
    {"sl", Command::declaration},
    {"sloppy", Command::nothing},
    {"slshape", Command::declaration},
    {"small", Command::declaration},
    {"smallskip", Command::blank},
    {"smash", Command::style},
    {"sout", Command::style},
    {"space", Command::blank},
    {"sqrt", Command::formula},
    {"text", Command::style},
    {"textbf", Command::style},
    {"textcite", Command::citation},
    {"textcolor", Command::colored},
    {"textit", Command::style},
    {"textlf", Command::style},
    {"textls", Command::style},
    {"textmd", Command::style},
    {"textnormal", Command::style},
    {"textquote", Command::quotation},
    {"textrm", Command::style},
    {"textsc", Command::style},
    {"textsf", Command::style},
    {"textsl", Command::style},
    {"textsubscript", Command::subscript},
    {"textsuperscript", Command::superscript},
    {"texttt", Command::style},
    {"textup", Command::style},
    {"tfrac", Command::formula},
    {"tilde", Command::formula},
    {"tiny", Command::declaration},
    {"tt", Command::declaration},
    {"ttfamily", Command::declaration},
    {"ul", Command::style},
    {"uline", Command::style},
    {"underbar", Command::style},
    {"underline", Command::style},
    {"unskip", Command::nothing},
    {"upshape", Command::declaration},
    {"url", Command::address},
    {"uuline", Command::style},
    {"uwave", Command::style},
    {"vec", Command::formula},
    {"widehat", Command::formula},
    {"widetilde", Command::formula},
    {"xspace", Command::nothing},
}};

// Sorted by name. https://ctan.org/pkg/siunitx, those that abstracts use.
constexpr std::array<std::pair<std::string_view, std::string_view>, 61> unit_names = {{
    {"GHz", "GHz"},
    {"Hz", "Hz"},
    {"MHz", "MHz"},
    {"ampere", "A"},
    {"angstrom", "Å"},
    {"arcsecond", "″"},
    {"bit", "bit"},
    {"byte", "B"},
    {"celsius", "°C"},
    {"centi", "c"},
    {"cm", "cm"},
    {"cubed", "³"},
    {"dB", "dB"},
    {"day", "d"},
    {"decibel", "dB"},
    {"degree", "°"},
    {"degreeCelsius", "°C"},
    {"electronvolt", "eV"},
    {"g", "g"},
    {"giga", "G"},
    {"gram", "g"},
    {"hertz", "Hz"},
    {"hour", "h"},
    {"joule", "J"},
    {"kHz", "kHz"},
    {"kelvin", "K"},
    {"kg", "kg"},
    {"kilo", "k"},
    {"kilogram", "kg"},
    {"km", "km"},
    {"liter", "L"},
    {"litre", "L"},
    {"m", "m"},
    {"mega", "M"},
    {"meter", "m"},
    {"metre", "m"},
    {"micro", "µ"},
    {"milli", "m"},
    {"minute", "min"},
    {"mm", "mm"},
    {"mol", "mol"},
    {"mole", "mol"},
    {"ms", "ms"},
    {"nano", "n"},
    {"newton", "N"},
    {"nm", "nm"},
    {"ns", "ns"},
    {"pascal", "Pa"},
    {"per", "/"},
    {"percent", "%"},
    {"pico", "p"},
    {"pixel", "px"},
    {"s", "s"},
    {"second", "s"},
    {"squared", "²"},
    {"tera", "T"},
    {"times", "×"},
    {"um", "µm"},
    {"us", "µs"},
    {"volt", "V"},
    {"watt", "W"},
}};

template <typename Table>
constexpr bool is_sorted_by_name(const Table& table) {
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (table[i - 1].first >= table[i].first) return false;
  }
  return true;
}
static_assert(is_sorted_by_name(commands) && is_sorted_by_name(unit_names));

template <typename Table>
auto find(const Table& table, std::string_view name) {
  const auto at = std::lower_bound(table.begin(), table.end(), name,
                                   [](const auto& row, std::string_view wanted) { return row.first < wanted; });
  return at != table.end() && at->first == name ? &*at : nullptr;
}

}  // namespace

Command text_command(std::string_view name) {
  const auto* row = find(commands, name);
  return row == nullptr ? Command::unknown : row->second;
}

char32_t dingbat(std::string_view number) {
  unsigned code = 0;
  if (number.empty() || number.size() > 3) return 0;
  for (const char c : number) {
    if (!is_digit(c)) return 0;
    code = code * 10 + static_cast<unsigned>(c - '0');
  }
  // Unicode took the font over in its order, but for the circled digits it had already.
  if (code >= 172 && code <= 181) return 0x2460 + (code - 172);
  if (code >= 182 && code <= 211) return 0x2776 + (code - 182);
  return code >= 49 && code <= 88 ? 0x2700 + (code - 32) : 0;
}

std::string units(std::string_view tex) {
  std::string out;
  for (std::size_t i = 0; i < tex.size();) {
    if (is_blank(tex[i])) {
      ++i;
    } else if (tex[i] == '\\') {
      const std::string_view name = letters_at(tex, i + 1);
      const auto* row = find(unit_names, name);
      if (row == nullptr) return tex.substr(i, 2) == "\\%" && i + 2 == tex.size() ? out + "%" : std::string();
      out += row->second;
      i += 1 + name.size();
    } else if (tex[i] == '{' || tex[i] == '}' || tex[i] == '$') {
      return {};
    } else {
      out += tex[i++];
    }
  }
  return out;
}

std::string address(std::string_view tex) {
  std::string out;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const bool escapes = tex[i] == '\\' && std::string_view("%&_#{}$~-").find(byte_at(tex, i + 1)) < 9;
    if (escapes) {
      out += tex[++i];
    } else if (tex.substr(i, 2) != "{}") {
      out += tex[i];
    } else {
      ++i;
    }
  }
  return out;
}

}  // namespace daybook
