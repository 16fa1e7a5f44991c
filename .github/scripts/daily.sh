#!/usr/bin/env bash
# daybook check and daybook run. It does not fail where they do: what came of them is kept and published first, and then
# told by outcome.sh. Outputs:
#   exit      how daybook run ended: 0 done, 1 failed, 2 settings are wrong, 75 nothing announced yet, or a service is down
#   day       the day in New York;  status   what its record says of it, empty where it has none
#   colour    green, yellow or red: red where nothing new could be published though it was due
#   troubles  the days that are not well yet, a line each: day, tab, kind, tab, what daybook said; kept in state/troubles.tsv
# Environment: DAY, SCORER: another day than today, and who scores; both may be empty.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
log=${RUNNER_TEMP:-/tmp}/daybook.log
day=$(in_new_york %F)
# arXiv announces at midnight in New York, or hours late: from noon on, what is missing is overdue.
due_hour=12

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
        complete | local) echo green ;;
        *) echo white ;;
      esac
      ;;
    75)
      if [ -z "$status" ] && [ "$(in_new_york %u)" -le 5 ] && [ "$(in_new_york %-H)" -ge $due_hour ]; then
        echo red
      else
        echo white
      fi
      ;;
    *) echo red ;;
  esac
}

# The troubles that are left: a day is well again when its record says so, or, where the run failed, when one ends well.
troubles_left() {
  local date kind text
  [ -f state/troubles.tsv ] || return 0
  while IFS=$'\t' read -r date kind text; do
    [ "$date" != "$day" ] || [ "$colour" = white ] || continue
    [[ $date > $(in_new_york '%F' | xargs -I{} date --date '{} -21 days' +%F) ]] || continue
    case $kind in
      red) [ "$code" -ne 0 ] || continue ;;
      *) case $(status_of "$date") in complete | local | quiet) continue ;; esac ;;
    esac
    printf '%s\t%s\t%s\n' "$date" "$kind" "$text"
  done <state/troubles.tsv
}

ask_for_pages
export DAYBOOK_PAGES=$pages_url
code=0
daybook check || code=$?
# What check finds in an archive keeps nobody from recording today.
if [ $code -ne 2 ]; then
  upgrade
  arguments=(run)
  # arXiv's feeds are of today; an older day comes from its API.
  [ -z "${DAY:-}" ] || [ "$DAY" = "$day" ] || arguments=(backfill --from "$DAY" --to "$DAY")
  [ -z "${SCORER:-}" ] || arguments+=(--scorer "$SCORER")
  code=0
  # Less than the job's own time, so that what was paid for is kept.
  timeout --kill-after=30 50m daybook "${arguments[@]}" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
  # Nothing new, and still the site may not be online yet.
  [ -f public/index.html ] || [ ! -f archive/README.md ] || daybook build -q || true
else
  daybook check >"$log" 2>&1 || true
fi

status=$(status_of "$day")
colour=$(colour_of)
troubles=$(troubles_left)
case $colour in yellow | red) troubles+=${troubles:+$'\n'}$day$'\t'$colour$'\t'$(message) ;; esac
printf '%s' "${troubles:+$troubles$'\n'}" >state/troubles.tsv

# A day that daybook recorded has its table in the summary already.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ ! -s "$GITHUB_STEP_SUMMARY" ]; then
  said='There was nothing to do.'
  [ "$code" -eq 0 ] || said=$(message | sed 's/[<>|`@*_]/\\&/g')
  printf '## %s: %s\n\n%s\n' "$day" "${status:-nothing recorded}" "$said" >>"$GITHUB_STEP_SUMMARY"
fi

output exit "$code"
output day "$day"
output status "$status"
output colour "${colour/white/green}"
output_lines troubles "$troubles"
