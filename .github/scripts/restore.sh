#!/usr/bin/env bash
# The branches archive and state as the folders archive/ and state/, both empty where the branch is not there yet.
#   restore.sh [BRANCH]   with the state of another branch in state/
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
state_branch=${1:-state}

# Whether origin has the branch. That it can't be asked must not be taken for "no": a new archive would be begun.
origin_has() {
  local code=0
  git ls-remote --exit-code --heads origin "refs/heads/$1" >/dev/null || code=$?
  [ $code -eq 0 ] || [ $code -eq 2 ] || return 3
  has=$((code == 0))
}

# restore BRANCH FOLDER: only its newest commit, since a year of them is no use here.
restore() {
  local branch=$1 folder=$2 commit
  patiently origin_has "$branch" || { error "The branch $branch can't be asked for: GitHub does not answer." && exit 1; }
  if [ "$has" = 1 ]; then
    patiently git fetch --quiet --depth=1 origin "+refs/heads/$branch:refs/remotes/origin/$branch"
    commit=$(git rev-parse "refs/remotes/origin/$branch")
  else
    echo "There is no branch $branch yet: it begins empty."
    git update-ref -d "refs/remotes/origin/$branch"
    commit=$(git commit-tree "$(git hash-object -w -t tree /dev/null)" -m "Begin the $branch")
  fi
  # What an earlier job left on a machine that is used again.
  rm -rf "$folder"
  git worktree prune
  git worktree add --quiet --force --detach "$folder" "$commit"
}

# Days that the last run left in the archive and that are gone: somebody has pushed over them.
warn_of_lost_days() {
  [ -f state/archive-days ] || return 0
  local tip lost
  read -r tip <state/archive-days
  lost=$(comm -13 <(days_of_archive) <(tail -n +2 state/archive-days))
  [ -z "$lost" ] || warning "The branch archive has lost $(wc -l <<<"$lost") days that it had: $(paste -sd' ' <<<"$lost" | cut -c1-400).
mend: days of the last two weeks come back by themselves. To get the others back, in a clone: git fetch origin $tip && git checkout archive && git checkout $tip -- . && git commit -m 'The lost days' && git push"
}

# The dates of the records, in order.
days_of_archive() { find archive -name '????-??-??.json' -printf '%f\n' | cut -c1-10 | LC_ALL=C sort; }

restore archive archive
restore "$state_branch" state
warn_of_lost_days
echo "The archive has $(days_of_archive | wc -l) days."
