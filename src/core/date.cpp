#include "core/date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};
constexpr std::int64_t day_seconds = 86400;

// Takes the number, not the Date: given the Date, gcc 12 at -O1 thinks that year() doesn't read it and never stores it
// (its -fipa-modref is at fault); New York's time was an hour off all summer.
std::chrono::year_month_day calendar(std::int32_t days) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(days)));
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

std::string clock_text(std::int64_t second_of_day) {
  const auto second = static_cast<int>(second_of_day);
  return padded(second / 3600, 2) + ':' + padded(second / 60 % 60, 2) + ':' + padded(second % 60, 2);
}

Date utc_date(std::int64_t seconds) {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::seconds(seconds));
  return Date::from_days(static_cast<std::int32_t>(days.count()));
}

// "HH:MM:SS" or "HH:MM" (RFC 822 lets the seconds out); a leap second counts as the second before it.
std::optional<int> clock_seconds(std::string_view text) {
  if (text.size() != 8 && text.size() != 5) return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  const auto second = text.size() == 8 ? number(text.substr(6, 2)) : std::optional<int>(0);
  if (!hour || !minute || !second || text[2] != ':' || (text.size() == 8 && text[5] != ':')) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return *hour * 3600 + *minute * 60 + (*second == 60 ? 59 : *second);
}

// "+HH:MM" or "+HHMM", in seconds.
std::optional<int> zone_seconds(std::string_view text) {
  if (text == "Z" || text == "z" || text == "GMT" || text == "UT" || text == "UTC") return 0;
  if (text.size() != 5 && text.size() != 6) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  if (text.size() == 6 && text[3] != ':') return std::nullopt;
  const auto hour = number(text.substr(1, 2));
  const auto minute = number(text.substr(text.size() - 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  const int seconds = *hour * 3600 + *minute * 60;
  return text[0] == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<Date> Date::from_parts(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  if (!parts.ok()) return std::nullopt;
  return Date(static_cast<std::int32_t>(std::chrono::sys_days(parts).time_since_epoch().count()));
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return from_parts(*year, *month, *day);
}

int Date::year() const { return static_cast<int>(calendar(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(calendar(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(calendar(days_).day())); }

Weekday Date::weekday() const {
  return static_cast<Weekday>(std::chrono::weekday(std::chrono::sys_days(std::chrono::days(days_))).c_encoding());
}

bool Date::is_weekend() const { return weekday() == Weekday::saturday || weekday() == Weekday::sunday; }

std::string Date::iso() const { return padded(year(), 4) + '-' + padded(month(), 2) + '-' + padded(day(), 2); }

IsoWeek iso_week(Date date) {
  const Date thursday = monday_of(date) + 3;
  const Date new_year = *Date::from_parts(thursday.year(), 1, 1);
  return {thursday.year(), (thursday.days() - new_year.days()) / 7 + 1};
}

Date monday_of(Date date) { return date - (static_cast<int>(date.weekday()) + 6) % 7; }

int days_in_month(int year, int month) {
  const std::chrono::month_day_last last{std::chrono::month(static_cast<unsigned>(month))};
  return static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day_last(std::chrono::year(year), last).day()));
}

std::string_view month_name(int month) { return months.at(static_cast<std::size_t>(month - 1)); }
std::string_view weekday_name(Weekday day) { return weekdays.at(static_cast<std::size_t>(day)); }

std::optional<Instant> Instant::parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
  const auto date = Date::parse(text.substr(0, 10));
  const auto clock = clock_seconds(text.substr(11, 8));
  std::string_view zone = text.substr(19);
  if (zone[0] == '.') {
    const auto end = zone.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos) return std::nullopt;
    zone.remove_prefix(end);
  }
  const auto offset = zone_seconds(zone);
  if (!date || !clock || !offset) return std::nullopt;
  return Instant{date->days() * day_seconds + *clock - *offset};
}

std::optional<Instant> Instant::parse_rfc822(std::string_view text) {
  if (const auto comma = text.find(','); comma != std::string_view::npos) text.remove_prefix(comma + 1);
  std::vector<std::string_view> words = split(text, ' ');
  words.erase(std::remove(words.begin(), words.end(), std::string_view()), words.end());
  if (words.size() != 5) return std::nullopt;
  int month = 0;
  for (std::size_t i = 0; i < months.size(); ++i)
    if (months[i].substr(0, 3) == words[1]) month = static_cast<int>(i) + 1;
  const auto day = number(words[0]);
  const auto year = number(words[2]);
  const auto clock = clock_seconds(words[3]);
  const auto offset = zone_seconds(words[4]);
  if (!day || !year || !clock || !offset) return std::nullopt;
  const auto date = Date::from_parts(words[2].size() == 2 ? *year + 2000 : *year, month, *day);
  if (!date) return std::nullopt;
  return Instant{date->days() * day_seconds + *clock - *offset};
}

std::string Instant::rfc3339() const {
  const Date date = utc_date(seconds);
  return date.iso() + 'T' + clock_text(seconds - date.days() * day_seconds) + 'Z';
}

std::string Instant::rfc822() const {
  const Date date = utc_date(seconds);
  return std::string(weekday_name(date.weekday()).substr(0, 3)) + ", " + padded(date.day(), 2) + ' ' +
         std::string(month_name(date.month()).substr(0, 3)) + ' ' + padded(date.year(), 4) + ' ' +
         clock_text(seconds - date.days() * day_seconds) + " +0000";
}

int new_york_offset(Instant when) {
  using namespace std::chrono;
  const sys_seconds second{seconds(when.seconds)};
  const auto year = year_month_day(floor<days>(second)).year();
  const sys_seconds start = sys_days(year / March / Sunday[2]) + 7h;   // 2:00 at UTC-5
  const sys_seconds end = sys_days(year / November / Sunday[1]) + 6h;  // 2:00 at UTC-4
  return second >= start && second < end ? -4 * 3600 : -5 * 3600;
}

int new_york_hour(Instant when) {
  const std::int64_t local = when.seconds + new_york_offset(when);
  return static_cast<int>((local - utc_date(local).days() * day_seconds) / 3600);
}

Date new_york_date(Instant when) { return utc_date(when.seconds + new_york_offset(when)); }

Instant new_york_midnight(Date date) {
  // Both changes are at 2:00, so midnight has the offset that holds at midnight of the winter time.
  const std::int64_t midnight = date.days() * day_seconds;
  return Instant{midnight - new_york_offset(Instant{midnight + std::int64_t{4} * 3600})};
}

}  // namespace daybook
