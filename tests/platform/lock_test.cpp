#include "platform/lock.h"

#include <optional>

#include "platform/disk.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

TEST_CASE("a folder is one's own until its lock is let go") {
  const TemporaryFolder folder;
  const std::string archive = folder / "archive";
  std::optional<Result<FolderLock>> first(FolderLock::take(archive));
  REQUIRE(*first);
  const auto second = FolderLock::take(archive);
  REQUIRE_FALSE(second);
  CHECK(describe(second.error()) == archive +
                                        ": error: another daybook process is at work here\n"
                                        "  hint: run it again when that has ended\n");
  CHECK(second.error().kind == Kind::later);
  first.reset();
  CHECK(FolderLock::take(archive));
}

TEST_CASE("folders overlap where one is the other or lies in it, through links and before they exist") {
  const TemporaryFolder folder;
  REQUIRE(make_folders(folder / "public"));
  std::filesystem::create_directory_symlink(folder / "public", folder / "link");
  CHECK(overlap(folder / "public", folder / "public/"));
  CHECK(overlap(folder / "public", folder / "public/data/archive"));
  CHECK(overlap(folder / "link/archive", folder / "public"));
  CHECK(overlap(folder / "archive", folder / "archive/../archive"));
  CHECK_FALSE(overlap(folder / "public", folder / "public2"));
  CHECK_FALSE(overlap(folder / "archive", folder / "public"));
}
