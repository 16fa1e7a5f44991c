#!/usr/bin/env bash
# The steps of a backfill. What it has fetched and paid for lies in state/, which is the branch backfill here.
#   backfill.sh plan    remembers the range, fetches its papers from arXiv; outputs: from, to, count, shards (a list for a matrix)
#   backfill.sh shard   scores shard $SHARD of $COUNT; what state/ gained is copied to shard/
#   backfill.sh merge   records the days; the answers of the shards have been put into state/ by then
#   backfill.sh end     takes the branch away when all is done
# Environment: FROM, TO, COUNT (plan: empty where a backfill goes on), SHARD; FINISHED (end): the output of merge.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
# Less than a job may take, so that there is time to keep what was done.
hours=5h

# daybook backfill, where 75 means: later. To $code.
backfill() {
  code=0
  timeout --kill-after=30 $hours daybook backfill --from "$FROM" --to "$TO" "$@" || code=$?
  case $code in
    0 | 75) ;;
    124 | 137) code=75 ;;
    *) exit "$code" ;;
  esac
}

plan() {
  if [ -n "${FROM:-}" ] || [ -n "${TO:-}" ]; then
    if [ -z "${FROM:-}" ] || [ -z "${TO:-}" ]; then
      error "A range needs both a first and a last day.
hint: give both; for a single day, give the same date twice"
      exit 2
    fi
    printf '%s %s %s\n' "$FROM" "$TO" "${COUNT:-4}" >state/range
  elif [ ! -f state/range ]; then
    # Asked to go on with one that has come to its end meanwhile.
    annotate notice "No backfill is under way. To begin one, run this workflow with the first and the last day."
    output shards '[]'
    return
  fi
  read -r FROM TO COUNT <state/range
  if ! [[ $COUNT =~ ^([1-9]|1[0-9]|20)$ ]]; then
    error "\"$COUNT\" shards can't be made. hint: give a number from 1 to 20"
    exit 2
  fi
  backfill --fetch-only
  output from "$FROM"
  output to "$TO"
  output count "$COUNT"
  # Without all papers there is nothing to share out yet: a later run fetches the rest.
  if [ $code -eq 0 ]; then output shards "$(seq "$COUNT" | jq -cs .)"; else output shards '[]'; fi
}

shard() {
  backfill --shard "$SHARD/$COUNT"
  local path
  git -C state add --all
  git -C state diff --cached --name-only --diff-filter=AM -z | while IFS= read -r -d '' path; do
    mkdir -p "shard/$(dirname "$path")"
    cp "state/$path" "shard/$path"
  done
}

merge() {
  backfill
  output finished "$([ $code -eq 0 ] && echo true || echo false)"
  [ $code -eq 0 ] || warning "The backfill of $FROM to $TO is waiting (see above); daily.yml starts it again."
}

end() {
  [ "${FINISHED:-}" = true ] || return 0
  patiently git push --quiet origin --delete backfill ||
    warning "The branch backfill could not be deleted; the next backfill finds its days recorded."
}

case ${1:-} in
  plan | shard | merge | end) "$1" ;;
  *) error 'usage: backfill.sh plan|shard|merge|end' && exit 2 ;;
esac
