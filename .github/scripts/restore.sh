#!/usr/bin/env bash
# The branches archive and state as the folders archive/ and state/, both empty where the branch is not there yet.
#   restore.sh [BRANCH]   with the state of another branch in state/
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
# shellcheck source=.github/scripts/branches.sh
. "$here/branches.sh"
state_branch=${1:-state}
days_told=14

# Whether origin has the branch. That it can't be asked must not be taken for "no": a new archive would be begun.
origin_has() {
  local code=0
  git ls-remote --exit-code --heads origin "refs/heads/$1" >/dev/null || code=$?
  [ $code -eq 0 ] || [ $code -eq 2 ] || return 3
  has=$((code == 0))
}

no_answer() { error "The branch $1 can't be fetched: git does not reach $(repository_page). A later run tries again." && exit 1; }

# restore BRANCH FOLDER: only its newest commit, since a year of them is no use here.
restore() {
  local branch=$1 folder=$2 commit
  patiently origin_has "$branch" || no_answer "$branch"
  if [ "$has" = 1 ]; then
    patiently git fetch --quiet --depth=1 origin "+refs/heads/$branch:refs/remotes/origin/$branch" || no_answer "$branch"
    commit=$(git rev-parse "refs/remotes/origin/$branch")
  else
    echo "There is no branch $branch yet: it starts empty."
    git update-ref -d "refs/remotes/origin/$branch"
    commit=$(git commit-tree "$(git hash-object -w -t tree /dev/null)" -m "Begin the $branch")
  fi
  # What an earlier job left on a machine that is used again.
  rm -rf "$folder"
  git worktree prune
  git worktree add --quiet --force --detach "$folder" "$commit"
}

# The state is disposable, and anybody may have written it: only plain files are taken.
clean_state() {
  local file
  find state -mindepth 1 -name .git -prune -o \( ! -type f ! -type d \) -exec rm -f {} +
  # Older versions kept bad days in troubles.tsv.
  rm -rf state/troubles.tsv
  for file in archive-days lost-days outcome.json version last-run; do
    [ ! -d "state/$file" ] || rm -rf "state/$file"
  done
}

# Days that the archive had after the last run and that are gone, because somebody has pushed over them. To
# state/lost-days, a line each: the day, the commit that had it, the day since when it is missing.
note_lost_days() {
  local tip lost
  [ -f state/archive-days ] || return 0
  tip=$(head -n 1 state/archive-days)
  [[ $tip =~ ^[0-9a-f]{40,64}$ ]] || return 0
  lost=$(comm -13 <(days_of_archive) <(tail -n +2 state/archive-days | LC_ALL=C sort -u))
  [ -z "$lost" ] || awk -v tip="$tip" -v since="$(in_new_york %F)" '{ print $1, tip, since }' <<<"$lost" >>state/lost-days
}

# Until they are back; after two weeks it is taken for meant.
warn_of_lost_days() {
  [ -f state/lost-days ] || return 0
  local day tip since left='' ways='' date='[0-9]{4}-[0-9]{2}-[0-9]{2}'
  local line="^$date [0-9a-f]{40,64} $date\$"
  while read -r day tip since; do
    # What follows is for a shell: nothing else may come into it.
    [[ "$day $tip $since" =~ $line ]] || continue
    [[ $since > $(date --date "$(in_new_york %F) -$days_told days" +%F) ]] || continue
    [ ! -f "archive/${day:0:4}/$day.json" ] || continue
    left+="$day $tip $since"$'\n'
    ways+=" && git fetch origin $tip && git checkout $tip -- '${day:0:4}/$day.*'"
  done < <(LC_ALL=C sort -u state/lost-days)
  printf '%s' "$left" >state/lost-days
  [ -z "$left" ] || warning "The branch archive has lost days: $(cut -d' ' -f1 <<<"$left" | sed '/^$/d' | paste -sd' ' | cut -c1-400)
hint: days of the last two weeks are restored automatically. To restore the others, run in a clone: git checkout archive$(cut -c1-4000 <<<"$ways") && git commit -m 'The lost days' && git push"
}

restore archive archive
restore "$state_branch" state
clean_state
{ note_lost_days && warn_of_lost_days; } || true
echo "Days in the archive: $(days_of_archive | wc -l)."
