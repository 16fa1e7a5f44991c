#include "llm/prices.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "settings/document.h"
#include "settings/field.h"

namespace daybook {

namespace {

// Far above the dearest that was ever asked: who writes more has forgotten the decimal point.
constexpr Range dollars{0, 1000};

const Fields<Price>& price_fields() {
  static const Fields<Price> fields = {field("prompt", &Price::prompt, dollars),
                                       field("cached", &Price::cached, dollars),
                                       field("completion", &Price::completion, dollars)};
  return fields;
}

std::string heading_of(std::string_view model) { return "[\"" + shortened(model) + "\"]"; }

// "gpt-4.1-mini" of the sections that TOML made of it.
std::string whole_name(const std::string& model, const Member& inner) {
  std::string name = model + '.' + inner.name;
  const Member* last = &inner;
  while (last->value.members.size() == 1 && last->value.members.front().value.kind == Node::Kind::table) {
    last = &last->value.members.front();
    name += '.' + last->name;
  }
  return name;
}

// One file being read.
struct PriceFile {
  const std::string& source;
  Errors& errors;

  Reading reading(std::string subject = "") const { return {std::move(subject), source, errors}; }

  void read_model(const Member& model, Prices& to) const {
    const std::size_t faults = errors.size();
    if (model.value.kind != Node::Kind::table) {
      const bool list = model.value.kind == Node::Kind::list;
      return reading().fault(model,
                             quoted(model.name) + (list ? " must be one section" : " is not in a model's section"),
                             list ? "write " + heading_of(model.name) + ", with one bracket on either side"
                                  : "write it below a heading with the model's name, as in [\"gpt-4.1-mini\"]");
    }
    if (trim(model.name).empty())
      return reading().fault(model, "this section names no model",
                             "write the model's name as the endpoint has it, as in [\"gpt-4.1-mini\"]");
    Price price;
    price.model = model.name;
    for (const Member& setting : model.value.members) read_setting(setting, price);
    // Where a name was wrong, what seems missing may be there under it.
    if (errors.size() == faults) check_whole(model, price);
    if (errors.size() == faults) to.prices.push_back(std::move(price));
  }

  void read_setting(const Member& setting, Price& price) const {
    const std::string heading = heading_of(price.model);
    if (setting.value.kind == Node::Kind::table) {
      // TOML takes the dot of [gpt-4.1-mini] for a section inside a section.
      reading().fault(
          setting, heading + " has a section inside it",
          "put the model's name between quotation marks, as in " + heading_of(whole_name(price.model, setting)));
    } else if (const auto* known = find_field(price_fields(), setting.name)) {
      known->read(setting.value, reading(heading + " " + setting.name), price);
    } else {
      reading().fault(
          setting, heading + " has no price " + quoted(setting.name),
          did_you_mean(nearest(setting.name, names_of(price_fields())), "a model has prompt, cached and completion"));
    }
  }

  void check_whole(const Member& model, Price& price) const {
    for (const std::string name : {"prompt", "completion"})
      if (find_member(model.value, name) == nullptr)
        reading().fault(model.value, heading_of(model.name) + " has no " + name,
                        "add a line: " + name + " = 1.50, the price of a million tokens; 0 if free");
    const Member* cached = find_member(model.value, "cached");
    if (cached == nullptr) {
      price.cached = price.prompt;
    } else if (price.cached > price.prompt && find_member(model.value, "prompt") != nullptr) {
      reading().fault(cached->value, heading_of(model.name) + " cached is more than prompt",
                      "remove the line if cached tokens are not cheaper");
    }
  }
};

// "2024-08-06" or "20240806". Four digits are none: "gpt-3.5-turbo-0613" had another price than "-0125".
bool is_version_date(std::string_view text) {
  std::string digits(text);
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') digits.erase(7, 1).erase(4, 1);
  if (digits.size() != 8 || !all(digits, is_digit)) return false;
  const std::string_view month = std::string_view(digits).substr(4, 2);
  const std::string_view day = std::string_view(digits).substr(6, 2);
  return digits.compare(0, 2, "20") == 0 && month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

bool is_version_of(std::string_view model, std::string_view name) {
  if (model.size() <= name.size() + 1 || !model.starts_with(name) || model[name.size()] != '-') return false;
  const std::string_view version = model.substr(name.size() + 1);
  return version == "latest" || is_version_date(version);
}

// Without the vendor that a router names. Others before a slash are hosts with prices of their own.
std::string_view bare(std::string_view model) {
  constexpr std::array<std::string_view, 5> vendors = {"openai/", "anthropic/", "deepseek/", "google/",
                                                       "models/"};  // the last is Google's own way to write its models
  for (const std::string_view vendor : vendors)
    if (model.starts_with(vendor)) return model.substr(vendor.size());
  return model;
}

}  // namespace

Prices read_prices(std::string_view toml, const std::string& source, Errors& errors) {
  Prices prices;
  Errors found;
  if (const auto root = read_toml(toml, source, found)) {
    for (const Member& model : root->members) PriceFile{source, found}.read_model(model, prices);
  }
  report_in_order(std::move(found), errors);
  return prices;
}

const Price* price_of(const Prices& prices, std::string_view model) {
  // The whole name first, then ever less of it: a version or a router's model may have a price of its own.
  for (const std::string_view name : {model, bare(model)}) {
    for (const Price& price : prices.prices)
      if (price.model == name) return &price;
    for (const Price& price : prices.prices)
      if (is_version_of(name, price.model)) return &price;
  }
  return nullptr;
}

}  // namespace daybook
