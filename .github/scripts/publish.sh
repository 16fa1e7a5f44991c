#!/usr/bin/env bash
# Starts daily.yml, which publishes what the branch archive holds. A token of Actions may start a workflow by dispatch only,
# never by a push, so this is asked for: https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
# Needs GITHUB_TOKEN with actions: write. Does not fail: what was kept, the next scheduled run publishes too.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"

dispatch() {
  api POST "/repos/$GITHUB_REPOSITORY/actions/workflows/daily.yml/dispatches" \
    "$(jq -cn --arg ref "${GITHUB_REF_NAME:-main}" '{ref: $ref}')"
}

actions_page="$(repository_page)/actions/workflows/daily.yml"
if ! dispatch; then
  warning "GitHub does not answer, so the daily workflow was not started. Its next run publishes what was kept."
elif [[ $api_status == 2* ]]; then
  echo "The daily workflow was started; it publishes what was kept: $actions_page"
else
  warning "GitHub answered $api_status, so the daily workflow was not started: $(jq -r '.message // empty' <<<"$api_reply" 2>/dev/null || true)
hint: start it yourself: $actions_page; where it is disabled, enable it there"
fi
