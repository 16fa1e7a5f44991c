#!/usr/bin/env bash
# daybook check and daybook run. It does not fail where they do: what came of them is kept and published first, and then
# told by outcome.sh. Outputs:
#   exit      how daybook run ended: 0 done, 1 failed, 2 settings are wrong, 75 nothing announced yet, or a service is down
#   day       the day in New York;  status   what its record says of it, empty where it has none
#   colour    green, yellow or red: red where nothing new could be published though it was due
#   troubles  the days that are not well yet, a line each: day, tab, kind, tab, what daybook said; kept in state/troubles.tsv
#   bad_days  how many these are
# Environment: DAY, SCORER: another day than today, and who scores; both may be empty.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
. .github/scripts/branches.sh
log=${RUNNER_TEMP:-/tmp}/daybook.log
day=$(in_new_york %F)
# arXiv announces at midnight in New York, or hours late: from noon on, what is missing is overdue.
due_hour=12
days_to_heal=14

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

status_of() { jq -r '.status // ""' "archive/${1:0:4}/$1.json" 2>/dev/null || true; }

# Whether a category of the day is missing or in doubt.
is_short() { [ "$(jq -r '.cut_off // [] | length' "archive/${1:0:4}/$1.json" 2>/dev/null || echo 0)" != 0 ]; }

# What daybook said in errors, or else in what it puts off, or in warnings, without their frames, on one line.
message() {
  local kind text
  for kind in error notice warning; do
    text=$(sed -nE "s/^::$kind( [^:]*)?::(.*)$/\2/p" "$log" | awk '!seen[$0]++' |
      sed 's/%0A[[:space:]]*/; /g; s/%0D//g; s/%25/%/g' | paste -sd' ' | tr '\t' ' ' | cut -c1-1500)
    [ -z "$text" ] || break
  done
  printf '%s' "${text:-daybook ended with $code and gave no reason}"
}

# green, yellow, red; nothing to say of the day: white.
colour_of() {
  case $code in
    0)
      case $status in
        partial | degraded) echo yellow ;;
        complete | local) if is_short "$day"; then echo yellow; else echo green; fi ;;
        *) echo white ;;
      esac
      ;;
    75)
      if [ -z "${DAY:-}" ] && [ "$(in_new_york %u)" -le 5 ] && [ "$(in_new_york %-H)" -ge $due_hour ]; then
        if [ -z "$status" ]; then echo red; elif is_short "$day"; then echo yellow; else echo white; fi
      else
        echo white
      fi
      ;;
    *) echo red ;;
  esac
}

# Whether a day of the list is well again: a red one when it has a record and the run ended well, others when their
# record says so. What two weeks did not heal is left as it is.
is_well() {
  local date=$1 kind=$2
  [[ $date > $(date --date "$day -$days_to_heal days" +%F) ]] || return 0
  case $kind in
    red) [ "$code" -eq 0 ] && [ -n "$(status_of "$date")" ] ;;
    *) case $(status_of "$date") in complete | local | quiet) ! is_short "$date" ;; *) return 1 ;; esac ;;
  esac
}

# The lines of other days that are not well yet, and today's: the one that it had, where this run has no more to say.
troubles_left() {
  local date kind text
  while IFS=$'\t' read -r date kind text; do
    [[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || continue
    [ "$date" != "$day" ] || [ "$colour" = white ] || continue
    is_well "$date" "$kind" || printf '%s\t%s\t%s\n' "$date" "$kind" "$text"
  done < <(cat state/troubles.tsv 2>/dev/null || true)
  # A scorer that somebody chose by hand, and that is not set up, says nothing of the day.
  [ "$code" -ne 2 ] || [ "${SCORER:-}" != llm ] || return 0
  # Wrong settings hurt the next day that needs them, not one that is recorded already.
  case $colour,$code,$status in
    red,2,complete | red,2,local | red,2,quiet) ;;
    red,* | yellow,*) printf '%s\t%s\t%s\n' "$day" "$colour" "$(message)" ;;
  esac
}

# A day asked for by hand says nothing about today.
is_by_hand() { [ -n "${DAY:-}" ] && [ "$DAY" != "$day" ]; }

# arXiv's feeds are of today; an older day comes from its API.
work() {
  local arguments=(run)
  ! is_by_hand || arguments=(backfill --from "$DAY" --to "$DAY")
  [ -z "${SCORER:-}" ] || arguments+=(--scorer "$SCORER")
  # Less than the job's own time, so that what was paid for is kept.
  timeout --kill-after=30 40m daybook "${arguments[@]}" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
}

if [ -n "${DAY:-}" ] && ! [[ $DAY =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
  error "\"$DAY\" is no date.
mend: write it as 2025-08-05, or leave it empty for today"
  exit 2
fi
if [[ ${DAY:-} > $day ]]; then
  error "$DAY has not come yet: in New York it is $day.
mend: give a day that is past, or leave it empty for today"
  exit 2
fi
ask_for_pages
export DAYBOOK_PAGES=$pages_url
code=0
daybook check >"$log" 2>&1 || code=$?
cat "$log"
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

status=$(status_of "$day")
colour=$(colour_of)
if is_by_hand; then
  troubles=$(cat state/troubles.tsv 2>/dev/null || true)
else
  troubles=$(troubles_left)
fi
printf '%s' "${troubles:+$troubles$'\n'}" >state/troubles.tsv

# A day that daybook recorded has its table in the summary already.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  shown=${DAY:-$day}
  if [ ! -s "$GITHUB_STEP_SUMMARY" ]; then
    recorded=$(status_of "$shown")
    printf '## %s: %s\n\nThis run recorded nothing new.\n' "$shown" "$(markdown "${recorded:-nothing recorded}")" >>"$GITHUB_STEP_SUMMARY"
  fi
  if [ "$code" -ne 0 ] || [ "$colour" = yellow ]; then
    printf '\n**What daybook said:** %s\n' "$(markdown "$(message)")" >>"$GITHUB_STEP_SUMMARY"
  fi
fi

output exit "$code"
output day "$day"
output status "$status"
output colour "${colour/white/green}"
output_lines troubles "$troubles"
output bad_days "$(grep -c . <<<"$troubles" || true)"
