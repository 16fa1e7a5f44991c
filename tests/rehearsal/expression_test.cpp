#include "rehearsal/expression.h"

#include <stdexcept>

#include "support/catch.h"

using namespace daybook::rehearsal;

namespace {

Scope scope(Standing standing = {}) {
  return {{{"steps.site.outputs.deploy", "true"},
           {"steps.site.outcome", "success"},
           {"github.event_name", "push"},
           {"github.event.created", false}},
          {"steps.site.", "steps.later.", "vars."},
          standing};
}

std::string text(const std::string& expression) {
  try {
    return evaluate(expression, scope());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

constexpr Standing well = {true, false, false}, failed = {false, true, false}, stopped = {false, false, true};

}  // namespace

TEST_CASE("expressions: operators, names and functions are GitHub's, and what is not known fails with its text",
          "[workflow]") {
  const std::pair<const char*, const char*> rows[] = {
      {"steps.site.outputs.deploy", "true"},
      {"steps.later.outputs.deploy", ""},
      {"vars.none", ""},
      {"'a' || 'b' && ''", "a"},
      {"('a' || 'b') && ''", ""},
      {"!github.event.created && 'new'", "new"},
      {"'Push' == github.event_name", "true"},
      {"'a' != 'b' && 'a' == 'a'", "true"},
      {"'' || 'else'", "else"},
      {"'it''s' && 'so'", "so"},
      {"fromJSON('[1,2]')", "[1,2]"},
      {"steps.sight.outcome", "${{ steps.sight.outcome }}: there is no steps.sight.outcome here"},
      {"'a' || github.sha", "${{ 'a' || github.sha }}: there is no github.sha here"},
      {"hashFiles()", "${{ hashFiles() }}: hashFiles() is no function that the rehearsal knows"},
      {"\"x\"", "${{ \"x\" }}: \"\"x\"\" is not understood"},
      {"'x", "${{ 'x }}: a quotation does not end"},
      {"!", "${{ ! }}: it breaks off"},
      {"(''", "${{ ('' }}: \")\" is missing at \"\""}};
  for (const auto& [expression, expected] : rows) CHECK(text(expression) == expected);
}

TEST_CASE("expressions: texts are filled in, an expression ends outside of quotations", "[workflow]") {
  CHECK(expand("a ${{ github.event_name }} of ${{ 'b }}' }}.", scope()) == "a push of b }}.");
  CHECK(expand("no expression", scope()) == "no expression");
  CHECK_THROWS_WITH(expand("${{ github", scope()), "an expression does not end: ${{ github");
}

TEST_CASE("expressions: an if is success() and what it says, unless it names how the job stands", "[workflow]") {
  const struct {
    const char* condition;
    Standing standing;
    bool holds;
  } rows[] = {{"", well, true},
              {"", failed, false},
              {"github.event_name == 'push'", well, true},
              {"github.event_name == 'push'", failed, false},
              {"github.event_name == 'push'", stopped, false},
              {"always()", stopped, true},
              {"${{ failure() && github.event_name == 'push' }}", failed, true},
              {"failure()", stopped, false},
              {"success() || cancelled()", stopped, true}};
  for (const auto& row : rows) {
    INFO(row.condition);
    CHECK(holds(row.condition, scope(row.standing)) == row.holds);
  }
  CHECK_THROWS_WITH(holds("${{ '' }} || 'x'", scope()), "if: ${{ '' }} || 'x': text beside ${{ }} is always true");
  Scope outputs = scope();
  outputs.standing.reset();
  CHECK_THROWS_WITH(evaluate("always()", outputs), "${{ always() }}: always() is not allowed here");
}
