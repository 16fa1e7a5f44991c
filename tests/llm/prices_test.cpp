#include "llm/prices.h"

#include "core/text.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

Prices read(std::string_view toml) {
  Errors errors;
  Prices prices = read_prices(toml, "prices.toml", errors);
  CHECK(errors.empty());
  return prices;
}

Prices shipped() { return read(bytes_of(DAYBOOK_SOURCE_DIR "/config/prices.toml")); }

std::string priced_as(const Prices& prices, std::string_view model) {
  const Price* price = price_of(prices, model);
  return price == nullptr ? "unknown" : price->model;
}

}  // namespace

TEST_CASE("prices: a model has three prices, and cached tokens cost as input unless told otherwise", "[prices]") {
  CHECK(read("[\"model-1.5\"]\nprompt = 2\ncached = 0.5\ncompletion = 8.25\n[local]\nprompt = 0\ncompletion = 0\n"
             "[\"vendor/model\"]\nprompt = 3\ncompletion = 9\n") ==
        Prices{{{"model-1.5", 2, 0.5, 8.25}, {"local", 0, 0, 0}, {"vendor/model", 3, 3, 9}}});
  CHECK(read("# nothing\n") == Prices{});
}

TEST_CASE("prices: a model whose price has a fault is left out and the others are kept", "[prices]") {
  Errors errors;
  const Prices prices = read_prices(
      "[bad]\nprompt = -1\ncompletion = 1\n[\"good\"]\nprompt = 1\ncompletion = 2\n[half]\nprompt = 1\n", "p", errors);
  CHECK(errors.size() == 2);
  CHECK(prices == Prices{{{"good", 1, 1, 2}}});
}

TEST_CASE("prices: a model is found by its name, with a version's date behind it and its vendor before it",
          "[prices]") {
  const Prices prices = shipped();
  CHECK(price_of(prices, "gpt-4o") != nullptr);
  CHECK(*price_of(prices, "gpt-4.1-mini") == Price{"gpt-4.1-mini", 0.4, 0.1, 1.6});
  CHECK(priced_as(prices, "gpt-4o-2024-08-06") == "gpt-4o");
  CHECK(priced_as(prices, "gpt-4o-latest") == "gpt-4o");
  CHECK(priced_as(prices, "gpt-4o-mini-2024-07-18") == "gpt-4o-mini");
  CHECK(priced_as(prices, "openai/gpt-4o") == "gpt-4o");
  CHECK(priced_as(prices, "openai/gpt-4.1-mini-2025-04-14") == "gpt-4.1-mini");
  CHECK(priced_as(prices, "anthropic/claude-haiku-4-5-20251001") == "claude-haiku-4-5");
  CHECK(priced_as(prices, "models/gemini-2.5-flash") == "gemini-2.5-flash");
  CHECK(priced_as(prices, "deepseek/deepseek-flash") == "deepseek-flash");
}

TEST_CASE("prices: a version and a router's model with a price of their own have that one", "[prices]") {
  const Prices prices = read(
      "[m]\nprompt = 1\ncompletion = 1\n[m-2099-01-05]\nprompt = 2\ncompletion = 2\n"
      "[\"openai/m\"]\nprompt = 3\ncompletion = 3\n");
  CHECK(priced_as(prices, "m-2099-01-05") == "m-2099-01-05");
  CHECK(priced_as(prices, "m-2099-01-06") == "m");
  CHECK(priced_as(prices, "openai/m") == "openai/m");
  CHECK(priced_as(prices, "openai/m-2099-01-06") == "openai/m");
  CHECK(priced_as(prices, "openai/m-2099-01-05") == "openai/m");
  CHECK(priced_as(shipped(), "gpt-4o-2024-05-13") == "gpt-4o-2024-05-13");
}

TEST_CASE("prices: a model that only begins or ends like a known one is unknown", "[prices]") {
  const Prices prices = shipped();
  constexpr std::string_view unknown =
      ",gpt-4,gpt-4o-audio-preview,gpt-4o-mini-search-preview,gpt-4o-,gpt-4o-2024,gpt-4o-2024-13-01,"
      "gpt-4o-2024-08-00,gpt-4o-2024-08-06-x,gpt-4o-0806,gpt-4o:free,gpt-4oo,GPT-4o,gpt-4o-20240806x,"
      "somebody/gpt-4o,openai/,openai/openai/gpt-4o,my-gpt-4o,o3-pro,gpt-4.1-mini ,latest,llama3";
  for (const std::string_view model : split(unknown, ',')) {
    INFO(model);
    CHECK(price_of(prices, model) == nullptr);
  }
  CHECK(price_of({}, "gpt-4o") == nullptr);
}

TEST_CASE("prices: every shipped price is one that a million tokens could cost", "[prices]") {
  for (const Price& price : shipped().prices) {
    INFO(price.model);
    CHECK(price.prompt > 0);
    CHECK(price.cached > 0);
    CHECK(price.completion > price.prompt);
  }
}

TEST_CASE("prices: a file cut off at any byte is an error or fewer prices, never a crash", "[prices]") {
  const std::string whole = "[\"a.b\"]\nprompt = 1\ncached = 0.5\ncompletion = 2\n[c.d.e]\nx = 1\n[\"\"]\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    Errors errors;
    static_cast<void>(read_prices(std::string_view(whole).substr(0, length), "p", errors));
  }
}
