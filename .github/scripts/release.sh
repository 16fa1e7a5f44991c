#!/usr/bin/env bash
# What release.yml does.
#   release.sh check           the tag must be the version that CMakeLists.txt has
#   release.sh linked          ./dev linked must be what .github/linked-libraries says, which copies know a program by
#   release.sh smoke PACKAGE   the packaged program on a bare system: the sample's three days, and the site they make
#   release.sh publish FOLDER  a release of the packages in FOLDER; needs GH_TOKEN with contents: write
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
version=$(sed -nE 's/^project\(daybook VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)

check() {
  if [ "${GITHUB_REF_TYPE:-}" != tag ]; then
    echo "A dry run: nothing is released."
  elif [ "$GITHUB_REF_NAME" != "v$version" ]; then
    error "The tag $GITHUB_REF_NAME is not the version in CMakeLists.txt, $version.
hint: git push --delete origin $GITHUB_REF_NAME; write the version into CMakeLists.txt, commit, tag that"
    exit 1
  fi
}

linked() {
  local changed
  changed=$(diff .github/linked-libraries <(./dev linked)) && return 0
  error "Debian has other versions of what is linked in than .github/linked-libraries:
$changed
hint: on Debian 12, ./dev linked >.github/linked-libraries; commit that, raise the version, release"
  exit 1
}

smoke() {
  local package=$1 place program
  place=$(mktemp -d)
  tar -xzf "$package" -C "$place" --strip-components 1
  program=$place/daybook
  # What a bare system lacks of what a runner has.
  if ! "$program" --version 2>/dev/null; then
    { apt-get -qq update && apt-get -qq -y install --no-install-recommends libcurl4; } >/dev/null
  fi
  [ "$("$program" --version)" = "daybook $version" ]
  ./dev demo "$program"
  # Days of all three, each with its page and its record, and the feeds.
  for file in public/{index.html,rss.xml,atom.xml} public/2099/01/0{5,6,7}/index.html build/demo/archive/2099/2099-01-0{5,6,7}.json; do
    [ -s "$file" ] || { error "$file was not made" && exit 1; }
  done
}

publish() {
  local hash package
  hash=$(.github/scripts/source-hash.sh)
  cd "$1"
  for package in *.tar.gz; do
    # Under another name nobody would find it.
    [[ $package == *-linux-$hash.tar.gz ]] || { error "$package is not of this source, $hash" && exit 1; }
  done
  sha256sum -- *.tar.gz >SHA256SUMS
  cat SHA256SUMS
  # No release is seen before all its files are there: gh makes it a draft until then.
  gh release create "$GITHUB_REF_NAME" --repo "$GITHUB_REPOSITORY" --verify-tag --title "Daybook $version" \
    --generate-notes -- *.tar.gz SHA256SUMS
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  check | linked | smoke | publish) "$command" "$@" ;;
  *) echo "usage: release.sh check|linked|smoke PACKAGE|publish FOLDER" >&2 && exit 2 ;;
esac
