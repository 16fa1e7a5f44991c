# What daily.sh and keep.sh share: what of the branches is at origin, and the state's way there.
# To be read with ".", after say.sh.
# shellcheck shell=bash

tries=5

tip_of() { git rev-parse --verify --quiet "refs/remotes/origin/$1" || true; }

# What the branch is at origin now; nothing where it is gone.
look_again() { git fetch --quiet --depth=1 origin "+refs/heads/$1:refs/remotes/origin/$1" || git update-ref -d "refs/remotes/origin/$1"; }

# The dates of the archive's records, in order.
days_of_archive() { find archive -name '????-??-??.json' -type f -printf '%f\n' | cut -c1-10 | LC_ALL=C sort; }

# push ARGUMENTS: says what git and GitHub answer; the last line that tells something to $refusal.
refusal=''
push() {
  local said code=0
  said=$(git push "$@" 2>&1) || code=$?
  [ -z "$said" ] || visible <<<"$said"
  refusal=$(grep -E '^(remote|error|fatal| !)' <<<"$said" | grep -v '^remote: *$' | head -n 3 | paste -sd' ' | cut -c1-400) || true
  return $code
}

# What both have paid for, and theirs where we have nothing.
unite_with_their_state() {
  local path theirs=$1
  git ls-tree -r --name-only -z "$theirs" | while IFS= read -r -d '' path; do
    if [ ! -e "state/$path" ]; then
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

# keep_state BRANCH: state/ as the one commit of that branch.
keep_state() {
  local before tree commit turn
  for turn in $(seq $tries); do
    before=$(tip_of "$1")
    git -C state add --all || return 1
    tree=$(git -C state write-tree) || return 1
    if [ -n "$before" ] && [ "$tree" = "$(git rev-parse "$before^{tree}")" ]; then return 0; fi
    commit=$(git commit-tree "$tree" -m "After $(in_new_york '%F %H:%M') in New York") || return 1
    if push --quiet --force-with-lease="refs/heads/$1:$before" origin "$commit:refs/heads/$1"; then
      git update-ref "refs/remotes/origin/$1" "$commit"
      return 0
    fi
    echo "The push of the branch $1 was rejected ($turn of $tries)."
    sleep "${DAYBOOK_PAUSE:-$turn}"
    look_again "$1"
    [ -z "$(tip_of "$1")" ] || unite_with_their_state "$(tip_of "$1")" || return 1
  done
  error "The branch $1 can't be pushed: ${refusal:-git gives no reason}.
hint: if a rule forbids it, exclude the branches archive, state and backfill from it: $(repository_page)/settings/rules; if permission is denied: $(repository_page)/settings/actions, Workflow permissions"
  return 1
}
