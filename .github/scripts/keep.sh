#!/usr/bin/env bash
# Keeps archive/ and state/: the archive as one commit more, the state in place of the one before.
#   keep.sh [BRANCH]    with state/ kept as another branch
#   keep.sh --archive   the archive alone
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
# shellcheck source=.github/scripts/branches.sh
. "$here/branches.sh"
state_branch=${1:-state}

commit_archive() {
  git -C archive add --all
  ! git -C archive diff --cached --quiet || return 0
  git -C archive commit --quiet --message "$1"
}

# unite_lines PATH COMMIT: a ledger, to which both have added lines: none may be lost. One that was cut off stays a line of
# its own.
unite_lines() {
  local lines
  lines=$(LC_ALL=C awk 'NR == FNR { theirs[$0]; print; next } !($0 in theirs)' <(git -C archive show "HEAD:$1") \
    <(git -C archive show "$2:$1")) || return 1
  printf '%s\n' "$lines" >"archive/$1"
}

# Somebody else has pushed. Their archive, and on it the days that only we have changed. A day that both changed is
# left as theirs is: the next run makes the better of it. The index is written anew, since it names the days of both.
put_on_theirs() {
  local base=$1 ours path
  ours=$(git -C archive rev-parse HEAD)
  look_again archive
  if [ -z "$(tip_of archive)" ]; then
    # The branch is gone, and with it what our commit stands on: it begins anew, with all that we have.
    git -C archive reset --quiet --hard "$(git commit-tree "$ours^{tree}" -m "The archive, from its last copy")"
    return
  fi
  git -C archive reset --quiet --hard refs/remotes/origin/archive || return 1
  while IFS= read -r -d '' path; do
    [ "$path" != README.md ] || continue
    if [[ $path == *.jsonl && $path != */* ]] && git -C archive cat-file -e "HEAD:$path" 2>/dev/null; then
      unite_lines "$path" "$ours" || return 1
    elif git -C archive diff --quiet "$base" HEAD -- "${path%%.*}*"; then
      git -C archive checkout --quiet "$ours" -- "$path" || return 1
    else
      warning "$path was changed by another run in the meantime; that version is kept."
    fi
  done < <(git -C archive diff --name-only --no-renames -z "$base" "$ours")
  daybook upgrade -q || true
  commit_archive "$(git -C archive log -1 --format=%s "$ours")" || return 1
  # What is published has the days of both.
  [ ! -f public/index.html ] || daybook build -q || true
}

# "2025-08-05", "2025-08-05, again 2025-08-01", "2025-01-02 to 2025-12-30 (260 days)": the commit's message.
changed_days() {
  local new again
  new=$(dates_with A)
  again=$(dates_with M)
  if [ -z "$new$again" ]; then
    case $(git -C archive diff --cached --name-only -- '*.jsonl') in
      deliveries.jsonl) printf 'Deliveries' ;;
      feedback.jsonl) printf 'Feedback' ;;
      *) printf 'The index' ;;
    esac
  fi
  printf '%s%s%s' "$(in_short "$new")" "${new:+${again:+, }}" "${again:+again $(in_short "$again")}"
}

dates_with() {
  git -C archive diff --cached --no-renames --diff-filter="$1" --name-only | sed -nE 's|^[0-9]{4}/([0-9-]{10})\.json$|\1|p'
}

in_short() {
  local count
  count=$(grep -c . <<<"$1") || true
  if [ "$count" -gt 4 ]; then
    printf '%s to %s (%s days)' "$(head -n 1 <<<"$1")" "$(tail -n 1 <<<"$1")" "$count"
  else
    paste -sd' ' <<<"$1" | tr -d '\n'
  fi
}

keep_archive() {
  local base turn lost
  base=$(git -C archive rev-parse HEAD) || return 1
  git -C archive add --all || return 1
  # It only ever grows. daybook takes nothing away; a script or a hand that did is stopped here.
  lost=$(git -C archive diff --cached --name-only --no-renames --diff-filter=DT | head -n 5 | paste -sd' ')
  if [ -n "$lost" ]; then
    error "The archive would lose files, so it is not pushed: $lost"
    return 1
  fi
  commit_archive "$(changed_days)" || return 1
  [ "$(git -C archive rev-parse HEAD)" != "$(tip_of archive)" ] || return 0
  [ -n "$(git -C archive ls-files)" ] || return 0
  for turn in $(seq $tries); do
    if push --quiet origin "$(git -C archive rev-parse HEAD):refs/heads/archive"; then
      git update-ref refs/remotes/origin/archive "$(git -C archive rev-parse HEAD)"
      return 0
    fi
    echo "The push of the archive was rejected ($turn of $tries)."
    sleep "${DAYBOOK_PAUSE:-$turn}"
    put_on_theirs "$base" || break
  done
  error "The archive can't be pushed: ${refusal:-git gives no reason}.
hint: if a rule forbids it, exclude the branches archive, state and backfill from it: $(repository_page)/settings/rules; if permission is denied: $(repository_page)/settings/actions, Workflow permissions"
  return 1
}

# The archive that belongs to this state: so the next run sees whether days were lost.
remember_archive() { { tip_of archive && days_of_archive; } >state/archive-days; }

failed=0
if [ "$state_branch" = --archive ]; then
  keep_archive
  exit
fi
if keep_archive; then remember_archive; else failed=1; fi
keep_state "$state_branch" || failed=1
exit $failed
