// archive/site.json: what feed ids are made of outlives a change of the site's address.
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);
constexpr const char* first_url = "https://ada.github.io/papers/";
constexpr const char* second_url = "https://papers.example.org/";

class Owner {
 public:
  explicit Owner(const std::string& url) {
    settle(url);
    put(folder_ / "feed.xml", feed_text::rss_feed("cs.LG", monday, feed_text::invented_papers(5)));
  }

  void settle(const std::string& url, const std::string& more = "") {
    put(folder_ / "config/daybook.toml", "[site]\nurl = \"" + url + "\"\n" + more +
                                             "[arxiv]\ncategories = [\"cs.LG\"]\n[select]\nrelevance = 1\n"
                                             "[[topic]]\nname = \"Inventions\"\nkeep = \"inventions\"\n");
  }

  int command(std::vector<std::string> arguments) {
    for (const auto& [option, name] : {std::pair{"--config", "config/daybook.toml"}, {"--archive", "archive"}}) {
      arguments.emplace_back(option);
      arguments.push_back(folder_ / name);
    }
    Program program(arguments, {{"DAYBOOK_NOW", "2099-01-06T15:00:00Z"}}, folder_ / "output");
    const int code = program.wait();
    output_ = program.output();
    const std::string name = folder_.path() + '/';
    for (auto at = output_.find(name); at != std::string::npos; at = output_.find(name)) output_.erase(at, name.size());
    return code;
  }
  int run() {
    return command(
        {"run", "-q", "--feed", folder_ / "feed.xml", "--state", folder_ / "state", "--out", folder_ / "public"});
  }
  int build() { return command({"build", "-q", "--out", folder_ / "public"}); }

  const std::string& output() const { return output_; }
  std::string kept() const { return bytes_of(folder_ / "archive/site.json"); }
  std::string feed(const std::string& name) const { return bytes_of(folder_ / ("public/" + name)); }
  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
  std::string output_;
};

// All that follows "tag:" in a feed, up to what ends it.
std::vector<std::string> ids_in(const std::string& feed) {
  std::vector<std::string> ids;
  for (auto at = feed.find("tag:"); at != std::string::npos; at = feed.find("tag:", at + 1))
    ids.push_back(feed.substr(at, feed.find_first_of("<\"", at) - at));
  return ids;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("id base: a run keeps the address, and later ones make their ids from it", "[id_base]") {
  Owner owner(first_url);
  REQUIRE(owner.run() == 0);
  CHECK(owner.kept() == "{\"id_base\": \"https://ada.github.io/papers/\"}\n");
  const std::vector<std::string> feeds = {"atom.xml", "rss.xml", "feed.json", "daily/atom.xml",
                                          "topics/inventions/rss.xml"};
  std::vector<std::vector<std::string>> ids;
  for (const std::string& feed : feeds) ids.push_back(ids_in(owner.feed(feed)));

  owner.settle(second_url);
  REQUIRE(owner.build() == 0);
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    INFO(feeds[i]);
    CHECK_FALSE(ids[i].empty());
    CHECK(ids_in(owner.feed(feeds[i])) == ids[i]);
    CHECK(has(owner.feed(feeds[i]), second_url));
    CHECK_FALSE(has(owner.feed(feeds[i]), first_url));
  }
  REQUIRE(owner.run() == 0);
  CHECK(owner.kept() == "{\"id_base\": \"https://ada.github.io/papers/\"}\n");
  CHECK(owner.command({"check"}) == 0);
  CHECK(has(owner.output(),
            "feed ids are derived from https://ada.github.io/papers/ and do not change; links go to "
            "https://papers.example.org/\n"));
  CHECK_FALSE(has(owner.output(), "warning"));
}

TEST_CASE("id base: an older archive gets the present address from a run, never from a build", "[id_base]") {
  Owner owner(first_url);
  REQUIRE(owner.run() == 0);
  REQUIRE(std::remove((owner / "archive/site.json").c_str()) == 0);
  owner.settle(second_url);
  REQUIRE(owner.build() == 0);
  CHECK(owner.kept().empty());
  REQUIRE(owner.run() == 0);
  CHECK(owner.kept() == "{\"id_base\": \"https://papers.example.org/\"}\n");
}

TEST_CASE("id base: an example's address is not kept", "[id_base]") {
  Owner owner("https://example.github.io/daybook/");
  REQUIRE(owner.run() == 0);
  CHECK(owner.kept().empty());
}

TEST_CASE("id base: the setting counts before the archive's, and check warns of it", "[id_base]") {
  Owner owner(first_url);
  REQUIRE(owner.run() == 0);
  owner.settle(first_url, "id_base = \"https://old.example.org/\"\n");
  REQUIRE(owner.build() == 0);
  CHECK(ids_in(owner.feed("atom.xml")).front() == "tag:old.example.org,2026:/feeds/");
  CHECK(owner.command({"check"}) == 0);
  CHECK(has(owner.output(),
            "config/daybook.toml: warning: [site] id_base is https://old.example.org/, but the archive's feed ids are "
            "derived from https://ada.github.io/papers/\n"
            "  hint: remove id_base from [site]; with new ids, feed readers show every entry again\n"));
}

TEST_CASE("id base: an import keeps it, from the setting where there is one", "[id_base]") {
  Owner owner(first_url);
  REQUIRE(owner.run() == 0);
  owner.settle(second_url, "id_base = \"https://old.example.org/\"\n");
  REQUIRE(std::remove((owner / "archive/site.json").c_str()) == 0);
  REQUIRE(owner.command({"import", "-q", owner / "archive/2099/2099-01-05.json"}) == 0);
  CHECK(owner.kept() == "{\"id_base\": \"https://old.example.org/\"}\n");
}

TEST_CASE("id base: a damaged file is an error of check, and a warning of a build that leaves it alone", "[id_base]") {
  Owner owner(first_url);
  REQUIRE(owner.run() == 0);
  put(owner / "archive/site.json", "{\"id_base\": \"papers\"}\n");
  CHECK(owner.command({"check"}) == 1);
  CHECK(has(owner.output(),
            "archive/site.json: error: \"id_base\": \"papers\" is not a web address; feed ids are derived from [site] "
            "url instead\n  hint: restore it from the archive's history, or write "
            "{\"id_base\": \"https://...\"} with the site's first address\n"));
  CHECK(owner.run() == 0);
  CHECK(has(owner.output(), "archive/site.json: warning: \"id_base\""));
  CHECK(owner.kept() == "{\"id_base\": \"papers\"}\n");
  put(owner / "archive/site.json", "{}");
  CHECK(owner.command({"check"}) == 1);
  CHECK(has(owner.output(), "archive/site.json: error: \"id_base\" is missing"));
  put(owner / "archive/site.json", "{\"id_base\": ");
  CHECK(owner.command({"check"}) == 1);
  CHECK(has(owner.output(), "archive/site.json:1:"));
}
