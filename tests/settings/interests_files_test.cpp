// config/interests: files that owners start from. tests/command/init_test.cpp has what `daybook init` makes of them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "core/text.h"
#include "settings/settings.h"
#include "support/catch.h"

using namespace daybook;

namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_about_machine_learning(const fs::path& path) { return path.filename().string().starts_with("foundations"); }

void check_keywords(const Interests& interests, const Topic& topic) {
  INFO(topic.name);
  const std::string skip = folded(topic.skip);
  std::set<std::string> different;
  for (const std::string& keyword : topic.keywords) {
    INFO(keyword);
    CHECK(different.insert(folded(keyword)).second);
    CHECK(std::count(keyword.begin(), keyword.end(), ' ') < 4);
    CHECK(skip.find(folded(keyword)) == std::string::npos);
    CHECK(std::none_of(interests.skip_keywords.begin(), interests.skip_keywords.end(),
                       [&](const std::string& word) { return equal_ignoring_case(word, keyword); }));
  }
}

}  // namespace

TEST_CASE("interests files: each is without fault, and wants no word that it skips", "[interests]") {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(DAYBOOK_SOURCE_DIR "/config/interests")) {
    INFO(entry.path());
    Errors errors;
    const Interests interests = read_interests(contents(entry.path()), entry.path().string(), errors);
    CHECK(errors.empty());
    const std::size_t most = entry.path().filename() == "foundations-6.toml" ? 6 : 5;
    CHECK((interests.topics.size() >= 3 && interests.topics.size() <= most));
    for (const Topic& topic : interests.topics) {
      check_keywords(interests, topic);
      if (!is_about_machine_learning(entry.path())) CHECK((topic.keywords.size() >= 8 && topic.keywords.size() <= 12));
    }
    CHECK(interests.skip_keywords.empty() != is_about_machine_learning(entry.path()));
    CHECK(interests.authors.empty());
    ++files;
  }
  CHECK(files == 10);
}

TEST_CASE("interests files: the settings that ship skip no words", "[interests]") {
  Errors errors;
  CHECK(read_settings(contents(DAYBOOK_SOURCE_DIR "/config/daybook.toml"), "daybook.toml", errors)
            .interests.skip_keywords.empty());
  CHECK(errors.empty());
}
