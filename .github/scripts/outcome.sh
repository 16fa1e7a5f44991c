#!/usr/bin/env bash
# Ends the job in the colour of the day. Environment: COLOUR, REASON, of daily.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh

case ${COLOUR:-} in green | yellow) exit 0 ;; esac
error "${REASON:-The run ended before it could say how the day went.}"
exit 1
