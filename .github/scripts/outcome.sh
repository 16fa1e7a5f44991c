#!/usr/bin/env bash
# Ends the job in the colour of the day. Environment: COLOUR, REASON, of daily.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"

case ${COLOUR:-} in green | yellow) exit 0 ;; esac
error "${REASON:-The run ended before it could report an outcome.}"
exit 1
