#include "library/opinion_lines.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string with(const std::string& file, const std::string& said) {
  Errors errors;
  const auto opinions = read_opinions_of_issue(said, "said", errors);
  CHECK(errors.empty());
  return with_opinions(file, said, opinions);
}

}  // namespace

TEST_CASE("opinion lines: an opinion changes the sign of its line, which keeps its comment, and nothing else",
          "[library]") {
  const std::string file =
      "# mine, \xFF\n\n9901.00007 \t # kept\n- https://arxiv.org/abs/9901.00002v3  # was\nnonsense\n9901.00002\n";
  CHECK(with(file, "+ 9901.00002  # Bees") == "# mine, \xFF\n\n9901.00007 \t # kept\n+ 9901.00002  # was\nnonsense\n");
  CHECK(with(file, "forget 9901.00002") == "# mine, \xFF\n\n9901.00007 \t # kept\nnonsense\n");
  CHECK(with(file, "+ 9901.00007  # Another") == file);
  CHECK(with(file, "forget 9901.00009") == file);
  CHECK(with(file, "+ 9901.00003\n- 9901.00004 # No") == file + "+ 9901.00003\n- 9901.00004  # No\n");
}

TEST_CASE("opinion lines: a new line begins a line of its own, and its comment ends on it", "[library]") {
  CHECK(with("", "9901.00001") == "+ 9901.00001\n");
  CHECK(with("9901.00001", "- 9901.00002") == "9901.00001\n- 9901.00002\n");
  CHECK(with("9901.00001\r\n", "- 9901.00002 # a\tb\r") == "9901.00001\r\n- 9901.00002  # a b\r\n");
  CHECK(with("", "+ 9901.00001 #" + std::string(5000, 'x')) == "+ 9901.00001  # " + std::string(300, 'x') + '\n');
  CHECK(with("9901.00001\n", "forget 9901.00001").empty());
}
