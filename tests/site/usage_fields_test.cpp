#include "site/usage_fields.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string sum_of(const std::vector<std::optional<double>>& costs) {
  Spending spending;
  for (const auto& cost : costs) spending.add(cost, !cost);
  return spending.text();
}

}  // namespace

TEST_CASE("usage: thousands are grouped", "[usage]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(57367) == "57,367");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(-123) == "-123");
  CHECK(grouped(-123456) == "-123,456");
}

TEST_CASE("usage: an unknown cost is never nothing", "[usage]") {
  CHECK(cost_text({"model-1", {}, 900, {}, 70, {}, {}, {}}) == "cost unknown");
  CHECK(cost_text({"model-1", {}, 900, {}, 70, {}, {}, 0.0}) == "$0.00");
  CHECK(cost_text({"model-1", {}, 900, {}, 70, {}, {}, 0.22}) == "$0.22");
  CHECK(cost_text({"model-1", {}, {}, {}, {}, {}, {}, {}}).empty());
}

TEST_CASE("usage: money over several days is a lower bound where some of it is unknown", "[usage]") {
  CHECK(sum_of({}).empty());
  CHECK(sum_of({0.5, 0.25}) == "$0.75");
  CHECK(sum_of({0.5, {}, 0.25}) == "at least $0.75");
  CHECK(sum_of({{}, {}}) == "cost unknown");
  CHECK(sum_of({{}, 0.0}) == "cost unknown");
  CHECK(sum_of({0.0}) == "$0.00");
  Spending none;
  none.add(std::optional<double>(), false);
  CHECK(none.text().empty());
}
