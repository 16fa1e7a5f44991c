#include "site/cascade_fields.h"

#include "site/links.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr double least_shown = 0.00005;  // US dollars: what is less would be "$0.0000"

}  // namespace

std::string saved_text(const Cascade& cascade) {
  return cascade.saved.value_or(0) >= least_shown ? "about " + money(*cascade.saved) : std::string();
}

void set_cascade(Fields& fields, const std::optional<Cascade>& cascade) {
  const auto number = [&](int Cascade::*count) { return cascade ? grouped((*cascade).*count) : std::string(); };
  fields.flag("has_cascade", cascade.has_value());
  fields.set("sent", number(&Cascade::sent));
  fields.set("explored", number(&Cascade::explored));
  fields.set("discarded", number(&Cascade::discarded));
  fields.set("saved", cascade ? saved_text(*cascade) : "");
}

}  // namespace daybook
