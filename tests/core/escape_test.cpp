#include "core/escape.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

}  // namespace

TEST_CASE("escape: bidirectional overrides and isolates are left out, dashes and Hebrew stay", "[escape]") {
  const std::string turned = "safe\u202E gpj.exe\u202C \u2066x\u2069 – “שלום” …";
  CHECK(escaped(turned) == "safe gpj.exe x – “שלום” …");
  CHECK(xml_allowed(turned) == "safe gpj.exe x – “שלום” …");
  CHECK(escaped("cut \xE2\x80") == "cut \xE2\x80");
}

TEST_CASE("escape: what needs it is found wherever it stands", "[escape]") {
  struct {
    std::string_view text, escaped, allowed;
  } const cases[] = {{"<", "&lt;", "<"},
                     {">", "&gt;", ">"},
                     {"&", "&amp;", "&"},
                     {"\"", "&quot;", "\""},
                     {"\x01\x7F", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
                     {"\n\u00E9~", "\n\u00E9~", "\n\u00E9~"},
                     {"\u202E\uFFFF", "\uFFFD", "\uFFFD"}};
  for (std::size_t at = 0; at < 100; ++at) {
    const std::string before(at, ' '), behind(100 - at, '$');
    for (const auto& one : cases) {
      const std::string text = before + std::string(one.text) + behind;
      INFO(text);
      CHECK(escaped(text) == before + std::string(one.escaped) + behind);
      CHECK(xml_allowed(text) == before + std::string(one.allowed) + behind);
    }
  }
}

TEST_CASE("escape: control characters reach no terminal, not those of one byte in other encodings", "[escape]") {
  CHECK(printable("a\x1b[2J\x7f\u009B31mb\u0085\tc\n") == "a[2J31mb\tc\n");
  CHECK(printable("\x9B\xC2") == "\uFFFD\uFFFD");
  CHECK(printable("evil\u202Etxt.exe\u2067 é – 論文") == "eviltxt.exe é – 論文");
}
