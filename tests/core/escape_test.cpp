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

TEST_CASE("escape: control characters reach no terminal, not those of one byte in other encodings", "[escape]") {
  CHECK(printable("a\x1b[2J\x7f\u009B31mb\u0085\tc\n") == "a[2J31mb\tc\n");
  CHECK(printable("\x9B\xC2") == "\uFFFD\uFFFD");
  CHECK(printable("evil\u202Etxt.exe\u2067 é – 論文") == "eviltxt.exe é – 論文");
}
