#!/usr/bin/env bash
# Names the program that the committed tree makes: 16 hex digits of the SHA-256 over mode, blob and path of each file that
# changes what the program does in a repository. Two trees of one hash can share a binary. "-modified" is added where
# something is not committed: such a program must not be taken for the committed one.
#   source-hash.sh            prints the name
#   source-hash.sh entries    those files and folders of the commit, as git ls-tree prints them, to compare commits by
#
# dev says how the program is built and packed, linked-libraries what is linked in: when Debian mends a library, the new
# version there makes another program, and every copy takes it.
# config/ and site/ do not count, though the program carries copies of them: it uses these only where the folders are
# missing, and an owner who edits theirs should not wait for a compiler. templates/ counts: its copy is what is rendered.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

sources=(src templates CMakeLists.txt CMakePresets.json dev .github/linked-libraries)

# In a container the files are another user's, which git minds: here it runs nothing that is theirs.
ours() { git -c safe.directory="$PWD" "$@" -- "${sources[@]}" 2>/dev/null; }

sum() { sha256sum | cut -c 1-16; }

if [ "${1:-}" = entries ]; then
  ours ls-tree HEAD
  exit
fi
if tree=$(ours ls-tree -r HEAD); then
  hash=$(sum <<<"$tree")
  [ -z "$(ours status --porcelain)" ] || hash+=-modified
else
  # An unpacked archive, or no git: no release has this hash, but a cache can be kept by it.
  hash=$(find "${sources[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sum)
fi
printf '%s\n' "$hash"
