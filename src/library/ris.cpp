#include "library/ris.h"

#include <array>
#include <functional>
#include <map>
#include <utility>

#include "core/text.h"
#include "paper/reply.h"
#include "paper/white_space.h"
#include "tex/letters.h"

namespace daybook {

namespace {

// Where an id may stand, the likeliest first.
constexpr std::array<std::string_view, 17> hints = {"DO", "UR", "L1", "L2", "LK", "AN", "M1", "M3", "JO",
                                                    "JF", "JA", "T2", "VL", "SP", "N1", "C1", "C7"};

struct Record {
  int line = 0;
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // by tag, in the file's order

  std::string first(std::string_view tag) const {
    const auto found = values.find(tag);
    return found == values.end() ? std::string() : single_spaced(found->second.front());
  }
};

// "TY" of "TY  - JOUR"; empty where the line has no tag.
std::string_view tag_of(std::string_view line) {
  if (line.size() < 5 || line.substr(2, 3) != "  -") return {};
  if (!is_upper(line[0]) || !(is_upper(line[1]) || is_digit(line[1]))) return {};
  return line.size() == 5 || line[5] == ' ' ? line.substr(0, 2) : std::string_view();
}

std::string id_of(const Record& record) {
  for (const auto tag : hints) {
    const auto found = record.values.find(tag);
    if (found == record.values.end()) continue;
    for (const std::string& value : found->second)
      if (std::string id = arxiv_id_in(value); !id.empty()) return id;
  }
  for (const auto journal : {"JO", "JF", "JA", "T2"})
    if (std::string id = arxiv_id_of_volume(record.first(journal), record.first("VL")); !id.empty()) return id;
  return {};
}

Reference reference_of(const Record& record) {
  const auto either = [&](std::string_view tag, std::string_view other) {
    std::string text = record.first(tag);
    return text.empty() ? record.first(other) : text;
  };
  Reference reference;
  reference.line = record.line;
  reference.id = id_of(record);
  reference.title = either("TI", "T1");
  reference.abstract = either("AB", "N2");
  for (const auto tag : {"AU", "A1"}) {
    const auto found = record.values.find(std::string_view(tag));
    if (found == record.values.end() || !reference.authors.empty()) continue;
    for (const std::string& name : found->second)
      if (std::string ordered = name_in_order(name); !ordered.empty()) reference.authors.push_back(std::move(ordered));
  }
  return reference;
}

}  // namespace

std::vector<Reference> read_ris(std::string_view bytes, const std::string& source, Errors& errors) {
  const auto text = library_text(bytes, source, errors);
  if (!text) return {};
  std::vector<Reference> references;
  bool has_records = false;
  Record record;
  std::string* value = nullptr;  // what a line without a tag goes on with
  const auto end_record = [&] {
    has_records = has_records || record.line > 0;
    if (record.line > 0) add_reference(references, reference_of(record), source, errors);
    record = {};
    value = nullptr;
  };
  int number = 0;
  for (std::string_view line : split(*text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::string_view tag = tag_of(line);
    if (tag == "TY" || tag == "ER") end_record();
    if (tag.empty()) {
      if (value != nullptr) *value += '\n' + std::string(line);
    } else if (tag != "ER") {
      if (record.line == 0) record.line = number;
      value = &record.values[std::string(tag)].emplace_back(line.substr(5));
    }
  }
  end_record();
  if (!has_records && !trim(*text).empty())
    errors.push_back({Kind::failed,
                      {source, 0, 0},
                      "this file has no RIS record; it begins with " + excerpt(*text),
                      "export the library as RIS again"});
  return references;
}

PrivateFields private_fields_of_ris(std::string_view bytes) {
  PrivateFields found;
  int number = 0;
  for (const std::string_view line : split(bytes, '\n')) {
    ++number;
    const std::string_view tag = tag_of(line);
    const std::string_view value = tag.empty() ? tag : trim(line.substr(5));
    const bool is_file =
        is_one_of(tag, "L1 L2 L3 L4") && !value.starts_with("http://") && !value.starts_with("https://");
    if (value.empty() || !(is_file || is_one_of(tag, "N1 RN"))) continue;
    if (found.count++ == 0) found.first_line = number;
  }
  return found;
}

}  // namespace daybook
