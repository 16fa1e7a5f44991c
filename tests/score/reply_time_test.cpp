// Endpoints send what they like: no reply takes more than linear time. A table of the shapes that have cost more, each
// read at one length and at four times that: linear is a factor of four, quadratic of sixteen.
#include <algorithm>
#include <ctime>
#include <functional>

#include "score/complaint.h"
#include "score/masked.h"
#include "score/semantic_scholar.h"
#include "score/thoughts.h"
#include "score/verdict.h"
#include "support/catch.h"

using namespace daybook;

namespace {

constexpr std::size_t short_length = 16U << 10U;
constexpr double too_much = 8;

std::string repeated(std::string_view part, std::size_t length) {
  std::string text;
  text.reserve(length + part.size());
  while (text.size() < length) text += part;
  return text;
}

// Of the processor, whatever else the machine has to do; the best of three.
double seconds(const std::function<void()>& work) {
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const std::clock_t start = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

void check_linear(const std::function<void(const std::string&)>& read,
                  const std::function<std::string(std::size_t)>& text) {
  const std::string small = text(short_length);
  const std::string large = text(4 * short_length);
  const double once = seconds([&] { read(small); });
  CHECK(seconds([&] { read(large); }) < too_much * std::max(once, 1e-3));
}

const std::vector<std::string>& parts() {
  static const std::vector<std::string> all = {"[",
                                               "{",
                                               "{\"",
                                               "\"",
                                               "\\",
                                               "\\\"",
                                               "```",
                                               "<think>",
                                               "</think>",
                                               "<think ",
                                               "<",
                                               "<|",
                                               "<|channel|>",
                                               "[THINK",
                                               "◁",
                                               "{\"ARXIVID\":",
                                               "{\"ARXIVID\": \"9901.00001\",\n",
                                               "{\"ARXIVID\": \"9901.00001\", \"COMMENT\": \"</think>\"}\n",
                                               "{\"ARXIVID\": \"9901.00001\", \"RELEVANCE\": 5, \"NOVELTY\": 5}\n",
                                               "9901.00001 ",
                                               "{x}",
                                               "[{\"a\":",
                                               "sk-",
                                               "***",
                                               "<script>",
                                               "<a",
                                               "Bearer "};
  return all;
}

}  // namespace

TEST_CASE("reply: the work grows with the length and no faster, whatever it is made of") {
  const std::vector<std::string> asked = {"9901.00001", "9901.00002"};
  const std::function<void(const std::string&)> readers[] = {
      [&](const std::string& text) { read_verdicts(text, Pass::scores, asked, {}); },
      [](const std::string& text) { without_thoughts(text); }, [](const std::string& text) { complaint_of(text); },
      [](const std::string& text) { masked(text, "sk-invented"); },
      [&](const std::string& text) { static_cast<void>(read_s2_reply(text, asked, "s2")); }};
  for (std::size_t reader = 0; reader < std::size(readers); ++reader)
    for (const std::string& part : parts()) {
      INFO("reader " << reader << " of " << part);
      check_linear(readers[reader], [&](std::size_t length) { return repeated(part, length); });
      check_linear(readers[reader],
                   [&](std::size_t length) { return "{\"error\": \"" + repeated(part, length) + "\"}"; });
    }
}
