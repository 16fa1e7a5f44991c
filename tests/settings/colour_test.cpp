#include "settings/colour.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("colour: three digits mean six, and all else is none", "[settings]") {
  CHECK(parse_colour("#0B57a4") == Rgb{{0x0b, 0x57, 0xa4}});
  CHECK(parse_colour("#05a") == Rgb{{0, 0x55, 0xaa}});
  for (const char* text : {"", "#", "0b57a4", "#0b57a", "#0b57a4ff", "#0b57ag", "blue", "#+5a"})
    CHECK_FALSE(parse_colour(text));
  CHECK(colour_text({{0, 0x55, 0xaa}}) == "#0055aa");
}

TEST_CASE("colour: the contrast is that of WCAG", "[settings]") {
  CHECK(contrast(black, white) == Approx(21));
  CHECK(contrast(white, white) == Approx(1));
  CHECK(contrast({{0x76, 0x76, 0x76}}, white) == Approx(4.54).margin(0.005));  // the palest grey that is enough
  CHECK(contrast(white, {{0x77, 0x77, 0x77}}) == Approx(4.48).margin(0.005));
}

TEST_CASE("colour: one is blended with another until it can be read, and no further", "[settings]") {
  const Rgb dark_page{{0x11, 0x13, 0x16}};
  for (const char* text : {"#0b57a4", "#000", "#800000", "#767676"}) {
    INFO(text);
    const Rgb colour = *parse_colour(text);
    const Rgb lighter = blended_until(colour, white, dark_page, 7);
    CHECK(contrast(lighter, dark_page) >= 7);
    CHECK(contrast(lighter, dark_page) < 7.5);
    CHECK(blended_until(colour, black, white, 4.5) == colour);
  }
  CHECK(blended_until(white, white, white, 4.5) == white);  // nothing does
}
