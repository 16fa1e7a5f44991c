#!/usr/bin/env bash
# Tells a WebSub hub (https://www.w3.org/TR/websub/) that the site's feeds have changed, so that it fetches them and hands
# them on. Takes HUB, its address, and FEEDS, the feeds' addresses, parted by blanks. Does not fail: without it,
# subscribers get the same entries when they ask the next time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"

arguments=()
for feed in $FEEDS; do arguments+=(--data-urlencode "hub.url=$feed"); done
if curl --silent --show-error --fail --max-time 30 --retry 2 --output /dev/null \
  --data-urlencode hub.mode=publish "${arguments[@]}" "$HUB"; then
  echo "The hub $HUB was told of $((${#arguments[@]} / 2)) feeds."
else
  warning "The hub $HUB was not told of the new entries.
hint: no action needed: feed readers find them when they ask; if this repeats, check hub in [feeds]"
fi
