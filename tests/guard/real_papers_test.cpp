// Real papers, where they are at hand: set DAYBOOK_SHARED to the folder that has data/.
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/json.h"
#include "core/text.h"
#include "guard/sanitize_for_prompt.h"
#include "platform/gzip.h"
#include "support/catch.h"

using namespace daybook;

namespace {

std::filesystem::path data() {
  const char* folder = std::getenv("DAYBOOK_SHARED");
  return (folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(DAYBOOK_SOURCE_DIR "/../shared")) /
         "data";
}

/// Tally counts papers, each text once, and what sanitize_for_prompt() does to them.
struct Tally {
  std::set<std::string> seen;
  std::size_t cut = 0;
  std::size_t marked = 0;
  std::string cut_ids;

  void add(std::string_view id, const Json& json) {
    Paper paper;
    paper.title = string_of(member(json, "title"));
    paper.abstract = string_of(member(json, "abstract"));
    if (paper.title.empty() || !seen.insert(paper.title + '\n' + paper.abstract).second) return;
    const PromptText text = sanitize_for_prompt(paper);
    if (!text.suspicion.empty()) ++marked;
    if (text.removed.empty()) return;
    ++cut;
    cut_ids.append(id).append(" ");
  }
};

// A paper a line, or all of a day in one object by their ids.
void add_file(Tally& tally, const std::string& path) {
  const auto text = read_file_unpacked(path);
  REQUIRE(text);
  const bool is_day = path.ends_with(".json");
  for (const std::string_view one : is_day ? std::vector<std::string_view>{*text} : split(*text, '\n')) {
    if (one.empty()) continue;
    JsonDocument document;
    document.text = one;
    REQUIRE_FALSE(parse_json(document, path));
    if (!is_day) {
      tally.add(string_of(member(document.root, "id")), document.root);
    } else {
      for (const auto& entry : document.root.GetObject()) tally.add(entry.name.GetString(), entry.value);
    }
  }
}

}  // namespace

TEST_CASE("sanitizing: of real papers 0.02 % lose words at most, and 0.5 % are asked about alone", "[guard][shared]") {
  if (!std::filesystem::exists(data() / "scoring")) {
    WARN("skipped: no shared data");
    return;
  }
  Tally tally;
  for (const char* folder : {"scoring", "fields", "days"})
    for (const auto& file : std::filesystem::directory_iterator(data() / folder))
      if (file.path().extension() == ".gz" || (file.path().extension() == ".json" && folder[0] == 'd'))
        add_file(tally, file.path().string());
  INFO(tally.seen.size() << " papers, " << tally.marked << " are suspect, " << tally.cut
                         << " lose words: " << tally.cut_ids);
  CHECK(tally.seen.size() > 10000);
  CHECK(tally.cut * 5000 <= tally.seen.size());
  CHECK(tally.marked * 200 <= tally.seen.size());
}
