// A disk that is full: said once, whatever the number of files that don't fit.
#include <sched.h>
#include <sys/mount.h>

#include "backfill_owner.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = day_named("2099-01-05");

// Gone with this process, which alone sees it. Wants the right to mount.
bool mount_small_disk(const std::string& folder) {
  std::filesystem::create_directories(folder);
  return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

}  // namespace

TEST_CASE("full disk: a backfill says so once, and how often more") {
  ArxivServer arxiv;
  const Date last = monday + 25;
  submit_daily(arxiv, monday, last);
  arxiv.set_today(last + 7);
  BackfillOwner owner(arxiv);
  if (!mount_small_disk(owner / "archive")) {
    WARN("not run: this user may not mount");
    return;
  }
  CHECK(owner.backfill(last + 7, monday, last) == 1);
  INFO(owner.output());
  CHECK(count(owner.output(), "error: cannot write: no space left on device\n") == 1);
  CHECK(count(owner.output(), "error: no space left on device (and ") == 1);
  ::umount((owner / "archive").c_str());
}

TEST_CASE("read-only disk: an archive there is said to be read-only, not to be missing", "[disk]") {
  ArxivServer arxiv;
  submit_daily(arxiv, monday, monday);
  arxiv.set_today(monday + 7);
  BackfillOwner owner(arxiv);
  const std::string disk = owner / "archive";
  if (!mount_small_disk(disk) || ::mount("none", disk.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
    WARN("not run: this user may not mount");
    return;
  }
  CHECK(owner.backfill(monday + 7, monday, monday) == 1);
  INFO(owner.output());
  CHECK(count(owner.output(), ": read-only file system\n") > 0);
  CHECK(count(owner.output(), "no such file") == 0);
  ::umount(disk.c_str());
}
