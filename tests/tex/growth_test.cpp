// Whatever is repeated, and however deep: time in proportion to the length, and no end of the stack.
#include <functional>
#include <string>
#include <utility>

#include "core/text.h"
#include "feeds/feed_text.h"
#include "support/catch.h"
#include "support/growth.h"
#include "tex/addresses.h"
#include "tex/tex.h"

using namespace daybook;

namespace {

struct Named {
  const char* name;
  std::function<void(std::string_view)> function;
};

template <typename Step>
void at_each(std::string_view text, Step step) {
  for (std::size_t i = 0; i < text.size(); ++i) step(i);
}

const std::vector<Named>& readers() {
  static const std::vector<Named> all = {
      {"runs", [](std::string_view tex) { runs(tex); }},
      {"plain_text", [](std::string_view tex) { plain_text(tex); }},
      {"linear_text", [](std::string_view tex) { linear_text(tex); }},
      {"simple_html", [](std::string_view tex) { simple_html(tex); }},
      {"html", [](std::string_view tex) { html(tex); }},
      {"html_paragraph", [](std::string_view tex) { html_paragraph(tex); }},
      {"code_address", [](std::string_view tex) { code_address("github.com " + std::string(tex)); }},
      {"markdown", [](std::string_view tex) { markdown(tex); }},
      {"markdown of a link", [](std::string_view tex) { markdown(tex, MarkdownPlace::link_text); }},
      {"starts_address",
       [](std::string_view text) {
         at_each(text, [&](std::size_t i) { static_cast<void>(starts_address(text, i)); });
       }},
      {"address_length", [](std::string_view text) { static_cast<void>(address_length(text, 0)); }},
  };
  return all;
}

// Parted by '|'.
constexpr std::string_view pieces =
    "{|}|$|$ |$a|$a$|$$|$`|`$|\\(|\\)|\\[|\\[$|\\\\|\\|\\$|\\begin{|\\begin{align}|\\begin{align} a \\\\ |"
    "\\end{align}|\\begin{x}|\\begin{x}\\end{y}|$\\begin{matrix}|\\left(|$\\left(|\\right)|\\frac|\\frac{|$\\frac{|"
    "\\sqrt{a|\\text{$|$\\text{|$\\text{$|\\emph{|\\textbf{a} |\\textsuperscript{|\\href{|\\href{a}{|\\cite[|"
    "\\cite[]|\\color[|\\SI[|\\SI{1}{|\\url{|\\operatorname{|$\\operatorname{|{\\it |{https://|{https://a|\\\"|\\'{|"
    "\\v |\\b{|\\unknown{|[|]|[a](|[a](b.c)|*|**|**a|`|``|``a|`a|''|`a' |_|^|^{|$^|$^{|a^b|$x_|<|<a|<http://|"
    "<http://a |<http://a> |&|&a|&amp;|#|# |~|a~|-|--|a--|)|(|()|.|:|@|a@|a@b.|a@b.1 |a.|w|www.|www.(|www.a |http://|"
    "http://)|http://a)|https://a b |\\https://|ftp://(|github.com/|github.com/(|\n|\n\n|a\n| |a|a "
    "|7|é|\xFF|\u202F|X$_q$";

}  // namespace

TEST_CASE("growth: any piece, repeated, takes time in proportion to its length", "[tex]") {
  for (const std::string_view piece : split(pieces, '|')) {
    for (const Named& reader : readers()) {
      INFO(reader.name << " of \"" << piece << "\"");
      CHECK_FALSE(grows_faster_than_its_input(reader.function, std::string(piece)));
    }
  }
}

TEST_CASE("growth: what could end an address, a note or a quotation takes time in proportion to its number", "[tex]") {
  for (const std::string before : {"http://a", "www.", "a@b.c ", "\\cite[", "``"}) {
    for (const std::string piece : {")", "]", "}", ".", "'", "*", "`", "$", "\\", "[", "(", "www.", "a@", "#"}) {
      INFO(before << piece);
      CHECK_FALSE(
          grows_faster_than_its_input([&](std::string_view text) { markdown(before + std::string(text)); }, piece));
    }
  }
}

TEST_CASE("growth: closed groups, formulas and environments, nested, take time in proportion", "[tex]") {
  const std::pair<std::string, std::string> nested[] = {{"{", "}"},
                                                        {"{\\x", "}"},
                                                        {"{https://", "}"},
                                                        {"\\emph{a", "}"},
                                                        {"\\href{a}{b", "}"},
                                                        {"\\href{", "}{a}"},
                                                        {"$\\text{a", "}$"},
                                                        {"\\sqrt{a", "}"},
                                                        {"\\textsuperscript{a", "}"},
                                                        {"\\SI{1}{a", "}"},
                                                        {"\\begin{align}", "\\end{align}"},
                                                        {"\\begin{x}", "\\end{x}"},
                                                        {"\\(\\text{", "}\\)"},
                                                        {"[", "]"}};
  for (const auto& [open, close] : nested) {
    const auto nest = [open = open, close = close](std::string_view length) {
      std::string tex;
      const std::size_t depth = length.size() / (open.size() + close.size());
      for (std::size_t i = 0; i < depth; ++i) tex += open;
      for (std::size_t i = 0; i < depth; ++i) tex += close;
      return tex;
    };
    for (const Named& reader : readers()) {
      INFO(reader.name << " of " << open << ".." << close);
      CHECK_FALSE(grows_faster_than_its_input([&](std::string_view length) { reader.function(nest(length)); }, "x"));
    }
  }
}

TEST_CASE("growth: a million openings nest no deeper than the stack", "[tex]") {
  for (const std::string piece : {"{", "$\\text{", "\\begin{align}", "\\sqrt{"}) {
    std::string tex;
    while (tex.size() < 1000000) tex += piece;
    CHECK(html(tex).size() >= tex.size() / 8);
    CHECK(markdown(tex).size() >= tex.size() / 8);
  }
}
