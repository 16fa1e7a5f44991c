#include "core/http.h"

#include <limits>

#include "support/catch.h"

using namespace daybook;

TEST_CASE("header: found whatever its case, and the last of several", "[http]") {
  const Headers headers = {{"Content-Type", "text/xml"}, {"retry-after", "5"}};
  CHECK(header(headers, "content-type") == "text/xml");
  CHECK(header(headers, "Retry-After") == "5");
  CHECK(header(headers, "Retry").empty());
  CHECK(header({{"X", "first"}, {"x", "last"}}, "X") == "last");
}

TEST_CASE("Retry-After: seconds, fractions and dates are read, and what makes no sense is none", "[http]") {
  const auto seconds = [](const std::string& value) { return retry_after_seconds({{"Retry-After", value}}, {100}); };
  CHECK(seconds("7") == 7);
  CHECK(seconds("7.5") == 7.5);
  CHECK(seconds("Thu, 01 Jan 1970 00:03:20 GMT") == 100);
  for (const char* value : {"", "-5", "1e30", "inf", "nan", "1.5.2", ".", "soon", "7 s", "0x10",
                            "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 99999 23:59:59 GMT"})
    CHECK(seconds(value) == 0);
  // What can be told is for those who wait to refuse.
  CHECK(seconds(std::string(400, '9')) > 1e300);
  CHECK(seconds("Fri, 31 Dec 9999 23:59:59 GMT") > 1e11);
}

TEST_CASE("Backoff: read as Retry-After is, and nothing of that", "[http]") {
  CHECK(backoff_seconds({{"backoff", "30"}, {"Retry-After", "7"}}, {100}) == 30);
  CHECK(backoff_seconds({{"Retry-After", "7"}}, {100}) == 0);
}

TEST_CASE("wait words: any number of seconds is said", "[http]") {
  CHECK(wait_words(0) == "0 s");
  CHECK(wait_words(-5) == "0 s");
  CHECK(wait_words(1.2) == "2 s");
  CHECK(wait_words(86400) == "86400 s");
  CHECK(wait_words(1e30) == "for more than a year");
  CHECK(wait_words(std::numeric_limits<double>::infinity()) == "for more than a year");
  CHECK(wait_words(std::numeric_limits<double>::quiet_NaN()) == "for more than a year");
}
