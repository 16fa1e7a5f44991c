// Withdrawn papers in daybook run: counted, and neither shown nor asked about.
#include <algorithm>

#include "day/record.h"
#include "llm_owner.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);
const std::string withdrawn_id = "9901.00002";

// The second of five papers is withdrawn; a followed author wrote it.
std::vector<Paper> five_papers() {
  auto papers = feed_text::invented_papers(5);
  papers[1].authors = {"Ottoline Quillfeather"};
  papers[1].abstract = "This paper has been withdrawn by the author due to an error in Lemma 2.";
  return papers;
}

std::vector<Other> others(const LlmOwner& owner, Date day) {
  const std::string path = owner / ("archive/2099/" + day.iso() + ".others.jsonl");
  auto read = read_others(bytes_of(path), path);
  REQUIRE(read);
  return *read;
}

bool is_in(const std::vector<Entry>& entries, const std::string& id) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.paper.id == id; });
}

void check_left_out(const LlmOwner& owner) {
  const Day day = owner.record(monday);
  CHECK(day.counts.announced == 5);
  CHECK(day.counts.scanned == 5);
  CHECK(day.counts.withdrawn == 1);
  CHECK_FALSE(is_in(day.papers, withdrawn_id));
  CHECK_FALSE(is_in(day.near_misses, withdrawn_id));
  const auto lines = others(owner, monday);
  const auto line = std::find_if(lines.begin(), lines.end(), [](const Other& o) { return o.id == withdrawn_id; });
  REQUIRE(line != lines.end());
  CHECK(line->reason == "withdrawn");
  CHECK_FALSE(line->score.relevance);
}

constexpr const char* followed =
    "[[author]]\nname = \"Ottoline Quillfeather\"\n[scoring]\ns2_url = "
    "\"http://127.0.0.1:9/\"\n";

}  // namespace

TEST_CASE("withdrawn papers: a run counts them, shows none and asks about none", "[withdrawn]") {
  LlmServer server;
  LlmOwner owner("", followed);
  owner.announce(monday, five_papers());
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  check_left_out(owner);
  CHECK(owner.record(monday).status == Status::complete);
  std::size_t asked = 0;
  for (const LlmExchange& exchange : server.log()) {
    asked += exchange.ids.size();
    CHECK(std::count(exchange.ids.begin(), exchange.ids.end(), withdrawn_id) == 0);
  }
  CHECK(asked == 4);
}

TEST_CASE("withdrawn papers: without an LLM too, and a later cross-list is not scanned again", "[withdrawn]") {
  LlmOwner owner("", followed);
  owner.announce(monday, five_papers());
  REQUIRE(owner.run(monday, "") == 0);
  check_left_out(owner);
  CHECK(owner.record(monday).status == Status::local);

  auto again = five_papers();
  again[1].announce_type = AnnounceType::cross;
  owner.announce(monday + 1, {again[1], feed_text::invented_paper(6)});
  REQUIRE(owner.run(monday + 1, "") == 0);
  const Day tuesday = owner.record(monday + 1);
  CHECK(tuesday.counts.announced == 2);
  CHECK(tuesday.counts.scanned == 1);
  CHECK_FALSE(tuesday.counts.withdrawn);
}

TEST_CASE("withdrawn papers: a day of nothing else is whole, and asks nothing", "[withdrawn]") {
  LlmServer server;
  LlmOwner owner;
  owner.announce(monday, {five_papers()[1]});
  REQUIRE(owner.run(monday, server.base_url()) == 0);
  CHECK(owner.record(monday).status == Status::complete);
  CHECK(owner.record(monday).counts.withdrawn == 1);
  CHECK(server.log().empty());
}
