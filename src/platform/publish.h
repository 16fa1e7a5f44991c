// Publication replaces a whole site by another: what is published is old or new, never mixed.
//
// For the output folder "public", the new site grows in "public.next/site" beside it, on the same file system. commit()
// exchanges the two folders in one step (renameat2 with RENAME_EXCHANGE); if the file system cannot do that, by two
// renames, with a moment between them in which there is no site; if the folder cannot be moved at all (a mount point),
// file by file. A lock on "public.next" keeps a second process out; what a killed run left there is cleaned by the
// next.
//
// Most files do not change from day to day. A file whose bytes equal the old site's is hard-linked, not written: it
// keeps its inode and time.
//
// The folder is replaced as a whole, so that deleted pages go. Therefore a folder that holds files of others must not
// be taken by mistake; begin() refuses all that lacks our marker file. Nothing is synced to the disk: a site that a
// power failure destroyed is built again.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "platform/disk.h"

namespace daybook {

// Without the marker file that every publication has.
struct PublishCounts {
  std::size_t files = 0;      // in the new site
  std::size_t written = 0;    // of these, new ones and those with other bytes than before
  std::size_t unchanged = 0;  // of these, those that are the old site's own files (same inode and time)
  std::size_t removed = 0;    // files of the old site that the new one lacks
  bool operator==(const PublishCounts&) const = default;
};

// How the new site takes the old one's place. Each falls back to the next; tests start with a later one.
enum class Swap { exchange, two_renames, file_by_file };

class Publication {
 public:
  // A file in the root of each published folder, which marks it as ours to replace.
  static constexpr std::string_view marker_name = ".daybook";
  static constexpr std::string_view marker_text =
      "This folder is written by daybook build; it is replaced as a whole.\n";

  // Errors: Kind::misuse, with a hint, if replacing the folder would delete what is not ours: it is the root, the home
  // folder, the current one or one above these; it holds a .git; it is not empty and lacks the marker. Kind::later if
  // another process is publishing into it. A link to a folder stands for that folder.
  static Result<std::unique_ptr<Publication>> begin(const std::string& folder, Swap first = Swap::exchange);

  // Without commit(), leaves the old site as it was, and nothing else.
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  // Puts a file into the new site; from any thread. `path` is relative with "/" ("2025/08/05/index.html"), without
  // empty, "." and ".." parts. Errors: another path, a path twice, a system error; after one, commit() fails.
  Result<Done> add(std::string_view path, std::string_view bytes);

  // Call it once, when no add() is running. If nothing changed, the old folder is left untouched. After an error the
  // old site is as it was (file by file: some of its files may be new; publishing again completes it).
  Result<PublishCounts> commit();

 private:
  Publication() = default;
  Result<Done> take_lock();
  Result<Done> clean_leftovers();
  Result<Done> open_staging();
  std::optional<Error> store(std::string_view path, std::string_view bytes);
  int put(const std::string& name, std::string_view bytes, bool same);  // an errno, 0 for success; so the next two
  int exchange();
  int two_renames();
  Result<Done> swap();
  void remove_staging();

  std::string shown_;  // the output folder as the user gave it
  std::string old_;    // the same, absolute and without links
  bool is_old_ = false;
  std::string holder_;  // the locked folder beside it, which contains:
  std::string new_;     // the new site, and after an exchange the old one
  std::string aside_;   // the old site between two renames
  Swap first_ = Swap::exchange;
  Descriptor lock_;  // on the holder
  std::atomic<std::size_t> written_{0};
  std::atomic<std::size_t> unchanged_{0};
  std::atomic<std::size_t> kept_names_{0};  // files added whose path the old site has too
  std::mutex fault_mutex_;
  std::optional<Error> fault_;  // the first of add()
};

}  // namespace daybook
