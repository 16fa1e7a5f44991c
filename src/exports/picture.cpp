#include "exports/picture.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/json_writer.h"
#include "exports/deflate.h"
#include "site/summary.h"

namespace daybook {

namespace {

constexpr std::string_view accent_colour = "#0b57a4";

// A glyph is nine rows of five dots, each row a digit of base 32: capitals stand in the first seven, descenders reach
// into the last two.
struct Glyph {
  char letter;
  std::string_view rows;
};

constexpr std::array glyphs = std::to_array<Glyph>({
    {'A', "EHHVHHH00"}, {'B', "UHHUHHU00"}, {'C', "EHGGGHE00"},  {'D', "UHHHHHU00"}, {'E', "VGGUGGV00"},
    {'F', "VGGUGGG00"}, {'G', "EHGNHHE00"}, {'H', "HHHVHHH00"},  {'I', "E44444E00"}, {'J', "72222IC00"},
    {'K', "HIKOKIH00"}, {'L', "GGGGGGV00"}, {'M', "HRLLHHH00"},  {'N', "HPPLJJH00"}, {'O', "EHHHHHE00"},
    {'P', "UHHUGGG00"}, {'Q', "EHHHLID00"}, {'R', "UHHUKIH00"},  {'S', "FGGE11U00"}, {'T', "V44444400"},
    {'U', "HHHHHHE00"}, {'V', "HHHHHA400"}, {'W', "HHHLLRH00"},  {'X', "HHA4AHH00"}, {'Y', "HHA444400"},
    {'Z', "V1248GV00"}, {'a', "00E1FHF00"}, {'b', "GGUHHHU00"},  {'c', "00FGGGF00"}, {'d', "11FHHHF00"},
    {'e', "00EHVGE00"}, {'f', "68S888800"}, {'g', "00FHHHF1E"},  {'h', "GGUHHHH00"}, {'i', "404444400"},
    {'j', "20222222C"}, {'k', "GGIKOKI00"}, {'l', "888888400"},  {'m', "00QLLLL00"}, {'n', "00UHHHH00"},
    {'o', "00EHHHE00"}, {'p', "00UHHHUGG"}, {'q', "00FHHHF11"},  {'r', "00MOGGG00"}, {'s', "00FGE1U00"},
    {'t', "88S888600"}, {'u', "00HHHHF00"}, {'v', "00HHHA400"},  {'w', "00HLLLA00"}, {'x', "00HA4AH00"},
    {'y', "00HHHHF1E"}, {'z', "00V248V00"}, {'0', "EHHHHHE00"},  {'1', "4C4444E00"}, {'2', "EH168GV00"},
    {'3', "EH161HE00"}, {'4', "26AIV2200"}, {'5', "VGU11HE00"},  {'6', "68GUHHE00"}, {'7', "V12444400"},
    {'8', "EHHEHHE00"}, {'9', "EHHF12C00"}, {'.', "000000400"},  {',', "000000480"}, {'-', "0000S0000"},
    {'+', "0044V4400"}, {':', "000400400"}, {'\'', "440000000"}, {'/', "11248GG00"}, {'&', "CIK8LID00"},
    {'!', "444440400"}, {'?', "EH1240400"}, {'(', "248884200"},  {')', "842224800"},
});

constexpr unsigned dots_of(char digit) { return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'A' + 10); }

const Glyph* glyph_of(char letter) {
  const auto found = std::find_if(glyphs.begin(), glyphs.end(), [&](const Glyph& g) { return g.letter == letter; });
  return found == glyphs.end() ? nullptr : &*found;
}

// Which of a glyph's five columns have a dot: it is as wide as those.
struct Columns {
  int first = 0;
  int count = 0;
};

Columns columns_of(const Glyph& glyph) {
  unsigned any = 0;
  for (const char digit : glyph.rows) any |= dots_of(digit);
  int first = 0;
  int last = 4;
  while ((any >> (4 - first) & 1U) == 0) ++first;
  while ((any >> (4 - last) & 1U) == 0) --last;
  return {first, last - first + 1};
}

constexpr int blank_columns = 3;

// In dots.
int width_of(std::string_view text) {
  int width = 0;
  for (const char letter : text) {
    const Glyph* glyph = glyph_of(letter);
    if (glyph != nullptr || letter == ' ') width += 1 + (glyph != nullptr ? columns_of(*glyph).count : blank_columns);
  }
  return std::max(0, width - 1);
}

enum Ink : unsigned char { paper, ink, accent, pale };

struct Box {
  int x;
  int y;
  int width;
  int height;
};

struct Lettering {
  int x;
  int y;
  int scale;  // pixels a dot
  Ink colour;
};

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFFU);
  return bytes;
}

std::string chunk(std::string_view type, std::string_view data) {
  const std::string body = std::string(type).append(data);
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(crc32_of(body));
}

/// Canvas is a picture of two bits a pixel, packed as PNG wants them: nothing is converted.
class Canvas {
 public:
  Canvas(int width, int height)
      : width_(width),
        height_(height),
        stride_(1 + (width + 3) / 4),
        rows_(static_cast<std::size_t>(stride_ * height), '\0') {}

  void fill(const Box& box, Ink colour) {
    const int right = std::min(box.x + box.width, width_);
    const int bottom = std::min(box.y + box.height, height_);
    const unsigned four = colour * 0b01010101U;
    for (int x = box.x; x < right; x = (x / 4 + 1) * 4) {
      // The part of this byte's four pixels that the box covers.
      const unsigned mask = 0xFFU >> (x % 4 * 2) & ~(0xFFU >> std::min((right - x / 4 * 4) * 2, 8));
      for (int y = box.y; y < bottom; ++y) {
        const int at = y * stride_ + 1 + x / 4;
        char& byte = rows_[static_cast<std::size_t>(at)];
        byte = static_cast<char>((static_cast<unsigned>(byte) & ~mask) | (four & mask));
      }
    }
  }

  // What has no room on the right is left out.
  void write(std::string_view text, Lettering at) {
    for (const char letter : text) {
      const Glyph* glyph = glyph_of(letter);
      if (glyph == nullptr && letter != ' ') continue;
      const Columns columns = glyph != nullptr ? columns_of(*glyph) : Columns{0, blank_columns};
      if (at.x + columns.count * at.scale > width_) return;
      if (glyph != nullptr) draw(*glyph, columns, at);
      at.x += (columns.count + 1) * at.scale;
    }
  }

  std::string png() const {
    std::string header =
        big_endian(static_cast<std::uint32_t>(width_)) + big_endian(static_cast<std::uint32_t>(height_));
    header.append("\x02\x03\0\0\0", 5);  // two bits a pixel, by palette; deflate, filters, not interlaced
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("PLTE", palette) +
           chunk("IDAT", deflated_rows(rows_, static_cast<std::size_t>(stride_))) + chunk("IEND", "");
  }

 private:
  static constexpr std::string_view palette = "\xff\xff\xff\x17\x19\x1c\x0b\x57\xa4\xa9\xc8\xea";

  void draw(const Glyph& glyph, const Columns& columns, const Lettering& at) {
    for (int row = 0; row < static_cast<int>(glyph.rows.size()); ++row)
      for (int column = 0; column < columns.count; ++column)
        if ((dots_of(glyph.rows[static_cast<std::size_t>(row)]) >> (4 - columns.first - column) & 1U) != 0)
          fill({at.x + column * at.scale, at.y + row * at.scale, at.scale, at.scale}, at.colour);
  }

  int width_;
  int height_;
  int stride_;        // bytes a row
  std::string rows_;  // each behind the number of its filter, 0: none
};

constexpr int margin = 36;
constexpr int room = 600 - 2 * margin;
constexpr int baseline = 290;
constexpr int least_sum =
    8;  // of relevance and novelty: a bar is as high as what is above it, since few shown papers have less

void draw_bars(Canvas& canvas, const std::vector<Entry>& papers) {
  canvas.fill({margin, baseline, room, 3}, ink);
  if (papers.empty()) return;
  const int pitch = std::clamp(room / static_cast<int>(papers.size()), 1, 24);
  const int gap = pitch / 4;
  int x = margin;
  for (const Entry& entry : papers) {
    const int relevance = entry.score.relevance.value_or(0);
    // A local score has no novelty: then relevance counts for both.
    const int height = 6 * std::max(1, relevance + entry.score.novelty.value_or(relevance) - least_sum);
    canvas.fill({x, baseline - height, std::min(pitch - gap, margin + room - x), height},
                relevance >= top_relevance ? accent : pale);
    x += pitch;
    if (x >= margin + room) return;
  }
}

std::string shown_text(const Day& day) {
  if (!day.papers.empty()) return counted(day.papers.size(), "paper", "papers");
  return day.status == Status::lost ? "Lost" : "No papers";
}

void write_right(Canvas& canvas, std::string_view text, Lettering at) {
  at.x = margin + room - width_of(text) * at.scale;
  canvas.write(text, at);
}

}  // namespace

std::string day_card(const Day& day, const SiteSettings& site) {
  const auto top = std::count_if(day.papers.begin(), day.papers.end(),
                                 [](const Entry& entry) { return entry.score.relevance.value_or(0) >= top_relevance; });
  Canvas canvas(600, 315);
  canvas.fill({margin, 30, 21, 21}, accent);
  canvas.write(site.title, {margin + 33, 30, 3, ink});
  canvas.write(weekday_name(day.date.weekday()), {margin, 84, 3, accent});
  write_right(canvas, std::to_string(day.date.year()), {0, 84, 3, accent});
  canvas.write(std::to_string(day.date.day()) + ' ' + std::string(month_name(day.date.month())), {margin, 117, 7, ink});
  canvas.write(shown_text(day), {margin, 192, 2, ink});
  if (top > 0) write_right(canvas, std::to_string(top) + " of relevance 9 or 10", {0, 192, 2, accent});
  draw_bars(canvas, day.papers);
  return canvas.png();
}

std::string icon_png(int size) {
  Canvas canvas(size, size);
  // In units of icon.svg's viewBox.
  const auto fill = [&](const Box& box, Ink colour) {
    const auto px = [&](int units) { return units * size / 32; };
    canvas.fill({px(box.x), px(box.y), px(box.x + box.width) - px(box.x), px(box.y + box.height) - px(box.y)}, colour);
  };
  fill({0, 0, 32, 32}, accent);
  fill({8, 8, 16, 4}, paper);
  fill({8, 15, 16, 2}, pale);
  fill({8, 20, 11, 2}, pale);
  return canvas.png();
}

std::string web_manifest(const SiteSettings& site) {
  JsonWriter json;
  json.object([&] {
    json.put("name", site.title);
    json.put("description", site.description);
    json.put("lang", site.language);
    json.put("start_url", "./");
    json.put("display", "minimal-ui");
    json.put("background_color", "#ffffff");
    json.put("theme_color", accent_colour);
    json.objects("icons", std::array{192, 512}, [&](int size) {
      const std::string side = std::to_string(size);
      json.put("src", "icon-" + side + ".png");
      json.put("sizes", side + 'x' + side);
      json.put("type", "image/png");
      json.put("purpose", "any maskable");
    });
  });
  return json.line();
}

}  // namespace daybook
