#!/usr/bin/env bash
# Whether public/ is to be published: when it is not what is online. Output: deploy, true or false; online, true where it is online already; hub and feeds, what
# hub.sh takes, if the settings name a hub.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${GITHUB_WORKSPACE:-$here/../..}"
# shellcheck source=.github/scripts/say.sh
. "$here/say.sh"

if [ ! -f public/index.html ]; then
  echo "No site was built."
  output deploy false
  exit 0
fi

# One sum over all files; it is published with them.
sum=$(cd public && find . -type f ! -path ./site.sha256 -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
printf '%s\n' "$sum" >public/site.sha256

ask_for_pages
case $pages_url in
  off)
    error "The site can't be published: GitHub Pages are off.
hint: open $(repository_page)/settings/pages and choose \"GitHub Actions\" under \"Build and deployment\", \"Source\"; then run this workflow again"
    output deploy false
    exit 1
    ;;
  branch)
    error "The site can't be published: GitHub Pages publish a branch of this repository.
hint: open $(repository_page)/settings/pages and choose \"GitHub Actions\" under \"Build and deployment\", \"Source\"; then run this workflow again"
    output deploy false
    exit 1
    ;;
  '') online= ;;
  # The question mark is for the caches on the way.
  *) online=$(curl --silent --fail --location --max-time 20 "${pages_url}site.sha256?run=${GITHUB_RUN_ID:-0}" || true) ;;
esac
# A sitemap has dates where there are days.
has_days() { grep -q '<lastmod>'; }
if ! has_days <public/sitemap.xml && [ -n "$pages_url" ] &&
  curl --silent --fail --location --max-time 20 "${pages_url}sitemap.xml?run=${GITHUB_RUN_ID:-0}" | has_days; then
  error "The archive has no days, but the published site does: it is left unchanged.
hint: check the branch archive: $(repository_page)/tree/archive"
  output deploy false
  exit 1
fi
if [ "$online" = "$sum" ]; then
  echo "The published site is identical: nothing to publish."
  output deploy false
  output online true
else
  output deploy true
  # The feeds say themselves where they are.
  hub=$(grep -om1 '<link rel="hub" href="[^"]*"' public/atom.xml | cut -d'"' -f4 || true)
  if [ -n "$hub" ]; then
    output hub "${hub//&amp;/&}"
    output feeds "$(find public -name atom.xml -o -name rss.xml -o -name feed.json | LC_ALL=C sort |
      xargs grep -ohm1 -e 'rel="self"[^>]* href="[^"]*"' -e '"feed_url": *"[^"]*"' | grep -o 'http[^"]*' | sed 's/&amp;/\&/g')"
  fi
  [ -z "$pages_url" ] || printf 'The site: <%s>\n' "$pages_url" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
