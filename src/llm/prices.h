// What models cost: prices.toml, a table a model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace daybook {

// US dollars a million tokens.
struct Price {
  std::string model;
  double prompt = 0;
  double cached = 0;  // of the prompt's tokens, those that the endpoint had kept; as `prompt` where the file is silent
  double completion = 0;
  bool operator==(const Price&) const = default;
};

struct Prices {
  std::vector<Price> prices;
  bool operator==(const Prices&) const = default;
};

// Appends every fault to `errors`, in the file's order. A model with a fault is left out: an unknown price is better
// than a wrong one.
Prices read_prices(std::string_view toml, const std::string& source, Errors& errors);

// The price of a model by its own name, or by that name with a version's date ("gpt-4o-2024-08-06",
// "claude-haiku-4-5-20251001") or "-latest" behind it, or a vendor before it as routers and GitHub Models write it
// ("openai/gpt-4o"); null where it is unknown. Other endings name other models: "gpt-4o-audio-preview" is not gpt-4o.
const Price* price_of(const Prices& prices, std::string_view model);

}  // namespace daybook
