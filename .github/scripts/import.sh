#!/usr/bin/env bash
# daybook import of what was checked out in predecessor/, and in words what came of it.
# Environment: FOLDER, what to import there, empty is all of it; FROM, where it comes from, in words.
# Fails where nothing came. Files that can't be read are named, and do not keep the others out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
log=${RUNNER_TEMP:-/tmp}/import.log
summary=${GITHUB_STEP_SUMMARY:-/dev/null}

# The records, a line each: date, status, papers; what was there before can be told from what came.
records() {
  find archive -name '????-??-??.json' -print0 | LC_ALL=C sort -z |
    xargs -0r jq -r '"\(input_filename | .[-15:-5])\t\(.status // "")\t\(.papers // [] | length)"'
}

# An annotation as a sentence, which names the file.
plainly() {
  sed -E 's/^::(error|warning) file=([^:,]*)[^:]*::/\1: \2: /; s/^::(error|warning)( [^:]*)?::/\1: /
    s/%0A/\n/g; s/%0D/ /g; s/%3A/:/g; s/%2C/,/g; s/%25/%/g'
}

# What stands in a table: what it is, and how many.
row() { printf '| %s | %s |\n' "$1" "$2"; }

tell() {
  local before=$1 after=$2 new
  new=$(comm -13 <(cut -f1 <<<"$before") <(cut -f1 <<<"$after") | sed '/^$/d')
  {
    printf '## Import\n\nFrom %s.\n\n| | |\n| :-- | --: |\n' "$(markdown "${FROM:-a predecessor}")"
    row 'days before the import' "$(sed '/^$/d' <<<"$before" | wc -l)"
    row 'new days' "$(sed '/^$/d' <<<"$new" | wc -l)"
    row 'days now' "$(sed '/^$/d' <<<"$after" | wc -l)"
    row 'papers shown now' "$(awk -F'\t' '{ sum += $3 } END { print sum + 0 }' <<<"$after")"
    [ -z "$new" ] || row 'the new days' "$(head -n 1 <<<"$new") to $(tail -n 1 <<<"$new")"
    [ -z "$after" ] || cut -f2 <<<"$after" | LC_ALL=C sort | uniq -c | while read -r count status; do
      row "days that are $(markdown "$status")" "$count"
    done
    printf '\nWhat daybook said:\n\n%s\n' "$(tail -n 100 "$log" | plainly | visible | sed 's/^/    /')"
  } >>"$summary"
}

case /${FOLDER:-}/ in
  //[!/]* | */../*) error "\"$FOLDER\" leads out of the repository.
hint: name a folder or file inside it, such as archive/ or docs" && exit 2 ;;
esac
place=predecessor/${FOLDER:-}
if [ ! -e "$place" ]; then
  error "${FROM:-The predecessor} has no \"$FOLDER\". At its top are: $(cd predecessor && find . -mindepth 1 -maxdepth 1 ! -name .git -printf '%f\n' | LC_ALL=C sort | head -n 30 | paste -sd' ')"
  exit 2
fi

before=$(records)
code=0
daybook import "$place" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
after=$(records)
tell "$before" "$after"
if [ "$before" = "$after" ] && [ "$code" -ne 0 ]; then exit "$code"; fi
[ "$code" -eq 0 ] || warning "Some files could not be imported; the log names them. The others were imported."
