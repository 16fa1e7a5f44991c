#!/usr/bin/env bash
# daybook check and daybook run. It does not fail where they do: what came of them is kept and published first, and then
# told by outcome.sh. How the day went is for daybook to say: in state/outcome.json (src/pipeline/outcome.h). Outputs:
#   colour    green, yellow or red: red where nothing new could be published though it was due, or daybook was stopped
#   reason    why it is red, as a sentence
#   troubles  the days that are not well yet, as troubles_in of say.sh prints them
#   deliver   true where a target of [mail] or [[webhook]] waits for a day
# Environment: DAY, SCORER: another day than today, and who scores; both may be empty.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
# shellcheck source=.github/scripts/branches.sh
. "$here/branches.sh"
outcome=state/outcome.json

# The program's version in state/version: another one may write pages otherwise.
upgrade() {
  local version
  version=$(daybook --version)
  [ -f state/version ] && [ "$(cat state/version)" = "$version" ] && return 0
  if [ -f archive/README.md ]; then
    daybook upgrade || return 0
  fi
  printf '%s\n' "$version" >state/version
}

# outcome_has FILTER: what jq finds in the outcome; nothing where there is none.
outcome_has() { jq -r "$1 // empty" $outcome 2>/dev/null || true; }

# arXiv's feeds are of today; an older day comes from its API.
work() {
  local arguments=(run)
  [ -z "${DAY:-}" ] || [ "$DAY" = "$(in_new_york %F)" ] || arguments=(backfill "--from=$DAY" "--to=$DAY")
  [ -z "${SCORER:-}" ] || arguments+=(--scorer "$SCORER")
  # Less than the job's own time, so that what was paid for is kept.
  timeout --kill-after=30 40m daybook "${arguments[@]}" 2>&1 || code=$?
}

# What an earlier run said must not be taken for this one's, should it be killed: only its bad days are handed on.
if jq '{troubles}' $outcome >state/.outcome 2>/dev/null; then mv state/.outcome $outcome; else rm -f state/.outcome $outcome; fi
ask_for_pages
export DAYBOOK_PAGES=$pages_url
code=0
daybook check 2>&1 || code=$?
# What check finds in an archive keeps nobody from recording today.
if [ $code -ne 2 ]; then
  code=0
  upgrade
  # What is paid for and can't be kept would be paid for again by every run: so keeping is tried first.
  printf '%s\n' "${GITHUB_RUN_ID:-} $(in_new_york '%F %T')" >state/last-run
  keep_state state || SCORER=local
  work
  # Nothing new, and still the site may not be online yet.
  [ -f public/index.html ] || [ ! -f archive/README.md ] || daybook build -q || true
fi

# A day that daybook recorded has its table in the summary already.
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
day=$(outcome_has .day)
status=$(outcome_has .status)
[ -s "$summary" ] || printf '## %s: %s\n\nThis run recorded nothing new.\n' "${day:-$(in_new_york %F)}" \
  "$(markdown "${status:-nothing recorded}")" >>"$summary"
message=$(outcome_has .message)
[ -z "$message" ] || printf '\n**What daybook said:** %s\n' "$(markdown "$message")" >>"$summary"

colour=$(outcome_has .colour)
reason=$(outcome_has .reason)
# daybook was killed, or never started.
[ -n "$colour" ] || case $code in
  124 | 137) reason='daybook was stopped after 40 minutes; all answers so far are kept, and the next run continues.' ;;
  *) reason="daybook exited with $code without reporting an outcome; see the log above." ;;
esac
output colour "${colour:-red}"
output reason "$reason"
output_lines troubles "$(troubles_in $outcome)"
# Away from a workflow, what is said does not go among what is asked for.
waiting=$(GITHUB_ACTIONS='' daybook deliver --dry-run -q 2>/dev/null) || true
[ -z "$waiting" ] || output deliver true
