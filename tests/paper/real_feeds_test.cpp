// Replies as arXiv sent them, where the folder with them is at hand; it is no part of this repository.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "paper/reading.h"

using namespace daybook;

namespace {

std::string folder() {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  return (shared != nullptr ? std::string(shared) : std::string(DAYBOOK_SOURCE_DIR "/../shared")) + "/data/arxiv/";
}

// Empty where the file is not at hand.
std::string reply(const std::string& name) {
  std::ifstream file(folder() + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text.empty()) WARN("skipped: no " << name << " in " << folder());
  return text;
}

// What every paper of a real feed has.
void check_whole(const Feed& feed, int versions_above_one) {
  int above = 0;
  for (const Paper& paper : feed.papers) {
    INFO(paper.id);
    CHECK_FALSE(paper.title.empty());
    CHECK_FALSE(paper.abstract.empty());
    CHECK_FALSE(paper.authors.empty());
    CHECK_FALSE(paper.categories.empty());
    CHECK(paper.version >= 1);
    CHECK(paper.abstract.find("Announce Type:") == std::string::npos);
    above += paper.version > 1 ? 1 : 0;
  }
  CHECK(above == versions_above_one);
}

std::map<AnnounceType, int> types(const Feed& feed) {
  std::map<AnnounceType, int> count;
  for (const Paper& paper : feed.papers) ++count[paper.announce_type.value()];
  return count;
}

std::size_t categories(const Feed& feed) {
  std::size_t count = 0;
  for (const Paper& paper : feed.papers) count += paper.categories.size();
  return count;
}

}  // namespace

TEST_CASE("real: the 86 whole entries of a feed that broke off are read", "[feeds]") {
  const std::string whole = reply("rss-arxiv-org_atom_cs.AI_2025-08-20.repaired.xml");
  const std::string cut = reply("rss-arxiv-org_atom_cs.AI_2025-08-20.truncated.xml");
  if (whole.empty() || cut.empty()) return;
  const Feed feed = read_well(whole);
  CHECK(feed.papers.size() == 86);
  CHECK(feed.category == "cs.AI");
  CHECK(feed.announced == date("2025-08-20"));
  CHECK(types(feed) == std::map<AnnounceType, int>{{AnnounceType::new_, 41}, {AnnounceType::cross, 45}});
  CHECK(categories(feed) == 179);
  check_whole(feed, 0);
  const Feed broken = read_well(cut);
  CHECK(broken.papers == feed.papers);
  REQUIRE(broken.cut_off);
  CHECK(describe(*broken.cut_off) ==
        "feed.xml:1233:85: error: the feed is cut off inside the 87th entry; the 86 whole ones before it are used\n"
        "  hint: fetch it again for the rest\n");
}

TEST_CASE("real: three RSS feeds of one day", "[feeds]") {
  for (const std::string category : {"cs.AI_2026-04-27", "cs.CL", "cs.LG"}) {
    const std::string text = reply("rss-arxiv-org_rss_" + category + "_3items.xml");
    if (text.empty()) return;
    const Feed feed = read_well(text);
    CHECK(feed.papers.size() == 3);
    CHECK(feed.category == category.substr(0, 5));
    CHECK(feed.announced == date("2026-04-27"));
    CHECK(types(feed) == std::map<AnnounceType, int>{{AnnounceType::new_, 3}});
    check_whole(feed, 0);
  }
}

TEST_CASE("real: a hundred papers of the API", "[feeds]") {
  const std::string text = reply("export-api_search_testing_100.xml");
  if (text.empty()) return;
  const Feed feed = read_well(text);
  CHECK(feed.papers.size() == 100);
  CHECK(feed.total_results == 214881);
  CHECK(categories(feed) == 173);
  check_whole(feed, 36);
  for (const Paper& paper : feed.papers) {
    CHECK(paper.published);
    CHECK(paper.title.find('\n') == std::string::npos);
  }
}

TEST_CASE("real: the API's error and its empty answers are told", "[feeds]") {
  const std::string error = reply("export-api_id_malformed_error.xml");
  const std::string nothing = reply("export-api_id_nonexistent.xml");
  const std::string invalid = reply("export-api_id_invalid2.xml");
  if (error.empty() || nothing.empty() || invalid.empty()) return;
  CHECK(refused(error).find("answers with an error: \"incorrect id") != std::string::npos);
  CHECK(refused(nothing).find("found nothing") != std::string::npos);
  CHECK(refused(invalid).find("found nothing") != std::string::npos);
}
