#include "tex/math_tables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace daybook {
namespace {

using Names = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
constexpr bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <std::size_t N>
std::string_view value(const std::array<Names, N>& table, std::string_view name) {
  for (const auto& [key, text] : table) {
    if (key == name) return text;
  }
  return {};
}

struct AccentRow {
  std::string_view name;
  MathAccent accent;
};
constexpr std::array<AccentRow, 29> accents = {{
    {"hat", {"^", false, false}},
    {"widehat", {"^", false, true}},
    {"tilde", {"~", false, false}},
    {"widetilde", {"~", false, true}},
    {"bar", {"¯", false, false}},
    {"overline", {"¯", false, true}},
    {"vec", {"→", false, false}},
    {"dot", {"˙", false, false}},
    {"ddot", {"¨", false, false}},
    {"dddot", {"⃛", false, false}},
    {"check", {"ˇ", false, false}},
    {"widecheck", {"ˇ", false, true}},
    {"breve", {"˘", false, false}},
    {"acute", {"´", false, false}},
    {"grave", {"`", false, false}},
    {"mathring", {"˚", false, false}},
    {"Hat", {"^", false, false}},
    {"Tilde", {"~", false, false}},
    {"Bar", {"¯", false, false}},
    {"Vec", {"→", false, false}},
    {"overrightarrow", {"→", false, true}},
    {"overleftarrow", {"←", false, true}},
    {"overleftrightarrow", {"↔", false, true}},
    {"overbrace", {"⏞", false, true}},
    {"underline", {"_", true, true}},
    {"underbar", {"_", true, true}},
    {"underbrace", {"⏟", true, true}},
    {"underrightarrow", {"→", true, true}},
    {"uline", {"_", true, true}},
}};

constexpr std::array<Names, 13> spaces = {{{",", "0.1667em"},
                                           {"thinspace", "0.1667em"},
                                           {":", "0.2222em"},
                                           {">", "0.2222em"},
                                           {"medspace", "0.2222em"},
                                           {";", "0.2778em"},
                                           {"thickspace", "0.2778em"},
                                           {" ", "0.3333em"},
                                           {"\n", "0.3333em"},
                                           {"space", "0.3333em"},
                                           {"enspace", "0.5em"},
                                           {"quad", "1em"},
                                           {"qquad", "2em"}}};

constexpr std::array<Names, 16> sizes = {{{"big", "1.2em"},
                                          {"bigl", "1.2em"},
                                          {"bigr", "1.2em"},
                                          {"bigm", "1.2em"},
                                          {"Big", "1.8em"},
                                          {"Bigl", "1.8em"},
                                          {"Bigr", "1.8em"},
                                          {"Bigm", "1.8em"},
                                          {"bigg", "2.4em"},
                                          {"biggl", "2.4em"},
                                          {"biggr", "2.4em"},
                                          {"biggm", "2.4em"},
                                          {"Bigg", "3em"},
                                          {"Biggl", "3em"},
                                          {"Biggr", "3em"},
                                          {"Biggm", "3em"}}};

constexpr std::array<std::string_view, 31> layout = {
    "displaystyle",  "textstyle",    "scriptstyle", "scriptscriptstyle",
    "limits",        "nolimits",     "nonumber",    "notag",
    "allowbreak",    "nobreak",      "protect",     "relax",
    "small",         "large",        "Large",       "normalsize",
    "footnotesize",  "scriptsize",   "mathstrut",   "strut",
    "xspace",        "negthinspace", "!",           "/",
    "displaylimits", "noindent",     "centering",   "boldmath",
    "tiny",          "hfill",        "hline"};

constexpr std::array<std::string_view, 12> wrappers = {"mathop",   "mathrel",    "mathbin",   "mathord",
                                                       "mathopen", "mathclose",  "mathinner", "mathpunct",
                                                       "smash",    "ensuremath", "mathstrut", "boxed"};

constexpr std::array<std::string_view, 20> words = {
    "text", "textrm", "textnormal", "textit", "textbf", "textsc", "texttt",    "textsf",    "textup",         "textmd",
    "mbox", "hbox",   "emph",       "textsl", "textlf", "url",    "textquote", "intertext", "shortintertext", "fbox"};

struct TableRow {
  std::string_view name;
  MathTable table;
};
constexpr std::array<TableRow, 41> tables = {{
    {"matrix", {true, "", "", "", false, false, "matrix"}},
    {"matrix*", {true, "", "", "", false, false, "matrix*"}},
    {"pmatrix", {true, "(", ")", "", false, false, "pmatrix"}},
    {"pmatrix*", {true, "(", ")", "", false, false, "pmatrix*"}},
    {"bmatrix", {true, "[", "]", "", false, false, "bmatrix"}},
    {"bmatrix*", {true, "[", "]", "", false, false, "bmatrix*"}},
    {"Bmatrix", {true, "{", "}", "", false, false, "Bmatrix"}},
    {"Bmatrix*", {true, "{", "}", "", false, false, "Bmatrix*"}},
    {"vmatrix", {true, "|", "|", "", false, false, "vmatrix"}},
    {"vmatrix*", {true, "|", "|", "", false, false, "vmatrix*"}},
    {"Vmatrix", {true, "‖", "‖", "", false, false, "Vmatrix"}},
    {"Vmatrix*", {true, "‖", "‖", "", false, false, "Vmatrix*"}},
    {"smallmatrix", {true, "", "", "", false, false, "smallmatrix"}},
    {"cases", {true, "{", "", "left", false, false, "cases"}},
    {"dcases", {true, "{", "", "left", true, false, "dcases"}},
    {"rcases", {true, "", "}", "left", false, false, "rcases"}},
    {"array", {true, "", "", "", false, true, "array"}},
    {"subarray", {true, "", "", "", false, true, "subarray"}},
    {"aligned", {true, "", "", "right left", true, false, "aligned"}},
    {"alignedat", {true, "", "", "right left", true, true, "alignedat"}},
    {"split", {true, "", "", "right left", true, false, "aligned"}},
    {"gathered", {true, "", "", "", true, false, "gathered"}},
    {"multlined", {true, "", "", "", true, false, "gathered"}},
    {"align", {true, "", "", "right left", true, false, "aligned"}},
    {"align*", {true, "", "", "right left", true, false, "aligned"}},
    {"flalign", {true, "", "", "right left", true, false, "aligned"}},
    {"flalign*", {true, "", "", "right left", true, false, "aligned"}},
    {"alignat", {true, "", "", "right left", true, true, "alignedat"}},
    {"alignat*", {true, "", "", "right left", true, true, "alignedat"}},
    {"xalignat", {true, "", "", "right left", true, true, "alignedat"}},
    {"xalignat*", {true, "", "", "right left", true, true, "alignedat"}},
    {"eqnarray", {true, "", "", "right center left", true, false, "aligned"}},
    {"eqnarray*", {true, "", "", "right center left", true, false, "aligned"}},
    {"gather", {true, "", "", "", true, false, "gathered"}},
    {"gather*", {true, "", "", "", true, false, "gathered"}},
    {"multline", {true, "", "", "", true, false, "gathered"}},
    {"multline*", {true, "", "", "", true, false, "gathered"}},
    {"equation", {true, "", "", "", true, false, "gathered"}},
    {"equation*", {true, "", "", "", true, false, "gathered"}},
    {"displaymath", {true, "", "", "", true, false, "gathered"}},
    {"math", {true, "", "", "", false, false, "gathered"}},
}};

}  // namespace

MathAccent math_accent(std::string_view name) {
  for (const AccentRow& row : accents) {
    if (row.name == name) return row.accent;
  }
  return {};
}

std::string_view space_width(std::string_view name) { return value(spaces, name); }
std::string_view delimiter_size(std::string_view name) { return value(sizes, name); }
bool is_layout(std::string_view name) { return contains(layout, name); }
bool is_wrapper(std::string_view name) { return contains(wrappers, name); }
bool is_words(std::string_view name) { return contains(words, name); }

MathTable math_table(std::string_view environment) {
  for (const TableRow& row : tables) {
    if (row.name == environment) return row.table;
  }
  return {};
}

}  // namespace daybook
