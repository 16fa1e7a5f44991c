#include "pipeline/context.h"

#include "platform/parallel.h"

namespace daybook {

Exit exit_of(const Error& error) {
  switch (error.kind) {
    case Kind::misuse:
      return exit_misuse;
    case Kind::later:
      return exit_later;
    case Kind::failed:
      break;
  }
  return exit_failed;
}

Exit worse(Exit a, Exit b) {
  for (const Exit one : {exit_misuse, exit_failed, exit_later})
    if (a == one || b == one) return one;
  return exit_done;
}

int CommandContext::jobs() const { return options.jobs > 0 ? options.jobs : available_processors(); }

Exit CommandContext::fail(const Error& error) const {
  console.error(error);
  return exit_of(error);
}

Exit CommandContext::fail(const Errors& errors) const {
  console.errors(errors);
  // Wrong use comes first: what else failed may follow from it.
  Exit worst = exit_done;
  for (const Exit one : {exit_later, exit_failed, exit_misuse})
    for (const Error& error : errors)
      if (exit_of(error) == one) worst = one;
  return worst;
}

}  // namespace daybook
