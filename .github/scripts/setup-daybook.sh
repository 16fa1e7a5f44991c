#!/usr/bin/env bash
# daybook onto the path of the steps that follow. Nothing that the network does fails it where a compiler can help.
#   setup-daybook.sh find    looks for a released program. In a repository that has the source: one of that very source, in
#                            the releases of it, of its template and of what it was forked from. Used as an action of
#                            another repository, OWNER/NAME/.github/actions/setup-daybook@v1.2.3: that release's.
#                            Outputs: found, true or false; key, by which a cache keeps a built one
#   setup-daybook.sh build   the program from .cache/daybook, where it runs, or else built from source. Output: built
# Needs GITHUB_TOKEN to ask for releases; those of public repositories can be had by any token.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. .github/scripts/say.sh
folder=${GITHUB_WORKSPACE:-$PWD}/.cache/daybook
hash=$(.github/scripts/source-hash.sh)
asset=daybook-$(uname -m)-linux-$hash.tar.gz
workflow=.github/workflows/release.yml
# Another repository's action lies where its runner unpacked it, whose path names it. (The variables that should tell are
# wrong within composite actions: https://github.com/actions/runner/issues/2473)
action_repository='' action_ref=''
if [[ $PWD =~ /_actions/([^/]+/[^/]+)/(.+)$ ]]; then action_repository=${BASH_REMATCH[1]} action_ref=${BASH_REMATCH[2]}; fi

runs() { "$folder/daybook" --version >/dev/null 2>&1; }

use() {
  [ -z "${GITHUB_PATH:-}" ] || printf '%s\n' "$folder" >>"$GITHUB_PATH"
  echo "$("$folder/daybook" --version), in $folder"
}

# Prints the full names of the repositories whose releases may have it, this one first.
repositories() {
  api GET "/repos/$GITHUB_REPOSITORY" && [ "$api_status" = 200 ] || return 1
  jq -r '[.full_name, .template_repository.full_name, .parent.full_name, .source.full_name] | map(values)
    | reduce .[] as $name ([]; if index([$name]) then . else . + [$name] end) | .[]' <<<"$api_reply"
}

# The ids of the program and of the sums in the newest release of REPOSITORY that has both; nothing, where none has.
released_assets() {
  api GET "/repos/$1/releases?per_page=20" && [ "$api_status" = 200 ] || return 1
  jq -r --arg name "$asset" '[.[] | select(.draft | not) | .assets | map({key: .name, value: .id}) | from_entries
    | select(.[$name] and .SHA256SUMS)][0] // empty | "\(.[$name]) \(.SHA256SUMS)"' <<<"$api_reply"
}

# download REPOSITORY ID FILE
download() {
  curl --silent --show-error --fail --location --max-time 120 --retry 2 --output "$3" \
    --header 'Accept: application/octet-stream' --header @<(printf 'Authorization: Bearer %s\n' "${GITHUB_TOKEN:-}") \
    "${GITHUB_API_URL:-https://api.github.com}/repos/$1/releases/assets/$2"
}

# The commits of tags v* that REPOSITORY's release workflow made FILE from, by GitHub's signature. What certificates say is
# GitHub's word, and no workflow can write it: https://cli.github.com/manual/gh_attestation_verify
attested_commits() {
  local repository=$1 file=$2
  GH_TOKEN=${GITHUB_TOKEN:-} gh attestation verify "$file" --repo "$repository" --signer-workflow "$repository/$workflow" \
    --format json | jq -r --arg tag "$action_ref" --arg uri "${GITHUB_SERVER_URL:-https://github.com}/$repository" '
    [.[].verificationResult.signature.certificate | select(.sourceRepositoryURI == $uri)
      | select(.sourceRepositoryRef | if $tag == "" then startswith("refs/tags/v") else . == "refs/tags/" + $tag end)
      | .sourceRepositoryDigest] | unique[]'
}

# Whether COMMIT of REPOSITORY has the very sources that this one has: the same files and folders, by git's own sums.
has_our_sources() {
  local ours theirs
  ours=$(.github/scripts/source-hash.sh entries)
  [ -n "$ours" ] && [[ $2 =~ ^[0-9a-f]{40,64}$ ]] || return 1
  api GET "/repos/$1/git/trees/$2?recursive=1" && [ "$api_status" = 200 ] || return 1
  theirs=$(jq -r --arg ours "$(cut -f2 <<<"$ours")" 'select(.truncated == false) | .tree[]
    | select(.path | IN($ours | split("\n")[])) | "\(.mode) \(.type) \(.sha)\t\(.path)"' <<<"$api_reply") || return 1
  [ "$(LC_ALL=C sort <<<"$theirs")" = "$(LC_ALL=C sort <<<"$ours")" ]
}

# Who can change a release can change its sums, and give any program our name: so what is taken was made by the release's
# workflow, and of this source; or of the tag that the owner has named.
attested() {
  local commits commit
  commits=$(attested_commits "$1" "$2") || return 1
  if [ -n "$action_ref" ]; then [ -n "$commits" ] && return 0 || return 1; fi
  for commit in $commits; do
    has_our_sources "$1" "$commit" && return 0
  done
  return 1
}

# The release that the owner's workflow names by its tag: prints the name of its program, and the ids of that and of the sums.
tagged_assets() {
  api GET "/repos/$1/releases/tags/$2" && [ "$api_status" = 200 ] || return 1
  jq -r --arg start "daybook-$(uname -m)-linux-" '(.assets | map({key: .name, value: .id}) | from_entries) as $ids
    | [$ids | keys[] | select(startswith($start) and endswith(".tar.gz"))][0] // empty
    | select($ids.SHA256SUMS) | "\(.) \($ids[.]) \($ids.SHA256SUMS)"' <<<"$api_reply"
}

# fetch REPOSITORY PROGRAM-ID SUMS-ID: into $folder, where all is as it should be.
fetch() {
  local repository=$1 place
  place=$(mktemp -d)
  if ! { download "$repository" "$2" "$place/$asset" && download "$repository" "$3" "$place/SHA256SUMS"; }; then
    warning "$asset could not be downloaded from the releases of $repository."
    return 1
  fi
  if ! (cd "$place" && grep -F "  $asset" SHA256SUMS | sha256sum --check --status); then
    warning "$asset in the releases of $repository does not match SHA256SUMS there. It is not used."
    return 1
  fi
  if ! attested "$repository" "$place/$asset"; then
    warning "$asset in the releases of $repository: no GitHub attestation shows that $workflow there built it from this source. It is not used."
    return 1
  fi
  tar -xzf "$place/$asset" -C "$folder" --strip-components 1
  rm -r "$place"
  runs || install_libcurl
}

# The only library that a packaged program wants and that a small system may lack.
install_libcurl() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  echo "The program does not run here: $("$folder/daybook" --version 2>&1 || true)" | visible
  echo "Installing libcurl4."
  { "${as_root[@]}" apt-get -qq update && "${as_root[@]}" apt-get -qq -y install --no-install-recommends libcurl4; } >/dev/null
  runs && return 0
  warning "The released program does not run on this system."
  return 1
}

find_released() {
  local list repository ids tool
  # Without gh nobody could say what a released program was made of.
  for tool in curl jq gh; do
    command -v $tool >/dev/null || { echo "No release is looked for: $tool is not installed here." && return 1; }
  done
  if [ -n "$action_ref" ]; then
    ids=$(tagged_assets "$action_repository" "$action_ref") || true
    [ -n "$ids" ] || { echo "$action_repository has no release $action_ref with a program for $(uname -m)." && return 1; }
    asset=${ids%% *}
    # shellcheck disable=SC2086
    fetch "$action_repository" ${ids#* } && echo "Release $action_ref of $action_repository." && return 0
    return 1
  fi
  list=$(repositories) || { warning "GitHub does not say where this repository comes from, so no release is looked for." && return 1; }
  for repository in $list; do
    ids=$(released_assets "$repository") || { echo "The releases of $repository can't be read." && continue; }
    [ -n "$ids" ] || { echo "No release of $repository has $asset." && continue; }
    # shellcheck disable=SC2086
    fetch "$repository" $ids && echo "From the releases of $repository." && return 0
  done
  return 1
}

system() { (. /etc/os-release && printf '%s' "$ID${VERSION_ID:-}") 2>/dev/null || uname -s; }

find_program() {
  rm -rf "$folder"
  mkdir -p "$folder"
  output key "daybook-$(system)-$(uname -m)-$hash"
  if find_released; then
    use
    output found true
  else
    rm -rf "$folder"
    output found false
  fi
}

# The packaged program first: it needs no libraries that the next job's machine lacks.
compile() {
  if ./dev package; then
    install -D build/package/tree/*/daybook "$folder/daybook"
  else
    echo "No package can be made here; building for this machine only."
    ./dev build release --target daybook
    install -D build/release/daybook "$folder/daybook"
  fi
}

build_program() {
  if runs; then
    echo "From the cache."
  else
    [ ! -e "$folder/daybook" ] || echo "The cache's program does not run here."
    echo "Building from source; the cache keeps it for the runs to come."
    compile
    output built true
  fi
  use
}

case ${1:-} in
  find) find_program ;;
  build) build_program ;;
  *) echo "usage: setup-daybook.sh find|build" >&2 && exit 2 ;;
esac
