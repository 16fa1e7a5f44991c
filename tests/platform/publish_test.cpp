#include "platform/publish.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "platform/clock.h"
#include "platform/disk.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

using Files = std::map<std::string, std::string>;

// What is published, without the marker.
Files published(const std::string& folder) {
  Files all = contents(folder);
  REQUIRE(all.erase(".daybook") == 1);
  return all;
}

Result<PublishCounts> publish(const std::string& folder, const Files& files, Swap first = Swap::exchange) {
  auto publication = Publication::begin(folder, first);
  if (!publication) return publication.error();
  for (const auto& [path, bytes] : files)
    if (auto added = (*publication)->add(path, bytes); !added) return added.error();
  return (*publication)->commit();
}

ino_t inode(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

class CurrentFolder {  // put back afterwards
 public:
  explicit CurrentFolder(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~CurrentFolder() { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

}  // namespace

TEST_CASE("publish: a first site is published whole, with the marker and nothing beside it", "[publish]") {
  const TemporaryFolder folder;
  const auto counts = publish(folder / "deep/public", {{"index.html", "hello"}, {"2025/08/05/index.html", "day"}});
  CHECK(*counts == PublishCounts{2, 2, 0, 0});
  CHECK(contents(folder / "deep") ==
        Files{{"public/", ""},
              {"public/.daybook", "This folder is written by daybook build; it is replaced as a whole.\n"},
              {"public/index.html", "hello"},
              {"public/2025/", ""},
              {"public/2025/08/", ""},
              {"public/2025/08/05/", ""},
              {"public/2025/08/05/index.html", "day"}});
}

TEST_CASE("publish: the next site keeps unchanged files, and takes the place of the rest", "[publish]") {
  for (const Swap swap : {Swap::exchange, Swap::two_renames, Swap::file_by_file}) {
    const TemporaryFolder folder;
    const std::string out = folder / "public";
    REQUIRE(publish(out, {{"same", "s"}, {"a/same", ""}, {"a/changed", "old"}, {"gone/page", "g"}}));
    const ino_t same = inode(out + "/same"), empty = inode(out + "/a/same"), changed = inode(out + "/a/changed");
    const auto counts = publish(out, {{"same", "s"}, {"a/same", ""}, {"a/changed", "new"}, {"b/c", "n"}}, swap);
    CHECK(*counts == PublishCounts{4, 2, 2, 1});
    CHECK(published(out) ==
          Files{{"same", "s"}, {"a/", ""}, {"a/same", ""}, {"a/changed", "new"}, {"b/", ""}, {"b/c", "n"}});
    CHECK(inode(out + "/same") == same);
    CHECK(inode(out + "/a/same") == empty);
    CHECK(inode(out + "/a/changed") != changed);
    CHECK_FALSE(exists(out + ".next"));
  }
}

TEST_CASE("publish: where nothing changed the old folder is left untouched", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  const Files files{{"a", "1"}, {"b/c", "2"}};
  REQUIRE(publish(out, files));
  const ino_t before = inode(out);
  CHECK(*publish(out, files) == PublishCounts{2, 0, 2, 0});
  CHECK(inode(out) == before);
  CHECK_FALSE(exists(out + ".next"));
  std::filesystem::create_directory(out + "/stray");  // not ours: it goes with the next site
  CHECK(*publish(out, files) == PublishCounts{2, 0, 2, 0});
  CHECK_FALSE(exists(out + "/stray"));
  CHECK(*publish(out, {{"a", "1"}}) == PublishCounts{1, 0, 1, 1});
  CHECK(published(out) == Files{{"a", "1"}});
}

TEST_CASE("publish: a page takes the place of a folder, and a folder that of a page", "[publish]") {
  for (const Swap swap : {Swap::exchange, Swap::two_renames, Swap::file_by_file}) {
    const TemporaryFolder folder;
    const std::string out = folder / "public";
    REQUIRE(publish(out, {{"a/b", "1"}, {"c", "2"}}));
    CHECK(*publish(out, {{"a", "3"}, {"c/d", "4"}}, swap) == PublishCounts{2, 2, 0, 2});
    CHECK(published(out) == Files{{"a", "3"}, {"c/", ""}, {"c/d", "4"}});
  }
}

TEST_CASE("publish: links in the old site are removed, and what they lead to stays", "[publish]") {
  for (const Swap swap : {Swap::exchange, Swap::file_by_file}) {
    const TemporaryFolder folder;
    const std::string out = folder / "public";
    put(folder / "precious/page", "p");
    REQUIRE(publish(out, {{"index.html", "1"}}));
    std::filesystem::create_directory_symlink(folder / "precious", out + "/linked");
    std::filesystem::create_symlink(folder / "precious/page", out + "/page");
    REQUIRE(publish(out, {{"linked/page", "new"}, {"page", "new"}}, swap));
    CHECK(published(out) == Files{{"linked/", ""}, {"linked/page", "new"}, {"page", "new"}});
    CHECK(contents(folder / "precious") == Files{{"page", "p"}});
  }
}

TEST_CASE("publish: without a commit the old site stays and nothing remains beside it", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"a", "1"}}));
  {
    auto publication = Publication::begin(out);
    REQUIRE((*publication)->add("a", "2"));
    REQUIRE((*publication)->add("b", "3"));
    CHECK(exists(out + ".next"));
  }
  CHECK(published(out) == Files{{"a", "1"}});
  CHECK_FALSE(exists(out + ".next"));
}

TEST_CASE("publish: two pages of one path, and paths that lead out, are errors that stop the commit", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"a", "1"}}));
  for (const char* path : {"", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "a/.", ".daybook"}) {
    auto publication = Publication::begin(out);
    CHECK((*publication)->add(path, "x").error() ==
          Error{Kind::failed, Place{out + '/' + path}, "this path cannot be published",
                "a page's path is relative and has no empty, \".\" or \"..\" parts"});
    CHECK_FALSE((*publication)->commit());
  }
  for (const char* first : {"1", "2"}) {  // linked, written
    auto publication = Publication::begin(out);
    REQUIRE((*publication)->add("a", first));
    const Error expected{Kind::failed, Place{out + "/a"}, "two pages have this path", "give one of them another name"};
    CHECK((*publication)->add("a", "1").error() == expected);
    CHECK((*publication)->add("a", "2").error() == expected);
    CHECK((*publication)->add("b", "2"));
    CHECK((*publication)->commit().error() == expected);
  }
  auto publication = Publication::begin(out);
  REQUIRE((*publication)->add("x", "1"));
  CHECK((*publication)->add("x/y", "1").error().what == "cannot write: not a directory");
  CHECK(published(out) == Files{{"a", "1"}});
}

TEST_CASE("publish: a folder that holds other files is not replaced", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  put(out + "/thesis.tex", "years of work");
  CHECK(describe(publish(out, {{"a", "1"}}).error()) ==
        out + ": error: cannot publish into this folder: it holds files that daybook did not write\n" +
            "  hint: choose another folder with --out, or empty this one if nothing in it is needed\n");
  put(out + "/.daybook", "somebody else's settings\n");
  CHECK(publish(out, {{"a", "1"}}).error().kind == Kind::misuse);
  CHECK(bytes_of(out + "/thesis.tex") == "years of work");
  CHECK_FALSE(exists(out + ".next"));
  std::filesystem::create_directory(folder / "empty");
  CHECK(publish(folder / "empty", {{"a", "1"}}));
}

TEST_CASE("publish: a git repository is not replaced, even with the marker", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"a", "1"}}));
  put(out + "/.git/HEAD", "ref: refs/heads/gh-pages\n");
  CHECK(describe(publish(out, {{"a", "2"}}).error()) ==
        out + ": error: cannot publish into this folder: it is a git repository\n" +
            "  hint: choose a folder of its own for the site, and copy it from there into the repository\n");
  CHECK(bytes_of(out + "/a") == "1");
}

TEST_CASE("publish: the root, the home folder, the current folder and those above them are not replaced", "[publish]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "user/project");
  const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  ::setenv("HOME", (folder / "user").c_str(), 1);
  const auto what = [](const std::string& path) { return publish(path, {}).error().what; };
  CHECK(what("/") == "cannot publish into this folder: it is the root of the file system");
  CHECK(what("//") == "cannot publish into this folder: it is the root of the file system");
  CHECK(what(folder / "user") == "cannot publish into this folder: it is the home folder");
  CHECK(what(folder / "user/project/..") == "cannot publish into this folder: it is the home folder");
  CHECK(what(folder.path()) == "cannot publish into this folder: the home folder is in it");
  {
    const CurrentFolder current(folder / "user/project");
    ::setenv("HOME", "/nonexistent", 1);
    CHECK(what(".") == "cannot publish into this folder: it is the current folder");
    CHECK(what("..") == "cannot publish into this folder: the current folder is in it");
    CHECK(what("") == "cannot publish into this folder: its name is missing");
    CHECK(publish("public/", {{"a", "1"}}));  // below it is where sites go
    CHECK(published(folder / "user/project/public") == Files{{"a", "1"}});
  }
  ::setenv("HOME", home.c_str(), 1);
}

TEST_CASE("publish: a link to a folder stands for that folder, one that leads nowhere is refused", "[publish]") {
  const TemporaryFolder folder;
  REQUIRE(publish(folder / "real", {{"a", "1"}}));
  std::filesystem::create_directory_symlink("real", folder / "public");
  CHECK(publish(folder / "public", {{"a", "2"}}));
  CHECK(std::filesystem::is_symlink(folder / "public"));
  CHECK(published(folder / "real") == Files{{"a", "2"}});
  std::filesystem::create_directory_symlink("nowhere", folder / "broken");
  CHECK(publish(folder / "broken", {}).error().what == "cannot publish into this folder: it is a broken link");
  put(folder / "file", "x");
  CHECK(publish(folder / "file", {}).error().what == "cannot publish into this folder: it is a file");
}

TEST_CASE("publish: a second process that publishes into the folder is told to wait", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  auto first = Publication::begin(out);
  REQUIRE(first);
  CHECK(describe(Publication::begin(out).error()) ==
        out + ": error: another daybook process is publishing into this folder\n" +
            "  hint: wait until it has ended, then run it again\n");
  CHECK(Publication::begin(out).error().kind == Kind::later);
  REQUIRE((*first)->add("a", "1"));
  CHECK(*(*first)->commit() == PublishCounts{1, 1, 0, 0});
  CHECK(*publish(out, {{"a", "1"}}) == PublishCounts{1, 0, 1, 0});  // after the commit the folder is free
}

TEST_CASE("publish: what a killed run left is cleaned, and foreign files in its place are not", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"a", "1"}}));
  const pid_t child = ::fork();
  if (child == 0) {
    auto publication = Publication::begin(out);
    (void)(*publication)->add("a", "2");
    (void)(*publication)->add("b/c", "3");
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  CHECK(published(out) == Files{{"a", "1"}});
  CHECK(bytes_of(out + ".next/site/b/c") == "3");
  CHECK(*publish(out, {{"a", "4"}}) == PublishCounts{1, 1, 0, 0});
  CHECK(published(out) == Files{{"a", "4"}});
  CHECK_FALSE(exists(out + ".next"));

  put(out + ".next/notes.txt", "mine");
  CHECK(describe(publish(out, {{"a", "5"}}).error()) ==
        out + ".next: error: cannot publish into this folder: it holds files that daybook did not write\n" +
            "  hint: choose another folder with --out, or empty this one if nothing in it is needed\n");
  CHECK(bytes_of(out + ".next/notes.txt") == "mine");
}

TEST_CASE("publish: a run that was killed between two renames is made good by the next", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"a", "1"}}));
  put(out + ".next/.daybook", std::string(Publication::marker_text));
  put(out + ".next/site/a", "half");
  std::filesystem::rename(out, out + ".next/old");
  { REQUIRE(Publication::begin(out)); }  // not committed
  CHECK(published(out) == Files{{"a", "1"}});
}

TEST_CASE("publish: whenever a run is killed, what is published is one whole site", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  const auto site = [](const std::string& version) {
    Files files;
    for (int i = 0; i < 40; ++i) files[std::to_string(i % 5) + "/" + std::to_string(i)] = version;
    return files;
  };
  REQUIRE(publish(out, site("old")));
  for (int round = 0; round < 30; ++round) {
    const pid_t child = ::fork();
    if (child == 0)
      for (;;) {
        (void)publish(out, site("new"));
        (void)publish(out, site("old"));
      }
    sleep_seconds(0.0007 * round);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    Files found = published(out);
    std::map<std::string, int> versions;
    for (const auto& [path, bytes] : found)
      if (!bytes.empty()) ++versions[bytes];
    REQUIRE(versions.size() == 1);
    REQUIRE(versions.begin()->second == 40);
  }
  const auto last = publish(out, site("last"));
  if (!last) FAIL_CHECK(describe(last.error()));
  CHECK_FALSE(exists(out + ".next"));
}

TEST_CASE("publish: a run killed while it wrote the marker of its staging folder does not stop the next", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  REQUIRE(publish(out, {{"index.html", "old"}}));
  for (const std::string written : {"", "This folder is wr"}) {
    put(out + ".next/.daybook", written);
    CHECK(publish(out, {{"index.html", "new" + written}}));
  }
  put(out + ".next/.daybook", "This is mine");
  CHECK_FALSE(publish(out, {{"index.html", "newer"}}));
}

TEST_CASE("publish: pages are added from several threads at once", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  for (const std::string version : {"1", "2"}) {
    auto publication = Publication::begin(out);
    REQUIRE(publication);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = t; i < 200; i += 4)
          (void)(*publication)->add("a/b/" + std::to_string(i / 50) + "/" + std::to_string(i), i < 100 ? "s" : version);
      });
    for (std::thread& thread : threads) thread.join();
    const auto counts = (*publication)->commit();
    CHECK(*counts == (version == "1" ? PublishCounts{200, 200, 0, 0} : PublishCounts{200, 100, 100, 0}));
  }
}

TEST_CASE("publish: a mount point, which cannot be exchanged, is filled file by file", "[publish]") {
  const TemporaryFolder folder;
  const std::string out = folder / "public";
  std::filesystem::create_directory(out);
  if (::mount("tmpfs", out.c_str(), "tmpfs", 0, "size=1m") != 0) {
    WARN("skipped: this user cannot mount");
    return;
  }
  {
    const auto first = publish(out, {{"a", "1"}, {"b/c", "2"}, {"gone/d", "3"}});
    CHECK(*first == PublishCounts{3, 3, 0, 0});
    const ino_t unchanged = inode(out + "/a");
    CHECK(*publish(out, {{"a", "1"}, {"b/c", "4"}, {"e/f", "5"}}) == PublishCounts{3, 2, 1, 1});
    CHECK(published(out) == Files{{"a", "1"}, {"b/", ""}, {"b/c", "4"}, {"e/", ""}, {"e/f", "5"}});
    CHECK(inode(out + "/a") == unchanged);
    CHECK_FALSE(exists(out + ".next"));
    // A disk that is full stops the page, not the site that is there.
    CHECK(publish(out, {{"a", "1"}, {"big", std::string(2U << 20U, 'x')}}).error().what ==
          "cannot write: no space left on device");
    CHECK(bytes_of(out + "/a") == "1");
  }
  REQUIRE(::umount(out.c_str()) == 0);
}
