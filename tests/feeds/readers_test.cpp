// Formats read by the programs that others read them with, where this machine has them.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "day/record.h"
#include "site/traps.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

int run_in(const TemporaryFolder& folder, const std::string& command) {
  return std::system(("cd '" + folder.path() + "' && " + command + " >printed 2>&1 </dev/null").c_str());
}

}  // namespace

TEST_CASE("readers: biber reads a day's BibTeX without a warning", "[readers]") {
  const TemporaryFolder folder;
  if (run_in(folder, "command -v biber") != 0) {
    WARN("skipped: there is no biber here");
    return;
  }
  put(folder / "day.bib", built({trap_day()}, parts()).at("2099/01/05/day.bib"));
  CHECK(run_in(folder, "biber --tool --validate-datamodel day.bib") == 0);
  const std::string printed = bytes_of(folder / "printed");
  INFO(printed);
  CHECK(printed.find("WARN") == std::string::npos);
  CHECK(printed.find("ERROR") == std::string::npos);
  CHECK(count(bytes_of(folder / "day_bibertool.bib"), "\n@") + 1 >= 5);
}

TEST_CASE("readers: jsonschema finds the API's files valid", "[readers]") {
  const TemporaryFolder folder;
  if (run_in(folder, "python3 -c 'import jsonschema; jsonschema.Draft202012Validator'") != 0) {
    WARN("skipped: there is no python3-jsonschema here");
    return;
  }
  const Files files = built({trap_day()}, parts());
  put(folder / "schema.json", *find_bytes(builtin_site_files(), "api/v1/schema.json"));
  put(folder / "days.json", files.at("api/v1/days.json"));
  put(folder / "day.json", files.at("api/v1/2099/01/05.json"));
  put(folder / "topics.json", files.at("api/v1/topics.json"));
  put(folder / "validate.py",
      "import json, jsonschema\n"
      "schema = json.load(open('schema.json'))\n"
      "jsonschema.Draft202012Validator.check_schema(schema)\n"
      "for name in ('days', 'day', 'topics'):\n"
      "    part = {'$ref': '#/$defs/' + name, '$defs': schema['$defs']}\n"
      "    jsonschema.Draft202012Validator(part).validate(json.load(open(name + '.json')))\n");
  const int code = run_in(folder, "python3 validate.py");
  INFO(bytes_of(folder / "printed"));
  CHECK(code == 0);
}

TEST_CASE("readers: feedparser and newsboat find in the feeds what the records hold", "[readers][feeds]") {
  const TemporaryFolder folder;
  if (run_in(folder, "/usr/bin/python3 -c 'import feedparser'") != 0) {  // Debian's, for which python3-feedparser is
    WARN("skipped: there is no python3-feedparser here");
    return;
  }
  Day later = day_with(monday + 1, 3);
  later.papers.push_back(trap_day().papers[0]);  // once more
  const std::vector<Day> days = {later, trap_day(), day_with(monday + -7, 16)};
  for (const auto& [path, bytes] : built(days, parts())) {
    const std::filesystem::path file = folder / ("site/" + path);
    std::filesystem::create_directories(file.parent_path());
    put(file.string(), bytes);
  }
  std::filesystem::create_directory(folder / "records");
  for (const Day& day : days) put(folder / ("records/" + day.date.iso() + ".json"), write_record(day));
  const int code = run_in(folder, "/usr/bin/python3 " DAYBOOK_SOURCE_DIR "/tests/feeds/feed_readers.py site records");
  CHECK(code == 0);
  CHECK(bytes_of(folder / "printed") == "");
}
