#include "llm/prices.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/text.h"
#include "settings/document.h"
#include "settings/field.h"

namespace daybook {

namespace {

// Far above the dearest that was ever asked: who writes more has forgotten the decimal point.
constexpr Range dollars{0, 1000};

const Fields<Price>& price_fields() {
  static const Fields<Price> fields = {
      number("prompt", &Price::prompt, dollars),
      number("cached", &Price::cached, dollars),
      number("completion", &Price::completion, dollars),
  };
  return fields;
}

std::string heading_of(std::string_view model) { return "[\"" + shortened(model) + "\"]"; }

const Member* find_member(const Node& table, std::string_view name) {
  const auto found = std::find_if(table.members.begin(), table.members.end(),
                                  [&](const Member& member) { return member.name == name; });
  return found == table.members.end() ? nullptr : &*found;
}

std::string mend_name(std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& field : price_fields()) known.push_back(field.name);
  const auto near = nearest(name, known);
  return near.empty() ? "a model has prompt, cached and completion" : "did you mean \"" + std::string(near) + "\"?";
}

class PriceReader {
 public:
  PriceReader(const std::string& source, Errors& errors) : source_(source), errors_(errors) {}

  void read_model(const Member& member, Prices& to) {
    const std::size_t faults = errors_.size();
    if (member.value.kind != Node::Kind::table) {
      const bool list = member.value.kind == Node::Kind::list;
      reading("").fault(member.line, member.column,
                        quoted(member.name) + (list ? " must be one section" : " stands in no model's section"),
                        list ? "write " + heading_of(member.name) + ", with one bracket on either side"
                             : "write it below a heading with the model's name, as in [\"gpt-4.1-mini\"]");
      return;
    }
    if (trim(member.name).empty()) {
      reading("").fault(member.line, member.column, "this section names no model",
                        "write the model's name as the endpoint has it, as in [\"gpt-4.1-mini\"]");
      return;
    }
    Price price;
    price.model = member.name;
    for (const Member& setting : member.value.members) read_setting(setting, member.name, price);
    // Where a name was wrong, what seems missing may be there under it.
    if (errors_.size() == faults) require_both(member, price);
    if (errors_.size() == faults) to.prices.push_back(std::move(price));
  }

 private:
  void read_setting(const Member& setting, const std::string& model, Price& price) {
    const auto field = std::find_if(price_fields().begin(), price_fields().end(),
                                    [&](const auto& known) { return known.name == setting.name; });
    if (setting.value.kind == Node::Kind::table) {
      // TOML takes the dot of [gpt-4.1-mini] for a section inside a section.
      reading("").fault(
          setting.line, setting.column, heading_of(model) + " has a section inside of it",
          "put the model's name between quotation marks, as in " + heading_of(whole_name(model, setting)));
    } else if (field != price_fields().end()) {
      field->read(setting.value, reading(heading_of(model) + " " + setting.name), price);
    } else {
      reading("").fault(setting.line, setting.column, heading_of(model) + " has no price " + quoted(setting.name),
                        mend_name(setting.name));
    }
  }

  // "gpt-4.1-mini" of the sections that TOML made of it.
  static std::string whole_name(const std::string& model, const Member& inner) {
    std::string name = model + '.' + inner.name;
    const Member* last = &inner;
    while (last->value.members.size() == 1 && last->value.members.front().value.kind == Node::Kind::table) {
      last = &last->value.members.front();
      name += '.' + last->name;
    }
    return name;
  }

  void require_both(const Member& member, Price& price) {
    for (const std::string_view name : {"prompt", "completion"})
      if (find_member(member.value, name) == nullptr)
        reading("").fault(
            member.value, heading_of(member.name) + " has no " + std::string(name),
            "add a line: " + std::string(name) + " = 1.50, or what a million tokens cost; 0 where it is free");
    const Member* cached = find_member(member.value, "cached");
    if (cached == nullptr) {
      price.cached = price.prompt;
    } else if (price.cached > price.prompt && find_member(member.value, "prompt") != nullptr) {
      reading("").fault(cached->value, heading_of(member.name) + " cached is more than prompt",
                        "take the line away where nothing is cheaper for being kept");
    }
  }

  Reading reading(std::string subject) { return {std::move(subject), source_, errors_}; }

  const std::string& source_;
  Errors& errors_;
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
    PriceReader reader(source, found);
    for (const Member& member : root->members) reader.read_model(member, prices);
  }
  report_in_order(std::move(found), errors);
  return prices;
}

const Price* price_of(const Prices& prices, std::string_view model) {
  const auto first = [&](auto fits) {
    const auto found = std::find_if(prices.prices.begin(), prices.prices.end(), fits);
    return found == prices.prices.end() ? nullptr : &*found;
  };
  // The whole name first, then ever less of it: a version or a router's model may have a price of its own.
  for (const std::string_view name : {model, bare(model)}) {
    if (const Price* price = first([&](const Price& known) { return known.model == name; })) return price;
    if (const Price* price = first([&](const Price& known) { return is_version_of(name, known.model); })) return price;
  }
  return nullptr;
}

}  // namespace daybook
