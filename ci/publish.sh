#!/usr/bin/env bash
# Pushes the image that was built and tried, under its commit, and writes what is to be deployed to target/release.env:
# IMAGE by its digest, RELEASE_VERSION and RELEASE_COMMIT. An image of that commit that is there already is the one.
#
#   REPOSITORY_URI=<registry>/<repository> ci/publish.sh IMAGE
#
# REGISTRY_LOGIN   ecr: sign in with the caller's AWS identity; none: the engine knows the registry. Default by its name
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
fail() { echo "publish: $*" >&2; exit 1; }
image=${1:?usage: publish.sh IMAGE}
[[ ${REPOSITORY_URI:-} =~ ^[^/[:space:]]+/[a-z0-9._/-]+$ ]] || fail "REPOSITORY_URI must name a repository: registry/name, without a tag"
command -v docker >/dev/null || fail "docker is not installed"
registry=${REPOSITORY_URI%%/*}

label() { # what ci/build-image.sh wrote into the image
  docker image inspect --format "{{index .Config.Labels \"org.opencontainers.image.$1\"}}" "$image" || fail "there is no image $image"
}
version=$(label version) commit=$(label revision)
[[ $commit =~ ^[0-9a-f]{7,64}$ ]] || fail "$image does not tell its commit but '$commit': build it with COMMIT"
[[ $version =~ ^[A-Za-z0-9._+-]+$ ]] || fail "$image does not tell its version"

login=${REGISTRY_LOGIN:-none}
[[ $registry != *.dkr.ecr.* ]] || login=${REGISTRY_LOGIN:-ecr}
if [ "$login" = ecr ]; then
  command -v aws >/dev/null || fail "aws is not installed"
  said=$(aws ecr get-login-password | docker login --username AWS --password-stdin "$registry" 2>&1) || fail "no login to $registry: $said"
fi

pushed=$(bash "$root/ci/push-image.sh" "$image" "$REPOSITORY_URI:$commit")
mkdir -p "$root/target"
printf 'export %s\n' "IMAGE=$pushed" "RELEASE_VERSION=$version" "RELEASE_COMMIT=$commit" | tee "$root/target/release.env"
