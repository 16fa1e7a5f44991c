#include "core/http.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("a header is found whatever the case of its name") {
  const Headers headers = {{"Content-Type", "text/xml"}, {"retry-after", "5"}};
  CHECK(header(headers, "content-type") == "text/xml");
  CHECK(header(headers, "Retry-After") == "5");
  CHECK(header(headers, "Retry").empty());
}

TEST_CASE("the last of several headers of a name counts") {
  CHECK(header({{"X", "first"}, {"x", "last"}}, "X") == "last");
}
