#!/usr/bin/env bash
# What owners say of papers through issues of the form feedback.yml: recorded, pushed, answered and closed, in this order.
# So a run may be lost anywhere, and the next goes on: daybook records an issue once, an answer has a mark, and an issue is
# open until all is done. All open ones are taken, whichever has started the run.
# What people write goes in files from GitHub to daybook; here it is never an argument, and never part of a command.
# Fails where the owner has something to mend; what GitHub does not do now is left to the next run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
mark='<!-- daybook: what became of this issue -->'
at_most=50
repository=/repos/$GITHUB_REPOSITORY
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

name_of() { printf 'issue #%s' "$(jq .number "$1/issue.json")"; }

# What GitHub says the author may do here: to permission.json of the issue's folder. Who is gone may do nothing.
ask_permission() {
  local login
  login=$(jq -r '.user.login // "ghost" | @uri' "$1/issue.json")
  api GET "$repository/collaborators/$login/permission" || api_status=none
  case $api_status in
    200) printf '%s\n' "$api_reply" >"$1/permission.json" ;;
    404) printf '{"permission": "none"}\n' >"$1/permission.json" ;;
    *)
      warning "GitHub does not say whether the author of $(name_of "$1") may write here. A later run asks again."
      return 1
      ;;
  esac
}

# Records what an issue says, and leaves what became of it in the folder: answer.md, and said, whose last line begins with
# the word for it. The program that reads the issue has no token. An issue without an answer is not ours to close.
take() {
  local code=0
  ask_permission "$1" || return 1
  env -u GITHUB_TOKEN timeout --kill-after=5 1m daybook feedback --issue "$1/issue.json" \
    --permission "$1/permission.json" --answer "$1/answer.md" >"$1/said" 2>&1 || code=$?
  cat "$1/said"
  if [ $code -ne 0 ]; then
    # 75 is of what passes by itself.
    [ $code -eq 75 ] || failed=1
    echo "The $(name_of "$1") waits for a later run."
  fi
  [ $code -eq 0 ] && [ -f "$1/answer.md" ]
}

# Answers and closes an issue that was taken. What GitHub does not do is told by request, and done by the next run.
answer() {
  local issue reason=completed
  issue=$repository/issues/$(jq .number "$1/issue.json")
  request GET "$issue/comments?per_page=100" || return 0
  # One that was edited since says something new.
  if [[ $(tail -n 1 "$1/said") == recorded:* ]] || ! jq -e --arg mark "$mark" 'any(.[]; .user.login == "github-actions[bot]" and (.body | startswith($mark)))' \
    <<<"$api_reply" >/dev/null; then
    # A comment has room for 65536 characters.
    request POST "$issue/comments" "$(jq -n --arg mark "$mark" --rawfile answer "$1/answer.md" \
      '{body: "\($mark)\n\n\($answer[:60000])"}')" || return 0
  fi
  [[ $(tail -n 1 "$1/said") != stranger:* ]] || reason=not_planned
  request PATCH "$issue" "{\"state\": \"closed\", \"state_reason\": \"$reason\"}" || return 0
}

list=$(feedback_issues) || { warning 'The issues are left to a later run.' && exit 0; }
count=0
taken=()
while IFS= read -r issue; do
  [ -n "$issue" ] || continue
  [ $count -lt $at_most ] || break
  count=$((count + 1))
  mkdir "$folder/$count"
  printf '%s\n' "$issue" >"$folder/$count/issue.json"
  ! take "$folder/$count" || taken+=("$folder/$count")
done <<<"$list"

# Without a push nothing is answered: what is not kept did not happen.
[ ${#taken[@]} -eq 0 ] || "$here/keep.sh" --archive
for issue in "${taken[@]}"; do answer "$issue"; done
echo "Issues with feedback: $count, ${#taken[@]} of them taken."
exit $failed
