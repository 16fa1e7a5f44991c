// What was found to be down in this run: one day's wait is enough for all.
#pragma once

namespace daybook {

struct Outages {
  bool llm = false;
  bool semantic_scholar = false;
  bool budget = false;  // too small for any request, and said to be
};

}  // namespace daybook
