#!/usr/bin/env bash
# Keeps archive/ and state/: the archive as one commit more, the state in place of the one before.
#   keep.sh [BRANCH]   with state/ kept as another branch
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
state_branch=${1:-state}
tries=5

tip_of() { git rev-parse --verify --quiet "refs/remotes/origin/$1" || true; }

# What the branch is at origin now; nothing where it is gone.
look_again() { git fetch --quiet --depth=1 origin "+refs/heads/$1:refs/remotes/origin/$1" || git update-ref -d "refs/remotes/origin/$1"; }

commit_archive() {
  git -C archive add --all
  ! git -C archive diff --cached --quiet || return 0
  git -C archive commit --quiet --message "$1"
}

# Somebody else has pushed. Their archive, and on it the days that only we have changed. A day that both changed is
# left as theirs is: the next run makes the better of it. The index is written anew, since it names the days of both.
put_on_theirs() {
  local base=$1 ours path
  ours=$(git -C archive rev-parse HEAD)
  look_again archive
  [ -n "$(tip_of archive)" ] || return 0
  git -C archive reset --quiet --hard refs/remotes/origin/archive
  git -C archive diff --name-only --no-renames -z "$base" "$ours" | while IFS= read -r -d '' path; do
    [ "$path" != README.md ] || continue
    if git -C archive diff --quiet "$base" HEAD -- "${path%%.*}*"; then
      git -C archive checkout --quiet "$ours" -- "$path"
    else
      warning "$path was changed by another run meanwhile; theirs was kept."
    fi
  done
  daybook upgrade -q
  commit_archive "$(git -C archive log -1 --format=%s "$ours")"
  # What is published has the days of both.
  [ ! -f public/index.html ] || daybook build -q
}

keep_archive() {
  local base turn
  base=$(git -C archive rev-parse HEAD)
  git -C archive add --all
  # It only ever grows. daybook takes nothing away; a script or a hand that did is stopped here.
  if [ -n "$(git -C archive diff --cached --name-only --diff-filter=D)" ]; then
    error "The archive would lose files, so it is not pushed: $(git -C archive diff --cached --name-only --diff-filter=D | head -n 5 | paste -sd' ')"
    return 1
  fi
  commit_archive "$(git -C archive diff --cached --name-only | sed -nE 's|^[0-9]{4}/([0-9-]{10})\.json$|\1|p' | paste -sd' ' | sed 's/^$/The index/')"
  [ "$(git -C archive rev-parse HEAD)" != "$(tip_of archive)" ] || return 0
  [ -n "$(git -C archive ls-files)" ] || return 0
  for turn in $(seq $tries); do
    if git -C archive push --quiet origin HEAD:refs/heads/archive; then
      git update-ref refs/remotes/origin/archive "$(git -C archive rev-parse HEAD)"
      return 0
    fi
    echo "The push of the archive was rejected ($turn of $tries)."
    sleep "${DAYBOOK_PAUSE:-$turn}"
    put_on_theirs "$base"
  done
  error "The archive could not be pushed. Where GitHub says that permission is denied: $(repository_page)/settings/actions, Workflow permissions, must allow reading and writing."
  return 1
}

# What both have paid for, and theirs where we have nothing.
unite_with_their_state() {
  local path theirs=$1
  git ls-tree -r --name-only -z "$theirs" | while IFS= read -r -d '' path; do
    if [ ! -f "state/$path" ]; then
      mkdir -p "state/$(dirname "$path")"
      git show "$theirs:$path" >"state/$path"
    elif [[ $path == answers/* ]] && ! git show "$theirs:$path" | cmp --quiet - "state/$path"; then
      # Each answer once; the journal's end is a line that stays at its end.
      { git show "$theirs:$path" && cat "state/$path"; } | awk '!seen[$0]++' >state/.united
      tail -n 1 "state/$path" >>state/.united
      mv state/.united "state/$path"
    fi
  done
}

keep_state() {
  local before tree commit turn
  # The archive that belongs to it: so the next run sees whether days were lost.
  { git -C archive rev-parse HEAD && find archive -name '????-??-??.json' -printf '%f\n' | cut -c1-10 | LC_ALL=C sort; } >state/archive-days
  for turn in $(seq $tries); do
    before=$(tip_of "$state_branch")
    git -C state add --all
    tree=$(git -C state write-tree)
    if [ -n "$before" ] && [ "$tree" = "$(git rev-parse "$before^{tree}")" ]; then return 0; fi
    commit=$(git commit-tree "$tree" -m "After $(in_new_york '%F %H:%M') in New York")
    if git push --quiet --force-with-lease="refs/heads/$state_branch:$before" origin "$commit:refs/heads/$state_branch"; then
      git update-ref "refs/remotes/origin/$state_branch" "$commit"
      return 0
    fi
    echo "The push of the branch $state_branch was rejected ($turn of $tries)."
    sleep "${DAYBOOK_PAUSE:-$turn}"
    look_again "$state_branch"
    [ -z "$(tip_of "$state_branch")" ] || unite_with_their_state "$(tip_of "$state_branch")"
  done
  warning "The branch $state_branch could not be pushed: the next run knows less, and no day is lost."
}

failed=0
keep_archive || failed=1
keep_state
exit $failed
