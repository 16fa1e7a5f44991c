#include "store/context.h"

#include "platform/parallel.h"

namespace daybook {

Exit exit_of(const Error& error) {
  return error.kind == Kind::misuse ? exit_misuse : error.kind == Kind::later ? exit_later : exit_failed;
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
  Exit worst = exit_done;
  for (const Error& error : errors) worst = worse(worst, exit_of(error));
  return worst;
}

}  // namespace daybook
