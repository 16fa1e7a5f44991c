#!/usr/bin/env bash
# Sends the days that wait to their targets: daybook deliver. A machine may be lost in the middle of it, and the ledger in
# archive/ with it: so what is to be sent is claimed and pushed first, and what is claimed is never sent by another run.
# Environment: the secrets of the targets. Fails where the owner has something to mend; what is down is tried again.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"
run=${GITHUB_RUN_ID:-0}-${GITHUB_RUN_ATTEMPT:-1}
failed=0

# deliver OPTION...: 75 is of services that are down.
deliver() {
  local code=0
  timeout --kill-after=30 20m daybook deliver "$@" 2>&1 || code=$?
  [ $code -eq 0 ] || [ $code -eq 75 ] || failed=1
}

ask_for_pages
export DAYBOOK_PAGES=$pages_url
deliver --claim "$run"
# The state may have failed alone; what was claimed has to be on the branch.
"$here/keep.sh" || [ "$(git -C archive rev-parse HEAD)" = "$(git rev-parse refs/remotes/origin/archive)" ] || exit 1
deliver --claimed "$run"
"$here/keep.sh" || failed=1
exit $failed
