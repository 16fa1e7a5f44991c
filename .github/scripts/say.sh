# What the scripts beside this one share: a voice in the log of a workflow, the day, the owner's address, GitHub's API.
# To be read with ".", from the top of the repository.
# shellcheck shell=bash disable=SC2034

# What others say (arXiv, an endpoint, git, who writes an archive) reaches a log, a summary or an issue by the next four.

# Standard input, in whose lines nothing steers a terminal, turns the direction of reading or starts a workflow command.
visible() {
  LC_ALL=C tr '\000-\011\013-\037\177' ' ' | LC_ALL=C sed -E 's/\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b-\x8f\xa8-\xae]/ /g
    s/\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf/ /g; s/^([^A-Za-z0-9]*)::/\1: :/; s/##\[/# #[/g'
}

# Annotations: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
annotate() {
  local text
  text=$(visible <<<"$2")
  text=${text//'%'/%25}
  printf '::%s::%s\n' "$1" "${text//$'\n'/%0A}"
}

# On standard input a line of text, out comes Markdown that shows it: no link, picture, tag, code, table, formula. GitHub
# calls "@ada" and links "#1" and "GH-1" in what a backslash was taken out of, too: a space of no width keeps it from that.
as_markdown() {
  LC_ALL=C sed -E 's/[][\\`*_<>|~&$]/\\&/g; s!://!\\&!g; s/([Ww]{3})\./\1\\./g
    s/@|#|[Gg][Hh]-/&\&#8203;/g'
}

# markdown TEXT: in one line, for a summary or an issue. Addresses in this repository are links.
markdown() {
  local rest page path
  page=$(repository_page)/
  rest=$(visible <<<"$1" | paste -sd' ')
  while [[ $rest == *"$page"* ]]; do
    printf '%s' "${rest%%"$page"*}" | as_markdown
    rest=${rest#*"$page"}
    path=${rest%%[!A-Za-z0-9_./-]*}
    path=${path%"${path##*[!.]}"}
    # "..", which would lead out of it, is none.
    if [[ $path == *..* ]]; then printf '%s' "$page" | as_markdown && continue; fi
    printf '<%s>' "$page$path"
    rest=${rest#"$path"}
  done
  printf '%s' "$rest" | as_markdown
}

# An error stands in the job's summary too.
error() {
  annotate error "$1"
  printf '\n**Error:** %s\n' "$(markdown "$1")" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}
warning() { annotate warning "$1"; }

output() { printf '%s=%s\n' "$1" "${2//$'\n'/ }" >>"${GITHUB_OUTPUT:-/dev/stdout}"; }

# A value of several lines; the mark that ends it is one that nobody can have put into it.
output_lines() {
  local mark
  mark="end-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')"
  printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

# troubles_in FILE: of an outcome.json the days that are not well yet, a line each: day, tab, colour, tab, what was said.
troubles_in() {
  jq -r '.troubles[]? | [.day, .colour, .message] | map(tostring | gsub("[[:cntrl:]]+"; " ")) | join("\t")' "$1" 2>/dev/null || true
}

# The time in New York, where arXiv announces, in the form of date(1). The rule for summer time stands here because a
# small system has no list of zones.
in_new_york() { TZ='EST5EDT,M3.2.0,M11.1.0' date --date "${DAYBOOK_NOW:-now}" "+$1"; }

repository_page() { printf '%s/%s' "${GITHUB_SERVER_URL:-https://github.com}" "${GITHUB_REPOSITORY:-}"; }

api_status='' api_reply='' pages_url=''

# api METHOD PATH [JSON]: GitHub's reply to $api_reply, its status to $api_status. Fails where there was no reply.
# The token goes by a file, since everybody on a machine can read a command's arguments. What makes something new is not
# tried twice: the first try may have made it.
api() {
  local arguments=(--silent --show-error --max-time 30 --request "$1" --write-out '%{http_code}') file
  [ "$1" = POST ] || arguments+=(--retry 2 --retry-delay 1)
  # Not as an argument, which has a limit.
  [ $# -lt 3 ] || arguments+=(--header 'Content-Type: application/json' --data-binary @-)
  file=$(mktemp)
  api_status=$(curl "${arguments[@]}" --output "$file" --header 'Accept: application/vnd.github+json' \
    --header 'X-GitHub-Api-Version: 2022-11-28' --header @<(printf 'Authorization: Bearer %s\n' "${GITHUB_TOKEN:-}") \
    "${GITHUB_API_URL:-https://api.github.com}$2" <<<"${3:-}") || { rm -f "$file" && return 1; }
  api_status=${api_status: -3}
  api_reply=$(tr -d '\0' <"$file")
  rm -f "$file"
}

# request METHOD PATH [JSON]: api; warns and fails where GitHub does not do it.
request() {
  api "$@" || { warning "GitHub does not answer: $1 $2" && return 1; }
  [[ $api_status == 2* ]] || { warning "GitHub answered $api_status to $1 $2" && return 1; }
}

# The open issues of the form feedback.yml, whose text begins with the name of its field: a JSON object a line. First those
# of people who belong to the repository, which no crowd of others keeps waiting; the oldest first. Fails where GitHub
# does not say.
feedback_issues() {
  local page issues=
  for page in {1..10}; do
    api GET "/repos/$GITHUB_REPOSITORY/issues?state=open&per_page=100&page=$page" && [ "$api_status" = 200 ] || return 1
    issues+=$(jq -c '.[] | select((has("pull_request") | not)
      and (.body // "" | split("\n")[0] // "" | rtrimstr("\r")) == "### Papers")' <<<"$api_reply")$'\n'
    [ "$(jq length <<<"$api_reply")" = 100 ] || break
  done
  jq -cs 'sort_by((.author_association | IN("OWNER", "MEMBER", "COLLABORATOR") | not), .number)[]' <<<"$issues"
}

# Says where the repository's Pages are published, to $pages_url: an address with / at its end; "off", where they are
# not turned on; "branch", where they publish a branch in place of what workflows hand them; "", where GitHub did not say.
ask_for_pages() {
  pages_url=
  api GET "/repos/$GITHUB_REPOSITORY/pages" || return 0
  case $api_status in
    200)
      pages_url=$(jq -r 'if .build_type == "legacy" then "branch" else .html_url // "" end' <<<"$api_reply" 2>/dev/null) ||
        pages_url=''
      case $pages_url in '' | branch | */) ;; *) pages_url+=/ ;; esac
      ;;
    404) pages_url=off ;;
  esac
}

# Retries what fails for the network's sake: 3 times, longer and longer apart.
patiently() {
  local pause
  for pause in 2 8; do
    "$@" && return 0
    sleep "${DAYBOOK_PAUSE:-$pause}"
  done
  "$@"
}

# Commits are the workflow's.
export GIT_AUTHOR_NAME='github-actions[bot]' GIT_AUTHOR_EMAIL='41898282+github-actions[bot]@users.noreply.github.com'
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
# Without a terminal nobody can be asked for a password.
export GIT_TERMINAL_PROMPT=0
