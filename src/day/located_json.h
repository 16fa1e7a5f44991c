// JSON whose members are read with errors that name the offending member's line and column. For day/, legacy/ and
// store/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/json.h"

namespace daybook {

// A place in a document, from the root down: a member's name, or an element's index.
struct JsonStep {
  const JsonStep* parent = nullptr;
  std::string_view name;
  long index = -1;  // from 0 on: an element
};

struct LocatedJson {
  std::string source;
  std::string text;    // as it was read: RapidJSON's values have no positions, so a fault's place is found here
  std::string parsed;  // parsed in place
  bool surrogates;     // it has escapes of them: its strings may not be UTF-8
  rapidjson::Document root;
  std::optional<Error> fault;  // the first that was found

  LocatedJson(std::string json, std::string from);
  LocatedJson(const LocatedJson&) = delete;
  LocatedJson& operator=(const LocatedJson&) = delete;

  // Notes a fault at the value of `where` (null: the root). Only the first is kept.
  void add_fault(const JsonStep* where, std::string what, std::string hint = {});

 private:
  void parse();
  void refuse(std::size_t offset, std::string what);
};

// A value as a message shows it: "nine" in quotes (long texts cut), 7, null, an object, a list.
std::string shown(const Json& value);

// An object whose members are looked up one by one, and how faults in them are named. See json_fields.h.
class Members {
 public:
  // The fault for a value that is no object is noted here.
  Members(LocatedJson& document, const Json& object, const JsonStep* where);

  LocatedJson& document() const { return document_; }
  const JsonStep* where() const { return where_; }
  const Json* find(std::string_view name) const;
  const Json* required(std::string_view name);  // the same, but none is a fault

  // "NAME" is VALUE, not EXPECTED.
  void add_fault(std::string_view name, const Json& value, std::string_view expected);

 private:
  LocatedJson& document_;
  const Json* object_;
  const JsonStep* where_;
};

}  // namespace daybook
