#include "settings/options.h"
#include "command/command_line.h"

#include "support/catch.h"

using namespace daybook;

namespace {

CommandLine read(std::vector<const char*> words) {
  words.insert(words.begin(), "daybook");
  return read_command_line(static_cast<int>(words.size()), words.data());
}

std::string fault_of(std::vector<const char*> words) {
  const CommandLine line = read(std::move(words));
  CHECK(line.exit_code == 2);
  return line.text;
}

}  // namespace

TEST_CASE("options: a replay takes a file of labels, one for the scores, and any number to warm up with", "[options]") {
  const auto line = read({"replay", "--warmup", "a.gz", "--scores", "s.tsv", "--warmup", "b.gz", "dev.gz"});
  REQUIRE(line.options);
  CHECK(line.options->command == "replay");
  CHECK(line.options->labelled == "dev.gz");
  CHECK(line.options->scores_file == "s.tsv");
  CHECK(line.options->warmups == std::vector<std::string>{"a.gz", "b.gz"});
  CHECK(line.options->labels == Labels::sent);
  CHECK(read({"replay", "dev.gz", "--scores", "s", "--labels", "None"}).options->labels == Labels::none);
  CHECK(read({"replay", "dev.gz", "--scores", "s", "--labels", "all"}).options->labels == Labels::all);
  CHECK(fault_of({"replay", "dev.gz"}) == "--scores is required");
  CHECK(fault_of({"replay", "--scores", "s"}) == "LABELLED is required");
  CHECK(fault_of({"replay", "dev.gz", "--scores", "s", "--labels", "some"}).find("--labels: ") == 0);
}

TEST_CASE("options: a preview is of fourteen days, or of as many as are asked for", "[options]") {
  CHECK(read({"preview"}).options->days == 14);
  CHECK(read({"preview", "--days", "3", "--scorer", "llm"}).options->days == 3);
  CHECK(fault_of({"preview", "--days", "0"}) == "--days: \"0\" is not a number from 1 to 10000");
}
