#include "rehearsal/expression.h"

#include <stdexcept>

#include "support/catch.h"

using namespace daybook::rehearsal;

namespace {

Scope scope() {
  Object outputs = object_of({{"deploy", "true"}, {"empty", ""}});
  Object site;
  site.members = {{"outputs", outputs}, {"outcome", "success"}};
  Object steps;
  steps.members = {{"site", site}, {"later", Object{}}};
  steps.complete = true;
  return {
      {{"steps", steps}, {"inputs", object_of({{"date", ""}})}, {"github", object_of({{"event_name", "push"}}, true)}},
      Standing{true, false, false}};
}

std::string text(const std::string& expression) { return evaluate(expression, scope()).text(); }

std::string failure(const std::string& expression) {
  try {
    return "no failure: " + text(expression);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

bool holds_after(const std::string& condition, Standing standing) {
  Scope after = scope();
  after.standing = standing;
  return holds(condition, after);
}

constexpr Standing well = {true, false, false};
constexpr Standing failed = {false, true, false};
constexpr Standing stopped = {false, false, true};

}  // namespace

TEST_CASE("an expression finds what steps put out, and null where a step has not run") {
  CHECK(text("steps.site.outputs.deploy") == "true");
  CHECK(text("steps['site'].outputs['deploy']") == "true");
  CHECK(text("steps.later.outputs.deploy") == "");
  CHECK(text("steps.later.outputs.deploy == null") == "true");
  CHECK(text("Steps.SITE.Outcome") == "success");
}

TEST_CASE("operators bind and compare as GitHub's do") {
  CHECK(text("true || false && false") == "true");
  CHECK(text("(true || false) && false") == "false");
  CHECK(text("!false && 1 < 2") == "true");
  CHECK(text("'Push' == github.event_name") == "true");
  CHECK(text("'a' != 'b'") == "true");
  CHECK(text("'' == 0") == "true");
  CHECK(text("null == false") == "true");
  CHECK(text("'x' == 0") == "false");
  CHECK(text("'' || 'else'") == "else");
  CHECK(text("'it''s' && 'so'") == "so");
  CHECK(text("0xff") == "255");
  CHECK(text("-9.2") == "-9.2");
}

TEST_CASE("functions do what GitHub's do") {
  CHECK(text("contains('Hello', 'ELL')") == "true");
  CHECK(text("contains(fromJSON('[\"push\", \"schedule\"]'), github.event_name)") == "true");
  CHECK(text("startsWith('refs/heads/main', 'refs/heads/')") == "true");
  CHECK(text("endsWith('a.yml', '.json')") == "false");
  CHECK(text("format('{{{0}}} of {1}', 2, 'x')") == "{2} of x");
  CHECK(text("join(fromJSON('[1,2]'), '+')") == "1+2");
  CHECK(text("toJSON(fromJSON('{\"a\":[1,true,null]}'))") == "{\n  \"a\": [\n    1,\n    true,\n    null\n  ]\n}");
}

TEST_CASE("what is not known fails with the expression's text, where it would not be evaluated too") {
  CHECK(failure("stpes.site") == "${{ stpes.site }}: \"stpes\" is not known here");
  CHECK(failure("true || steps.sight") == "${{ true || steps.sight }}: steps.sight: there is no \"sight\"");
  CHECK(failure("github.sha") == "${{ github.sha }}: github.sha: there is no \"sha\"");
  CHECK(failure("hashFiles('x')") == "${{ hashFiles('x') }}: hashfiles() is no function that the rehearsal knows");
  CHECK(failure("\"x\"") == "${{ \"x\" }}: \"\"x\"\" is not understood");
  CHECK(failure("'x") == "${{ 'x }}: a quotation does not end");
  CHECK(failure("true true") == "${{ true true }}: \"true\" is not understood");
  CHECK(failure("fromJSON('')") == "no JSON: : The document is empty.");
}

TEST_CASE("texts are filled in, an expression ends outside of quotations") {
  CHECK(expand("a ${{ github.event_name }} of ${{ 'b }}' }}.", scope()) == "a push of b }}.");
  CHECK(expand("no expression", scope()) == "no expression");
  CHECK_THROWS_WITH(expand("${{ github", scope()), "an expression does not end: ${{ github");
  CHECK(to_json(expand_value("${{ fromJSON('[1]') }}", scope())) == "[\n  1\n]");
}

TEST_CASE("an if is success() and what it says, unless it names how the job stands") {
  CHECK(holds_after("", well));
  CHECK_FALSE(holds_after("", failed));
  CHECK(holds_after("github.event_name == 'push'", well));
  CHECK_FALSE(holds_after("github.event_name == 'push'", failed));
  CHECK_FALSE(holds_after("github.event_name == 'push'", stopped));
  CHECK(holds_after("always()", stopped));
  CHECK(holds_after("${{ failure() && github.event_name == 'push' }}", failed));
  CHECK_FALSE(holds_after("failure()", stopped));
  CHECK(holds_after("success() || cancelled()", stopped));
  CHECK_THROWS_WITH(holds_after("${{ false }} || true", well),
                    "if: ${{ false }} || true: text beside ${{ }} is always true");
}

TEST_CASE("what tells how a job stands is refused where GitHub refuses it") {
  Scope outputs = scope();
  outputs.standing.reset();
  CHECK_THROWS_WITH(evaluate("always()", outputs), "${{ always() }}: always() is not allowed here");
}
