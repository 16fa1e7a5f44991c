// Calendar dates, instants, and the time of New York, by which arXiv announces.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook {

enum class Weekday { sunday, monday, tuesday, wednesday, thursday, friday, saturday };

// A day of the Gregorian calendar.
class Date {
 public:
  constexpr Date() = default;
  static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }
  // Nothing where there is no such day (2025-02-29).
  static std::optional<Date> from_parts(int year, int month, int day);
  // Exactly "YYYY-MM-DD".
  static std::optional<Date> parse(std::string_view text);

  constexpr std::int32_t days() const { return days_; }
  int year() const;
  int month() const;  // 1-12
  int day() const;    // 1-31
  Weekday weekday() const;
  bool is_weekend() const;
  std::string iso() const;  // "2025-08-05"

  constexpr Date operator+(int days) const { return Date(days_ + days); }
  constexpr Date operator-(int days) const { return Date(days_ - days); }
  constexpr auto operator<=>(const Date&) const = default;

 private:
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

// A week from Monday to Sunday (ISO 8601): week 1 is the one with the year's first Thursday, so that the days around
// New Year may be in a week of the other year.
struct IsoWeek {
  int year = 0;
  int week = 0;  // 1-53
  constexpr auto operator<=>(const IsoWeek&) const = default;
};
IsoWeek iso_week(Date date);
Date monday_of(Date date);  // of the date's week

int days_in_month(int year, int month);
std::string_view month_name(int month);      // "August"
std::string_view weekday_name(Weekday day);  // "Tuesday"

// A second of UTC.
struct Instant {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  // RFC 3339, with or without a fraction (cut off), "Z" or an offset: "2025-08-20T04:00:19.86+00:00".
  static std::optional<Instant> parse_rfc3339(std::string_view text);
  // RFC 822 as RSS 2.0 uses it: "Mon, 27 Apr 2026 00:00:00 -0400"; "GMT" and "UT" are read too. A year of two digits is
  // of this century: no arXiv feed is older.
  static std::optional<Instant> parse_rfc822(std::string_view text);
  std::string rfc3339() const;  // "2025-08-20T04:00:19Z"
  std::string rfc822() const;   // "Wed, 20 Aug 2025 04:00:19 +0000"
  constexpr auto operator<=>(const Instant&) const = default;
};

// New York's distance from UTC, by the rule in force since 2007: daylight time from the second Sunday of March to the
// first of November, both at 2:00 local time (Energy Policy Act of 2005).
int new_york_offset(Instant when);  // seconds east of UTC: -18000 or -14400
Date new_york_date(Instant when);
int new_york_hour(Instant when);  // 0-23
Instant new_york_midnight(Date date);

}  // namespace daybook
