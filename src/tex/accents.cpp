#include "tex/accents.h"

#include <array>
#include <utility>

#include "core/text.h"
#include "tex/letters.h"

namespace daybook {
namespace {

// The commands of accents, and the combining characters they put on letters.
constexpr std::string_view names = "`'^~=u.\"rHvdckb";
constexpr std::u32string_view combining =
    U"\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030B\u030C\u0323\u0327\u0328\u0331";

// An accent, and letters each followed by itself with the accent: all two-part canonical compositions of the Latin,
// Greek and Cyrillic alphabets (UnicodeData.txt), and relations with a stroke.
struct Row {
  char32_t accent;
  std::u32string_view pairs;
};
constexpr std::array<Row, 17> table = {{
    {0x0300, U"AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"},  // grave
    {0x0301,
     U"AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌ"
     U"гѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"},                  // acute
    {0x0302, U"AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"},              // circumflex
    {0x0303, U"AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"},                      // tilde
    {0x0304, U"AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"},  // macron
    {0x0306, U"AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"},                          // breve
    {0x0307,
     U"CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"},  // dot above
    {0x0308,
     U"AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍt"
     U"ẗ"},                                                                                             // diaeresis
    {0x030A, U"AÅaåUŮuůwẘyẙ"},                                                                          // ring
    {0x030B, U"OŐoőUŰuűУӲуӳ"},                                                                          // double acute
    {0x030C, U"CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"},            // caron
    {0x0323, U"BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"},  // dot below
    {0x0327, U"CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"},                                          // cedilla
    {0x0328, U"AĄaąEĘeęIĮiįUŲuųOǪoǫ"},                                                                  // ogonek
    {0x0331, U"BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"},                                                    // macron below
    {0x0338, U"=≠<≮>≯∈∉∋∌∣∤∥∦∼≁≃≄≅≇≈≉≡≢≤≰≥≱≺⊀≻⊁⊂⊄⊃⊅⊆⊈⊇⊉⊢⊬⊨⊭"},
    {0x0326, U"SȘsșTȚtț"},  // comma below
}};

// Letter and accent as one letter; 0 where Unicode has none.
char32_t composed(char32_t letter, char32_t accent) {
  for (const Row& row : table) {
    if (row.accent != accent) continue;
    for (std::size_t i = 0; i + 1 < row.pairs.size(); i += 2) {
      if (row.pairs[i] == letter) return row.pairs[i + 1];
    }
  }
  return 0;
}

// Letters that TeX writes as commands and that can carry an accent. The dot of \i yields to it: í is composed of i.
char32_t base_letter(std::string_view name) {
  if (name == "i" || name == "j") return static_cast<char32_t>(name[0]);
  return name == "ae" ? U'æ' : name == "AE" ? U'Æ' : name == "o" ? U'ø' : name == "O" ? U'Ø' : 0;
}

constexpr int nesting_max = 3;  // \'{\^{a}}; Vietnamese needs two

Accented accented(std::string_view tex, std::size_t at, int depth);

// What stands under an accent.
struct Base {
  char32_t letter = 0;
  std::string rest;     // combining characters that could not be composed into it
  std::size_t end = 0;  // 0: there is none
};

Base base_of_command(std::string_view tex, std::size_t at, int depth) {
  const std::string_view name = letters_at(tex, at + 1);
  if (const char32_t letter = base_letter(name); letter != 0) {
    std::size_t end = at + 1 + name.size();
    if (tex.substr(end, 2) == "{}") end += 2;
    return {letter, "", end};
  }
  const Accented inner = accented(tex, at, depth + 1);
  if (inner.end == 0) return {};
  Base base;
  std::size_t behind = 0;
  base.letter = next_code_point(inner.text, behind);
  base.rest = inner.text.substr(behind);
  base.end = inner.end;
  return base;
}

Base base_at(std::string_view tex, std::size_t at, int depth) {
  const char first = byte_at(tex, at);
  if (is_letter(first)) return {static_cast<char32_t>(first), "", at + 1};
  if (first == '\\') return base_of_command(tex, at, depth);
  if (first == '{' && depth < nesting_max) {
    Base base = base_at(tex, skip_blanks(tex, at + 1), depth + 1);
    const std::size_t close = base.end == 0 ? tex.size() : skip_blanks(tex, base.end);
    if (byte_at(tex, close) != '}') return {};
    base.end = close + 1;
    return base;
  }
  if (is_ascii(first)) return {};
  std::size_t end = at;
  const char32_t letter = next_code_point(tex, end);
  // Letters of alphabets only: Latin, Greek, Cyrillic.
  const bool alphabetic = (letter >= 0xC0 && letter < 0x530) || (letter >= 0x1E00 && letter < 0x2000);
  return alphabetic && letter != 0xD7 && letter != 0xF7 ? Base{letter, "", end} : Base{};
}

// \t{oo}: a tie over two letters.
Accented tied(std::string_view tex, std::size_t at) {
  if (byte_at(tex, at) != '{' || !is_letter(byte_at(tex, at + 1)) || !is_letter(byte_at(tex, at + 2)) ||
      byte_at(tex, at + 3) != '}') {
    return {};
  }
  std::string text(1, tex[at + 1]);
  append_utf8(text, 0x361);
  return {text + tex[at + 2], at + 4};
}

// Plain text has sequences like \"x as well, where quotation marks were escaped: only letters that languages write with
// a diaeresis are taken for one outside of braces.
bool is_likely(char32_t accent, char32_t letter) {
  if (accent != 0x308 || letter >= 0x80) return true;
  return std::string_view("aeiouyAEIOUY").find(static_cast<char>(letter)) != std::string_view::npos;
}

Accented accented(std::string_view tex, std::size_t at, int depth) {
  if (depth > nesting_max || byte_at(tex, at) != '\\' || at + 1 >= tex.size()) return {};
  const bool named = is_letter(tex[at + 1]);
  const std::string_view command = named ? letters_at(tex, at + 1) : tex.substr(at + 1, 1);
  std::size_t behind = at + 1 + command.size();
  if (command == "t") return tied(tex, behind);
  const char32_t accent = combining_accent(command);
  if (accent == 0) return {};
  if (named && !is_letter(byte_at(tex, behind))) behind = skip_blanks(tex, behind);
  const bool braced = byte_at(tex, behind) == '{' || byte_at(tex, behind) == '\\';
  const Base base = base_at(tex, behind, depth);
  if (base.end == 0) return {};
  // "\b x" and "\d y" are more likely something else than letters no language has.
  if (named && !braced && (!base.rest.empty() || composed(base.letter, accent) == 0)) return {};
  if (!braced && !is_likely(accent, base.letter)) return {};
  if (base.rest.empty()) return {with_accent(base.letter, accent), base.end};
  Accented result{"", base.end};
  append_utf8(result.text, base.letter);
  append_utf8(result.text += base.rest, accent);
  return result;
}

}  // namespace

char32_t combining_accent(std::string_view command) {
  if (command == "textcommabelow") return 0x326;
  const std::size_t at = command.size() == 1 ? names.find(command[0]) : std::string_view::npos;
  return at == std::string_view::npos ? 0 : combining[at];
}

std::string with_accent(char32_t letter, char32_t accent) {
  std::string text;
  const char32_t whole = composed(letter, accent);
  append_utf8(text, whole != 0 ? whole : letter);
  if (whole == 0) append_utf8(text, accent);
  return text;
}

Accented accented_at(std::string_view tex, std::size_t at) { return accented(tex, at, 0); }

}  // namespace daybook
