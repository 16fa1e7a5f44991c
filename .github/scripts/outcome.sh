#!/usr/bin/env bash
# Ends the job in the colour of the day. Environment: COLOUR, EXIT, DAY, of daily.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh

case ${COLOUR:-} in
  green | yellow) exit 0 ;;
  red) ;;
  *) error "The run ended before it could say how the day went." && exit 1 ;;
esac
case $EXIT in
  75) error "Nothing could be recorded for $DAY, though it was due by noon in New York; the reason stands above. Later runs fetch it." ;;
  2) error "The settings, or what was asked for by hand, are wrong; the errors above say where, and what to write. The settings: $(repository_page)/edit/${GITHUB_REF_NAME:-main}/config/daybook.toml" ;;
  124 | 137) error "daybook was stopped after 40 minutes; what the LLM has said by then is kept, and the next run goes on." ;;
  *) error "daybook failed ($EXIT); the errors above say why. What could be published is published. The records: $(repository_page)/tree/archive" ;;
esac
exit 1
