#!/usr/bin/env bash
# Tells the owner what lasts: an issue after two bad days, kept up to date, closed when all is well. And sees to it that
# GitHub does not put the schedule to sleep, and that a backfill goes on.
# Environment: TROUBLES of daily.sh; DAY_RESULT, DEPLOY_RESULT: how the jobs ended.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
mark='<!-- daybook: days that need the owner -->'
bad_days=2
run_page="$(repository_page)/actions/runs/${GITHUB_RUN_ID:-}"

# A line for each day on which runs failed since the last that went well, and this one, where it did: day, tab, kind, tab,
# what is known.
failed_days() {
  if [[ $DAY_RESULT,$DEPLOY_RESULT == *failure* ]]; then
    printf '%s\tred\tThe workflow failed: %s\n' "$(in_new_york %F)" "$run_page"
  else
    return 0
  fi
  api GET "/repos/$GITHUB_REPOSITORY/actions/workflows/daily.yml/runs?status=completed&per_page=50" || return 0
  [ "$api_status" = 200 ] || return 0
  jq -r '[.workflow_runs[] | select(.conclusion != "cancelled" and .conclusion != "skipped")] as $runs
    | ($runs | map(.conclusion == "success") | index(true)) as $well
    | $runs[:($well // ($runs | length))][] | "\(.created_at[:10])\tred\tThe workflow failed: \(.html_url)"' <<<"$api_reply"
}

# One line a day; what daybook itself said goes before the mere fact.
troubles() {
  { printf '%s\n' "${TROUBLES:-}" && failed_days; } | awk -F'\t' 'NF >= 3 && !seen[$1]++' | LC_ALL=C sort
}

# Text of daybook's in a cell of a table: a bar would end it, a bracket could begin HTML, an @ would call somebody.
body() {
  printf '%s\n\n' "$mark"
  printf 'Daybook has had %s bad days, and they are not well yet. What it says of them:\n\n' "$(wc -l <<<"$1")"
  printf '| day | | |\n| :-- | :-- | :-- |\n'
  sed -e 's/|/\\|/g; s/</\&lt;/g; s/@/@\&#8203;/g' <<<"$1" | awk -F'\t' '{ printf "| %s | %s | %s |\n", $1, $2, $3 }'
  printf '\nRed: nothing could be published. Yellow: the day is published, scored by the local scorer in part or as a whole.\n'
  printf 'The last run: %s. This issue is kept up to date, and closed when all days are well.\n' "$run_page"
}

# The number of the issue that is open, empty: there is none. Fails where GitHub does not say.
open_issue() {
  api GET "/repos/$GITHUB_REPOSITORY/issues?state=open&creator=github-actions%5Bbot%5D&per_page=100" || return 1
  [ "$api_status" = 200 ] || return 1
  jq -r --arg mark "$mark" 'map(select((.body // "") | contains($mark))) | .[0].number // empty' <<<"$api_reply"
}

# say_to METHOD PATH JSON
say_to() {
  api "$@" || { warning "GitHub does not answer: $1 $2" && return 0; }
  [[ $api_status == 2* ]] || warning "GitHub answered $api_status to $1 $2; where issues are turned off, they can't tell you of bad days."
}

tell() {
  local list=$1 count=0 number title
  number=$(open_issue) || { warning "The issues can't be read; where they are turned off, they can't tell you of bad days." && return 0; }
  [ -z "$list" ] || count=$(wc -l <<<"$list")
  if [ "$count" -ge $bad_days ]; then
    title="Daybook needs you: $count bad days"
    if [ -z "$number" ]; then
      say_to POST "/repos/$GITHUB_REPOSITORY/issues" "$(jq -n --arg title "$title" --arg body "$(body "$list")" '{title: $title, body: $body}')"
    else
      say_to PATCH "/repos/$GITHUB_REPOSITORY/issues/$number" "$(jq -n --arg title "$title" --arg body "$(body "$list")" '{title: $title, body: $body}')"
    fi
  elif [ "$count" -eq 0 ] && [ -n "$number" ]; then
    say_to POST "/repos/$GITHUB_REPOSITORY/issues/$number/comments" "$(jq -n --arg body "All days are well again: $run_page" '{body: $body}')"
    say_to PATCH "/repos/$GITHUB_REPOSITORY/issues/$number" '{"state": "closed", "state_reason": "completed"}'
  fi
}

# GitHub turns schedules off in repositories without activity for 60 days; turning this one on counts it anew.
# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
keep_alive() { say_to PUT "/repos/$GITHUB_REPOSITORY/actions/workflows/daily.yml/enable"; }

# A backfill that waits for something left its branch behind.
go_on_with_backfill() {
  git ls-remote --exit-code --heads origin refs/heads/backfill >/dev/null 2>&1 || return 0
  say_to POST "/repos/$GITHUB_REPOSITORY/actions/workflows/backfill.yml/dispatches" \
    "$(jq -n --arg ref "${GITHUB_REF_NAME:-main}" '{ref: $ref}')"
}

tell "$(troubles)"
keep_alive
go_on_with_backfill
