#include "core/date.h"

#include "support/catch.h"

using namespace daybook;

namespace {

Instant utc(std::string_view text) { return Instant::parse_rfc3339(text).value(); }
Date day(std::string_view text) { return Date::parse(text).value(); }

}  // namespace

TEST_CASE("date: written as it was read, with the parts of its day", "[date]") {
  for (const std::string text : {"0001-01-01", "1970-01-01", "1999-12-31", "2024-02-29", "2025-08-05", "9999-12-31"})
    CHECK(day(text).iso() == text);
  const Date date = day("2025-08-05");
  CHECK(date.year() == 2025);
  CHECK(date.month() == 8);
  CHECK(date.day() == 5);
  CHECK(date.days() == 20305);
  CHECK(date.weekday() == Weekday::tuesday);
  CHECK(day("1969-12-31").days() == -1);
}

TEST_CASE("date: days that no calendar has are no dates", "[date]") {
  for (const std::string_view text : {"2025-02-29", "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
                                      "2025-01-00", "0000-01-01", "2025-1-01", "2025-01-1", "2025/01/01", "2025-01-01 ",
                                      " 2025-01-01", "+025-01-01", "2025-01-0x", "20250101", "", "yesterday"}) {
    INFO(text);
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("date: weekends, sums, and months with their lengths and names", "[date]") {
  CHECK_FALSE(day("2025-08-01").is_weekend());
  CHECK(day("2025-08-02").is_weekend());
  CHECK(day("2025-08-03").is_weekend());
  CHECK_FALSE(day("2025-08-04").is_weekend());
  CHECK(day("1969-12-27").weekday() == Weekday::saturday);
  CHECK((day("2024-02-28") + 1).iso() == "2024-02-29");
  CHECK((day("2025-12-31") + 1).iso() == "2026-01-01");
  CHECK((day("2025-01-01") - 1).iso() == "2024-12-31");
  CHECK(day("2025-01-01") < day("2025-01-02"));
  CHECK(days_in_month(2024, 2) == 29);
  CHECK(days_in_month(2025, 2) == 28);
  CHECK(days_in_month(2025, 12) == 31);
  CHECK(month_name(1) == "January");
  CHECK(month_name(12) == "December");
  CHECK(weekday_name(Weekday::sunday) == "Sunday");
  CHECK(weekday_name(Weekday::saturday) == "Saturday");
}

TEST_CASE("date: ISO 8601 weeks, also around New Year", "[date]") {
  struct Known {
    const char* date;
    IsoWeek week;
    const char* monday;
  };
  const Known all[] = {
      {"2025-08-05", {2025, 32}, "2025-08-04"}, {"2025-08-10", {2025, 32}, "2025-08-04"},
      {"2025-08-11", {2025, 33}, "2025-08-11"}, {"2024-12-29", {2024, 52}, "2024-12-23"},
      {"2024-12-30", {2025, 1}, "2024-12-30"},  {"2021-01-03", {2020, 53}, "2020-12-28"},
      {"2026-12-31", {2026, 53}, "2026-12-28"}, {"2027-01-03", {2026, 53}, "2026-12-28"},
      {"2027-01-04", {2027, 1}, "2027-01-04"},  {"2024-02-29", {2024, 9}, "2024-02-26"},
      {"0001-01-01", {1, 1}, "0001-01-01"},     {"9999-12-31", {9999, 52}, "9999-12-27"},
  };
  for (const Known& known : all) {
    INFO(known.date);
    CHECK(iso_week(day(known.date)) == known.week);
    CHECK(monday_of(day(known.date)).iso() == known.monday);
  }
}

TEST_CASE("RFC 3339: fractions, offsets, Z and leap seconds are read", "[date]") {
  CHECK(utc("1970-01-01T00:00:00Z").seconds == 0);
  CHECK(utc("2025-08-20T04:00:19.866337+00:00").rfc3339() == "2025-08-20T04:00:19Z");
  CHECK(utc("2025-08-20T00:00:00-04:00").rfc3339() == "2025-08-20T04:00:00Z");
  CHECK(utc("2025-12-31T23:30:00-01:00").rfc3339() == "2026-01-01T00:30:00Z");
  CHECK(utc("2025-01-01T00:30:00+01:00").rfc3339() == "2024-12-31T23:30:00Z");
  CHECK(utc("2025-08-20t04:00:00z").rfc3339() == "2025-08-20T04:00:00Z");
  CHECK(utc("1969-12-31T23:59:59Z").seconds == -1);
  CHECK(Instant{-1}.rfc3339() == "1969-12-31T23:59:59Z");
  CHECK(utc("2016-12-31T23:59:60Z").rfc3339() == "2016-12-31T23:59:59Z");
}

TEST_CASE("date: what is not quite RFC 3339 is no instant", "[date]") {
  for (const std::string_view text :
       {"", "2025-08-20", "2025-08-20T04:00:19", "2025-08-20T04:00Z", "2025-08-20T24:00:00Z", "2025-08-20T23:60:00Z",
        "2025-08-20T23:00:61Z", "2025-02-30T00:00:00Z", "2025-08-20T04:00:19.Z+", "2025-08-20T04:00:19.5",
        "2025-08-20T04:00:19+0x:00", "2025-08-20T04:00:19+00:60", "2025-08-20T04:00:19Zjunk", "2025-08-20X04:00:19Z"}) {
    INFO(text);
    CHECK_FALSE(Instant::parse_rfc3339(text));
  }
}

TEST_CASE("date: RFC 822 is read as RSS uses it", "[date]") {
  const auto read = [](std::string_view text) { return Instant::parse_rfc822(text).value().rfc3339(); };
  CHECK(read("Mon, 27 Apr 2026 00:00:00 -0400") == "2026-04-27T04:00:00Z");
  CHECK(read("Mon, 27 Apr 2026 04:00:02 +0000") == "2026-04-27T04:00:02Z");
  CHECK(read("Wed, 01 Jan 2025 00:00:00 GMT") == "2025-01-01T00:00:00Z");
  CHECK(read("1 Jan 2025 00:00 UT") == "2025-01-01T00:00:00Z");
  CHECK(read("Thu,  5 Feb 2026  10:11:12  +0530") == "2026-02-05T04:41:12Z");
}

TEST_CASE("date: what is not quite RFC 822 is no instant", "[date]") {
  for (const std::string_view text :
       {"", "Mon, 27 Apr 2026", "Mon, 27 Apr 2026 00:00:00", "Mon, 27 Abc 2026 00:00:00 GMT",
        "Mon, 31 Apr 2026 00:00:00 GMT", "Mon, 27 Apr 2026 25:00:00 GMT", "Mon, 27 Apr 2026 00:00:00 -04",
        "Mon, 27 Apr 2026 00:00:00 GMT and more", "2026-04-27T00:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(Instant::parse_rfc822(text));
  }
}

TEST_CASE("date: RFC 822 is written with the weekday of its date", "[date]") {
  CHECK(utc("2025-08-20T04:00:19Z").rfc822() == "Wed, 20 Aug 2025 04:00:19 +0000");
  CHECK(utc("2025-01-01T00:00:00Z").rfc822() == "Wed, 01 Jan 2025 00:00:00 +0000");
  CHECK(Instant::parse_rfc822("Wed, 12 Aug 26 00:00:00 -0400") == utc("2026-08-12T04:00:00Z"));
  CHECK(Instant::parse_rfc822("Sat, 01 Jan 00 00:00:00 GMT") == utc("2000-01-01T00:00:00Z"));
  CHECK(Instant::parse_rfc822("Thu, 31 Dec 99 00:00:00 GMT") == utc("2099-12-31T00:00:00Z"));
  CHECK(Instant::parse_rfc822(utc("2031-11-30T23:59:59Z").rfc822()) == utc("2031-11-30T23:59:59Z"));
}

TEST_CASE("date: New York springs forward on the second Sunday of March at 2:00", "[date]") {
  CHECK(new_york_offset(utc("2025-03-09T06:59:59Z")) == -5 * 3600);
  CHECK(new_york_offset(utc("2025-03-09T07:00:00Z")) == -4 * 3600);
  CHECK(new_york_offset(utc("2026-03-08T06:59:59Z")) == -5 * 3600);
  CHECK(new_york_offset(utc("2026-03-08T07:00:00Z")) == -4 * 3600);
}

TEST_CASE("date: New York falls back on the first Sunday of November at 2:00", "[date]") {
  CHECK(new_york_offset(utc("2025-11-02T05:59:59Z")) == -4 * 3600);
  CHECK(new_york_offset(utc("2025-11-02T06:00:00Z")) == -5 * 3600);
  CHECK(new_york_offset(utc("2026-11-01T05:59:59Z")) == -4 * 3600);
  CHECK(new_york_offset(utc("2026-11-01T06:00:00Z")) == -5 * 3600);
}

TEST_CASE("date: New York has daylight time in summer and not in winter", "[date]") {
  CHECK(new_york_offset(utc("2025-07-01T00:00:00Z")) == -4 * 3600);
  CHECK(new_york_offset(utc("2025-01-01T00:00:00Z")) == -5 * 3600);
  CHECK(new_york_offset(utc("2025-12-31T23:59:59Z")) == -5 * 3600);
}

TEST_CASE("date: New York's date changes at its own midnight", "[date]") {
  CHECK(new_york_date(utc("2025-08-20T03:59:59Z")) == day("2025-08-19"));
  CHECK(new_york_date(utc("2025-08-20T04:00:00Z")) == day("2025-08-20"));
  CHECK(new_york_date(utc("2025-01-20T04:59:59Z")) == day("2025-01-19"));
  CHECK(new_york_date(utc("2025-01-20T05:00:00Z")) == day("2025-01-20"));
  CHECK(new_york_date(utc("2026-01-01T04:59:59Z")) == day("2025-12-31"));
}

TEST_CASE("date: midnight in New York is right on the days of both changes", "[date]") {
  CHECK(new_york_midnight(day("2025-03-09")).rfc3339() == "2025-03-09T05:00:00Z");
  CHECK(new_york_midnight(day("2025-03-10")).rfc3339() == "2025-03-10T04:00:00Z");
  CHECK(new_york_midnight(day("2025-11-02")).rfc3339() == "2025-11-02T04:00:00Z");
  CHECK(new_york_midnight(day("2025-11-03")).rfc3339() == "2025-11-03T05:00:00Z");
}

TEST_CASE("date: every midnight of New York begins its date", "[date]") {
  for (Date date = day("2024-01-01"); date < day("2029-01-01"); date = date + 1) {
    const Instant midnight = new_york_midnight(date);
    const bool begins = new_york_date(midnight) == date && new_york_date(Instant{midnight.seconds - 1}) == date - 1;
    if (!begins) FAIL(date.iso());
  }
}
