#include "settings/syntax.h"

#include <algorithm>
#include <array>

#include "settings/sections.h"

namespace daybook {

namespace {

struct Explanation {
  std::string_view says;    // part of toml++'s description
  std::string_view within;  // what it was reading; empty: anything
  std::string_view what;
  std::string_view mend;
};

constexpr std::string_view a_line = "a line is a [section], a name = value, or a comment behind #";
constexpr std::string_view close_text = "close it with \", or put text of several lines between \"\"\" and \"\"\"";
constexpr std::string_view quote = "put text between quotation marks, \"like this\"; true, false and numbers have none";

// The first that fits is taken: the special before the general.
constexpr std::array<Explanation, 20> explanations = {{
    {"encountered end-of-file", "string", "the file ends inside a text", close_text},
    {"encountered end-of-file", "array", "the file ends inside a list", "close the list with ]"},
    {"encountered end-of-file", "table header", "the file ends inside a section's name", "close it with ]"},
    {"encountered end-of-file", "inline table", "the file ends inside { }", "close it with }"},
    {"encountered end-of-file", "", "the file ends in the middle of a setting", a_line},
    {"control characters", "string", "the text has no closing quotation mark on its line", close_text},
    {"unknown escape sequence", "", "the backslash starts no escape that TOML knows",
     "write \\\\ for a backslash, or put the text between ' and ', where it is no escape"},
    {"expected '='", "", "there is no = behind the setting's name", a_line},
    {"expected value", "key-value pair", "there is no value behind the =", quote},
    {"expected value", "array", "a list's value is missing", "take the extra comma away"},
    {"could not determine value type", "", "this is no value", quote},
    {"expected 'true'", "", "this is no value", quote},
    {"expected 'false'", "", "this is no value", quote},
    {"expected comma or closing ']'", "", "a comma or the closing ] of the list is missing here",
     "write a comma between a list's values, and ] at its end"},
    {"expected a comment or whitespace", "", "there is something behind the value", "begin a new line for it"},
    {"expected ']'", "table header", "the section's name has no closing ]", "write [section], or [[topic]]"},
    {"blank bare keys", "", "the section has no name", "write [section], or [[topic]]"},
    {"leading zeroes", "", "a number starts with a zero", "take the zero away"},
    {"not representable", "", "the number is too large", "write a smaller one"},
    {"expected keys, tables", "", "no setting can begin like this", a_line},
}};

// The last word that toml++ puts between ' and ': the name in "cannot redefine existing integer 'retries'".
std::string_view quoted_name(std::string_view text) {
  const auto end = text.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  const auto start = text.rfind('\'', end - 1);
  return start == std::string_view::npos ? std::string_view() : text.substr(start + 1, end - start - 1);
}

// Where a heading comes a second time: what it must look like, both times or once.
std::string heading_mend(const std::string& name) {
  const auto known =
      std::find_if(sections().begin(), sections().end(), [&](const Section& section) { return section.name == name; });
  const bool is_list = known != sections().end() && known->repeated;
  if (is_list) return "write [[" + name + "]] each time, with two brackets on either side";
  return "put all of its settings under one [" + name + ']';
}

Fault redefined(std::string_view says) {
  const auto start = says.find('\'') + 1;
  const std::string first(says.substr(start, says.find('\'', start) - start));
  if (says.find("array '") != says.npos && says.find("as table") != says.npos)
    return {'[' + first + "] was [[" + first + "]] before", heading_mend(first)};
  // Of a name in quotation marks toml++ repeats the first letters ("momodel"): the place tells which is meant.
  const std::string_view name = quoted_name(says);
  if (name.find('"') != name.npos) return {"this name is there already", "keep one of the two"};
  if (says.find("table '") != says.npos) return {'[' + first + "] is there already", heading_mend(first)};
  return {"\"" + std::string(name) + "\" is there already", "keep one of the two"};
}

}  // namespace

Fault explain_syntax(std::string_view description) {
  constexpr std::string_view opening = "Error while parsing ";
  std::string_view says = description;
  std::string_view within;
  if (says.starts_with(opening)) {
    says.remove_prefix(opening.size());
    const auto colon = says.find(": ");
    within = says.substr(0, colon);
    if (colon != says.npos) says.remove_prefix(colon + 2);
  }
  if (says.find("cannot redefine") != says.npos) return redefined(says);
  for (const Explanation& e : explanations) {
    if (says.find(e.says) != says.npos && within.find(e.within) != within.npos)
      return {std::string(e.what), std::string(e.mend)};
  }
  return {"this is not TOML: " + std::string(says), "see https://toml.io for how it is written"};
}

}  // namespace daybook
