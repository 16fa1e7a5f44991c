// Endpoints send what they like: no reply takes more than linear time. A table of the shapes that have cost more.
#include <functional>

#include "authors/semantic_scholar.h"
#include "core/complaint.h"
#include "core/text.h"
#include "llm/reply_text.h"
#include "llm/verdict.h"
#include "support/catch.h"
#include "support/growth.h"

using namespace daybook;

namespace {

constexpr std::string_view parts =
    R"([~{~{"~"~\~\"~```~<think>~</think>~<think ~<~<|~<|channel|>~[THINK~◁~{"ARXIVID":~{x}~[{"a":~sk-~***~<script>~<a~)"
    "Bearer ~{\"ARXIVID\": \"9901.00001\",\n~{\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"</think>\"}\n~"
    "{\"ARXIVID\": \"9901.00001\", \"RELEVANCE\": 5, \"NOVELTY\": 5}\n~9901.00001 ";

}  // namespace

TEST_CASE("reply: the work grows with the length and no faster, whatever it is made of", "[reply]") {
  const std::vector<std::string> asked = {"9901.00001", "9901.00002"};
  const std::function<void(const std::string&)> readers[] = {
      [&](const std::string& text) { read_verdicts(text, Pass::scores, asked, {}); },
      [](const std::string& text) { without_thoughts(text); }, [](const std::string& text) { complaint_of(text); },
      [](const std::string& text) { masked(text, "sk-invented"); },
      [&](const std::string& text) { static_cast<void>(read_s2_reply(text, asked, "s2")); }};
  for (std::size_t reader = 0; reader < std::size(readers); ++reader)
    for (const std::string_view shape : split(parts, '~')) {
      const std::string part(shape);
      INFO("reader " << reader << " of " << part);
      const auto& read = readers[reader];
      CHECK_FALSE(grows_faster_than_its_input(read, part));
      CHECK_FALSE(grows_too_fast([&](std::size_t bytes) { read("{\"error\": \"" + repeated(part, bytes) + "\"}"); }));
    }
}
