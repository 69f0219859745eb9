#!/usr/bin/env bash
# Pushes an image and prints, alone on standard output, the name with the digest by which it is to be deployed.
#
#   ci/push-image.sh LOCAL REMOTE
#
#   LOCAL   the image that ci/build-image.sh built
#   REMOTE  where to, with a tag: <registry>/<repository>:<tag>
#
# Tags are immutable: where REMOTE is there already (the build of a commit was run again), it is left as it is, and
# its digest is the one that counts.
set -euo pipefail
local=${1:?usage: push-image.sh LOCAL REMOTE} remote=${2:?usage: push-image.sh LOCAL REMOTE}

docker image inspect "$local" >/dev/null || { echo "push-image: there is no image $local" >&2 && exit 1; }

digest() { # of what the engine knows to stand in the registry under this name
  docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$remote" | grep -m 1 "^${remote%:*}@sha256:"
}

if docker pull --quiet "$remote" >/dev/null 2>&1; then
  echo "push-image: $remote is there already" >&2
else
  docker tag "$local" "$remote"
  docker push "$remote" >&2
fi
digest
