#include "exports/picture.h"

#define ZLIB_CONST
#include <zlib.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return number;
}

std::string inflated(const std::string& bytes, std::size_t size) {
  std::string out(size, '\0');
  uLongf length = out.size();
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                     static_cast<uLong>(bytes.size())) == Z_OK);
  REQUIRE(length == size);
  return out;
}

// A PNG of two bits a pixel read back, by the letter of the standard: every chunk's CRC, the filter "None" only.
struct Png {
  explicit Png(const std::string& bytes) {
    REQUIRE(bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    std::map<std::string, std::string> chunks;
    std::string order;
    for (std::size_t at = 8; at < bytes.size();) {
      const std::uint32_t length = number_at(bytes, at);
      const std::string body = bytes.substr(at + 4, length + 4);
      CHECK(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())) ==
            number_at(bytes, at + 8 + length));
      chunks[body.substr(0, 4)] = body.substr(4);
      order += body.substr(0, 4) + ' ';
      at += length + 12;
    }
    CHECK(order == "IHDR PLTE IDAT IEND ");
    const std::string& header = chunks["IHDR"];
    width = number_at(header, 0);
    height = number_at(header, 4);
    CHECK(header.substr(8) == std::string("\x02\x03\0\0\0", 5));
    palette = chunks["PLTE"];
    const std::size_t stride = (width + 3) / 4;
    rows = inflated(chunks["IDAT"], (stride + 1) * height);
    for (std::size_t y = 0; y < height; ++y) CHECK(rows[y * (stride + 1)] == 0);
  }

  int colour(std::size_t x, std::size_t y) const {
    const auto four = static_cast<unsigned char>(rows.at(y * ((width + 3) / 4 + 1) + 1 + x / 4));
    return four >> (6 - x % 4 * 2) & 3;
  }
  // How many pixels of a part have this colour.
  std::size_t count(int wanted, std::size_t top, std::size_t bottom) const {
    std::size_t n = 0;
    for (std::size_t y = top; y < bottom; ++y)
      for (std::size_t x = 0; x < width; ++x) n += colour(x, y) == wanted ? 1U : 0U;
    return n;
  }

  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::string palette;
  std::string rows;
};

constexpr int ink = 1;
constexpr int accent = 2;
constexpr int pale = 3;

}  // namespace

TEST_CASE("picture: a day's card is a PNG of four colours with a bar for each paper", "[picture]") {
  const std::string bytes = day_card(day_with(monday, 3), parts().site);  // of relevance 9, 8, 7; novelty 5
  CHECK(bytes.size() < 4096);
  CHECK(bytes == day_card(day_with(monday, 3), parts().site));
  const Png png(bytes);
  CHECK(png.width == 600);
  CHECK(png.height == 315);
  CHECK(png.palette.size() == 12);
  CHECK(png.count(accent, 210, 290) == 18 * 6 * 6);  // 18 pixels wide, 6 above the least sum
  CHECK(png.count(pale, 210, 290) == 18 * (5 + 4) * 6);
  CHECK(png.colour(36, 289) == accent);
  CHECK(png.colour(36 + 24, 289) == pale);
  CHECK(png.colour(36 + 18, 289) == 0);
}

TEST_CASE("picture: whatever a day has, its card fits", "[picture]") {
  Day day = day_with(monday, 700);
  day.date = *Date::from_parts(2099, 9, 30);  // the longest month and a number of two digits
  SiteSettings site;
  site.title = "A Title That Is Far Too Long For A Picture Of This Width";
  CHECK(day_card(day, site).size() < 4096);
  day.papers.clear();
  const Png empty(day_card(day, site));
  CHECK(empty.count(accent, 210, 290) + empty.count(pale, 210, 290) == 0);
  CHECK(empty.count(ink, 290, 293) == 3 * 528);
}

TEST_CASE("picture: what the font lacks is left out", "[picture]") {
  SiteSettings plain;
  plain.title = "Etudes";
  SiteSettings other;
  other.title = "E\u00e9tudes\u4e16";
  CHECK(day_card(day_with(monday, 1), plain) == day_card(day_with(monday, 1), other));
}

TEST_CASE("picture: an icon fills its square", "[picture]") {
  for (const int size : {180, 192, 512}) {
    INFO(size);
    const Png png(icon_png(size));
    CHECK(png.width == static_cast<std::uint32_t>(size));
    CHECK(png.colour(0, 0) == accent);
    CHECK(png.colour(png.width - 1, png.height - 1) == accent);
    CHECK(png.colour(png.width / 2, png.height * 10 / 32) == 0);
  }
}

TEST_CASE("picture: the manifest has the site's title, and icons that the site has", "[picture]") {
  const Files files = built({day_with(monday, 1)}, parts());
  JsonDocument json;
  json.text = files.at("manifest.webmanifest");
  REQUIRE_FALSE(parse_json(json, "manifest.webmanifest"));
  CHECK(string_of(member(json.root, "name")) == "Test <Daybook>");
  const Json& icons = *member(json.root, "icons");
  REQUIRE(icons.Size() == 2);
  for (const Json& icon : icons.GetArray()) CHECK(files.count(std::string(string_of(member(icon, "src")))) == 1);
  CHECK(files.count("apple-touch-icon.png") == 1);
  CHECK(files.count("2099/01/05/card.png") == 1);
}

TEST_CASE("picture: an icon of the owner's takes the place of ours", "[picture]") {
  SiteParts own = parts();
  own.own_files.push_back({"icon-192.png", "mine"});
  CHECK(built({}, own).at("icon-192.png") == "mine");
}
