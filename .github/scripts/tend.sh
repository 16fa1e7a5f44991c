#!/usr/bin/env bash
# Tells the owner what lasts: an issue after two bad days, kept up to date, closed when all is well. And sees to it that
# GitHub does not put the schedule to sleep, and that a backfill goes on and no feedback is left lying.
# Environment: TROUBLES of daily.sh; DAY_RESULT, DEPLOY_RESULT: how the jobs ended; EVENT: what started them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
mark='<!-- daybook: days that need the owner -->'
bad_days=2
run_page="$(repository_page)/actions/runs/${GITHUB_RUN_ID:-}"

# What daybook said. GitHub hands no output on that looks like a secret: then it is read where it is kept.
known_troubles() {
  [ -z "${TROUBLES:-}" ] || { printf '%s\n' "$TROUBLES" && return; }
  git fetch --quiet --depth=1 origin refs/heads/state || return 1
  { git show FETCH_HEAD:outcome.json || true; } | troubles_in /dev/stdin
}

# A line for each day in New York on which runs failed since the last that went well, and this one, where it did: day, tab,
# kind, tab, what is known.
failed_days() {
  # What somebody asked for by hand is that person's to see.
  [ "${EVENT:-}" = schedule ] && [[ ${DAY_RESULT:-},${DEPLOY_RESULT:-} == *failure* ]] || return 0
  printf '%s\tred\tThe workflow failed: %s\n' "$(in_new_york %F)" "$run_page"
  api GET "/repos/$GITHUB_REPOSITORY/actions/workflows/daily.yml/runs?status=completed&per_page=50" || return 0
  [ "$api_status" = 200 ] || return 0
  jq -r '[.workflow_runs[] | select(.event == "schedule" and (.conclusion | . != "cancelled" and . != "skipped"))] as $runs
    | ($runs | map(.conclusion == "success") | index(true)) as $well
    | $runs[:($well // ($runs | length))][]
    | "\(.created_at | fromdateiso8601 - 5 * 3600 | todate[:10])\tred\tThe workflow failed: \(.html_url)"' \
    <<<"$api_reply" 2>/dev/null || true
}

# One line a day; what daybook itself said goes before the mere fact. Of more than ten, the newest.
troubles() {
  { known_troubles && failed_days; } | awk -F'\t' 'NF >= 3 && !seen[$1]++' | LC_ALL=C sort | tail -n 10
}

body() {
  local day kind text
  printf '%s\n\n' "$mark"
  printf 'Daybook has had %s bad days that are not resolved yet:\n\n' "$(wc -l <<<"$1")"
  printf '| day | | |\n| :-- | :-- | :-- |\n'
  # An issue has room for 65536 characters.
  while IFS=$'\t' read -r day kind text; do
    printf '| %s | %s | %s |\n' "$(markdown "$day")" "$(markdown "$kind")" "$(markdown "${text:0:700}")"
  done <<<"$1"
  printf '\nRed: the day is missing, or the run failed. Yellow: the day is published, but scored locally in part or in full.\n'
  printf 'Last run: %s. This issue is updated by each run, and closed when all days are resolved.\n' "$run_page"
}

# The numbers of the issues that are open, one a line. Fails where GitHub does not say.
open_issues() {
  api GET "/repos/$GITHUB_REPOSITORY/issues?state=open&creator=github-actions%5Bbot%5D&per_page=100" || return 1
  [ "$api_status" = 200 ] || return 1
  jq -r --arg mark "$mark" '.[] | select((.body // "") | contains($mark)) | .number' <<<"$api_reply" 2>/dev/null
}

# say_to METHOD PATH [JSON]: one thing that GitHub does not do keeps nothing else from being done.
say_to() { request "$@" || true; }

close_issue() {
  say_to POST "/repos/$GITHUB_REPOSITORY/issues/$1/comments" "$(jq -n --arg body "$2" '{body: $body}')"
  say_to PATCH "/repos/$GITHUB_REPOSITORY/issues/$1" '{"state": "closed", "state_reason": "completed"}'
}

# Whether this run has seen that all is well; one that was cancelled has not.
all_is_well() {
  [ "${DAY_RESULT:-}" = success ] || return 1
  case ${DEPLOY_RESULT:-} in success | skipped) ;; *) return 1 ;; esac
}

tell() {
  local list=$1 count=0 numbers first issue
  numbers=$(open_issues) || { warning "The issues can't be read; if they are disabled, Daybook can't report bad days there." && return 0; }
  first=$(head -n 1 <<<"$numbers")
  [ -z "$list" ] || count=$(wc -l <<<"$list")
  if [ "$count" -ge $bad_days ]; then
    issue=$(jq -n --arg title "Daybook needs you: $count bad days" --arg body "$(body "$list")" '{title: $title, body: $body}')
    if [ -z "$first" ]; then
      say_to POST "/repos/$GITHUB_REPOSITORY/issues" "$issue"
    else
      say_to PATCH "/repos/$GITHUB_REPOSITORY/issues/$first" "$issue"
    fi
    for issue in $(tail -n +2 <<<"$numbers"); do close_issue "$issue" "Reported in #$first."; done
  elif [ "$count" -eq 0 ] && all_is_well; then
    for issue in $numbers; do close_issue "$issue" "All days are resolved: $run_page"; done
  fi
}

# GitHub turns schedules off in repositories without activity for 60 days; turning this one on counts it anew.
# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
keep_alive() { say_to PUT "/repos/$GITHUB_REPOSITORY/actions/workflows/daily.yml/enable"; }

# A backfill that waits for something left its branch behind.
go_on_with_backfill() {
  git ls-remote --exit-code --heads origin refs/heads/backfill >/dev/null 2>&1 || return 0
  start backfill.yml
}

# Issues whose run was lost, or could not do all.
go_on_with_feedback() {
  # An older copy may have no such workflow.
  [ -f .github/workflows/feedback.yml ] || return 0
  local issues
  issues=$(feedback_issues) || return 0
  [ -z "$issues" ] || start feedback.yml
}

start() {
  say_to POST "/repos/$GITHUB_REPOSITORY/actions/workflows/$1/dispatches" \
    "$(jq -n --arg ref "${GITHUB_REF_NAME:-main}" '{ref: $ref}')"
}

if list=$(troubles); then tell "$list"; else warning "The list of bad days can't be read; the next run reports them."; fi
keep_alive
# On a schedule, so that a backfill, which starts this workflow to publish, does not go round and round.
if [ "${EVENT:-}" = schedule ]; then
  go_on_with_backfill
  go_on_with_feedback
fi
