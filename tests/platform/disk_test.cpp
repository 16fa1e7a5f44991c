#include "platform/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <thread>

#include "platform/clock.h"
#include "platform/gzip.h"
#include "platform/lock.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

TEST_CASE("disk: a file is read as it is, zero bytes and all", "[disk]") {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\r\n\xFF", 6);
  put(folder / "file", bytes);
  CHECK(*read_file(folder / "file") == bytes);
  put(folder / "empty", "");
  CHECK(read_file(folder / "empty")->empty());
  CHECK(read_file("/proc/self/status")->find("Name:") == 0);  // its size says 0
}

TEST_CASE("disk: a file that cannot be read is named with the reason and the hint", "[disk]") {
  const TemporaryFolder folder;
  CHECK(describe(read_file(folder / "none").error()) == folder / "none" +
                                                            ": error: cannot read: no such file or directory\n" +
                                                            "  hint: check the path, or create what it names\n");
  CHECK(describe(read_file(folder.path()).error()) ==
        folder.path() + ": error: cannot read: is a directory\n  hint: this is a folder; name a file\n");
  CHECK(describe(files_in(folder / "none").error()) == folder / "none" +
                                                           ": error: cannot list: no such file or directory\n" +
                                                           "  hint: check the path, or create what it names\n");
}

TEST_CASE("disk: a file has a size, and a folder or nothing has none", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "file", "four");
  CHECK(file_size(folder / "file") == std::uintmax_t{4});
  CHECK_FALSE(file_size(folder.path()));
  CHECK_FALSE(file_size(folder / "none"));
}

TEST_CASE("disk: the files of a folder come sorted, without folders and half-written files", "[disk]") {
  const TemporaryFolder folder;
  for (const char* name : {"b", "a", "B", "sub/z", "sub/deep/y", "sub.txt", ".b.daybook-tmp", ".nojekyll"})
    put(folder / name, "x");
  std::filesystem::create_symlink("b", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "broken");
  std::filesystem::create_directory_symlink("..", folder / "sub/loop");
  CHECK(*files_in(folder.path()) == std::vector<std::string>{".nojekyll", "B", "a", "b", "link", "sub.txt"});
  CHECK(*files_below(folder.path()) ==
        std::vector<std::string>{".nojekyll", "B", "a", "b", "link", "sub/deep/y", "sub/z", "sub.txt"});
}

TEST_CASE("disk: folders are made with those above them, and a file in the way is an error", "[disk]") {
  const TemporaryFolder folder;
  CHECK(make_folders(folder / "a/b/c"));
  CHECK(make_folders(folder / "a/b/c/"));
  CHECK(exists(folder / "a/b/c"));
  put(folder / "file", "");
  CHECK(describe(make_folders(folder / "file").error()) ==
        folder / "file" + ": error: cannot make: not a directory\n" +
            "  hint: part of the path is a file, not a folder; check the path\n");
  CHECK(make_folders(folder / "file/below").error().what == "cannot make: not a directory");
}

TEST_CASE("disk: a write makes the folders, replaces the file and leaves nothing beside it", "[disk]") {
  const TemporaryFolder folder;
  CHECK(*write_atomically(folder / "a/b/file", "one"));
  CHECK(*write_atomically(folder / "a/b/file", "two"));
  CHECK(contents(folder.path()) == std::map<std::string, std::string>{{"a/", ""}, {"a/b/", ""}, {"a/b/file", "two"}});
}

TEST_CASE("disk: bytes that are there already are not written again", "[disk]") {
  const TemporaryFolder folder;
  const std::string path = folder / "file";
  CHECK(*write_atomically(path, "same"));
  struct stat before {
  }, after{};
  REQUIRE(::stat(path.c_str(), &before) == 0);
  CHECK_FALSE(*write_atomically(path, "same"));
  REQUIRE(::stat(path.c_str(), &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  CHECK(*write_atomically(path, "sane"));  // the same length
  CHECK(bytes_of(path) == "sane");
}

TEST_CASE("disk: a write keeps the file's permissions", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "file", "old");
  REQUIRE(::chmod((folder / "file").c_str(), 0640) == 0);
  CHECK(*write_atomically(folder / "file", "new"));
  struct stat status {};
  REQUIRE(::stat((folder / "file").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("disk: a write onto a folder is an error and leaves no temporary file", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "folder/file", "kept");
  CHECK(write_atomically(folder / "folder", "x").error().what == "cannot write: is a directory");
  CHECK(write_atomically(folder / "folder/", "x").error().what == "cannot write: is a directory");
  CHECK(write_atomically(folder / "folder/file/below", "x").error().what == "cannot write: not a directory");
  CHECK(contents(folder.path()) == std::map<std::string, std::string>{{"folder/", ""}, {"folder/file", "kept"}});
}

TEST_CASE("disk: what a killed write left is written over", "[disk]") {
  const TemporaryFolder folder;
  put(folder / ".file.daybook-tmp", std::string(1000, 'x'));
  CHECK(*write_atomically(folder / "file", "new"));
  CHECK(contents(folder.path()) == std::map<std::string, std::string>{{"file", "new"}});
}

TEST_CASE("disk: writers of one path do not mix their bytes", "[disk]") {
  const TemporaryFolder folder;
  std::vector<std::thread> writers;
  for (char c = 'a'; c < 'e'; ++c)
    writers.emplace_back([&, c] {
      for (std::size_t i = 0; i < 8; ++i) (void)write_atomically(folder / "file", std::string(20000 + i, c));
    });
  for (std::thread& writer : writers) writer.join();
  const std::string bytes = bytes_of(folder / "file");
  REQUIRE(bytes.size() >= 20000);
  CHECK(bytes == std::string(bytes.size(), bytes[0]));
  CHECK(contents(folder.path()).size() == 1);
}

TEST_CASE("disk: a reader sees a whole file whenever the writer is killed", "[disk]") {
  const TemporaryFolder folder;
  const std::string path = folder / "file";
  const std::string old_bytes(300000, 'a'), new_bytes(400000, 'b');
  REQUIRE(*write_atomically(path, old_bytes));
  for (int round = 0; round < 20; ++round) {
    const pid_t child = ::fork();
    if (child == 0)
      for (;;) {
        (void)write_atomically(path, new_bytes);
        (void)write_atomically(path, old_bytes);
      }
    sleep_seconds(0.0005 * round);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::string bytes = bytes_of(path);
    REQUIRE((bytes == old_bytes || bytes == new_bytes));
    REQUIRE(*files_in(folder.path()) == std::vector<std::string>{"file"});
  }
}

TEST_CASE("disk: a journal grows at its end", "[disk]") {
  const TemporaryFolder folder;
  for (const char* line : {"one\n", "two\n"}) {
    auto journal = AppendedFile::open(folder / "state/journal.jsonl");
    REQUIRE(journal);
    CHECK(journal->append(line));
    CHECK(journal->append(line));
    CHECK(journal->sync());
  }
  CHECK(bytes_of(folder / "state/journal.jsonl") == "one\none\ntwo\ntwo\n");
  CHECK(AppendedFile::open(folder / "state").error().what == "cannot write: is a directory");
}

TEST_CASE("disk: a file is removed, and one that is gone is no error", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "file", "x");
  CHECK(remove_file(folder / "file"));
  CHECK_FALSE(exists(folder / "file"));
  CHECK(remove_file(folder / "file"));
}

TEST_CASE("disk: what is no plain file is refused unopened, to read, to add to and to unpack", "[disk]") {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string told = ": this is a pipe, not a regular file";
  CHECK(describe(read_file(pipe).error()) ==
        pipe + ": error: cannot read" + told + "\n  hint: name a regular file; save piped data to a file first\n");
  CHECK(read_file_unpacked(pipe, 100).error().what == "cannot read" + told);
  CHECK(AppendedFile::open(pipe).error().what == "cannot write" + told);
  CHECK(read_file("/dev/zero").error().what == "cannot read: this is a device, not a regular file");
  CHECK(AppendedFile::open(folder.path()).error().what == "cannot write: is a directory");
  CHECK(*files_in(folder.path()) == std::vector<std::string>{"pipe"});  // so that it is told, not passed over
}

TEST_CASE("disk: a file longer than it may be is refused unread", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "long", std::string(3000000, 'x'));
  CHECK(read_file(folder / "long", 3000000)->size() == 3000000);
  CHECK(describe(read_file(folder / "long", 2000000).error()) ==
        folder / "long" + ": error: cannot read: it has 3 MB; at most 2 MB are allowed\n" +
            "  hint: check that this is the file that you mean\n");
}

TEST_CASE("disk: below a root no symbolic link is followed, the root itself may be one", "[disk]") {
  const TemporaryFolder folder;
  put(folder / "secret", "s");
  put(folder / "real/2099/day", "d");
  std::filesystem::create_directory_symlink("real", folder / "archive");
  std::filesystem::create_directory_symlink("2099", folder / "real/2100");
  std::filesystem::create_symlink("../../secret", folder / "real/2099/link");
  const std::string root = folder / "archive";
  CHECK(*read_file_below(root, root + "/2099/day") == "d");
  const std::string told =
      ": error: this is a symbolic link, which is not followed here\n  hint: replace it by its target\n";
  CHECK(describe(read_file_below(root, root + "/2099/link").error()) == root + "/2099/link" + told);
  CHECK(describe(read_file_below(root, root + "/2100/day").error()) == root + "/2100" + told);
  CHECK(AppendedFile::open(root + "/2099/link").error().what == "cannot write: too many levels of symbolic links");
  CHECK(bytes_of(folder / "secret") == "s");
}

// A look whether the folder is there used to hide why it could not be made: "no such file or directory".
TEST_CASE("disk: a folder that can't be made is told with the reason why, as of a disk that is read-only", "[disk]") {
  const TemporaryFolder folder;
  std::filesystem::create_directory_symlink("nowhere", folder / "broken");
  CHECK(make_folders(folder / "broken").error().what == "cannot make: file exists");
  if (!exists("/sys/kernel")) return;  // a file system in which nobody can make a folder
  CHECK(make_folders("/sys/daybook-none").error().what != "cannot make: no such file or directory");
}

TEST_CASE("disk: a folder is one's own until its lock is let go", "[disk]") {
  const TemporaryFolder folder;
  const std::string archive = folder / "archive";
  std::optional<Result<FolderLock>> first(FolderLock::take(archive));
  REQUIRE(*first);
  const auto second = FolderLock::take(archive);
  REQUIRE_FALSE(second);
  CHECK(describe(second.error()) == archive +
                                        ": error: another daybook process is running here\n"
                                        "  hint: run it again when that process has ended\n");
  CHECK(second.error().kind == Kind::later);
  first.reset();
  CHECK(FolderLock::take(archive));
}

TEST_CASE("disk: folders overlap where one is the other or lies in it, through links and before they exist", "[disk]") {
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
