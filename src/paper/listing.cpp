#include "paper/listing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.h"
#include "paper/announcement.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

// The text without its tags, each run of white space one blank: markup may change where the words do not.
std::string words_of(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    const bool blank = in_tag || is_space(c);
    if (!blank) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
    if (c == '>') in_tag = false;
  }
  return text;
}

// The number at the start of the text, which moves behind it; "1,234" is one.
std::optional<int> take_number(std::string_view& text) {
  std::string digits;
  std::size_t at = 0;
  for (; at < text.size() && digits.size() < 7 && (is_digit(text[at]) || (text[at] == ',' && !digits.empty())); ++at)
    if (text[at] != ',') digits += text[at];
  int number = 0;
  if (digits.empty()) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  text.remove_prefix(at);
  return number;
}

// "Wednesday, 12 August 2026" at the start.
std::optional<Date> date_at(std::string_view text) {
  text = text.substr(0, 40);
  const auto comma = text.find(',');
  if (comma == npos) return std::nullopt;
  text = trim(text.substr(comma + 1));
  const auto day = take_number(text);
  text = trim(text);
  const std::string_view name = text.substr(0, text.find(' '));
  text = trim(text.substr(name.size()));
  const auto year = take_number(text);
  for (int month = 1; month <= 12 && name.size() >= 3; ++month)
    if (day && year && month_name(month).starts_with(name)) return Date::from_parts(*year, month, *day);
  return std::nullopt;
}

// The Y of "HEADING (showing X of Y entries)". 0 where there is no such heading; nothing where it is written otherwise.
std::optional<int> entries_under(std::string_view text, std::string_view heading) {
  for (auto at = text.find(heading); at != npos; at = text.find(heading, at + 1)) {
    std::string_view rest = trim(text.substr(at + heading.size()));
    constexpr std::string_view showing = "(showing ";
    if (!rest.starts_with(showing)) continue;  // the list of contents has the words too
    rest.remove_prefix(showing.size());
    const auto of = rest.substr(0, 20).find(" of ");
    if (of == npos) return std::nullopt;
    rest.remove_prefix(of + 4);
    return take_number(rest);
  }
  return 0;
}

}  // namespace

Request listing_request(const ArxivSettings& settings, const std::string& category) {
  return arxiv_request(settings.list_url + category + "/new");
}

std::optional<ListingPage> read_listing(std::string_view html) {
  const std::string words = words_of(html);
  const std::string_view text = words;
  ListingPage page;
  constexpr std::string_view title = "Showing new listings for ";
  if (const auto at = text.find(title); at != npos) {
    page.date = date_at(text.substr(at + title.size()));
    if (!page.date) return std::nullopt;
  }
  const auto new_papers = entries_under(text, "New submissions");
  const auto cross = entries_under(text, "Cross submissions");
  const auto replaced = entries_under(text, "Replacement submissions");
  if (!new_papers || !cross || !replaced) return std::nullopt;
  // Without headings that we know only these words say that there is nothing.
  if (*new_papers + *cross + *replaced == 0)
    return text.find("No updates today") == npos ? std::nullopt : std::optional(page);
  if (!page.date) return std::nullopt;
  page.new_papers = *new_papers;
  page.cross = *cross;
  page.replaced = *replaced;
  return page;
}

}  // namespace daybook
